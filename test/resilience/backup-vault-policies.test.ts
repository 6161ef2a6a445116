import { DrillInterval } from '../../src/contracts/drill';
import { Environment } from '../../src/core/environment';
import { Weekday } from '../../src/core/weekday';
import { BackupSource } from '../../src/resilience/backup-source';
import { BackupVaultProps } from '../../src/resilience/backup-vault-props';
import { Rendered } from '../support';
import {
  ALLOWED,
  BLOB_POLICY,
  databaseIn,
  DISK_ID,
  filesIn,
  POSTGRES_POLICY,
  SHARED,
  vaultIn,
} from './backup-fixtures';

const TYPE = 'azurerm_data_protection_backup';
const ACCOUNT_ID = `${SHARED}/Microsoft.Storage/storageAccounts/stlegacy`;

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

  test('a vault that may be emptied says how, also of backups that are no longer in the program', () => {
    const { workload, vault } = vaultIn(Environment.DEV);
    const of = `--resource-group ${workload.knownResourceGroupName} --vault-name ${vault.vaultName}`;

    expect(vault.toRecoverySteps()).toEqual([
      {
        key: 'EmptyVault',
        occasion: 'offboarding',
        summary:
          'Deletes all backups for good and then the whole environment, which the vault would refuse as long as it holds any; an apply in between makes it immutable again. Where Azure insists on soft delete, leave that option out: deleted backups then stay for its days.',
        commands: [
          `az dataprotection backup-vault update ${of} --immutability-state Disabled --soft-delete-state Off`,
          `az dataprotection backup-instance deleted-backup-instance list ${of} --query "[].name" --output tsv | xargs -r -n 1 az dataprotection backup-instance deleted-backup-instance undelete ${of} --backup-instance-name`,
          `az dataprotection backup-instance list ${of} --query "[].name" --output tsv | xargs -r -n 1 az dataprotection backup-instance delete --yes ${of} --backup-instance-name`,
          'terraform destroy',
        ],
        minutes: 60,
      },
    ]);
  });

  test.each<[Environment, BackupVaultProps, boolean]>([
    [Environment.DEV, { immutableForEver: true }, false],
    [Environment.DEV, { softDeleteForEver: true }, false],
    [Environment.DEV, { deletionProtection: true }, false],
    [Environment.PROD, {}, false],
    [Environment.PROD, { deletionProtection: false }, false],
    [Environment.PROD, { softDeleteForEver: false }, false],
    [Environment.PROD, { deletionProtection: false, softDeleteForEver: false }, true],
  ])('only a vault that nothing keeps for ever, and nobody guards, may be emptied: %#', (environment, props, may) => {
    const keys = vaultIn(environment, props)
      .vault.toRecoverySteps()
      .map(({ key }) => key);
    expect(keys).toEqual(may ? ['EmptyVault'] : []);
  });

  test('a drill says how old the newest backup is', () => {
    const { workload, vault } = vaultIn(Environment.DEV);
    vault.addBackup('database', databaseIn(workload));

    expect(vault.toRecoveryDrills()).toEqual([
      expect.objectContaining({ key: 'NewestBackup-database', interval: DrillInterval.MONTHLY, rpoMinutes: 8 * 1440 }),
    ]);
  });
});
