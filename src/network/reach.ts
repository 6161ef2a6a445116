import { TerraformResource } from 'cdktf';
import { IConstruct } from 'constructs';
import { IPrivateNetwork } from '../contracts/network';
import { Workload } from '../core/workload';

/** Kinds of resources by which traffic leaves a network for another one. */
const WAYS = /^azurerm_(virtual_network_(peering|gateway)|virtual_hub|network_manager|vpn_)/;

/** Ids that constructs give to endpoints of their own. */
const OWN_ENDPOINT = /^(Staging)?PrivateEndpoint$/;

/**
 * Networks that a construct with an endpoint of its own is reached from, and from nowhere else; nothing is said of one that is open.
 *
 * @param open Whether anybody is let in from the internet.
 * @param network The network of its endpoint, if it has one.
 */
export function networksFor(open: boolean, network?: IPrivateNetwork): IPrivateNetwork[] | undefined {
  if (open) {
    return undefined;
  }
  return network === undefined ? [] : [network];
}

/**
 * Whether it is certain that a client gets to none of some networks: as soon as anything is not known, it is not.
 *
 * @param client Who connects, with the network that its traffic goes through, if there is one.
 * @param target What is connected to.
 * @param networks Networks that the target is reached from.
 */
export function isCutOff(
  client: { readonly network?: IPrivateNetwork },
  target: IConstruct,
  networks: IPrivateNetwork[],
): boolean {
  const { network } = client;
  return (
    !networks.some((one) => network !== undefined && mayReach(network, one)) &&
    !isOpened(target) &&
    !hasOtherEndpoints(target)
  );
}

/** Two networks of this program reach each other only by what is in it. */
function mayReach(from: IPrivateNetwork, to: IPrivateNetwork): boolean {
  return from === to || !isOwned(from) || !isOwned(to) || (hasWay(from) && hasWay(to));
}

/** Whether a network is peered, or may be: where that leads, only who knows the others can say. */
function hasWay(network: IPrivateNetwork): boolean {
  return resourcesAround(network, WAYS).some(({ node }) => {
    const peering = node.scope as Partial<Peering>;
    return peering._ends === undefined || peering._ends.includes(network);
  });
}

/** A peering that a network made. */
interface Peering {
  /** The networks at its ends. */
  readonly _ends: IPrivateNetwork[];
}

function isOwned(network: IPrivateNetwork): boolean {
  return typeof (network as { readonly addressSpace?: unknown }).addressSpace === 'string';
}

/** Whether somebody let the internet in by the escape hatch. */
function isOpened({ node }: IConstruct): boolean {
  const mains = node.scopes.map((scope) => scope.node.tryFindChild('Resource') as Partial<Main> | undefined);
  return mains.some(
    (main) => main?.publicNetworkAccessEnabledInput === true || main?.publicNetworkAccessInput === 'Enabled',
  );
}

/** The main resource of a construct, as far as it says who is let in. */
interface Main {
  readonly publicNetworkAccessEnabledInput: unknown;
  readonly publicNetworkAccessInput: unknown;
}

/** Whether there are endpoints that no construct made for itself: they may lead to anything. */
function hasOtherEndpoints(target: IConstruct): boolean {
  return resourcesAround(target, /^azurerm_private_endpoint$/).some(({ node }) => {
    const [owner, endpoint] = node.scopes.slice(-3);
    const isMade = OWN_ENDPOINT.test(endpoint.node.id) && owner.node.tryFindChild('Resource') !== undefined;
    return !isMade || owner instanceof Workload;
  });
}

function resourcesAround({ node }: IConstruct, types: RegExp): TerraformResource[] {
  return node.root.node
    .findAll()
    .filter((x): x is TerraformResource => TerraformResource.isTerraformResource(x))
    .filter(({ terraformResourceType }) => types.test(terraformResourceType));
}
