import * as fc from 'fast-check';
import { IPrivateNetwork, Principal, PrivateDns, PrivateNetwork, Workload } from '../../../src';
import { built, Prop } from './choices';
import { Values } from './subject';

const ID = '00000000-0000-0000-0000-000000000001';
const VNET = `/subscriptions/${ID}/resourceGroups/rg-shared/providers/Microsoft.Network/virtualNetworks/vnet`;

/** Stand for what is there already at the place that a program is built in. */
export const NETWORK = 'the network';
export const DEPLOYER = 'the deployer';

/** A prop that is given one of those. */
export const some = (what: string): Prop => ({ good: fc.constant({ ...built(what, () => what), value: what }) });

/** Puts what is there where the program asks for it. */
export function grounded(workload: Workload, { network, deployer, ...props }: Values): Values {
  return {
    ...props,
    ...(network === NETWORK && { network: networkIn(workload) }),
    ...(deployer === DEPLOYER && { deployer: deployerIn(workload) }),
  };
}

export function deployerIn(workload: Workload): Principal {
  const there = workload.node.tryFindChild('Deployer') as Principal | undefined;
  return there ?? Principal.servicePrincipal(workload, 'Deployer', ID);
}

/** Somebody else's network in the region of the workload. */
export function networkIn(workload: Workload): IPrivateNetwork {
  const there = workload.node.tryFindChild('Network') as IPrivateNetwork | undefined;
  return (
    there ??
    PrivateNetwork.fromAttributes(workload, 'Network', {
      virtualNetworkId: VNET,
      appSubnetId: `${VNET}/subnets/app`,
      endpointSubnetId: `${VNET}/subnets/endpoints`,
      privateDns: PrivateDns.managedByPolicy(),
    })
  );
}
