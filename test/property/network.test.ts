import * as fc from 'fast-check';
import {
  PeeringGateway,
  PrivateDns,
  PrivateNetwork,
  PrivateSubnet,
  SubnetPurpose,
  TrafficAccess,
  TrafficDirection,
  TrafficProtocol,
  Workload,
} from '../../src';
import { anyText, built, Choice, flag, formed, list, literalFormed, oneOf, Prop, structOf, whole } from './kit/choices';
import { guid, kebab, LOWER, DIGITS, privateBlock, resourceId, word } from './kit/forms';
import { describeProperties } from './kit/lane';
import { Blocks, only, Subject, Values } from './kit/subject';

const GROUP = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-hub';

const dns = (shown: string, make: Choice['make']): Choice => ({ ...built(shown, make), value: shown });

const privateDns: Prop = {
  good: fc.oneof(
    fc.constant(dns('ownZones', () => PrivateDns.ownZones())),
    fc.constant(dns('managedByPolicy', () => PrivateDns.managedByPolicy())),
    fc.boolean().map((linked) => dns(`existing ${linked}`, () => PrivateDns.existingZones(GROUP, { linked }))),
    fc
      .boolean()
      .map((linked) =>
        dns(`existing token ${linked}`, (tokens) =>
          PrivateDns.existingZones(tokens.text('variable', GROUP), { linked }),
        ),
      ),
  ),
  bad: fc
    .constantFrom('', 'rg-hub', `${GROUP}/`)
    .map((id) => dns(`resourceGroupId ${id}`, () => PrivateDns.existingZones(id))),
};

const workspace = {
  workspaceResourceId: resourceId('Microsoft.OperationalInsights/workspaces'),
  workspaceGuid: guid(),
};

const trafficAnalytics: Prop = {
  good: fc
    .record({ workspaceResourceId: workspace.workspaceResourceId.good, workspaceGuid: workspace.workspaceGuid.good })
    .map(structOf),
};

const IPV4 = /^\d+\.\d+\.\d+\.\d+$/;
const dnsServer = () =>
  formed(IPV4, fc.constantFrom('10.0.0.132', '10.1.0.4', '168.63.129.16'), '::1', '10.0.0', 'dns.example.com');

const network: Subject<Workload> = {
  name: 'PrivateNetwork',
  required: ['addressSpace'],
  props: {
    addressSpace: privateBlock(),
    privateDns,
    dedicatedOutbound: flag(),
    flowLogs: flag(),
    trafficAnalytics,
    networkWatcherName: formed(/^[\w.-]{1,80}$/, kebab(2, 40)),
    networkWatcherResourceGroupName: formed(/^[\w.()-]{1,90}$/, kebab(2, 40)),
    dnsServers: list(dnsServer()),
    ddosProtectionPlanId: resourceId('Microsoft.Network/ddosProtectionPlans'),
    unmonitored: flag(),
  },
  ground: (place) => place.workload(),
  define: (workload, props) => {
    const made = new PrivateNetwork(workload, 'Subject', props);
    made.bindPrivateDns(['privatelink.vaultcore.azure.net']);
  },
  path: (id) => `${id}/Subject`,
  called: { privateDns: 'resourceGroupId' },
  tame: ({ flowLogs }) => (flowLogs?.value === false ? ['trafficAnalytics'] : []),
  combined: ({ flowLogs, trafficAnalytics: target }, { organization }) => [
    ...(flowLogs === false && target !== undefined ? ['trafficAnalytics', 'flowLogs'] : []),
    ...(flowLogs !== false && organization === undefined ? ['organization'] : []),
  ],
  emits: {
    addressSpace: (blocks) => only(blocks, 'azurerm_virtual_network').address_space[0],
    dnsServers: (blocks) => only(blocks, 'azurerm_virtual_network').dns_servers,
    dedicatedOutbound: (blocks) => blocks.azurerm_nat_gateway !== undefined,
    flowLogs: (blocks) => blocks.azurerm_network_watcher_flow_log !== undefined,
    ddosProtectionPlanId: (blocks) => only(blocks, 'azurerm_virtual_network').ddos_protection_plan.id,
  },
  absent: {
    dedicatedOutbound: ({ environment }) => environment.profile.dedicatedOutbound,
    flowLogs: () => true,
  },
};

function networkIn(workload: Workload, id: string = 'Subject', addressSpace: string = '10.20.0.0/20'): PrivateNetwork {
  return new PrivateNetwork(workload, id, { addressSpace, flowLogs: false });
}

const KEY = /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/;
const key = () =>
  literalFormed(KEY, word(LOWER, LOWER + DIGITS, 1, 40), '1a', 'A', 'a-', 'a_b', 'x'.repeat(41), 'gatewaysubnet');

const subnet: Subject<PrivateNetwork> = {
  name: 'PrivateNetwork.addSubnet',
  required: ['key', 'cidr'],
  props: {
    key: key(),
    cidr: literalFormed(
      /^$(?!)/,
      fc.constantFrom('10.20.4.0/24', '10.20.8.0/22', '10.20.3.0/26', '10.20.3.192/26'),
      '10.20.0.0/24',
      '10.20.2.128/25',
      '10.21.0.0/24',
      '10.20.3.0/30',
      '10.20.3.1/26',
    ),
    purpose: oneOf(...Object.values(SubnetPurpose).filter((x) => x instanceof SubnetPurpose && x.longestPrefix >= 26)),
    outbound: flag(),
  },
  ground: (place) => networkIn(place.workload()),
  define: (made, { key: name, ...options }) => made.addSubnet(name, options),
  path: (id) => `${id}/Subject`,
};

const rule: Subject<PrivateSubnet> = {
  name: 'PrivateSubnet.addRule',
  required: ['key', 'priority', 'direction', 'remotes', 'ports'],
  props: {
    key: literalFormed(
      /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,78}[A-Za-z0-9_])?$/,
      word(LOWER, `${LOWER}_`, 2, 40),
      'x'.repeat(81),
      'a-',
      'AllowHttps',
    ),
    priority: whole(100, 4000),
    direction: oneOf(TrafficDirection.INBOUND, TrafficDirection.OUTBOUND),
    remotes: list(
      formed(
        /^[A-Za-z][A-Za-z0-9.]*$/,
        fc.constantFrom('10.0.0.0/8', '203.0.113.7', '2001:db8::/32'),
        'not an address',
        '10.0.0.0/40',
      ),
      { min: 1 },
    ),
    ports: list(formed(/^$(?!)/, fc.constantFrom('443', '8000-8010', '1'), '70000', '90-80', 'http', ''), { min: 1 }),
    access: oneOf(TrafficAccess.ALLOW, TrafficAccess.DENY),
    protocol: oneOf(TrafficProtocol.ANY, TrafficProtocol.TCP, TrafficProtocol.UDP, TrafficProtocol.ICMP),
    description: {
      good: anyText().good.filter(({ value }) => String(value).length <= 140),
      bad: oneOf('x'.repeat(141)).good,
    },
    openToInternet: flag(),
  },
  ground: (place) => networkIn(place.workload()).addSubnet('agents', { cidr: '10.20.4.0/24' }),
  define: (made, { key: name, ...options }) => made.addRule(name, options),
  path: (id) => `${id}/Subject/agents`,
  tame: ({ protocol }) => [...(protocol?.value === TrafficProtocol.ICMP ? ['protocol'] : [])],
  combined: ({ protocol, ports }: Values) => [
    ...(protocol === TrafficProtocol.ICMP && ports?.join() !== '*' ? ['ports'] : []),
  ],
  emits: {
    priority: (blocks) => ruleIn(blocks).priority,
    direction: (blocks) => ruleIn(blocks).direction,
    access: (blocks) => ruleIn(blocks).access,
    protocol: (blocks) => ruleIn(blocks).protocol,
    description: (blocks) => ruleIn(blocks).description,
  },
  absent: { access: () => 'Allow', protocol: () => 'Tcp' },
};

function ruleIn(blocks: Blocks): any {
  const group = Object.entries(blocks.azurerm_network_security_group).find(([id]) => id.includes('agents'));
  return group?.[1].security_rule.find(({ name }: any) => /^[a-z]/.test(name));
}

const peering: Subject<{ ours: PrivateNetwork; theirs: PrivateNetwork }> = {
  name: 'PrivateNetwork.peerWith',
  required: ['key'],
  props: {
    key: key(),
    forwardedTraffic: flag(),
    gateway: oneOf(...Object.values(PeeringGateway)),
  },
  ground: (place) => {
    const workload = place.workload();
    return { ours: networkIn(workload), theirs: networkIn(workload, 'Other', '10.21.0.0/20') };
  },
  define: ({ ours, theirs }, { key: name, ...options }) => ours.peerWith(name, theirs, options),
  path: (id) => `${id}/Subject`,
  emits: {
    forwardedTraffic: (blocks) => peeringIn(blocks).allow_forwarded_traffic,
    gateway: (blocks) => {
      const { allow_gateway_transit: ours, use_remote_gateways: theirs } = peeringIn(blocks);
      return ours ? PeeringGateway.OURS : theirs ? PeeringGateway.THEIRS : PeeringGateway.SEPARATE;
    },
  },
  absent: { forwardedTraffic: () => false, gateway: () => PeeringGateway.SEPARATE },
};

function peeringIn(blocks: Blocks): any {
  return Object.entries(blocks.azurerm_virtual_network_peering).find(([id]) => !id.includes('Reverse'))?.[1];
}

describeProperties(network, subnet, rule, peering);
