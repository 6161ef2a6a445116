import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { IPv4 } from 'ipaddr.js';
import { anInstanceOf, aStruct, aText, Kinds, someTexts } from '../core/kinds';
import { nameProblem } from '../core/naming';
import { hasForm, isComputed, shown } from '../core/validation';
import { blockOf, cidrProblem, isPrivate } from './cidr';
import { trafficAnalyticsProblems } from './flow-logs';
import { PrivateNetworkAttributes } from './network-attributes';
import { PrivateDns } from './private-dns';
import type { PrivateNetwork, PrivateNetworkProps } from './private-network';
import { SubnetOptions } from './private-subnet';
import { SubnetPurpose } from './subnet-purpose';
import { TrafficAnalyticsTarget } from './traffic-analytics';

/** What an existing network is found by. */
export const IMPORTED_NETWORK_KINDS: Kinds<PrivateNetworkAttributes> = {
  virtualNetworkId: aText,
  endpointSubnetId: aText,
  privateDns: anInstanceOf(PrivateDns, 'PrivateDns.ownZones()'),
  'location?': aText,
};

/** What a subnet takes. */
export const SUBNET_KINDS: Kinds<SubnetOptions> = {
  // judged beside the subnets that are there, with a free one as the remedy
  cidr: () => false,
  'purpose?': anInstanceOf(SubnetPurpose, 'SubnetPurpose.GENERAL'),
};

/** What a network takes. */
export const NETWORK_KINDS: Kinds<PrivateNetworkProps> = {
  addressSpace: aText,
  'dnsServers?': someTexts,
  'privateDns?': anInstanceOf(PrivateDns, 'PrivateDns.ownZones()'),
  'trafficAnalytics?': aStruct<TrafficAnalyticsTarget>({ workspaceResourceId: aText, workspaceGuid: aText }),
};

const DDOS_PLAN_ID =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/ddosProtectionPlans\/[^/]+$/i;

/**
 * What is wrong with the props of a network, as clauses for `rejectIf()`.
 */
export function networkProblems(
  network: PrivateNetwork,
  props: PrivateNetworkProps,
  flowLogs: boolean,
): Array<string | false> {
  const { addressSpace, dnsServers = [], trafficAnalytics, ddosProtectionPlanId } = props;
  const block = isComputed(addressSpace) ? undefined : blockOf(addressSpace);
  return [
    cidrProblem("'addressSpace'", addressSpace),
    block !== undefined &&
      (block.prefix < 8 || block.prefix > 24) &&
      `'addressSpace' must be from /8 to /24, got ${addressSpace}`,
    block !== undefined &&
      !isPrivate(block) &&
      `'addressSpace' must lie in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10, because a public block would hide its owner from everything in the network; got ${addressSpace}`,
    ...dnsServers
      .filter((server) => !isComputed(dnsServers) && !isComputed(server) && !IPv4.isValidFourPartDecimal(server))
      .map((server) => `'dnsServers' must be IPv4 addresses, got ${shown(server)}`),
    flowLogs && nameProblem(StorageAccount.tfResourceType, network, 'flowLogs'),
    trafficAnalytics !== undefined &&
      !flowLogs &&
      "'trafficAnalytics' evaluates flow logs: leave out 'flowLogs: false', or leave out the workspace",
    ...(trafficAnalytics ? trafficAnalyticsProblems(network, trafficAnalytics) : []),
    watcherProblem('networkWatcherName', props.networkWatcherName),
    watcherProblem('networkWatcherResourceGroupName', props.networkWatcherResourceGroupName),
    ddosProtectionPlanId !== undefined &&
      !hasForm(ddosProtectionPlanId, DDOS_PLAN_ID) &&
      `'ddosProtectionPlanId' must be the Azure resource id of a DDoS protection plan, got ${shown(ddosProtectionPlanId)}`,
  ];
}

/** The watcher is somebody else's, so its name may be one that Terraform has yet to compute. */
function watcherProblem(prop: string, name?: string): string | false {
  return (
    name !== undefined &&
    !hasForm(name, /^[\w.()-]{0,89}[\w()-]$/) &&
    `'${prop}' must be 1 to 90 letters, digits, full stops, hyphens, underscores or parentheses, no full stop last; got ${shown(name)}`
  );
}
