import { Severity } from '../contracts/monitoring';
import { Weekday } from '../core/weekday';

/**
 * Hours in which alerts are raised, but nobody is told of them, not even afterwards: an alert that is still on when they end is
 * seen in Azure Monitor only.
 *
 * Either hours that come back, or, with `startsAt` and `endsAt`, once. Two kinds of alerts come through in any case: those whose
 * summary says `expires soon`, such as `NearExpiry` of vaults and `Certificate` of availability tests, because they are raised
 * once; and those of the activity log, because to Azure, all of them have severity 4.
 */
export interface MaintenanceWindow {
  /**
   * When it begins, as `HH:MM`.
   *
   * @default '18:00'
   */
  readonly from?: string;

  /**
   * When it ends, as `HH:MM`; the next day where that is not after `from`.
   *
   * @default '06:00'
   */
  readonly to?: string;

  /**
   * Days on which it begins.
   *
   * @default - every day
   */
  readonly days?: Weekday[];

  /**
   * When it begins, once, as `YYYY-MM-DDTHH:MM:SS`.
   *
   * @default - it comes back, by `from` and `to`
   */
  readonly startsAt?: string;

  /**
   * When it ends, once, as `YYYY-MM-DDTHH:MM:SS`.
   *
   * @default - it comes back, by `from` and `to`
   */
  readonly endsAt?: string;

  /**
   * Time zone of all that, as the IANA data base names it, e.g. `Europe/Berlin`.
   *
   * @default 'UTC'
   */
  readonly timeZone?: string;

  /**
   * Alerts that nobody is told of, except those that say `expires soon`; the others come through.
   *
   * @default - P2 and P3
   */
  readonly severities?: Severity[];
}
