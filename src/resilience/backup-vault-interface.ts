import { DataProtectionBackupVault } from '@cdktf/provider-azurerm/lib/data-protection-backup-vault';
import { ManagementLock } from '@cdktf/provider-azurerm/lib/management-lock';
import { IBackupSource } from '../contracts/backup';
import { IMonitored } from '../contracts/monitoring';
import { IPrincipal } from '../contracts/principal';
import { Backup } from './backup';
import { BackupPolicyOptions } from './backup-policy-options';

/**
 * Options for one backup.
 */
export interface BackupOptions {
  /**
   * A policy of its own.
   *
   * @default - the policy of the vault for its kind
   */
  readonly policy?: BackupPolicyOptions;

  /**
   * Lets Azure copy blobs by object replication to a tenant of Microsoft, where the vault keeps them; needed for tenants' blobs.
   *
   * Whoever may write replication policies on the account can then copy its data to another tenant: the rule `STO-020` has to be
   * acknowledged.
   *
   * @default false
   * @see https://learn.microsoft.com/azure/backup/blob-backup-configure-manage
   */
  readonly allowCrossTenantReplication?: boolean;
}

/**
 * A vault that keeps backups.
 */
export interface IBackupVault extends IPrincipal, IMonitored {
  /** Azure resource id of the vault. */
  readonly vaultId: string;
  /** Region of the vault, and of everything that it backs up. */
  readonly location: string;

  /**
   * Backs something up.
   *
   * @param key 1 to 32 lower-case letters, digits or hyphens, a letter first; a literal that never changes.
   * @param source What to back up; in the same stack and region.
   * @param options How, where that differs.
   */
  addBackup(key: string, source: IBackupSource, options?: BackupOptions): Backup;
}

/**
 * How an existing vault is found.
 */
export interface BackupVaultAttributes {
  /** Azure resource id of the vault; a literal, for its name is taken from it. */
  readonly vaultId: string;
  /** Object id of its system-assigned identity: backups sign in as that one. */
  readonly principalId: string;

  /**
   * Region of the vault.
   *
   * @default - the region of the workload
   */
  readonly location?: string;
}

/**
 * The Terraform resources behind a `BackupVault`; those of backups are theirs.
 */
export interface BackupVaultResources {
  /** The vault itself. */
  readonly backupVault: DataProtectionBackupVault;
  /** The delete lock, where the vault is guarded. */
  readonly deleteLock?: ManagementLock;
}
