import { BackupBinding, BackupKind, BackupRequest } from '../contracts/backup';
import { resourceGroupIdOf } from '../core/resource-group-id';
import { rejectIf } from '../core/validation';
import { Workload } from '../core/workload';
import type { ManagedPostgres } from './managed-postgres';

/**
 * What a vault needs to know to copy a server.
 */
export function postgresBackup(
  postgres: ManagedPostgres,
  { allowCrossTenantReplication = false }: BackupRequest,
): BackupBinding {
  rejectIf(
    postgres,
    allowCrossTenantReplication && "'allowCrossTenantReplication' must be left out: only backups of blobs take it",
  );
  const { location, resources, knownResourceGroupName } = Workload.of(postgres);
  const { serverId } = postgres;
  return {
    kind: BackupKind.POSTGRESQL,
    resourceId: serverId,
    location,
    resourceGroupId: resources.resourceGroup?.id ?? resourceGroupIdOf(serverId),
    resourceGroupName: knownResourceGroupName,
    role: 'PostgreSQL Flexible Server Long Term Retention Backup Role',
  };
}
