import { BlobTagSet } from './blob-tags';

/**
 * From when on the age of a blob counts.
 */
export enum AgeSince {
  /** Its last change. */
  MODIFICATION = 'modification',
  /** Its creation; an overwritten blob stays as old as it was. */
  CREATION = 'creation',
  /** The last time somebody read or wrote it. */
  LAST_ACCESS = 'last-access',
}

/**
 * When blobs with certain tags move and go, where that is earlier than for the others.
 */
export interface TaggedRetention {
  /** Blobs that have all of these tags. */
  readonly tags: BlobTagSet;

  /**
   * Days of age after which they are deleted, 0 to 99999, and fewer than for blobs without the tags.
   *
   * @default - no earlier than the others
   */
  readonly deleteAfterDays?: number;

  /**
   * Days of age after which they move to the cool tier, 0 to 99999.
   *
   * @default - no earlier than the others
   */
  readonly coolAfterDays?: number;

  /**
   * Days of age after which they move to the cold tier, 0 to 99999.
   *
   * @default - no earlier than the others
   */
  readonly coldAfterDays?: number;
}

/**
 * How long the data of a tenant is kept, and where; tenants with equal settings share their lifecycle rules.
 *
 * What is deleted here stays a version for `versionDays` after it was made, and can be brought back for `recoveryDays` of the
 * account after that: the sum of the three is when nothing is left.
 */
export interface TenantRetention {
  /**
   * Days of age after which blobs move to the cool tier, 0 to 99999; before 30 days there, moving on or deleting costs extra.
   *
   * @default - never
   */
  readonly coolAfterDays?: number;

  /**
   * Days of age after which blobs move to the cold tier, 0 to 99999 and more than `coolAfterDays`; 90 days there are paid at least.
   *
   * @default - never
   */
  readonly coldAfterDays?: number;

  /**
   * Days of age after which blobs move to the archive, 0 to 99999 and more than `coldAfterDays`; 180 days there are paid at
   * least, and reading takes hours. Only accounts without zones have one: `replication` LRS, GRS or RAGRS.
   *
   * @default - never
   */
  readonly archiveAfterDays?: number;

  /**
   * Days of age after which blobs are deleted, 0 to 99999 and more than for every tier.
   *
   * @default - never
   */
  readonly deleteAfterDays?: number;

  /**
   * Days that earlier versions and snapshots are kept, 1 to 99999; they move through the same tiers.
   *
   * @default 90
   */
  readonly versionDays?: number;

  /**
   * From when on the age of a blob counts; versions and snapshots go by their creation.
   *
   * @default AgeSince.MODIFICATION
   */
  readonly since?: AgeSince;

  /**
   * Whether a blob in the cool tier moves back to hot when somebody reads it; takes `since` the last access.
   *
   * @default false
   */
  readonly hotOnAccess?: boolean;

  /**
   * Blobs that move or go earlier, by their tags, e.g. personal data.
   *
   * @default - none
   */
  readonly tagged?: TaggedRetention[];
}
