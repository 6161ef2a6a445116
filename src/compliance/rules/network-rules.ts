import { allOf, anyOf, at, custom, forEach, unless, when } from '../checks';
import { azure, hardening, operations, OwnRule, reliability, security } from '../family';
import { referredToBy, refersTo } from '../graph-checks';
import { atLeast, hasAny, is, isNot, isUnset, lengthIsNot, matches, oneOf, orUnset } from '../predicates';
import { RuleSeverity, Verdict } from '../rule';
import { isComputed, isEmpty } from '../values';
import { holdsAddress } from './addresses';
import { closedToInternet } from './inbound';

const { CRITICAL, IMPORTANT, AWARENESS } = RuleSeverity;

const SECURITY_GROUP = azure('network_security_rule', 'network_security_group');
const NETWORK = azure('virtual_network');
const SUBNET = azure('subnet');
const CARD = azure('network_interface');
const FLOW_LOG = azure('network_watcher_flow_log');

/** Subnets in which Azure refuses a security group. */
const UNGUARDED = anyOf(
  at(
    'name',
    matches(/^(GatewaySubnet|AzureFirewallSubnet|AzureFirewallManagementSubnet)$/i, 'of a gateway or firewall'),
  ),
  at('delegation.service_delegation.name', matches(/^Microsoft\.Netapp\/volumes$/i, 'Microsoft.Netapp/volumes')),
);

const DNS_IN_NETWORK = custom(
  'one of dns_servers inside address_space',
  ['dns_servers', 'address_space'],
  ({ attributes: { dns_servers: servers, address_space: spaces } }) => {
    if (isEmpty(servers)) {
      return Verdict.COMPLIANT;
    }
    if ([servers].flat().some((server) => [spaces].flat().some((space) => holdsAddress(space, server)))) {
      return Verdict.COMPLIANT;
    }
    return [servers, spaces].flat().some(isComputed) ? Verdict.CANNOT_BE_CHECKED : Verdict.VIOLATED;
  },
);

/** Networks, their subnets, firewalls and logs. */
// prettier-ignore
export const NETWORK_RULES: OwnRule[] = [
  security('NET-001', SECURITY_GROUP, CRITICAL, 'nothing is let in from the internet',
    closedToInternet({ words: 'anything' }), 'PSRule NSG.AnyInboundSource; CIS 6.0 7.4'),
  security('NET-002', SECURITY_GROUP, CRITICAL, 'remote desktop is not let in from the internet',
    closedToInternet({ words: 'port 3389', protocols: ['tcp', '*'], port: 3389 }), 'CKV_AZURE_9'),
  security('NET-003', SECURITY_GROUP, CRITICAL, 'SSH is not let in from the internet',
    closedToInternet({ words: 'port 22', protocols: ['tcp', '*'], port: 22 }), 'CKV_AZURE_10'),
  security('NET-004', SECURITY_GROUP, CRITICAL, 'plain HTTP is not let in from the internet',
    closedToInternet({ words: 'port 80', protocols: ['tcp', '*'], port: 80 }), 'CKV_AZURE_160'),
  security('NET-005', SECURITY_GROUP, CRITICAL, 'UDP is not let in from the internet',
    closedToInternet({ words: 'UDP', protocols: ['udp'] }), 'CKV_AZURE_77'),
  security('NET-010', SUBNET, IMPORTANT, 'the subnet has a security group',
    unless(UNGUARDED, referredToBy(azure('subnet_network_security_group_association'))),
    'CKV2_AZURE_31; CIS 6.0 7.11; PSRule VNET.UseNSGs'),
  security('NET-011', SUBNET, CRITICAL, 'there is no way out that nobody defined',
    at('default_outbound_access_enabled', is(false)), 'PSRule VNET.PrivateSubnet'),
  security('NET-012', SUBNET, IMPORTANT, 'the security group holds for private endpoints too',
    when(referredToBy(azure('private_endpoint')),
      at('private_endpoint_network_policies', oneOf('Enabled', 'NetworkSecurityGroupEnabled'))), 'MCSB NS-1'),
  security('NET-020', CARD, IMPORTANT, 'the interface has no public address',
    at('ip_configuration.public_ip_address_id', isUnset()),
    'CKV_AZURE_119; CKV2_AZURE_39'),
  security('NET-021', CARD, IMPORTANT, 'the interface forwards nothing',
    at('ip_forwarding_enabled', orUnset(is(false))), 'CKV_AZURE_118'),
  operations('NET-030', FLOW_LOG, IMPORTANT, 'flow logs are kept for 90 days',
    allOf(
      at('enabled', is(true)),
      at('retention_policy.enabled', is(true)),
      anyOf(at('retention_policy.days', atLeast(90)), at('retention_policy.days', is(0))),
    ), 'CKV_AZURE_12; CIS 6.0 7.8'),
  operations('NET-031', FLOW_LOG, IMPORTANT, 'flow logs are those of a network: new ones of security groups are refused',
    anyOf(
      refersTo('target_resource_id', 'azurerm_virtual_network'),
      at('target_resource_id', matches(/\/virtualNetworks\/[^/]+$/i, 'the id of a network')),
    ), 'CIS 6.0 6.1.1.6'),
  hardening('NET-032', FLOW_LOG, AWARENESS, 'flow logs are analysed, which costs by the gigabyte',
    at('traffic_analytics.enabled', is(true)), 'APRL'),
  reliability('NET-040', [...NETWORK, 'azurerm_virtual_network_dns_servers'], IMPORTANT,
    'names are resolved by more than one server',
    at('dns_servers', lengthIsNot(1)), 'CKV_AZURE_182'),
  security('NET-041', NETWORK, AWARENESS, 'names are resolved inside the network',
    DNS_IN_NETWORK, 'CKV_AZURE_183'),
  hardening('NET-042', NETWORK, AWARENESS, 'the network is protected against floods of traffic',
    forEach('ddos_protection_plan', at('enable', is(true))), 'CIS 6.0 8.5'),
  hardening('NET-043', NETWORK, AWARENESS, 'traffic inside the network is encrypted where machines can',
    at('encryption.enforcement', oneOf('AllowUnencrypted', 'DropUnencrypted')), 'WAF Virtual Network'),
  reliability('NET-050', azure('public_ip'), IMPORTANT, 'the address is one of the Standard plan',
    at('sku', orUnset(oneOf('Standard', 'StandardV2'))), 'APRL'),
  reliability('NET-051', azure('public_ip'), AWARENESS, 'the address is spread over zones',
    at('zones', hasAny('1', '2', '3')), 'APRL'),
  hardening('NET-060', azure('private_dns_zone_virtual_network_link'), AWARENESS,
    'names that the private zone lacks are asked for in public',
    at('resolution_policy', orUnset(isNot('Default'))), 'WAF Private Link'),
];
