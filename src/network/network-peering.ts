import { VirtualNetworkPeering } from '@cdktf/provider-azurerm/lib/virtual-network-peering';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { IPrivateNetwork } from '../contracts/network';
import { nameOf } from '../core/naming';
import { rejectIf } from '../core/validation';
import { Workload } from '../core/workload';
import { Block, blockOf, overlap } from './cidr';

/**
 * Whose VPN or ExpressRoute gateway two peered networks use.
 */
export enum PeeringGateway {
  /** Each network its own, if it has one. */
  SEPARATE = 'separate',
  /** The other network uses the gateway of this one. */
  OURS = 'ours',
  /** This network uses the gateway of the other one. */
  THEIRS = 'theirs',
}

/**
 * Options for `PrivateNetwork.peerWith`.
 */
export interface PeeringOptions {
  /**
   * Lets traffic pass that comes from further networks, through a firewall or router in the other one.
   *
   * @default false
   */
  readonly forwardedTraffic?: boolean;

  /**
   * Whose gateway is used.
   *
   * @default PeeringGateway.SEPARATE
   */
  readonly gateway?: PeeringGateway;
}

/** A network that is defined in this program, as peering sees it. */
interface OwnedNetwork extends IPrivateNetwork {
  /** Name of the virtual network. */
  readonly virtualNetworkName: string;
  /** Its block of addresses. */
  readonly addressSpace: string;
}

/**
 * The Terraform resources behind a `NetworkPeering`.
 */
export interface NetworkPeeringResources {
  /** From this network to the other one. */
  readonly peering: VirtualNetworkPeering;
  /** From the other one back, where it is defined in the same stack. */
  readonly reversePeering?: VirtualNetworkPeering;
}

/**
 * What lets two networks reach each other.
 *
 * Made by the network. Both directions are defined where both networks are in one stack; otherwise the owner of the other
 * network peers back, and Azure connects the two once both directions exist.
 */
export class NetworkPeering extends Construct {
  /** @internal */
  public static _between(
    id: string,
    network: OwnedNetwork,
    other: IPrivateNetwork,
    options: PeeringOptions,
  ): NetworkPeering {
    return new NetworkPeering(network, id, other, options);
  }

  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: NetworkPeeringResources;

  /** The two networks.
   * @internal */
  public readonly _ends: IPrivateNetwork[];

  private constructor(network: OwnedNetwork, id: string, other: IPrivateNetwork, options: PeeringOptions) {
    super(network, id);
    this._ends = [network, other];
    const gateway = options.gateway ?? PeeringGateway.SEPARATE;
    const owned = isOwned(other) ? other : undefined;
    rejectIf(
      this,
      other === network && 'a network cannot be peered with itself',
      owned !== undefined &&
        owned !== network &&
        overlap(blockOf(network.addressSpace) as Block, blockOf(owned.addressSpace) as Block) &&
        `peered networks must not overlap, got ${network.addressSpace} and ${owned.addressSpace}, of ${owned.node.path}; give one of them another 'addressSpace'`,
    );

    const forwarded = options.forwardedTraffic ?? false;
    const here = owned !== undefined && TerraformStack.of(owned) === TerraformStack.of(network);
    const peering = this.define('Resource', network, other, forwarded, gateway);
    const reversePeering = here ? this.define('Reverse', owned, network, forwarded, REVERSED[gateway]) : undefined;
    this.resources = { peering, reversePeering };

    // Azure lets a network use a gateway only once the other one offers it
    const [user, offer] = gateway === PeeringGateway.THEIRS ? [peering, reversePeering] : [reversePeering, peering];
    if (gateway !== PeeringGateway.SEPARATE && user && offer) {
      user.dependsOn = [`${offer.terraformResourceType}.${offer.friendlyUniqueId}`];
    }
  }

  private define(
    id: string,
    from: OwnedNetwork,
    to: IPrivateNetwork,
    allowForwardedTraffic: boolean,
    gateway: PeeringGateway,
  ): VirtualNetworkPeering {
    return new VirtualNetworkPeering(this, id, {
      name: nameOf(VirtualNetworkPeering.tfResourceType, this, id === 'Resource' ? '' : 'reverse'),
      resourceGroupName: Workload.of(from).resourceGroupName,
      virtualNetworkName: from.virtualNetworkName,
      remoteVirtualNetworkId: to.virtualNetworkId,
      allowVirtualNetworkAccess: true,
      allowForwardedTraffic,
      allowGatewayTransit: gateway === PeeringGateway.OURS,
      useRemoteGateways: gateway === PeeringGateway.THEIRS,
      // Azure learns of a changed address space only when the peering is written again
      triggers: isOwned(to) ? { remoteAddressSpace: to.addressSpace } : undefined,
    });
  }
}

/** What one side says about the gateway, seen from the other one. */
const REVERSED = {
  [PeeringGateway.SEPARATE]: PeeringGateway.SEPARATE,
  [PeeringGateway.OURS]: PeeringGateway.THEIRS,
  [PeeringGateway.THEIRS]: PeeringGateway.OURS,
};

function isOwned(network: IPrivateNetwork): network is OwnedNetwork {
  return typeof (network as Partial<OwnedNetwork>).addressSpace === 'string';
}
