import { Principal } from '../../src/access/principal';
import { Environment } from '../../src/core/environment';
import { ManagedPostgres } from '../../src/data/managed-postgres';
import { ManagedRedis } from '../../src/data/managed-redis';
import { PrivateNetwork } from '../../src/network/private-network';
import { BackupVault } from '../../src/resilience/backup-vault';
import { SecretVault } from '../../src/security/secret-vault';
import { TenantStorageAccount } from '../../src/storage/tenant-storage-account';
import { SecureWebApp } from '../../src/web/secure-web-app';
import { WebAppRuntime } from '../../src/web/web-app-runtime';
import { ENVIRONMENTS, Rendered, workloadIn } from '../support';

/** What is paid for, what it is in an environment, which props change it. */
type Row = readonly [string, (rendered: Rendered, environment: Environment) => string, string];

const ROWS: Row[] = [
  [
    'Web app: plan, per instance and hour',
    planOf,
    '`sku`, `minInstances`, `maxInstances`, `schedules` of `SecureWebApp`',
  ],
  ['PostgreSQL: machine, twice with a standby', serverOf, '`sku`, `highAvailability` of `ManagedPostgres`'],
  [
    'PostgreSQL: disk, and backups beyond its size',
    diskOf,
    '`createOnly.storageGib`, `backupDays`, `createOnly.geoRedundantBackup`',
  ],
  ['PostgreSQL: each replica is one more server', () => 'none', '`addReplica()`'],
  ['Redis: memory, twice with high availability', cacheOf, '`sku`, `highAvailability` of `ManagedRedis`'],
  [
    'Tenants: each GB, times its copies, and its versions',
    accountOf,
    '`replication`, `retention`, `recoveryDays` of `TenantStorageAccount`',
  ],
  [
    'Backups: each GB, times its copies, for as long as it is kept',
    backupOf,
    '`redundancy`, `…Policy.keepDays`, `keepMonths`, `keepYears` of `BackupVault`',
  ],
  ['Outbound address (NAT gateway): per hour and GB', natOf, '`dedicatedOutbound` of `PrivateNetwork`'],
  ['Private endpoints of such a platform: each per hour and GB', endpointsOf, '`network` of each construct'],
  ['Vault: operations; HSM keys per key and month', vaultOf, '`sku` of `SecretVault`, `kind` of `addKey()`'],
  [
    'Logs: each GB taken in, and each day beyond the free ones',
    logsOf,
    '`logDays`, `dailyCapGigabytes`, `samplingPercentage`, `basicTables` of `ObservabilityStack`',
  ],
];

/** What there is no number for in a program, and what it hangs on. */
const BY_USE = [
  'Front Door has a price per profile and month before the first request; `EdgeTier.STANDARD` has a much lower one than `PREMIUM`, and lacks managed rules and private links. One gateway can serve many apps.',
  'Flow logs with traffic analytics cost per GB: `flowLogs` and `trafficAnalytics` of `PrivateNetwork`.',
  'Malware scanning costs per GB uploaded, up to `defender.malwareScanGigabytesPerMonth` of a storage account.',
  'Geo-redundancy also costs the traffic between the regions. Prod has it where data may live in the paired region: `allowedLocations` of the workload decides.',
  'Drills run a second server for an hour a month, and a replica once in three months.',
];

/**
 * What dominates the bill of a platform in each environment, as Markdown: sizes as the constructs choose them, and no prices.
 */
export function costSketch(): string {
  const platforms = ENVIRONMENTS.map((environment) => ({ environment, rendered: platformIn(environment) }));
  const names = ENVIRONMENTS.map(({ name }) => name);
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return `${[
    '# What dominates the bill',
    '',
    'For a web app with PostgreSQL, Redis, tenants’ files, a vault and backups, with no prop set. Generated from the constructs by',
    '`test/documents/write.ts`. There are no prices here: they differ by region, contract and day; take the sizes to the calculator of Azure.',
    '',
    line(['', ...names, 'changed by']),
    line(['---', ...names.map(() => '---'), '---']),
    ...ROWS.map(([title, valueOf, props]) =>
      line([title, ...platforms.map(({ environment, rendered }) => valueOf(rendered, environment)), props]),
    ),
    '',
    'An environment of your own changes a whole column: `Environment.of(name, { ...profile, tier, zoneRedundant, … })`.',
    '',
    'Beside these:',
    '',
    ...BY_USE.map((words) => `- ${words}`),
    '',
    '`CostBudget` tells when the bill grows out of its budget, and lists what is capped.',
  ].join('\n')}\n`;
}

function platformIn(environment: Environment): Rendered {
  const workload = workloadIn(environment);
  const network = new PrivateNetwork(workload, 'Network', { addressSpace: '10.0.0.0/22' });
  const principal = Principal.group(workload, 'Administrators', '00000000-0000-0000-0000-000000000001');
  const database = new ManagedPostgres(workload, 'Database', {
    network,
    administrator: { principal, principalName: 'administrators' },
  });
  new ManagedRedis(workload, 'Cache', { network });
  new TenantStorageAccount(workload, 'Files', { network, tenants: { acme: {} } });
  new SecretVault(workload, 'Vault', { network });
  new SecureWebApp(workload, 'Api', { network, runtime: WebAppRuntime.node('22-lts') });
  new BackupVault(workload, 'Backups').addBackup('database', database);
  return new Rendered(workload);
}

function planOf(rendered: Rendered): string {
  const { sku_name: sku, worker_count: instances } = rendered.only('azurerm_service_plan');
  const [autoscale] = rendered.all('azurerm_monitor_autoscale_setting');
  const { minimum, maximum } = autoscale?.profile[0].capacity ?? {};
  return `${sku} × ${minimum === undefined ? (instances ?? 1) : `${minimum} to ${maximum}`}`;
}

function serverOf(rendered: Rendered): string {
  const { sku_name: sku, high_availability: standby } = rendered.only('azurerm_postgresql_flexible_server');
  return `${sku}${standby ? ' × 2' : ''}`;
}

function diskOf(rendered: Rendered): string {
  const server = rendered.only('azurerm_postgresql_flexible_server');
  const away = server.geo_redundant_backup_enabled ? ', in two regions' : '';
  return `${server.storage_mb / 1024} GiB, ${server.backup_retention_days} days${away}`;
}

function cacheOf(rendered: Rendered): string {
  const { sku_name: sku, high_availability_enabled: twice } = rendered.only('azurerm_managed_redis');
  return `${sku}${twice ? ' × 2' : ''}`;
}

function accountOf(rendered: Rendered): string {
  const { account_replication_type: copies } = rendered.at('azurerm_storage_account', 'Files/Resource');
  return copies;
}

function backupOf(rendered: Rendered): string {
  const { redundancy } = rendered.only('azurerm_data_protection_backup_vault');
  const policy = rendered.only('azurerm_data_protection_backup_policy_postgresql_flexible_server');
  const longer = (policy.retention_rule ?? []).map((rule: any) => `, ${rule.life_cycle[0].duration}`);
  return `${redundancy}, ${policy.default_retention_rule.life_cycle[0].duration}${longer.join('')}`;
}

function natOf(rendered: Rendered): string {
  return rendered.all('azurerm_nat_gateway').length > 0 ? 'yes' : 'no';
}

function endpointsOf(rendered: Rendered): string {
  return String(rendered.all('azurerm_private_endpoint').length);
}

function vaultOf(rendered: Rendered): string {
  return rendered.only('azurerm_key_vault').sku_name;
}

function logsOf(_: Rendered, { profile }: Environment): string {
  return `${profile.logDays} days`;
}
