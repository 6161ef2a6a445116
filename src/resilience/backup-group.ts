import { TerraformStack } from 'cdktf';
import { BackupBinding, IBackupSource } from '../contracts/backup';
import { stableHash } from '../core/naming';
import { neighbouringGroupId } from '../core/resource-group-id';
import { isComputed, resolvedIn } from '../core/validation';
import { Workload } from '../core/workload';
import type { IBackupVault } from './backup-vault-interface';

/** A resource group that a vault needs a role on. */
export interface BackupGroup {
  readonly resourceId: string;
  /** Tells groups apart. */
  readonly name: string;
  /** Tells them apart in addresses: the same in every environment, unlike the names that we make. */
  readonly part?: string;
}

/**
 * The group that something lies in, or without it that of the vault's workload.
 */
export function groupFor(vault: IBackupVault, source: IBackupSource, binding?: BackupBinding): BackupGroup {
  const own = Workload.of(vault);
  const ownName = String(resolvedIn(vault, own.knownResourceGroupName));
  const name = binding === undefined ? ownName : String(resolvedIn(source, binding.resourceGroupName));
  if (binding === undefined || name === ownName) {
    const resourceId = own.resources.resourceGroup?.id ?? neighbouringGroupId(vault.vaultId, own.resourceGroupName);
    return { resourceId, name };
  }
  const home = Workload.of(source);
  const path = home.node.path.slice(TerraformStack.of(home).node.path.length);
  const isHome = name === String(resolvedIn(source, home.knownResourceGroupName));
  const part = isHome || isComputed(name) ? stableHash(isHome ? path : name) : name;
  return { resourceId: binding.resourceGroupId, name, part };
}
