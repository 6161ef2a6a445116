import {
  BackupRedundancy,
  BackupSource,
  BackupVault,
  ManagedPostgres,
  Principal,
  PrivateNetwork,
  TenantStorageAccount,
  Weekday,
  Workload,
} from '../../../src';

const GUID = '00000000-0000-0000-0000-000000000001';
const PROVIDERS = `/subscriptions/${GUID}/resourceGroups/rg-shared/providers`;
const DISK_ID = `${PROVIDERS}/Microsoft.Compute/disks/disk-legacy`;
const SERVER_ID = `${PROVIDERS}/Microsoft.DBforPostgreSQL/flexibleServers/psql-legacy`;
const ACCOUNT_ID = `${PROVIDERS}/Microsoft.Storage/storageAccounts/stlegacy`;

/** A vault with one backup of each kind, as it is when nothing is said. */
export function plain(workload: Workload): void {
  const network = new PrivateNetwork(workload, 'BackupNetwork', { addressSpace: '10.9.0.0/24', flowLogs: false });
  const vault = new BackupVault(workload, 'Backups');
  vault.addBackup('database', databaseIn(workload, network));
  vault.addBackup('disk', BackupSource.fromDiskId(workload, 'Disk', DISK_ID));
  const files = new TenantStorageAccount(workload, 'BackupFiles', { network, tenants: { acme: {} } });
  vault.addBackup('files', files, { allowCrossTenantReplication: true });
}

/** A vault with every prop that adds something. */
export function loaded(workload: Workload): void {
  const network = new PrivateNetwork(workload, 'BackupNetwork', { addressSpace: '10.9.0.0/24', flowLogs: false });
  const vault = new BackupVault(workload, 'Backups', {
    vaultName: 'bvault-billing',
    redundancy: BackupRedundancy.GEO,
    crossRegionRestore: true,
    immutableForEver: true,
    softDeleteForEver: true,
    softDeleteDays: 90,
    postgresPolicy: { weekday: Weekday.WEDNESDAY, hour: 23, keepDays: 35, keepMonths: 12, keepYears: 7 },
    blobPolicy: { daily: true, keepDays: 30, keepMonths: 6, keepYears: 1 },
    diskPolicy: { hour: 0, keepDays: 30 },
    deletionProtection: true,
    ignoreChanges: ['tags["patched-by"]'],
  });
  const files = new TenantStorageAccount(workload, 'BackupFiles', { network, tenants: { acme: {}, globex: {} } });
  vault.addBackup('database', databaseIn(workload, network), { policy: { keepDays: 3650, keepMonths: 0 } });
  vault.addBackup('legacy-database', BackupSource.fromPostgresServerId(workload, 'Server', SERVER_ID));
  vault.addBackup('files', files, { allowCrossTenantReplication: true });
  vault.addBackup('disk', BackupSource.fromDiskId(workload, 'Disk', DISK_ID));
}

/** Backups in somebody else's vault, of what is somebody else's. */
export function borrowed(workload: Workload): void {
  const vault = BackupVault.fromAttributes(workload, 'Backups', {
    vaultId: `${PROVIDERS}/Microsoft.DataProtection/backupVaults/bvault-shared`,
    principalId: GUID,
  });
  vault.addBackup('database', BackupSource.fromPostgresServerId(workload, 'Server', SERVER_ID));
  vault.addBackup('files', BackupSource.fromStorageAccountId(workload, 'Files', ACCOUNT_ID, ['uploads']));
  vault.addBackup('disk', BackupSource.fromDiskId(workload, 'Disk', DISK_ID));
}

function databaseIn(workload: Workload, network: PrivateNetwork): ManagedPostgres {
  const principal = Principal.group(workload, 'BackupAdministrators', GUID);
  return new ManagedPostgres(workload, 'BackupDatabase', {
    network,
    administrator: { principal, principalName: 'administrators' },
  });
}
