import { Token } from 'cdktf';
import { DrillInterval } from '../../src/contracts/drill';
import { Environment } from '../../src/core/environment';
import { Weekday } from '../../src/core/weekday';
import { Workload, WorkloadProps } from '../../src/core/workload';
import { ManagedPostgres } from '../../src/data/managed-postgres';
import { BackupSource } from '../../src/resilience/backup-source';
import { BackupVault } from '../../src/resilience/backup-vault';
import { BackupOptions, IBackupVault } from '../../src/resilience/backup-vault-interface';
import { BackupRedundancy, BackupVaultProps } from '../../src/resilience/backup-vault-props';
import { TenantStorageAccount } from '../../src/storage/tenant-storage-account';
import { ENVIRONMENTS, groupIn, networkIn, Rendered, stackNamed, workloadIn, workloadOn } from '../support';

const TYPE = 'azurerm_data_protection_backup';
const VAULT = `${TYPE}_vault`;
const ROLE = 'azurerm_role_assignment';
const POSTGRES_POLICY = `${TYPE}_policy_postgresql_flexible_server`;
const BLOB_POLICY = `${TYPE}_policy_blob_storage`;
const SHARED = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-shared/providers';
const DISK_ID = `${SHARED}/Microsoft.Compute/disks/disk-legacy`;
const ACCOUNT_ID = `${SHARED}/Microsoft.Storage/storageAccounts/stlegacy`;
const SERVER_ID = `${SHARED}/Microsoft.DBforPostgreSQL/flexibleServers/psql-legacy`;
const ALLOWED: BackupOptions = { allowCrossTenantReplication: true };

function vaultIn(environment: Environment, props: BackupVaultProps = {}, workloadProps: Partial<WorkloadProps> = {}) {
  const workload = workloadIn(environment, workloadProps);
  return { workload, vault: new BackupVault(workload, 'Backups', props) };
}

function databaseIn(workload: Workload, id: string = 'Database'): ManagedPostgres {
  const principal = (workload.node.tryFindChild('Group') ?? groupIn(workload)) as ReturnType<typeof groupIn>;
  const network = networkIn(workload);
  return new ManagedPostgres(workload, id, { network, administrator: { principal, principalName: 'dbas' } });
}

function filesIn(workload: Workload, ...tenants: string[]): TenantStorageAccount {
  return new TenantStorageAccount(workload, 'Files', {
    network: networkIn(workload),
    tenants: Object.fromEntries(tenants.map((key) => [key, {}])),
  });
}

const messageOf = (define: () => unknown) => {
  try {
    define();
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
};

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

describe('policies', () => {
  test('backups of a kind share one, whose name follows from what it says', () => {
    const nameWith = (keepDays: number) => {
      const { workload, vault } = vaultIn(Environment.DEV, { postgresPolicy: { keepDays } });
      vault.addBackup('database', databaseIn(workload));
      vault.addBackup('ledger', databaseIn(workload, 'Ledger'));
      return new Rendered(workload).only(POSTGRES_POLICY).name;
    };
    expect(nameWith(30)).toBe(nameWith(30));
    expect(nameWith(30)).not.toBe(nameWith(31));
  });

  test('a backup may have one of its own; the first of a year is kept longest', () => {
    const { workload, vault } = vaultIn(Environment.DEV);
    const policy = { weekday: Weekday.WEDNESDAY, hour: 23, keepDays: 35, keepMonths: 12, keepYears: 7 };
    vault.addBackup('database', databaseIn(workload), { policy });

    expect(new Rendered(workload).at(POSTGRES_POLICY, 'Backups/Policy-database/Resource')).toMatchObject({
      backup_repeating_time_intervals: ['R/2026-01-07T23:00:00+00:00/P1W'],
      retention_rule: [
        {
          name: 'Yearly',
          priority: 10,
          criteria: { absolute_criteria: 'FirstOfYear' },
          life_cycle: [{ duration: 'P7Y' }],
        },
        {
          name: 'Monthly',
          priority: 20,
          criteria: { absolute_criteria: 'FirstOfMonth' },
          life_cycle: [{ duration: 'P12M' }],
        },
      ],
    });
  });

  test('blobs may be backed up daily', () => {
    const { workload, vault } = vaultIn(Environment.DEV, { blobPolicy: { daily: true } });
    vault.addBackup('legacy', BackupSource.fromStorageAccountId(workload, 'Legacy', ACCOUNT_ID, ['b', 'a', 'b']));

    const rendered = new Rendered(workload);
    expect(rendered.only(BLOB_POLICY).backup_repeating_time_intervals).toEqual(['R/2026-01-04T02:00:00+00:00/P1D']);
    expect(rendered.only(`${TYPE}_instance_blob_storage`).storage_account_container_names).toEqual(['a', 'b']);
  });
});

describe('recovery', () => {
  test('backups come back by commands with real names, also abroad, and are let go without losing any', () => {
    const { workload, vault } = vaultIn(Environment.PROD);
    vault.addBackup('database', databaseIn(workload));

    const steps = vault.toRecoverySteps();
    expect(steps.map(({ key, occasion }) => `${occasion}: ${key}`)).toEqual([
      'restore: RestoreBackup-database',
      'failover: RestoreAbroad-database',
      'renewal: ChangePolicy',
      'offboarding: ReleaseBackup-database',
    ]);
    const [list, request, trigger] = steps[1].commands;
    const of = `--resource-group ${workload.knownResourceGroupName} --vault-name ${vault.vaultName}`;
    expect(list).toContain(`az dataprotection recovery-point list ${of} --backup-instance-name bkipsql-billing-prod-`);
    expect(list).toContain('--use-secondary-region true');
    expect(request).toContain(
      '--datasource-type AzureDatabaseForPostgreSQLFlexibleServer --restore-location northeurope',
    );
    expect(trigger).toContain('--use-secondary-region true --restore-request-object restore.json');
    expect(steps[3].commands.slice(1)).toEqual([
      expect.stringMatching(
        /^terraform state rm 'azurerm_data_protection_backup_instance_postgresql_flexible_server\./,
      ),
      expect.stringMatching(/^terraform state rm 'time_sleep\./),
    ]);
  });

  test('blobs and disks come back elsewhere', () => {
    const { workload, vault } = vaultIn(Environment.DEV);
    vault.addBackup('files', filesIn(workload, 'acme'), ALLOWED);
    vault.addBackup('disk', BackupSource.fromDiskId(workload, 'Disk', DISK_ID));

    const requests = vault.toRecoverySteps().map(({ commands }) => commands[1]);
    expect(requests[0]).toContain('--source-datastore VaultStore --target-resource-id "$TARGET_ACCOUNT_ID"');
    expect(requests[1]).toContain('--source-datastore OperationalStore --target-resource-id "$TARGET_DISK_ID"');
  });

  test('a drill says how old the newest backup is', () => {
    const { workload, vault } = vaultIn(Environment.DEV);
    vault.addBackup('database', databaseIn(workload));

    expect(vault.toRecoveryDrills()).toEqual([
      expect.objectContaining({ key: 'NewestBackup-database', interval: DrillInterval.MONTHLY, rpoMinutes: 8 * 1440 }),
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

describe('fails', () => {
  const at = 'stack/Billing/Backups: ';
  const copies = (environment: Environment, props: BackupVaultProps, workloadProps: Partial<WorkloadProps> = {}) =>
    messageOf(() => vaultIn(environment, props, workloadProps)).replace(at, '');
  const { GEO, ZONES, LOCAL } = BackupRedundancy;

  test.each<[string, BackupVaultProps, Partial<WorkloadProps>, string]>([
    [
      'a name of another form',
      { vaultName: 'a_b' },
      {},
      `'vaultName' must be 2 to 50 letters, digits, or hyphens between them; got "a_b"`,
    ],
    [
      'copies where data may not live',
      { redundancy: GEO },
      { allowedLocations: ['westeurope'] },
      "'redundancy' must not be GeoRedundant: it copies backups to northeurope, where data of this workload may not live; use ZoneRedundant, or allow more with 'allowedLocations' or 'geography' on the workload",
    ],
    [
      'copies in a pair that is not there',
      { redundancy: GEO },
      { location: 'polandcentral' },
      "'redundancy' must not be GeoRedundant in polandcentral, which has no paired region; use ZoneRedundant",
    ],
    [
      'zones that are not there',
      { redundancy: ZONES },
      { location: 'francesouth' },
      "'redundancy' must not be ZoneRedundant in francesouth, which has no zones",
    ],
    [
      'restores abroad without copies there',
      { redundancy: LOCAL, crossRegionRestore: true },
      {},
      `'crossRegionRestore' takes the redundancy GeoRedundant, got "LocallyRedundant"`,
    ],
    [
      'soft delete that Azure does not know',
      { softDeleteDays: 7 },
      {},
      "'softDeleteDays' must be a whole number from 14 to 180, got 7",
    ],
    [
      'attributes that are none',
      { ignoreChanges: ['Tags!'] },
      {},
      `'ignoreChanges' must be attributes in Terraform's spelling, such as tags or site_config[0].always_on; got "Tags!"`,
    ],
    [
      'policies that Azure cannot follow',
      {
        postgresPolicy: { daily: true, hour: 24, keepDays: 6 },
        blobPolicy: { keepDays: 90, keepMonths: 3, keepYears: 11 },
        diskPolicy: { daily: false, weekday: Weekday.MONDAY, keepDays: 400, keepMonths: 1, keepYears: 1 },
      },
      {},
      [
        "'blobPolicy.keepYears' must be a whole number from 0 to 10, got 11",
        "'blobPolicy.keepMonths' must be longer than 'keepDays', got 3 months and 90 days",
        "'diskPolicy.keepDays' must be a whole number from 7 to 365, got 400",
        `'diskPolicy.weekday' must be left out where backups are daily, got "Monday"`,
        "'diskPolicy.daily' must not be false: Azure backs disks up every day",
        "'diskPolicy.keepMonths' must be left out: Azure keeps backups of disks by days only, got 1",
        "'diskPolicy.keepYears' must be left out: Azure keeps backups of disks by days only, got 1",
        "'postgresPolicy.hour' must be a whole number from 0 to 23, got 24",
        "'postgresPolicy.keepDays' must be a whole number from 7 to 3650, got 6",
        "'postgresPolicy.daily' must be false: Azure backs PostgreSQL up into a vault once a week, and every day on the server itself",
      ].join('; '),
    ],
    [
      'years that end before months, and before days',
      { blobPolicy: { keepMonths: 24, keepYears: 2 }, postgresPolicy: { keepDays: 800, keepYears: 2 } },
      {},
      "'blobPolicy.keepYears' must be longer than 'keepMonths', got 2 years and 24 months; 'postgresPolicy.keepYears' must be longer than 'keepDays', got 2 years and 800 days",
    ],
    [
      'a policy that Terraform has yet to compute',
      { diskPolicy: { keepDays: Token.asNumber('${var.days}') } },
      {},
      "'diskPolicy.keepDays' must be a literal, because the name of the policy is made from it; got a value that Terraform has yet to compute",
    ],
  ])('%s', (_, props, workloadProps, message) => {
    expect(copies(Environment.DEV, props, workloadProps)).toBe(message);
  });

  test('blobs that may not leave the tenant', () => {
    const { workload, vault } = vaultIn(Environment.DEV);
    const files = filesIn(workload, 'acme');
    expect(messageOf(() => vault.addBackup('files', files))).toBe(
      "stack/Billing/Files: 'allowCrossTenantReplication' must be true: Azure copies blobs into a vault by object replication to a tenant of Microsoft, which this account refuses otherwise; whoever may write replication policies on the account can then copy its data to another tenant, so acknowledge the rule STO-020 with that reason, or leave the account to its versions, soft delete and geo-redundancy",
    );
    expect(new Rendered(workload).only('azurerm_storage_account').cross_tenant_replication_enabled).toBe(false);
  });

  test('keys that are no addresses, or taken', () => {
    const { workload, vault } = vaultIn(Environment.DEV);
    const disk = BackupSource.fromDiskId(workload, 'Disk', DISK_ID);
    vault.addBackup('disk', disk);
    expect(messageOf(() => vault.addBackup('disk', disk))).toBe(`${at}there is a backup "disk" already`);
    expect(messageOf(() => vault.addBackup('Disk', disk))).toBe(
      `${at}'key' must be 1 to 32 lower-case letters, digits or hyphens, a letter first, got "Disk"`,
    );
    expect(messageOf(() => vault.addBackup(Token.asString('${var.key}'), disk))).toBe(
      `${at}'key' must be a literal, because it becomes part of an address; got a value that Terraform has yet to compute`,
    );
  });

  test('what lies in another region or stack', () => {
    const { workload, vault } = vaultIn(Environment.DEV);
    const far = BackupSource.fromDiskId(workload, 'Far', DISK_ID, { location: 'North Europe' });
    expect(messageOf(() => vault.addBackup('far', far))).toBe(
      `${at}'source' must be in the region of the vault, westeurope, got northeurope: Azure backs up within a region only, so define a vault there`,
    );
    const elsewhere = workloadOn(stackNamed('other'), 'Other');
    const disk = BackupSource.fromDiskId(elsewhere, 'Disk', DISK_ID);
    expect(messageOf(() => vault.addBackup('disk', disk))).toBe(
      `${at}'source' must be in the stack of the vault: each needs the other; in the stack of other/Other/Disk, refer to the vault with BackupVault.fromAttributes()`,
    );
  });

  test('leave to replicate what is never replicated', () => {
    const { workload, vault } = vaultIn(Environment.DEV);
    const words = "'allowCrossTenantReplication' must be left out: only backups of blobs take it";
    const disk = BackupSource.fromDiskId(workload, 'Disk', DISK_ID);
    expect(messageOf(() => vault.addBackup('disk', disk, ALLOWED))).toBe(`stack/Billing/Disk: ${words}`);
    const database = databaseIn(workload);
    expect(messageOf(() => vault.addBackup('database', database, ALLOWED))).toBe(`stack/Billing/Database: ${words}`);
  });

  test('sources that are something else', () => {
    const workload = workloadIn(Environment.DEV);
    expect(messageOf(() => BackupSource.fromDiskId(workload, 'Disk', SERVER_ID))).toBe(
      `stack/Billing/Disk: 'diskId' must be the Azure resource id of a managed disk, got "${SERVER_ID}"`,
    );
    expect(messageOf(() => BackupSource.fromPostgresServerId(workload, 'Server', DISK_ID))).toBe(
      `stack/Billing/Server: 'serverId' must be the Azure resource id of a PostgreSQL flexible server, got "${DISK_ID}"`,
    );
    const names = [Token.asString('${var.container}')];
    expect(messageOf(() => BackupSource.fromStorageAccountId(workload, 'Blobs', DISK_ID, names))).toBe(
      `stack/Billing/Blobs: 'storageAccountId' must be the Azure resource id of a storage account, got "${DISK_ID}"; 'containerNames' must be literals, because Azure keeps their order; got "\${var.container}"`,
    );
  });

  test('an account without a container, and one with too many', () => {
    const { workload, vault } = vaultIn(Environment.DEV);
    vault.addBackup('files', filesIn(workload), ALLOWED);
    const names = Array.from({ length: 101 }, (_, i) => `c${i}`);
    vault.addBackup('many', BackupSource.fromStorageAccountId(workload, 'Many', ACCOUNT_ID, names));

    expect(messageOf(() => new Rendered(workload).json)).toMatch(
      /there is no container to back up: Azure refuses a backup of blobs without any, so add a tenant first[^]*Azure backs up at most 100 containers of an account, got 101: use more accounts/,
    );
  });

  test('a policy of its own that Azure cannot follow', () => {
    const { workload, vault } = vaultIn(Environment.DEV);
    const disk = BackupSource.fromDiskId(workload, 'Disk', DISK_ID);
    expect(messageOf(() => vault.addBackup('disk', disk, { policy: { keepMonths: 1 } }))).toBe(
      `${at}'policy.keepMonths' must be left out: Azure keeps backups of disks by days only, got 1`,
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
