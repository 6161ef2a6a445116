import { at, Check, custom, unless, when } from '../checks';
import { azure, operations, OwnRule, reliability, security } from '../family';
import { referredToBy } from '../graph-checks';
import { atLeast, is, isSet, isUnset, matches, oneOf, orUnset, Predicate } from '../predicates';
import { RuleSeverity, Verdict } from '../rule';
import { isComputed } from '../values';
import { numberOf } from './addresses';

const { CRITICAL, IMPORTANT, AWARENESS } = RuleSeverity;

const SERVER = azure('postgresql_flexible_server');
const PARAMETER = azure('postgresql_flexible_server_configuration');
const FIREWALL_RULE = azure('postgresql_flexible_server_firewall_rule');
const REDIS = azure('managed_redis');
const OLD_REDIS = azure('redis_cache');

const REPLICA = at('create_mode', is('Replica'));
const owned = (check: Check) => unless(REPLICA, check);

const parameter = (name: string, predicate: Predicate) => when(at('name', is(name)), at('value', predicate));
const on = matches(/^on$/i, 'on');

const NARROW = custom(
  '0.0.0.0 to no other, and no more than 256 addresses',
  ['start_ip_address', 'end_ip_address'],
  ({ attributes: { start_ip_address: start, end_ip_address: end } }) => {
    if (start === '0.0.0.0' || end === '255.255.255.255') {
      return Verdict.VIOLATED;
    }
    if (isComputed(start) || isComputed(end)) {
      return Verdict.CANNOT_BE_CHECKED;
    }
    const [from, to] = [numberOf(start), numberOf(end)];
    return from !== undefined && to !== undefined && to - from < 256 ? Verdict.COMPLIANT : Verdict.VIOLATED;
  },
);

/** PostgreSQL servers. */
// prettier-ignore
export const POSTGRES_RULES: OwnRule[] = [
  security('PGS-001', SERVER, CRITICAL, 'public network access is off',
    at('public_network_access_enabled', is(false)), 'MCSB NS-2'),
  security('PGS-002', FIREWALL_RULE, CRITICAL, 'the firewall lets in neither all of Azure nor wide ranges',
    NARROW, 'CKV2_AZURE_26; PSRule PostgreSQL.FirewallIPRange'),
  security('PGS-003', SERVER, IMPORTANT, 'the server is reached through a private endpoint of its stack',
    referredToBy(azure('private_endpoint')), 'CKV2_AZURE_57'),
  security('PGS-004', SERVER, CRITICAL, 'identities of the directory sign in',
    owned(at('authentication.active_directory_auth_enabled', is(true))), 'PSRule PostgreSQL.AAD; MCSB IM-1'),
  security('PGS-005', SERVER, IMPORTANT, 'passwords are off',
    owned(at('authentication.password_auth_enabled', is(false))), 'PSRule PostgreSQL.AADOnly'),
  security('PGS-006', SERVER, CRITICAL, 'no password is in the state',
    at('administrator_password', isUnset()), 'MCSB IM-8'),
  reliability('PGS-007', SERVER, IMPORTANT, 'a standby takes over',
    owned(at('high_availability.mode', oneOf('ZoneRedundant', 'SameZone'))), 'APRL; PSRule'),
  reliability('PGS-008', SERVER, IMPORTANT, 'backups are kept for 14 days',
    owned(at('backup_retention_days', atLeast(14))), 'MCSB BR-1'),
  reliability('PGS-009', SERVER, IMPORTANT, 'storage grows by itself',
    owned(at('auto_grow_enabled', is(true))), 'APRL'),
  operations('PGS-010', SERVER, AWARENESS, 'maintenance has a window',
    owned(at('maintenance_window.day_of_week', isSet())), 'APRL'),
  reliability('PGS-011', SERVER, IMPORTANT, 'backups have a copy in another region',
    owned(at('geo_redundant_backup_enabled', is(true))), 'CKV_AZURE_136'),
  security('PGS-020', PARAMETER, CRITICAL, 'connections are encrypted',
    parameter('require_secure_transport', on), 'CIS 3.0 5.2.1 to 5.2.7'),
  security('PGS-021', PARAMETER, CRITICAL, 'connections need TLS 1.2 or later',
    parameter('ssl_min_protocol_version', matches(/^TLSv1\.[23]$/i, 'TLSv1.2 or TLSv1.3')), 'CIS 3.0 5.2.1 to 5.2.7'),
  security('PGS-022', PARAMETER, AWARENESS, 'checkpoints are logged',
    parameter('log_checkpoints', on), 'CIS 3.0 5.2.1 to 5.2.7'),
  security('PGS-023', PARAMETER, AWARENESS, 'connections are logged',
    parameter('log_connections', on), 'CIS 3.0 5.2.1 to 5.2.7'),
  security('PGS-024', PARAMETER, AWARENESS, 'the ends of connections are logged',
    parameter('log_disconnections', on), 'CIS 3.0 5.2.1 to 5.2.7'),
  security('PGS-025', PARAMETER, IMPORTANT, 'failed sign-ins are slowed down',
    parameter('connection_throttle.enable', on), 'CIS 3.0 5.2.1 to 5.2.7'),
  operations('PGS-026', PARAMETER, AWARENESS, 'log files are kept for 4 days',
    parameter('logfiles.retention_days', atLeast(4)), 'CIS 3.0 5.2.1 to 5.2.7'),
];

/** Managed Redis, and the cache that it replaces. */
// prettier-ignore
export const REDIS_RULES: OwnRule[] = [
  security('RED-001', REDIS, CRITICAL, 'public network access is off',
    at('public_network_access', is('Disabled')), 'MCSB NS-2'),
  security('RED-002', REDIS, CRITICAL, 'connections are encrypted',
    at('default_database.client_protocol', orUnset(is('Encrypted'))), 'MCSB DP-3'),
  security('RED-003', REDIS, CRITICAL, 'access keys are off',
    at('default_database.access_keys_authentication_enabled', orUnset(is(false))), 'PSRule Redis.LocalAuth'),
  reliability('RED-004', REDIS, IMPORTANT, 'a replica takes over',
    at('high_availability_enabled', orUnset(is(true))), 'APRL'),
  security('RED-005', REDIS, IMPORTANT, 'the cache is reached through a private endpoint of its stack',
    referredToBy(azure('private_endpoint')), 'MCSB NS-2'),
  security('RED-010', OLD_REDIS, CRITICAL, 'public network access is off',
    at('public_network_access_enabled', is(false)), 'CKV_AZURE_89'),
  security('RED-011', OLD_REDIS, CRITICAL, 'connections need TLS 1.2 or later',
    at('minimum_tls_version', is('1.2')), 'CKV_AZURE_148'),
  reliability('RED-012', OLD_REDIS, IMPORTANT, 'the plan has a replica',
    at('sku_name', oneOf('Standard', 'Premium')), 'CKV_AZURE_230'),
  security('RED-013', OLD_REDIS, CRITICAL, 'the port without encryption is closed',
    at('non_ssl_port_enabled', orUnset(is(false))), 'CKV_AZURE_91'),
  security('RED-014', OLD_REDIS, CRITICAL, 'identities of the directory sign in',
    at('redis_configuration.active_directory_authentication_enabled', is(true)), 'PSRule Redis.EntraID'),
  security('RED-015', OLD_REDIS, CRITICAL, 'access keys are off',
    at('access_keys_authentication_enabled', is(false)), 'PSRule Redis.LocalAuth'),
];
