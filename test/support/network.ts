import { Construct } from 'constructs';
import { IPrivateNetwork, PrivateDnsBinding } from '../../src/contracts/network';

const NETWORK = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Network';

/** A network that exists already, so that a test sees only what its construct makes. */
class ExistingNetwork extends Construct implements IPrivateNetwork {
  public readonly virtualNetworkId = `${NETWORK}/virtualNetworks/vnet`;
  public readonly location = 'westeurope';
  public readonly appSubnetId = `${this.virtualNetworkId}/subnets/app`;
  public readonly endpointSubnetId = `${this.virtualNetworkId}/subnets/endpoints`;
  public readonly dataSubnetId = `${this.virtualNetworkId}/subnets/data`;

  public bindPrivateDns(zoneNames: string[]): PrivateDnsBinding {
    return {
      zoneIds: zoneNames.map((name) => `${NETWORK}/privateDnsZones/${name}`),
      managedElsewhere: false,
      linkAddresses: [],
    };
  }
}

/** The network of a scope; the same one however often it is asked for. */
export function networkIn(scope: Construct): IPrivateNetwork {
  return (scope.node.tryFindChild('Network') as ExistingNetwork | undefined) ?? new ExistingNetwork(scope, 'Network');
}
