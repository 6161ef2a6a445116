import { Weekday } from '../core/weekday';

/**
 * When something is backed up, and how long that is kept; all of it literals, since the name of the policy is made from them.
 *
 * While the vault is immutable, Azure lets nobody make a retention shorter. Any change replaces the policy, and moves backups to the
 * new one in place; where the vault is guarded, its lock keeps the old one, so take its step `ChangePolicy`.
 */
export interface BackupPolicyOptions {
  /**
   * Day of weekly backups; disks are backed up every day.
   *
   * @default Weekday.SUNDAY
   */
  readonly weekday?: Weekday;

  /**
   * Hour in UTC at which a backup starts, 0 to 23.
   *
   * @default 2
   */
  readonly hour?: number;

  /**
   * Whether blobs are backed up every day, instead of every week; Azure knows only weekly backups of PostgreSQL, and only daily ones
   * of disks.
   *
   * @default false
   */
  readonly daily?: boolean;

  /**
   * Days for which each backup is kept, 7 to 3650; of disks 7 to 365.
   *
   * @default - from the environment: 14 where its tier is economy (dev, test), 30 where it is standard (staging), 90 in preprod
   * and prod; of disks as many as it recovers data for
   */
  readonly keepDays?: number;

  /**
   * Months for which the first backup of each month is kept, 1 to 120, or 0 for none; not of disks.
   *
   * @default - from the environment: 12 where its tier is critical (preprod, prod), and none elsewhere
   */
  readonly keepMonths?: number;

  /**
   * Years for which the first backup of each year is kept, 1 to 10, or 0 for none; not of disks.
   *
   * @default 0
   */
  readonly keepYears?: number;
}
