import { Construct } from 'constructs';
import { IPrivateNetwork, PrivateDnsBinding } from '../contracts/network';
import { canonicalLocation } from '../core/locations';
import { residencyProblem } from '../core/residency';
import { hasForm, isComputed, rejectIf, shown } from '../core/validation';
import { Workload } from '../core/workload';
import { PrivateNetworkAttributes } from './network-attributes';

const NETWORK_ID =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/virtualNetworks\/[^/]+$/i;
const SUBNET_ID = new RegExp(`${NETWORK_ID.source.slice(0, -1)}/subnets/[^/]+$`, 'i');

/**
 * A network that is defined elsewhere.
 */
export class ImportedNetwork extends Construct implements IPrivateNetwork {
  public readonly virtualNetworkId: string;
  public readonly endpointSubnetId: string;
  public readonly location: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly attributes: PrivateNetworkAttributes,
  ) {
    super(scope, id);
    const { virtualNetworkId, endpointSubnetId, privateDns, location = Workload.of(this).location } = attributes;
    rejectIf(
      this,
      !hasForm(virtualNetworkId, NETWORK_ID) &&
        `'virtualNetworkId' must be the Azure resource id of a virtual network, got ${shown(virtualNetworkId)}`,
      ...(['endpointSubnetId', 'appSubnetId', 'dataSubnetId'] as const).map(
        (prop) =>
          attributes[prop] !== undefined &&
          !hasForm(attributes[prop], SUBNET_ID) &&
          `'${prop}' must be the Azure resource id of a subnet, got ${shown(attributes[prop])}`,
      ),
      residencyProblem(this, "'location'", location),
      privateDns._problem(),
    );
    this.virtualNetworkId = virtualNetworkId;
    this.endpointSubnetId = endpointSubnetId;
    this.location = isComputed(location) ? location : canonicalLocation(location);
  }

  public get appSubnetId(): string {
    return this.known('appSubnetId');
  }

  public get dataSubnetId(): string {
    return this.known('dataSubnetId');
  }

  public bindPrivateDns(zoneNames: string[]): PrivateDnsBinding {
    return this.attributes.privateDns._bind(this, zoneNames);
  }

  private known(prop: 'appSubnetId' | 'dataSubnetId'): string {
    const subnetId = this.attributes[prop];
    rejectIf(
      this,
      subnetId === undefined &&
        `something wants the '${prop}' of this network: give it to 'PrivateNetwork.fromAttributes'`,
    );
    return subnetId ?? '';
  }
}
