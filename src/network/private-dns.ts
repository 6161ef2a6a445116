import { Fn, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { IPrivateNetwork, PrivateDnsBinding } from '../contracts/network';
import { addressOf } from '../core/protection';
import { hasForm, isComputed, rejectIf, shown } from '../core/validation';
import { linkOnce, ownZoneOnce, zonesOf } from './private-dns-zones';

const RESOURCE_GROUP_ID = /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+$/i;

/**
 * Options for `PrivateDns.existingZones`.
 */
export interface ExistingZonesOptions {
  /**
   * Whether the network can resolve the zones already, by links or by its DNS servers; if not, it is linked here, which
   * needs the zones to lie in the subscription of the stack.
   *
   * @default true
   */
  readonly linked?: boolean;
}

/**
 * Who keeps the private DNS zones of a network.
 */
export class PrivateDns {
  /**
   * Zones that exist already in one resource group, usually of a hub; endpoints write their records there.
   *
   * @param resourceGroupId Azure resource id of that group, `/subscriptions/<id>/resourceGroups/<name>`.
   * @param options Says whether the network must still be linked to the zones.
   */
  public static existingZones(resourceGroupId: string, options: ExistingZonesOptions = {}): PrivateDns {
    const problem =
      !hasForm(resourceGroupId, RESOURCE_GROUP_ID) &&
      `'resourceGroupId' of the private DNS zones must be '/subscriptions/<id>/resourceGroups/<name>', got ${shown(resourceGroupId)}`;
    return new PrivateDns(problem, (network, zoneNames) => {
      zoneNames
        .filter(() => options.linked === false)
        .forEach((zoneName) => linkOnce(network, zoneName, groupNameIn(resourceGroupId)));
      const zones = `${resourceGroupId}/providers/Microsoft.Network/privateDnsZones`;
      return { zoneIds: zoneNames.map((zoneName) => `${zones}/${zoneName}`), managedElsewhere: false };
    });
  }

  /** Nobody here: Azure Policy of the landing zone writes the records, and Terraform leaves them alone. */
  public static managedByPolicy(): PrivateDns {
    return new PrivateDns(false, () => ({ zoneIds: [], managedElsewhere: true }));
  }

  /** Zones of the network's own, each made and linked when the first construct needs it. */
  public static ownZones(): PrivateDns {
    return new PrivateDns(false, (network, zoneNames) => ({
      zoneIds: zoneNames.map((zoneName) => ownZoneOnce(network, zoneName).id),
      managedElsewhere: false,
    }));
  }

  private constructor(
    private readonly problem: string | false,
    private readonly strategy: (
      network: IPrivateNetwork,
      zoneNames: string[],
    ) => Omit<PrivateDnsBinding, 'linkAddresses'>,
  ) {}

  /** @internal */
  public _problem(): string | false {
    return this.problem;
  }

  /** @internal */
  public _bind(network: IPrivateNetwork, zoneNames: string[]): PrivateDnsBinding {
    const computed = zoneNames.some(isComputed);
    rejectIf(
      network,
      computed &&
        'names of private DNS zones must be literals, because addresses in Terraform are made from them; got a value that Terraform has yet to compute',
    );
    const binding = this.strategy(network, zoneNames);
    const { privateDnsZoneLinks: links } = zonesOf(network);
    const made = zoneNames.filter((zoneName) => links[zoneName] !== undefined);
    return { ...binding, linkAddresses: made.map((zoneName) => addressOf(links[zoneName])).sort() };
  }
}

/**
 * Addresses of links that must be there before something in a network, and after it at the end: without its link a name leads to the
 * public address. Those of another stack mean nothing here, and that stack goes last anyway.
 */
export function linksBefore(
  construct: IConstruct,
  network: IPrivateNetwork,
  { linkAddresses }: Pick<PrivateDnsBinding, 'linkAddresses'>,
): string[] {
  return TerraformStack.of(network) === TerraformStack.of(construct) ? linkAddresses : [];
}

function groupNameIn(resourceGroupId: string): string {
  return isComputed(resourceGroupId) ? Fn.element(Fn.split('/', resourceGroupId), 4) : resourceGroupId.split('/')[4];
}
