import * as fs from 'fs';
import * as path from 'path';
import { FORCE_NEW } from '../../src/cli/force-new';
import { scratch } from '../support/scratch';
import { comparisonsIn } from './fixture';

const ROOT = path.resolve(__dirname, '../..');

/** Types whose classes our constructs import, as Terraform names them. */
function emittedTypes(): string[] {
  const sources = fs.readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  const imports = sources
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => [
      ...fs
        .readFileSync(path.join(ROOT, 'src', name), 'utf8')
        .matchAll(/@cdktf\/provider-(azurerm|time)\/lib\/(?!provider'|data-)([a-z0-9-]+)'/g),
    ]);
  return [...new Set(imports.map(([, provider, name]) => `${provider}_${name.replace(/-/g, '_')}`))].sort();
}

/** Types of which every argument changes in place, as far as the provider says. */
const ALWAYS_IN_PLACE = ['azurerm_log_analytics_workspace_table'];

/** The declarations of a type's arguments. */
function declarationsOf(type: string): string {
  const [provider, ...words] = type.split('_');
  return fs.readFileSync(
    path.join(ROOT, `node_modules/@cdktf/provider-${provider}/lib`, words.join('-'), 'index.d.ts'),
    'utf8',
  );
}

test('every type that our constructs make has its row', () => {
  expect(emittedTypes().filter((type) => !(type in FORCE_NEW))).toEqual([]);
});

test.each(Object.entries(FORCE_NEW))('%s: every argument exists, and is listed once', (type, facts) => {
  const { always = [], unlessDefault = {}, kept = [], blocks = [], when = {} } = facts;
  const listed = [...always, ...Object.keys(unlessDefault), ...kept, ...blocks, ...Object.keys(when)];
  const declared = declarationsOf(type);

  expect(listed.length > 0).toBe(!ALWAYS_IN_PLACE.includes(type));
  expect(new Set(listed).size).toBe(listed.length);
  for (const argument of listed.flatMap((found) => found.split('.'))) {
    const property = argument.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    expect(declared).toContain(`readonly ${property}`);
  }
});

describe('replaced or in place', () => {
  const { kindOf } = comparisonsIn(scratch('cli'));

  // prettier-ignore
  test.each<[string, object, object, string]>([
    ['azurerm_resource_group', { location: 'westeurope' }, { location: 'northeurope' }, 'replaced'],
    ['azurerm_resource_group', { tags: { a: '1' } }, { tags: { a: '2' } }, 'changed'],
    // from and to nothing, and what means nothing
    ['azurerm_nat_gateway', {}, { zones: ['1'] }, 'replaced'],
    ['azurerm_nat_gateway', { zones: ['1'] }, {}, 'replaced'],
    ['azurerm_virtual_network_peering', {}, { only_ipv6_peering_enabled: false }, 'none'],
    // maps
    ['time_sleep', { triggers: { a: '1' } }, { triggers: { a: '1', b: '2' } }, 'replaced'],
    // defaults
    ['azurerm_public_ip', {}, { sku: 'Standard' }, 'none'],
    ['azurerm_public_ip', {}, { sku: 'Basic' }, 'replaced'],
    ['azurerm_managed_redis', { high_availability_enabled: false }, {}, 'replaced'],
    // what the provider keeps when it is left out
    ['azurerm_role_assignment', { principal_type: 'User' }, { principal_type: 'Group' }, 'replaced'],
    ['azurerm_role_assignment', { principal_type: 'User' }, {}, 'none'],
    ['azurerm_role_assignment', {}, { principal_type: 'User' }, 'unclear'],
    // blocks
    ['azurerm_private_endpoint', { ip_configuration: [] }, { ip_configuration: { name: 'a' } }, 'replaced'],
    ['azurerm_private_endpoint', { private_dns_zone_group: { name: 'a' } }, { private_dns_zone_group: { name: 'b' } }, 'changed'],
    ['azurerm_postgresql_flexible_server', {}, { customer_managed_key: { key_vault_key_id: 'a' } }, 'replaced'],
    ['azurerm_postgresql_flexible_server', { customer_managed_key: { key_vault_key_id: 'a' } }, { customer_managed_key: { key_vault_key_id: 'b' } }, 'changed'],
    ['azurerm_network_security_group', { security_rule: [{ name: 'a' }] }, { security_rule: [{ name: 'b' }, { name: 'a' }] }, 'changed'],
    // conditions
    ['azurerm_storage_account', { account_replication_type: 'LRS' }, { account_replication_type: 'ZRS' }, 'replaced'],
    ['azurerm_storage_account', { account_replication_type: 'GZRS' }, { account_replication_type: 'ZRS' }, 'changed'],
    ['azurerm_storage_account', { account_kind: 'BlobStorage' }, {}, 'changed'],
    ['azurerm_storage_account', {}, { account_kind: 'BlobStorage' }, 'replaced'],
    ['azurerm_storage_account', { large_file_share_enabled: true }, {}, 'replaced'],
    ['azurerm_storage_account', {}, { large_file_share_enabled: true }, 'changed'],
    ['azurerm_storage_account', { immutability_policy: { state: 'Locked' } }, { immutability_policy: { state: 'Unlocked' } }, 'replaced'],
    ['azurerm_postgresql_flexible_server', { version: '16' }, { version: '17' }, 'changed'],
    ['azurerm_postgresql_flexible_server', { version: '17' }, { version: '16' }, 'replaced'],
    ['azurerm_postgresql_flexible_server', { storage_mb: 65536 }, { storage_mb: 32768 }, 'replaced'],
    ['azurerm_postgresql_flexible_server', { storage_mb: 65536 }, {}, 'changed'],
    ['azurerm_postgresql_flexible_server', { storage_mb: 65536 }, { storage_mb: '${var.size}' }, 'unclear'],
    ['azurerm_postgresql_flexible_server', { identity: { type: 'UserAssigned' } }, {}, 'replaced'],
    ['azurerm_postgresql_flexible_server', {}, { identity: { type: 'UserAssigned' } }, 'changed'],
    ['azurerm_key_vault_key', { expiration_date: 'a' }, {}, 'replaced'],
    ['azurerm_key_vault_key', { expiration_date: 'a' }, { expiration_date: 'b' }, 'changed'],
    ['azurerm_public_ip', {}, { domain_name_label_scope: 'NoReuse' }, 'changed'],
    ['azurerm_public_ip', { domain_name_label_scope: 'NoReuse' }, {}, 'replaced'],
    ['azurerm_service_plan', {}, { zone_balancing_enabled: true, worker_count: 1 }, 'replaced'],
    ['azurerm_service_plan', {}, { zone_balancing_enabled: true, worker_count: 2 }, 'changed'],
    ['azurerm_service_plan', {}, { zone_balancing_enabled: true }, 'unclear'],
    ['azurerm_service_plan', {}, { zone_balancing_enabled: true, worker_count: 2, lifecycle: { ignore_changes: ['worker_count'] } }, 'unclear'],
    ['azurerm_service_plan', { zone_balancing_enabled: true }, {}, 'changed'],
    ['azurerm_log_analytics_workspace', { sku: 'PerGB2018' }, { sku: 'CapacityReservation' }, 'changed'],
    ['azurerm_log_analytics_workspace', { sku: 'Free' }, { sku: 'PerGB2018' }, 'replaced'],
    // nobody knows
    ['azurerm_resource_group', { name: 'a' }, { name: '${var.name}' }, 'unclear'],
    ['azurerm_resource_group', { provider: 'azurerm.a' }, { provider: 'azurerm.b' }, 'unclear'],
    ['azurerm_unheard_of', { a: 1 }, { a: 2 }, 'unclear'],
  ])('%s: %j -> %j is %s', (type, before, after, kind) => {
    expect(kindOf(type, before, after)).toBe(kind);
  });
});
