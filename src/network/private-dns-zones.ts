import { PrivateDnsZone } from '@cdktf/provider-azurerm/lib/private-dns-zone';
import { PrivateDnsZoneVirtualNetworkLink } from '@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link';
import { TerraformResource, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { IPrivateNetwork } from '../contracts/network';
import { nameOf } from '../core/naming';
import { rejectIf } from '../core/validation';
import { Workload } from '../core/workload';

/** The label that tells a zone of Private Link from any other one. */
const PRIVATE_LINK_LABEL = /(^|\.)privatelink\./;

/** Child of a network that its zones lie below, each under its full name: dots and all, so that no two can meet. */
const ZONES = 'PrivateDns';

/** Zones and links of a network, by the names of the zones. */
export interface ZoneResources {
  /** Zones that the network owns. */
  readonly privateDnsZones: { [zoneName: string]: PrivateDnsZone };
  /** Their links, and those to zones that exist elsewhere. */
  readonly privateDnsZoneLinks: { [zoneName: string]: PrivateDnsZoneVirtualNetworkLink };
}

/**
 * The zones and links that were made for a network so far.
 */
export function zonesOf(network: IConstruct): ZoneResources {
  const scopes = network.node.tryFindChild(ZONES)?.node.children ?? [];
  const zones = scopes.map(({ node }) => [node.id, node.tryFindChild('Resource')]).filter(([, zone]) => zone);
  const links = scopes.map(({ node }) => [node.id, node.findChild('Link')]);
  return { privateDnsZones: Object.fromEntries(zones), privateDnsZoneLinks: Object.fromEntries(links) };
}

/**
 * The zone of that name that belongs to a network, made and linked when it is asked for first.
 */
export function ownZoneOnce(network: IPrivateNetwork, zoneName: string): PrivateDnsZone {
  const scope = scopeOf(network, zoneName);
  const existing = scope.node.tryFindChild('Resource') as PrivateDnsZone | undefined;
  return existing ?? defineOwnZone(network, scope, zoneName);
}

function defineOwnZone(network: IPrivateNetwork, scope: Construct, zoneName: string): PrivateDnsZone {
  const workload = Workload.of(network);
  const { resourceGroupName } = workload;
  const other =
    workload.node.findAll().find((x) => isZoneNamed(x, zoneName)) ??
    // a group that exists may hold several workloads; what lies in another stack may lie in another subscription
    TerraformStack.of(network)
      .node.findAll()
      .find((x) => isZoneNamed(x, zoneName) && (x as PrivateDnsZone).resourceGroupNameInput === resourceGroupName);
  rejectIf(
    network,
    other !== undefined &&
      `the resource group has a private DNS zone ${zoneName} already, at ${other.node.path}: give one of the networks 'privateDns: PrivateDns.existingZones(…)', or a resource group of its own`,
  );
  const zone = new PrivateDnsZone(scope, 'Resource', {
    name: zoneName,
    resourceGroupName: workload.resourceGroupName,
  });
  defineLink(network, scope, zone.name, workload.resourceGroupName, zoneName);
  return zone;
}

/**
 * Links a network to a zone that exists elsewhere, once.
 */
export function linkOnce(network: IPrivateNetwork, zoneName: string, resourceGroupName: string): void {
  const scope = scopeOf(network, zoneName);
  if (!scope.node.tryFindChild('Link')) {
    defineLink(network, scope, zoneName, resourceGroupName, zoneName);
  }
}

/** The one place that writes links: azurerm 5 takes `private_dns_zone_id` instead of both names. */
function defineLink(
  network: IPrivateNetwork,
  scope: Construct,
  privateDnsZoneName: string,
  resourceGroupName: string,
  zoneName: string,
): PrivateDnsZoneVirtualNetworkLink {
  return new PrivateDnsZoneVirtualNetworkLink(scope, 'Link', {
    name: nameOf(PrivateDnsZoneVirtualNetworkLink.tfResourceType, scope),
    privateDnsZoneName,
    resourceGroupName,
    virtualNetworkId: network.virtualNetworkId,
    registrationEnabled: false,
    // Names in somebody else's zone of the same service stay resolvable; Azure knows this for Private Link zones only
    resolutionPolicy: PRIVATE_LINK_LABEL.test(zoneName) ? 'NxDomainRedirect' : undefined,
  });
}

function scopeOf(network: IPrivateNetwork, zoneName: string): Construct {
  const zones = (network.node.tryFindChild(ZONES) as Construct | undefined) ?? new Construct(network, ZONES);
  return (zones.node.tryFindChild(zoneName) as Construct | undefined) ?? new Construct(zones, zoneName);
}

function isZoneNamed(x: IConstruct, zoneName: string): boolean {
  return (
    TerraformResource.isTerraformResource(x) &&
    x.terraformResourceType === PrivateDnsZone.tfResourceType &&
    (x as Partial<PrivateDnsZone>).nameInput === zoneName
  );
}
