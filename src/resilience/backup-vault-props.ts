import { MonitoredProps } from '../contracts/monitoring';
import { ProtectedProps, SharedOwnershipProps } from '../contracts/ownership';
import { BackupPolicyOptions } from './backup-policy-options';

/**
 * How many copies of its backups a vault keeps, and where; another choice replaces the vault.
 */
export enum BackupRedundancy {
  /** In one data centre. */
  LOCAL = 'LocallyRedundant',
  /** In all zones of the region. */
  ZONES = 'ZoneRedundant',
  /** Also in the paired region. */
  GEO = 'GeoRedundant',
}

/**
 * Properties for `BackupVault`.
 */
export interface BackupVaultProps extends MonitoredProps, ProtectedProps, SharedOwnershipProps {
  /**
   * Name in Azure: 2 to 50 letters, digits, or hyphens between them. A literal.
   *
   * @default - derived from the workload, its environment and the construct path
   */
  readonly vaultName?: string;

  /**
   * How many copies of its backups it keeps; never changes, since that would replace the vault.
   *
   * @default - from the environment: in the paired region in prod where data may live there, else in all zones where the region
   * has some, else in one data centre
   */
  readonly redundancy?: BackupRedundancy;

  /**
   * Whether backups can be restored in the paired region by yourself at any time, not only once Azure says that this one is gone;
   * once it is on it stays on, since switching it off replaces the vault.
   *
   * @default - true with a copy in the paired region; not to be had without
   */
  readonly crossRegionRestore?: boolean;

  /**
   * Whether nobody, no administrator and not Microsoft either, can ever switch off that backups stay until they expire; there is no
   * way back, and the vault stays until the last backup is gone. Otherwise the vault is immutable until an administrator says so.
   *
   * @default false
   */
  readonly immutableForEver?: boolean;

  /**
   * Whether nobody can ever switch off that deleted backups stay for a while; switching it off again replaces the vault.
   *
   * @default - from the environment: true where data is guarded (prod)
   */
  readonly softDeleteForEver?: boolean;

  /**
   * Days for which deleted backups stay, 14 to 180; more than 14 cost extra.
   *
   * @default 14
   */
  readonly softDeleteDays?: number;

  /**
   * Policy for PostgreSQL servers.
   *
   * @default - from the environment
   */
  readonly postgresPolicy?: BackupPolicyOptions;

  /**
   * Policy for blobs.
   *
   * @default - from the environment
   */
  readonly blobPolicy?: BackupPolicyOptions;

  /**
   * Policy for disks.
   *
   * @default - from the environment
   */
  readonly diskPolicy?: BackupPolicyOptions;
}
