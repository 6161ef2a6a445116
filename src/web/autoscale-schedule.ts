import { Weekday } from '../core/weekday';

/**
 * Other limits of autoscale at certain hours.
 *
 * Schedules of one time zone must not overlap: one of Azure ends where the next begins, and does not come back when that ends. They
 * may meet: one takes over in the minute in which the other ends. Hours of different time zones are not compared; keep them apart.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/autoscale/autoscale-multiprofile
 */
export interface ScaleSchedule {
  /** Days on which the hours begin. */
  readonly days: Weekday[];
  /** When they begin, as `HH:MM`. */
  readonly from: string;
  /** When they end, as `HH:MM`; the next day where that is not after `from`. */
  readonly to: string;
  /** Time zone of both, as the IANA data base names it, e.g. `Europe/Berlin`. */
  readonly timeZone: string;
  /** Fewest instances at those hours. */
  readonly minInstances: number;
  /** Most instances at those hours. */
  readonly maxInstances: number;
}
