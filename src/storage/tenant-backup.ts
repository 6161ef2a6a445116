import { BackupBinding, BackupKind, BackupRequest } from '../contracts/backup';
import { resourceGroupIdOf } from '../core/resource-group-id';
import { rejectIf } from '../core/validation';
import { Workload } from '../core/workload';
import type { TenantStorageAccount } from './tenant-storage-account';

/**
 * Gets an account ready for a vault to copy the containers of all tenants, also of those that join later.
 */
export function tenantBackup(account: TenantStorageAccount, request: BackupRequest): BackupBinding {
  rejectIf(
    account,
    !(request.allowCrossTenantReplication ?? false) &&
      'addBackup() must be told { allowCrossTenantReplication: true } for this account: Azure copies blobs into a vault by object replication to a tenant of Microsoft, which the account refuses otherwise; whoever may write replication policies on the account can then copy its data to another tenant, so acknowledge the rule STO-020 with that reason, or leave the account to its versions, soft delete and geo-redundancy',
  );
  const { location, resources, knownResourceGroupName } = Workload.of(account);
  const { storageAccount } = account.resources;
  const { storageAccountId } = account;
  storageAccount.crossTenantReplicationEnabled = true;
  return {
    kind: BackupKind.BLOBS,
    resourceId: storageAccountId,
    location,
    resourceGroupId: resources.resourceGroup?.id ?? resourceGroupIdOf(storageAccountId),
    resourceGroupName: knownResourceGroupName,
    role: 'Storage Account Backup Contributor',
    containers: { containerNames: () => containersOf(account) },
  };
}

/** Azure keeps the order, and shows a change of it as a change. */
function containersOf({ tenants }: TenantStorageAccount): string[] {
  return [...tenants]
    .sort((a, b) => (a.tenantKey < b.tenantKey ? -1 : 1))
    .map(({ resources: { container } }) => container.name);
}
