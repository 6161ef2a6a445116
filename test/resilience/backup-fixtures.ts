import { Environment } from '../../src/core/environment';
import { Workload, WorkloadProps } from '../../src/core/workload';
import { ManagedPostgres } from '../../src/data/managed-postgres';
import { BackupVault } from '../../src/resilience/backup-vault';
import { BackupOptions } from '../../src/resilience/backup-vault-interface';
import { BackupVaultProps } from '../../src/resilience/backup-vault-props';
import { TenantStorageAccount } from '../../src/storage/tenant-storage-account';
import { groupIn, networkIn, workloadIn } from '../support';

const TYPE = 'azurerm_data_protection_backup';
export const POSTGRES_POLICY = `${TYPE}_policy_postgresql_flexible_server`;
export const BLOB_POLICY = `${TYPE}_policy_blob_storage`;
export const SHARED = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-shared/providers';
export const DISK_ID = `${SHARED}/Microsoft.Compute/disks/disk-legacy`;
export const SERVER_ID = `${SHARED}/Microsoft.DBforPostgreSQL/flexibleServers/psql-legacy`;
export const ALLOWED: BackupOptions = { allowCrossTenantReplication: true };

export function vaultIn(
  environment: Environment,
  props: BackupVaultProps = {},
  workloadProps: Partial<WorkloadProps> = {},
) {
  const workload = workloadIn(environment, workloadProps);
  return { workload, vault: new BackupVault(workload, 'Backups', props) };
}

export function databaseIn(workload: Workload, id: string = 'Database'): ManagedPostgres {
  const principal = (workload.node.tryFindChild('Group') ?? groupIn(workload)) as ReturnType<typeof groupIn>;
  const network = networkIn(workload);
  return new ManagedPostgres(workload, id, { network, administrator: { principal, principalName: 'dbas' } });
}

export function filesIn(workload: Workload, ...tenants: string[]): TenantStorageAccount {
  return new TenantStorageAccount(workload, 'Files', {
    network: networkIn(workload),
    tenants: Object.fromEntries(tenants.map((key) => [key, {}])),
  });
}

export const messageOf = (define: () => unknown) => {
  try {
    define();
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
};
