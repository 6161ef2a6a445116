import {
  NetworkSecurityGroup,
  NetworkSecurityGroupSecurityRule,
} from '@cdktf/provider-azurerm/lib/network-security-group';
import { Subnet } from '@cdktf/provider-azurerm/lib/subnet';
import { SubnetNatGatewayAssociation } from '@cdktf/provider-azurerm/lib/subnet-nat-gateway-association';
import { SubnetNetworkSecurityGroupAssociation } from '@cdktf/provider-azurerm/lib/subnet-network-security-group-association';
import { Construct } from 'constructs';
import { aNumber, aText, checkKinds, Kinds, oneOf, someTexts } from '../core/kinds';
import { nameOf } from '../core/naming';
import { rejectIf, shown } from '../core/validation';
import { Workload } from '../core/workload';
import { SecurityRuleOptions, TrafficAccess, TrafficDirection, TrafficProtocol } from './security-rule';
import { ruleProblems, sortedRules, writtenRule } from './security-rules';
import { SubnetPurpose } from './subnet-purpose';

const RULE_KINDS: Kinds<SecurityRuleOptions> = {
  priority: aNumber,
  direction: oneOf(TrafficDirection),
  ports: someTexts,
  remotes: someTexts,
  'access?': oneOf(TrafficAccess),
  'description?': aText,
  'protocol?': oneOf(TrafficProtocol),
};

/** What a network tells its subnet. */
interface PrivateSubnetSetup {
  /** Name of the virtual network. */
  readonly virtualNetworkName: string;
  /** Its block of addresses. */
  readonly cidr: string;
  /** What it is for. */
  readonly purpose: SubnetPurpose;
  /** What its security group says at first. */
  readonly rules: NetworkSecurityGroupSecurityRule[];
  /** NAT gateway that its outbound traffic leaves through, if any. */
  readonly natGatewayId?: string;
}

/**
 * Options for `PrivateNetwork.addSubnet`.
 */
export interface SubnetOptions {
  /**
   * Block of addresses inside of the network's, a literal.
   *
   * Never chosen for you: a subnet must not move when another one comes or goes. An error names the next free block.
   */
  readonly cidr: string;

  /**
   * What the subnet is for.
   *
   * @default SubnetPurpose.GENERAL
   */
  readonly purpose?: SubnetPurpose;

  /**
   * Whether things in there may reach the internet by HTTPS, through the NAT gateway where the network has one.
   *
   * @default true
   */
  readonly outbound?: boolean;
}

/**
 * The Terraform resources behind a `PrivateSubnet`.
 */
export interface PrivateSubnetResources {
  /** The subnet itself. */
  readonly subnet: Subnet;
  /** Its security group; a gateway's or firewall's subnet takes none. */
  readonly networkSecurityGroup?: NetworkSecurityGroup;
  /** What ties the two together. */
  readonly networkSecurityGroupAssociation?: SubnetNetworkSecurityGroupAssociation;
  /** What leads its outbound traffic through the NAT gateway, where there is one. */
  readonly natGatewayAssociation?: SubnetNatGatewayAssociation;
}

/**
 * One subnet of a `PrivateNetwork`, with a security group that denies what no rule allows.
 *
 * Made by the network.
 */
export class PrivateSubnet extends Construct {
  /** @internal */
  public static _in(network: Construct, id: string, setup: PrivateSubnetSetup): PrivateSubnet {
    return new PrivateSubnet(network, id, setup);
  }

  /** Azure resource id; whoever uses it waits until the subnet has its security group and its way out. */
  public readonly subnetId: string;
  /** Its block of addresses. */
  public readonly cidr: string;
  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: PrivateSubnetResources;

  private constructor(network: Construct, id: string, setup: PrivateSubnetSetup) {
    super(network, id);
    const { virtualNetworkName, cidr, purpose, natGatewayId } = setup;

    const subnet = new Subnet(this, 'Resource', {
      name: purpose.fixedName ?? nameOf(Subnet.tfResourceType, this),
      resourceGroupName: Workload.of(this).resourceGroupName,
      virtualNetworkName,
      addressPrefixes: [cidr],
      defaultOutboundAccessEnabled: false,
      privateEndpointNetworkPolicies: 'Enabled',
      delegation:
        purpose.service === undefined
          ? undefined
          : [{ name: 'delegation', serviceDelegation: { name: purpose.service, actions: purpose.actions } }],
    });
    const shielded = purpose.fixedName === undefined;
    const networkSecurityGroup = shielded ? this.defineSecurityGroup(setup.rules) : undefined;
    const networkSecurityGroupAssociation =
      networkSecurityGroup &&
      new SubnetNetworkSecurityGroupAssociation(this, 'SecurityGroupAssociation', {
        subnetId: subnet.id,
        networkSecurityGroupId: networkSecurityGroup.id,
      });
    const natGatewayAssociation =
      natGatewayId === undefined
        ? undefined
        : new SubnetNatGatewayAssociation(this, 'NatGatewayAssociation', {
            subnetId: networkSecurityGroupAssociation?.subnetId ?? subnet.id,
            natGatewayId,
          });

    this.cidr = cidr;
    this.subnetId = natGatewayAssociation?.subnetId ?? networkSecurityGroupAssociation?.subnetId ?? subnet.id;
    this.resources = { subnet, networkSecurityGroup, networkSecurityGroupAssociation, natGatewayAssociation };
  }

  /**
   * Adds a rule to the security group, before the rules of the network.
   *
   * @param key Name of the rule, which never changes.
   * @param rule What may, or may not, go which way.
   */
  public addRule(key: string, rule: SecurityRuleOptions): void {
    rejectIf(this, aText('key', key));
    checkKinds(this, rule, RULE_KINDS);
    const { networkSecurityGroup } = this.resources;
    const present = (networkSecurityGroup?.securityRuleInput ?? []) as NetworkSecurityGroupSecurityRule[];
    const rival = present.find(({ priority, direction }) => priority === rule.priority && direction === rule.direction);
    rejectIf(
      this,
      networkSecurityGroup === undefined && `Azure allows no security group in this subnet, so no rule ${shown(key)}`,
      present.some(({ name }) => name?.toLowerCase() === key.toLowerCase()) && `there is a rule ${shown(key)} already`,
      rival !== undefined &&
        `'priority' of rule ${shown(key)} is taken by rule ${shown(rival.name)}, got ${rule.priority}`,
      ...ruleProblems(key, rule),
    );
    networkSecurityGroup?.putSecurityRule(sortedRules([...present, writtenRule(key, rule)]));
  }

  private defineSecurityGroup(securityRule: NetworkSecurityGroupSecurityRule[]): NetworkSecurityGroup {
    const { location, resourceGroupName } = Workload.of(this);
    return new NetworkSecurityGroup(this, 'SecurityGroup', {
      name: nameOf(NetworkSecurityGroup.tfResourceType, this),
      resourceGroupName,
      location,
      securityRule,
    });
  }
}
