import { NetworkSecurityGroupSecurityRule } from '@cdktf/provider-azurerm/lib/network-security-group';
import { Token } from 'cdktf';
import { isValid, isValidCIDR } from 'ipaddr.js';
import { isComputed, isText, isWholeBetween, shown } from '../core/validation';
import { SecurityRuleOptions, TrafficAccess, TrafficDirection, TrafficProtocol } from './security-rule';

/** Blocks of addresses that rules speak of. */
export interface Surroundings {
  /** Of the subnet for private endpoints. */
  readonly endpoints: string;
  /** Of the subnet for apps. */
  readonly app: string;
  /** Of the subnet for databases. */
  readonly data: string;
  /** Addresses of the DNS servers, if they are not Azure's. */
  readonly dnsServers: string[];
}

/** One rule of ours, before it is written out. */
interface Row extends Pick<SecurityRuleOptions, 'priority' | 'direction' | 'remotes' | 'ports'> {
  readonly name: string;
  readonly access?: TrafficAccess;
  readonly protocol?: TrafficProtocol;
}

const { INBOUND, OUTBOUND } = TrafficDirection;

const HTTPS = ['443'];
/** PostgreSQL, and its built-in PgBouncer. */
const POSTGRESQL = ['5432', '6432'];
/** What listens behind private endpoints: HTTPS, SMB, PostgreSQL, Managed Redis with the ports of its OSS cluster. */
const ENDPOINTS = ['443', '445', ...POSTGRESQL, '8500-8599', '10000'];

/** Health probes come from there; Azure's own default rule for them would be hidden by ours that denies the rest. */
const PROBES: Row = {
  name: 'AllowAzureLoadBalancer',
  priority: 4095,
  direction: INBOUND,
  remotes: ['AzureLoadBalancer'],
  ports: ['*'],
  protocol: TrafficProtocol.ANY,
};

const REST = {
  priority: 4096,
  remotes: ['*'],
  ports: ['*'],
  access: TrafficAccess.DENY,
  protocol: TrafficProtocol.ANY,
};
const DENY_THE_REST: Row[] = [
  PROBES,
  { name: 'DenyAllInbound', direction: INBOUND, ...REST },
  { name: 'DenyAllOutbound', direction: OUTBOUND, ...REST },
];

/** Whoever is on the internet, or most of it: words, both families' zero, and blocks shorter than a /8 that are not private. */
const ANYBODY = /^(\*|any|internet|0\.0\.0\.0|::|(?!fc00:)[^/]+\/[0-7])$/i;
const SERVICE_TAG = /^(\*|[A-Za-z][A-Za-z0-9.]*)$/;
const PORTS = /^(\*|\d{1,5}(-\d{1,5})?)$/;
/** Stands for a list that Terraform has yet to compute. */
const UNKNOWN = '${list}';
const RULE_KEY = /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,78}[A-Za-z0-9_])?$/;

/**
 * Rules for the outbound traffic of apps: to endpoints, databases, DNS, and by HTTPS to Entra, Azure and the internet.
 *
 * App Service takes no inbound traffic in there.
 */
export function appRules({ endpoints, data, dnsServers }: Surroundings): NetworkSecurityGroupSecurityRule[] {
  return written([
    { name: 'AllowPrivateEndpoints', priority: 4001, direction: OUTBOUND, remotes: [endpoints], ports: ENDPOINTS },
    { name: 'AllowDatabases', priority: 4002, direction: OUTBOUND, remotes: [data], ports: POSTGRESQL },
    ...dnsRows(dnsServers),
    { name: 'AllowHttps', priority: 4004, direction: OUTBOUND, remotes: ['Internet'], ports: HTTPS },
    ...DENY_THE_REST,
  ]);
}

/**
 * Rules for private endpoints: whoever is in the network or in one that is connected may knock at the ports services listen at.
 */
export function endpointRules(): NetworkSecurityGroupSecurityRule[] {
  return written([
    { name: 'AllowVirtualNetwork', priority: 4001, direction: INBOUND, remotes: ['VirtualNetwork'], ports: ENDPOINTS },
    ...DENY_THE_REST,
  ]);
}

/**
 * Rules for injected PostgreSQL servers: in from apps, between primary and standby, out to what the service itself needs.
 *
 * @see https://learn.microsoft.com/azure/postgresql/network/concepts-networking-private
 */
export function dataRules({ app, data, dnsServers }: Surroundings): NetworkSecurityGroupSecurityRule[] {
  const tags = { Storage: 4005, AzureActiveDirectory: 4006, AzureKeyVault: 4007 };
  return written([
    { name: 'AllowApps', priority: 4001, direction: INBOUND, remotes: [app], ports: POSTGRESQL },
    { name: 'AllowReplicationInbound', priority: 4002, direction: INBOUND, remotes: [data], ports: POSTGRESQL },
    { name: 'AllowReplicationOutbound', priority: 4002, direction: OUTBOUND, remotes: [data], ports: POSTGRESQL },
    ...dnsRows(dnsServers),
    ...Object.entries(tags).map(([tag, priority]) => ({
      name: `Allow${tag}`,
      priority,
      direction: OUTBOUND,
      remotes: [tag],
      ports: HTTPS,
    })),
    ...DENY_THE_REST,
  ]);
}

/**
 * Rules for a subnet with a key of its own: whatever is in it may talk to each other, and reaches endpoints, DNS and, if
 * it may, the internet by HTTPS.
 *
 * @param own Block of the subnet itself.
 * @param outbound Whether it may reach the internet.
 * @param surroundings Blocks around it.
 */
export function namedSubnetRules(
  own: string,
  outbound: boolean,
  { endpoints, dnsServers }: Surroundings,
): NetworkSecurityGroupSecurityRule[] {
  const within = { remotes: [own], ports: ['*'], protocol: TrafficProtocol.ANY };
  const https = { name: 'AllowHttps', priority: 4004, direction: OUTBOUND, remotes: ['Internet'], ports: HTTPS };
  return written([
    { name: 'AllowWithinInbound', priority: 4001, direction: INBOUND, ...within },
    { name: 'AllowWithinOutbound', priority: 4001, direction: OUTBOUND, ...within },
    { name: 'AllowPrivateEndpoints', priority: 4002, direction: OUTBOUND, remotes: [endpoints], ports: ENDPOINTS },
    ...dnsRows(dnsServers),
    ...(outbound ? [https] : []),
    ...DENY_THE_REST,
  ]);
}

/**
 * A rule as the provider takes it; the other end is its source or destination, the subnet itself is everything near.
 */
export function writtenRule(name: string, rule: SecurityRuleOptions): NetworkSecurityGroupSecurityRule {
  const { priority, direction, remotes, ports, access = TrafficAccess.ALLOW, protocol = TrafficProtocol.TCP } = rule;
  const inbound = direction === INBOUND;
  const single = isSingle(remotes);
  const singlePort = isSingle(ports);
  return {
    name,
    priority,
    direction,
    access,
    protocol,
    description: rule.description,
    sourcePortRange: '*',
    sourceAddressPrefix: inbound ? (single ? remotes[0] : undefined) : '*',
    sourceAddressPrefixes: inbound && !single ? remotes : undefined,
    destinationPortRange: singlePort ? ports[0] : undefined,
    destinationPortRanges: singlePort ? undefined : ports,
    destinationAddressPrefix: inbound ? '*' : single ? remotes[0] : undefined,
    destinationAddressPrefixes: inbound || single ? undefined : remotes,
  };
}

/**
 * Rules in the order in which Azure tries them, inbound ones first; the order they were added in leaves no trace.
 */
export function sortedRules(rules: NetworkSecurityGroupSecurityRule[]): NetworkSecurityGroupSecurityRule[] {
  const place = ({ direction, priority, name }: NetworkSecurityGroupSecurityRule) =>
    `${direction} ${String(priority).padStart(4, '0')} ${name}`;
  return [...rules].sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

/**
 * What is wrong with a rule, as clauses for `rejectIf()`.
 */
export function ruleProblems(key: string, rule: SecurityRuleOptions): Array<string | false> {
  const { priority, direction, access, protocol, description = '' } = rule;
  const [remotes, ports] = [rule.remotes, rule.ports].map((list) => (Token.isUnresolved(list) ? [UNKNOWN] : list));
  const of = (prop: string) => `'${prop}' of rule ${shown(key)}`;
  const lets = direction === INBOUND && access !== TrafficAccess.DENY;
  const tags = remotes.filter((remote) => !isComputed(remote) && SERVICE_TAG.test(remote));
  return [
    !isText(key, RULE_KEY) &&
      `the key of a rule must have 1 to 80 letters, digits, '_', '.' or '-', because it is its name in Azure; got ${shown(key)}`,
    !isWholeBetween(priority, 100, 4000) &&
      `${of('priority')} must be a whole number from 100 to 4000, got ${priority}`,
    remotes.length === 0 && `${of('remotes')} must not be empty`,
    tags.length > 0 &&
      remotes.length > 1 &&
      `${of('remotes')} must be one service tag alone, or addresses only, got ${remotes.join(', ')}; write a rule per tag`,
    ...remotes
      .filter((remote) => !isComputed(remote) && !tags.includes(remote) && !isValid(remote) && !isValidCIDR(remote))
      .map(
        (remote) => `${of('remotes')} must be addresses, blocks of addresses or a service tag, got ${shown(remote)}`,
      ),
    lets &&
      !rule.openToInternet &&
      remotes.some((remote) => !isComputed(remote) && ANYBODY.test(remote)) &&
      `${of('remotes')} lets anybody on the internet in, got ${remotes.join(', ')}; name who may come in, or say 'openToInternet: true'`,
    ports.length === 0 && `${of('ports')} must not be empty; '*' is every port`,
    ...ports
      .filter((port) => !isComputed(port) && !isPortRange(port))
      .map((port) => `${of('ports')} must be like 443, 8000-8010 or *, up to 65535, got ${shown(port)}`),
    protocol === TrafficProtocol.ICMP &&
      ports.join() !== '*' &&
      `${of('ports')} must be '*', because ICMP has no ports`,
    description.length > 140 && `${of('description')} must have up to 140 characters, got ${description.length}`,
  ];
}

function dnsRows(dnsServers: string[]): Row[] {
  const row: Row = { name: 'AllowDns', priority: 4003, direction: OUTBOUND, remotes: dnsServers, ports: ['53'] };
  return dnsServers.length > 0 ? [{ ...row, protocol: TrafficProtocol.ANY }] : [];
}

function written(rows: Row[]): NetworkSecurityGroupSecurityRule[] {
  return sortedRules(rows.map(({ name, ...rule }) => writtenRule(name, rule)));
}

/** Whether a list goes into the argument for one value; a list that Terraform has yet to compute looks like one, but is not. */
function isSingle(list: string[]): boolean {
  return list.length === 1 && !Token.isUnresolved(list);
}

function isPortRange(port: string): boolean {
  const [from, to = from] = port.split('-').map(Number);
  return PORTS.test(port) && (port === '*' || (from <= to && to <= 65535));
}
