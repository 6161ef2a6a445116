import { Environment } from '../../src/core/environment';
import { ManagedPostgres } from '../../src/data/managed-postgres';
import { BackupSource } from '../../src/resilience/backup-source';
import { BackupVault } from '../../src/resilience/backup-vault';
import { groupIn, networkIn, workloadIn } from '../support';

const DISK =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-shared/providers/Microsoft.Compute/disks/disk';

describe('a thing is backed up once', () => {
  test('fails under a second key, and in a second vault', () => {
    const workload = workloadIn(Environment.DEV);
    const database = new ManagedPostgres(workload, 'Database', {
      network: networkIn(workload),
      administrator: { principal: groupIn(workload), principalName: 'dba' },
    });
    const [vault, other] = ['Backups', 'Others'].map((id) => new BackupVault(workload, id));
    vault.addBackup('db', database);

    const problem =
      '\'source\' must not be backed up yet, got the ManagedPostgres "stack/Billing/Database", which stack/Billing/Backups/Backup-db is a backup of: Azure protects a thing once, whichever the vault';
    expect(() => vault.addBackup('again', database)).toThrow(new Error(`stack/Billing/Backups: ${problem}`));
    expect(() => other.addBackup('db', database)).toThrow(new Error(`stack/Billing/Others: ${problem}`));
  });

  test('fails under another reference, and other letters, to what exists already', () => {
    const workload = workloadIn(Environment.DEV);
    const vault = new BackupVault(workload, 'Backups');
    vault.addBackup('disk', BackupSource.fromDiskId(workload, 'Disk', DISK));

    expect(() => vault.addBackup('same', BackupSource.fromDiskId(workload, 'Same', DISK.toUpperCase()))).toThrow(
      new Error(
        'stack/Billing/Backups: \'source\' must not be backed up yet, got the BackupSource "stack/Billing/Same", which stack/Billing/Backups/Backup-disk is a backup of: Azure protects a thing once, whichever the vault',
      ),
    );
    expect(() => vault.addBackup('two', BackupSource.fromDiskId(workload, 'Two', `${DISK}2`))).not.toThrow();
  });
});
