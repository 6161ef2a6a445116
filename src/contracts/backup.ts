import { IConstruct } from 'constructs';

/**
 * What is backed up, and so how.
 */
export enum BackupKind {
  /** Block blobs of a storage account, copied into the vault. */
  BLOBS = 'blobs',
  /** A managed disk, as snapshots in a resource group. */
  DISK = 'disk',
  /** A PostgreSQL flexible server with all its databases, copied into the vault. */
  POSTGRESQL = 'postgresql',
}

/**
 * What a vault asks a construct for that it is to back up.
 */
export interface BackupRequest {
  /**
   * Whether the construct may allow replication into other tenants of Azure, as backups of blobs take.
   *
   * @default false
   */
  readonly allowCrossTenantReplication?: boolean;
}

/**
 * What a vault needs to know to back a construct up.
 */
export interface BackupBinding {
  /** What it is. */
  readonly kind: BackupKind;
  /** Azure resource id of what is backed up. */
  readonly resourceId: string;
  /** Its region. */
  readonly location: string;
  /** Azure resource id of its resource group. */
  readonly resourceGroupId: string;
  /** Name of that group, as literal as it is known. */
  readonly resourceGroupName: string;
  /** Name of the built-in role that the vault needs on it. */
  readonly role: string;

  /**
   * The containers to back up; asked for at synthesis.
   *
   * @default - none; needed for blobs
   */
  readonly containers?: IBackupContainers;
}

/**
 * The containers of an account, also those that are added later.
 */
export interface IBackupContainers {
  /** Their names at this moment, sorted by something that never changes. */
  containerNames(): string[];
}

/**
 * A construct that a backup vault can back up.
 *
 * Evidence cannot be: it is immutable for as long as the law says, has a copy elsewhere, and a backup would be one more place to
 * find and to delete it.
 */
export interface IBackupSource extends IConstruct {
  /**
   * Gets ready to be backed up, and says what there is to back up; the vault gives itself the roles.
   *
   * Called by backup vaults.
   */
  bindBackup(request: BackupRequest): BackupBinding;
}
