import { NatGateway } from '@cdktf/provider-azurerm/lib/nat-gateway';
import { NatGatewayPublicIpAssociation } from '@cdktf/provider-azurerm/lib/nat-gateway-public-ip-association';
import { NetworkSecurityGroupSecurityRule } from '@cdktf/provider-azurerm/lib/network-security-group';
import { NetworkWatcherFlowLog } from '@cdktf/provider-azurerm/lib/network-watcher-flow-log';
import { PrivateDnsZone } from '@cdktf/provider-azurerm/lib/private-dns-zone';
import { PrivateDnsZoneVirtualNetworkLink } from '@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link';
import { PublicIp } from '@cdktf/provider-azurerm/lib/public-ip';
import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { VirtualNetwork } from '@cdktf/provider-azurerm/lib/virtual-network';
import { Construct, IConstruct } from 'constructs';
import { MonitoredProps } from '../contracts/monitoring';
import { IPrivateNetwork, PrivateDnsBinding } from '../contracts/network';
import { aNetwork } from '../core/collaborators';
import { aText, checkImport, checkKinds } from '../core/kinds';
import { nameOf } from '../core/naming';
import { rejectIf, shown } from '../core/validation';
import { Workload } from '../core/workload';
import { Block, blockOf } from './cidr';
import { FlowLogs } from './flow-logs';
import { ImportedNetwork } from './imported-network';
import { PrivateNetworkAttributes } from './network-attributes';
import { NetworkPeering, PeeringOptions } from './network-peering';
import { Outbound } from './outbound';
import { PrivateDns } from './private-dns';
import { zonesOf } from './private-dns-zones';
import { IMPORTED_NETWORK_KINDS, NETWORK_KINDS, networkProblems, SUBNET_KINDS } from './private-network-validation';
import { PrivateSubnet, PrivateSubnetResources, SubnetOptions } from './private-subnet';
import { appRules, dataRules, endpointRules, namedSubnetRules, Surroundings } from './security-rules';
import { keyProblem, roleBlocks, subnetProblems } from './subnet-plan';
import { SubnetPurpose } from './subnet-purpose';
import { TrafficAnalyticsTarget } from './traffic-analytics';

/**
 * Properties for `PrivateNetwork`.
 */
export interface PrivateNetworkProps extends MonitoredProps {
  /**
   * Private block of addresses, a literal from /8 to /24, e.g. `10.20.0.0/22`; plan it apart from every network that this one
   * may ever be connected to.
   *
   * The subnets for apps, endpoints and data take its first three /24 blocks, or its first three quarters where it is
   * smaller than a /22. The rest is for subnets that you add.
   *
   * A /22 or larger can grow, keeping its first address, and all subnets stay; so choose one where that may happen. Growth of a
   * smaller one moves the first three, which Azure refuses while they are in use.
   */
  readonly addressSpace: string;

  /**
   * Who keeps the private DNS zones.
   *
   * @default PrivateDns.ownZones()
   */
  readonly privateDns?: PrivateDns;

  /**
   * Whether outbound traffic leaves from one fixed address, through a NAT gateway.
   *
   * @default - from the environment: false in dev and test, true in staging, preprod and prod
   */
  readonly dedicatedOutbound?: boolean;

  /**
   * Whether it is recorded who talked to whom; kept 90 to 365 days, as long as the logs of the environment within that.
   *
   * Azure records virtual machines, Kubernetes nodes and gateways, but neither App Service nor PostgreSQL. The identity that
   * deploys needs to write to the Network Watcher of the region.
   *
   * @default true
   * @see https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview
   */
  readonly flowLogs?: boolean;

  /**
   * Workspace in which flow logs are evaluated.
   *
   * @default - not evaluated
   */
  readonly trafficAnalytics?: TrafficAnalyticsTarget;

  /**
   * Name of the region's Network Watcher.
   *
   * @default - `NetworkWatcher_<region>`, which Azure makes together with the first network
   */
  readonly networkWatcherName?: string;

  /**
   * Name of the resource group that the Network Watcher lies in.
   *
   * @default 'NetworkWatcherRG'
   */
  readonly networkWatcherResourceGroupName?: string;

  /**
   * IPv4 addresses of your own DNS servers; they must forward what they do not know to `168.63.129.16`, and where they lie in
   * this network, their subnet needs a rule that lets questions in.
   *
   * @default - Azure's own
   */
  readonly dnsServers?: string[];

  /**
   * Azure resource id of the DDoS protection plan that covers public addresses in this network.
   *
   * @default - the basic protection that all of Azure has
   */
  readonly ddosProtectionPlanId?: string;
}

/**
 * The Terraform resources behind a `PrivateNetwork`; those of subnets that were added and of peerings are theirs.
 */
export interface PrivateNetworkResources {
  /** The network itself. */
  readonly virtualNetwork: VirtualNetwork;
  /** Of the subnet for apps. */
  readonly app: PrivateSubnetResources;
  /** Of the subnet for private endpoints. */
  readonly endpoints: PrivateSubnetResources;
  /** Of the subnet for databases. */
  readonly data: PrivateSubnetResources;
  /** Where outbound traffic leaves, if it has an address of its own. */
  readonly natGateway?: NatGateway;
  /** That address. */
  readonly publicIp?: PublicIp;
  /** What ties the two together. */
  readonly natGatewayPublicIpAssociation?: NatGatewayPublicIpAssociation;
  /** The flow log, where there is one. */
  readonly flowLog?: NetworkWatcherFlowLog;
  /** The account that keeps it. */
  readonly flowLogAccount?: StorageAccount;
  /** Zones made so far, by their names. */
  readonly privateDnsZones: { [zoneName: string]: PrivateDnsZone };
  /** Links made so far, by the names of their zones. */
  readonly privateDnsZoneLinks: { [zoneName: string]: PrivateDnsZoneVirtualNetworkLink };
}

/**
 * A network with subnets for apps, private endpoints and databases, in which nothing passes that no rule allows.
 *
 * Each subnet has a security group that denies by default; nobody gets a way out to the internet that is not written down.
 * Address blocks of subnets stay, whichever are added: those for apps, endpoints and data have fixed places, and the others say
 * theirs. Only another first address, or another size of a network smaller than a /22, moves the first three.
 *
 * The provider makes a subnet first, and gives it its security group in a second call: an Azure Policy that denies subnets without
 * one must exempt the resource group, or audit only.
 */
export class PrivateNetwork extends Construct implements IPrivateNetwork {
  /** Refers to a network that is defined elsewhere; of its DNS, only what `privateDns` says is defined here. */
  public static fromAttributes(scope: Construct, id: string, attributes: PrivateNetworkAttributes): IPrivateNetwork {
    checkImport(scope, id, attributes, IMPORTED_NETWORK_KINDS);
    return new ImportedNetwork(scope, id, attributes);
  }

  public readonly virtualNetworkId: string;
  public readonly location: string;
  public readonly appSubnetId: string;
  public readonly endpointSubnetId: string;
  public readonly dataSubnetId: string;
  /** Name of the virtual network. */
  public readonly virtualNetworkName: string;
  /** Its block of addresses. */
  public readonly addressSpace: string;
  /** Address that outbound traffic leaves from, where it is one of its own. */
  public readonly outboundIpAddress?: string;
  /** Subnet for outbound traffic of apps, delegated to App Service. */
  public readonly appSubnet: PrivateSubnet;
  /** Subnet for private endpoints. */
  public readonly endpointSubnet: PrivateSubnet;
  /** Subnet for injected databases, delegated to PostgreSQL. */
  public readonly dataSubnet: PrivateSubnet;

  private readonly privateDns: PrivateDns;
  private readonly surroundings: Surroundings;
  private readonly virtualNetwork: VirtualNetwork;
  private readonly outbound?: Outbound;
  private readonly flowLogs?: FlowLogs;

  constructor(scope: Construct, id: string, props: PrivateNetworkProps) {
    super(scope, id);
    checkKinds(this, props, NETWORK_KINDS);
    const { location, environment } = Workload.of(this);
    const { addressSpace, dnsServers = [] } = props;
    const flowLogs = props.flowLogs ?? true;
    this.privateDns = props.privateDns ?? PrivateDns.ownZones();
    rejectIf(this, ...networkProblems(this, props, flowLogs), this.privateDns._problem());

    this.location = location;
    this.addressSpace = addressSpace;
    this.surroundings = { ...roleBlocks(blockOf(addressSpace) as Block), dnsServers };
    this.virtualNetwork = this.defineVirtualNetwork(props);
    this.virtualNetworkId = this.virtualNetwork.id;
    this.virtualNetworkName = this.virtualNetwork.name;

    this.outbound =
      (props.dedicatedOutbound ?? environment.profile.dedicatedOutbound)
        ? new Outbound(this, 'Outbound', props)
        : undefined;
    this.outboundIpAddress = this.outbound?.ipAddress;
    const { app, endpoints, data } = this.surroundings;
    this.appSubnet = this.defineSubnet('App', app, SubnetPurpose.APP_SERVICE, appRules(this.surroundings));
    this.endpointSubnet = this.defineSubnet('Endpoints', endpoints, SubnetPurpose.GENERAL, endpointRules(), false);
    this.dataSubnet = this.defineSubnet('Data', data, SubnetPurpose.POSTGRESQL, dataRules(this.surroundings));
    this.appSubnetId = this.appSubnet.subnetId;
    this.endpointSubnetId = this.endpointSubnet.subnetId;
    this.dataSubnetId = this.dataSubnet.subnetId;

    this.flowLogs = flowLogs
      ? new FlowLogs(this, 'FlowLogs', { ...props, virtualNetworkId: this.virtualNetworkId })
      : undefined;
  }

  /** Escape hatch: the Terraform resources behind this construct. */
  public get resources(): PrivateNetworkResources {
    return {
      virtualNetwork: this.virtualNetwork,
      app: this.appSubnet.resources,
      endpoints: this.endpointSubnet.resources,
      data: this.dataSubnet.resources,
      ...this.outbound?.resources,
      ...this.flowLogs?.resources,
      ...zonesOf(this),
    };
  }

  /**
   * Adds a subnet for something else.
   *
   * @param key Lower-case name that never changes; becomes part of the name and of the address in Terraform.
   * @param options Its block, and what it is for.
   */
  public addSubnet(key: string, options: SubnetOptions): PrivateSubnet {
    rejectIf(this, aText('key', key));
    checkKinds(this, options, SUBNET_KINDS);
    const { cidr, purpose = SubnetPurpose.GENERAL, outbound = true } = options;
    const taken = this.node.children.filter(isSubnet).map(({ node, cidr: block }) => ({ name: node.id, cidr: block }));
    rejectIf(this, ...subnetProblems(blockOf(this.addressSpace) as Block, key, options, taken));
    const rules = namedSubnetRules(cidr, outbound, this.surroundings);
    return this.defineSubnet(key, cidr, purpose, rules, outbound && purpose.fixedName === undefined);
  }

  /**
   * Lets this network and another one reach each other; their security groups still say what passes.
   *
   * @param key Name of the other one that never changes; becomes part of the address in Terraform.
   * @param other The other network; where it is defined in the same stack, its direction is defined, too.
   * @param options Whose gateway is used, and whether traffic from further networks passes.
   */
  public peerWith(key: string, other: IPrivateNetwork, options: PeeringOptions = {}): NetworkPeering {
    const id = `Peering-${key}`;
    const present = this.node.tryFindChild(id) !== undefined;
    rejectIf(
      this,
      aNetwork('other', other),
      keyProblem('peering', key),
      present && `there is a peering ${shown(key)} already`,
    );
    return NetworkPeering._between(id, this, other, options);
  }

  public bindPrivateDns(zoneNames: string[]): PrivateDnsBinding {
    return this.privateDns._bind(this, zoneNames);
  }

  private defineVirtualNetwork(props: PrivateNetworkProps): VirtualNetwork {
    const { addressSpace, dnsServers, ddosProtectionPlanId } = props;
    return new VirtualNetwork(this, 'Resource', {
      name: nameOf(VirtualNetwork.tfResourceType, this),
      resourceGroupName: Workload.of(this).resourceGroupName,
      location: this.location,
      addressSpace: [addressSpace],
      dnsServers,
      ddosProtectionPlan: ddosProtectionPlanId === undefined ? undefined : { id: ddosProtectionPlanId, enable: true },
      encryption: { enforcement: 'AllowUnencrypted' },
    });
  }

  private defineSubnet(
    id: string,
    cidr: string,
    purpose: SubnetPurpose,
    rules: NetworkSecurityGroupSecurityRule[],
    outbound: boolean = true,
  ): PrivateSubnet {
    const natGatewayId = outbound ? this.outbound?.natGatewayId : undefined;
    const { virtualNetworkName } = this;
    return PrivateSubnet._in(this, id, { virtualNetworkName, cidr, purpose, rules, natGatewayId });
  }
}

function isSubnet(x: IConstruct): x is PrivateSubnet {
  return x instanceof PrivateSubnet;
}
