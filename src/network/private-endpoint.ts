import { PrivateEndpoint as AzurePrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint';
import { Construct } from 'constructs';
import { IPrivateNetwork } from '../contracts/network';
import { aNetwork } from '../core/collaborators';
import { anInstanceOf, aText, checkKinds, Kinds } from '../core/kinds';
import { nameOf } from '../core/naming';
import { lifecycleOf } from '../core/protection';
import { Workload } from '../core/workload';
import { linksBefore } from './private-dns';
import { PrivateLinkTarget } from './private-link-target';

const KINDS: Kinds<PrivateEndpointProps> = {
  network: aNetwork,
  resourceId: aText,
  target: anInstanceOf(PrivateLinkTarget, 'PrivateLinkTarget.BLOB'),
};

/**
 * Properties for `PrivateEndpoint`.
 */
export interface PrivateEndpointProps {
  /** Network to put the endpoint into. */
  readonly network: IPrivateNetwork;
  /** Azure resource id of what the endpoint leads to. */
  readonly resourceId: string;
  /** Which part of it. */
  readonly target: PrivateLinkTarget;
}

/**
 * The Terraform resources behind a `PrivateEndpoint`.
 */
export interface PrivateEndpointResources {
  /** The endpoint itself. */
  readonly privateEndpoint: AzurePrivateEndpoint;
}

/**
 * An address inside a private network for one Azure resource, with its DNS records.
 */
export class PrivateEndpoint extends Construct {
  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: PrivateEndpointResources;

  constructor(scope: Construct, id: string, props: PrivateEndpointProps) {
    super(scope, id);
    checkKinds(this, props, KINDS);
    const { network, resourceId, target } = props;
    const { resourceGroupName } = Workload.of(this);
    const name = nameOf(AzurePrivateEndpoint.tfResourceType, this);
    const dns = network.bindPrivateDns(target.zoneNames);

    this.resources = {
      privateEndpoint: new AzurePrivateEndpoint(this, 'Resource', {
        name,
        customNetworkInterfaceName: `nic-${name}`,
        resourceGroupName,
        location: network.location,
        subnetId: network.endpointSubnetId,
        privateServiceConnection: {
          name,
          privateConnectionResourceId: resourceId,
          subresourceNames: [target.subresource],
          isManualConnection: false,
        },
        privateDnsZoneGroup: dns.zoneIds.length > 0 ? { name: 'default', privateDnsZoneIds: dns.zoneIds } : undefined,
        lifecycle: lifecycleOf(false, ...(dns.managedElsewhere ? ['private_dns_zone_group'] : [])),
      }),
    };
    const links = linksBefore(this, network, dns);
    this.resources.privateEndpoint.dependsOn = links.length > 0 ? links : undefined;
  }
}
