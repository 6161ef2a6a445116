import { Environment } from '../../src/core/environment';
import { Workload } from '../../src/core/workload';
import { BackupSource } from '../../src/resilience/backup-source';
import { BackupVault } from '../../src/resilience/backup-vault';
import { IBackupVault } from '../../src/resilience/backup-vault-interface';
import { ENVIRONMENTS, Rendered, workloadIn, workloadOn } from '../support';
import {
  ALLOWED,
  BLOB_POLICY,
  databaseIn,
  DISK_ID,
  filesIn,
  messageOf,
  POSTGRES_POLICY,
  SERVER_ID,
  SHARED,
  vaultIn,
} from './backup-fixtures';

const TYPE = 'azurerm_data_protection_backup';
const VAULT = `${TYPE}_vault`;
const ROLE = 'azurerm_role_assignment';

describe('defaults', () => {
  test('what it keeps stays: immutable, with soft delete, in all zones, under its own identity', () => {
    expect(new Rendered(vaultIn(Environment.DEV).workload).only(VAULT)).toMatchObject({
      name: expect.stringMatching(/^bvault-billing-dev-backups-\w{6}$/),
      location: 'westeurope',
      datastore_type: 'VaultStore',
      redundancy: 'ZoneRedundant',
      immutability: 'Unlocked',
      soft_delete: 'On',
      retention_duration_in_days: 14,
      identity: { type: 'SystemAssigned' },
    });
  });

  test('without a copy in the paired region, nothing is said of restores there: Azure refuses even a no', () => {
    expect(new Rendered(vaultIn(Environment.DEV).workload).only(VAULT)).not.toHaveProperty(
      'cross_region_restore_enabled',
    );
  });

  test('a server is copied once a week, and the copy is set up after the roles have spread', () => {
    const { workload, vault } = vaultIn(Environment.DEV);
    vault.addBackup('database', databaseIn(workload));

    const rendered = new Rendered(workload);
    expect(rendered.only(`${TYPE}_instance_postgresql_flexible_server`)).toMatchObject({
      name: expect.stringMatching(/^bkipsql-billing-dev-backups-backup-database-\w{6}$/),
      location: 'westeurope',
      server_id: expect.stringContaining('azurerm_postgresql_flexible_server.'),
      backup_policy_id: expect.stringContaining(POSTGRES_POLICY),
      depends_on: [expect.stringMatching(/^time_sleep\./)],
    });
    const { create_duration: wait, triggers } = rendered.only('time_sleep');
    expect(wait).toBe('180s');
    expect(triggers.assignments.match(/azurerm_role_assignment\./g)).toHaveLength(2);
    expect(rendered.only(POSTGRES_POLICY)).toMatchObject({
      backup_repeating_time_intervals: ['R/2026-01-04T02:00:00+00:00/P1W'],
      time_zone: 'UTC',
      default_retention_rule: { life_cycle: [{ data_store_type: 'VaultStore', duration: 'P14D' }] },
      lifecycle: { create_before_destroy: true },
    });
  });

  test('blobs are copied into the vault, never operationally: that rewrites the settings of the account', () => {
    const { workload, vault } = vaultIn(Environment.DEV);
    vault.addBackup('files', filesIn(workload, 'globex', 'acme'), ALLOWED);

    const rendered = new Rendered(workload);
    const policy = rendered.only(BLOB_POLICY);
    expect(policy).toMatchObject({
      backup_repeating_time_intervals: ['R/2026-01-04T02:00:00+00:00/P1W'],
      vault_default_retention_duration: 'P14D',
    });
    expect(policy).not.toHaveProperty('operational_default_retention_duration');
    expect(rendered.only('azurerm_storage_account').cross_tenant_replication_enabled).toBe(true);
  });

  test('containers are named by tenant, in an order that never changes, and those that join later are there too', () => {
    const { workload, vault } = vaultIn(Environment.DEV);
    const files = filesIn(workload, 'globex', 'acme');
    vault.addBackup('files', files, ALLOWED);
    files.addTenant('beta');

    const { storage_account_container_names: names } = new Rendered(workload).only(`${TYPE}_instance_blob_storage`);
    expect(names.map((name: string) => /Tenant-(\w+?)_/.exec(name)?.[1])).toEqual(['acme', 'beta', 'globex']);
  });

  test('disks are backed up every day, as snapshots in the group of the workload', () => {
    const { workload, vault } = vaultIn(Environment.DEV);
    vault.addBackup('legacy', BackupSource.fromDiskId(workload, 'Disk', DISK_ID));

    const rendered = new Rendered(workload);
    expect(rendered.only(`${TYPE}_policy_disk`)).toMatchObject({
      backup_repeating_time_intervals: ['R/2026-01-04T02:00:00+00:00/P1D'],
      default_retention_duration: 'P7D',
    });
    expect(rendered.only(`${TYPE}_instance_disk`)).toMatchObject({
      disk_id: DISK_ID,
      snapshot_resource_group_name: expect.stringContaining('azurerm_resource_group.'),
    });
  });

  test('watches jobs that fail, with the table that may not be there yet', () => {
    const { signals, metricNamespace } = vaultIn(Environment.DEV).vault.toMonitoringTarget();
    expect(metricNamespace).toBe('Microsoft.DataProtection/BackupVaults');
    expect(signals.map(({ key }) => key)).toEqual(['BackupFailed', 'RestoreFailed']);
    expect(signals[0].query?.query).toMatch(/^union isfuzzy=true AddonAzureBackupJobs, \(datatable\(/);
  });
});

describe('environments', () => {
  test.each(ENVIRONMENTS)('$name', (environment) => {
    const { workload, vault } = vaultIn(environment);
    vault.addBackup('database', databaseIn(workload));
    const { profile } = environment;
    const rendered = new Rendered(workload);
    const {
      redundancy,
      cross_region_restore_enabled: abroad,
      soft_delete: softDelete,
      lifecycle,
    } = rendered.only(VAULT);

    expect({ redundancy, abroad, softDelete, guarded: lifecycle?.prevent_destroy ?? false }).toEqual({
      redundancy: profile.geoRedundant ? 'GeoRedundant' : 'ZoneRedundant',
      abroad: profile.geoRedundant ? true : undefined,
      softDelete: profile.locked ? 'AlwaysOn' : 'On',
      guarded: profile.locked,
    });
    const { default_retention_rule: rule, retention_rule: longer } = rendered.only(POSTGRES_POLICY);
    expect([rule.life_cycle[0].duration, longer?.[0]?.life_cycle[0].duration]).toEqual(
      { economy: ['P14D', undefined], standard: ['P30D', undefined], critical: ['P90D', 'P12M'] }[profile.tier],
    );
  });

  test('stays where data may live', () => {
    const { workload } = vaultIn(Environment.PROD, {}, { allowedLocations: ['westeurope'] });
    expect(new Rendered(workload).only(VAULT).redundancy).toBe('ZoneRedundant');
  });

  test('is in one data centre where there are no zones', () => {
    const { workload } = vaultIn(Environment.DEV, {}, { location: 'francesouth' });
    expect(new Rendered(workload).only(VAULT).redundancy).toBe('LocallyRedundant');
  });

  test('the lock of a guarded vault comes after all that is in it', () => {
    const { workload, vault } = vaultIn(Environment.PROD);
    vault.addBackup('database', databaseIn(workload));

    const { depends_on: after } = new Rendered(workload).at('azurerm_management_lock', 'Backups/Lock');
    expect(after).toEqual(
      expect.arrayContaining([
        expect.stringContaining(POSTGRES_POLICY),
        expect.stringContaining(`${TYPE}_instance_postgresql`),
      ]),
    );
  });
});

describe('grants', () => {
  const rolesIn = (workload: Workload) =>
    Object.values<any>(new Rendered(workload).json.resource[ROLE])
      .map(({ role_definition_name: role, principal_id: principal }) => `${role}: ${principal.includes(VAULT)}`)
      .sort();

  test('the vault gets its role on a server, and sees the resource group once, however many servers are in it', () => {
    const { workload, vault } = vaultIn(Environment.DEV);
    vault.addBackup('database', databaseIn(workload));
    vault.addBackup('ledger', databaseIn(workload, 'Ledger'));

    const role = 'PostgreSQL Flexible Server Long Term Retention Backup Role: true';
    expect(rolesIn(workload)).toEqual([role, role, 'Reader: true']);
  });

  test('and so where the resource group exists already', () => {
    const { workload, vault } = vaultIn(Environment.DEV, {}, { resourceGroupName: 'rg-data' });
    vault.addBackup('database', databaseIn(workload));
    vault.addBackup('ledger', databaseIn(workload, 'Ledger'));

    expect(rolesIn(workload).filter((role) => role.startsWith('Reader'))).toHaveLength(1);
    const { scope } = new Rendered(workload).all(ROLE).find((role) => role.role_definition_name === 'Reader');
    expect(scope).toMatch(
      /^\$\{join\("\/", slice\(split\("\/", azurerm_data_protection_backup_vault\.\w+\.id\), 0, 4\)\)\}\/rg-data$/,
    );
  });

  test('and on every other group that servers are in', () => {
    const { workload, vault } = vaultIn(Environment.DEV);
    vault.addBackup('legacy', BackupSource.fromPostgresServerId(workload, 'Legacy', SERVER_ID));
    const other = workloadOn(workload.node.scope!, 'Other', { resourceGroupName: 'rg-other' });
    vault.addBackup('other', databaseIn(other));

    const scopes = new Rendered(workload)
      .all(ROLE)
      .filter((role) => role.role_definition_name === 'Reader')
      .map(({ scope }) => scope);
    expect(scopes.sort()).toEqual([
      expect.stringMatching(/slice\(split\("\/", azurerm_postgresql_flexible_server\.\w+\.id\), 0, 5\)/),
      SHARED.replace('/providers', ''),
    ]);
  });

  test('on accounts and disks it gets what Azure asks for', () => {
    const { workload, vault } = vaultIn(Environment.DEV);
    vault.addBackup('files', filesIn(workload, 'acme'), ALLOWED);
    vault.addBackup('disk', BackupSource.fromDiskId(workload, 'Disk', DISK_ID));
    vault.addBackup('other', BackupSource.fromDiskId(workload, 'Other', `${DISK_ID}-2`));

    expect(rolesIn(workload)).toEqual([
      'Disk Backup Reader: true',
      'Disk Backup Reader: true',
      'Disk Snapshot Contributor: true',
      'Storage Account Backup Contributor: true',
    ]);
  });
});

describe('an existing vault', () => {
  const attributes = {
    vaultId: `${SHARED}/Microsoft.DataProtection/backupVaults/bvault-shared`,
    principalId: '00000000-0000-0000-0000-000000000007',
  };

  test('takes backups, and is not made again', () => {
    const workload = workloadIn(Environment.DEV);
    const vault: IBackupVault = BackupVault.fromAttributes(workload, 'Backups', attributes);
    vault.addBackup('database', databaseIn(workload));
    vault.addBackup('disk', BackupSource.fromDiskId(workload, 'Disk', DISK_ID));

    const rendered = new Rendered(workload);
    expect(rendered.json.resource).not.toHaveProperty(VAULT);
    expect(rendered.only(POSTGRES_POLICY).vault_id).toBe(attributes.vaultId);
    expect(vault.toMonitoringTarget().resourceId).toBe(attributes.vaultId);
  });

  test('is known by literals', () => {
    const workload = workloadIn(Environment.DEV);
    const wrong = { vaultId: 'bvault-shared', principalId: 'someone', location: 'eastus' };
    expect(messageOf(() => BackupVault.fromAttributes(workload, 'Backups', wrong))).toBe(
      `stack/Billing/Backups: 'vaultId' must be the Azure resource id of a backup vault, as a literal, got "bvault-shared"; 'principalId' must be a GUID, the identity of the vault, got "someone"; 'location' must stay in northeurope, westeurope, got "eastus"; allow more with 'allowedLocations' or 'geography' on the workload`,
    );
  });
});

describe('escape hatch', () => {
  test('everything can be changed', () => {
    const { workload, vault } = vaultIn(Environment.PROD, { immutableForEver: true, ignoreChanges: ['tags'] });
    const backup = vault.addBackup('server', BackupSource.fromPostgresServerId(workload, 'Server', SERVER_ID));
    vault.resources.backupVault.softDelete = 'On';
    backup.resources.policy.addOverride('time_zone', 'W. Europe Standard Time');
    backup.resources.roleWait.createDuration = '600s';
    backup.resources.instance.addOverride('server_id', `${SERVER_ID}-2`);

    const rendered = new Rendered(workload);
    expect(rendered.only(VAULT)).toMatchObject({
      immutability: 'Locked',
      soft_delete: 'On',
      lifecycle: { prevent_destroy: true, ignore_changes: ['tags'] },
    });
    expect(rendered.only(POSTGRES_POLICY).time_zone).toBe('W. Europe Standard Time');
    expect(rendered.only('time_sleep').create_duration).toBe('600s');
    expect(rendered.only(`${TYPE}_instance_postgresql_flexible_server`).server_id).toBe(`${SERVER_ID}-2`);
    expect(vault.resources.deleteLock).toBeDefined();
  });
});
