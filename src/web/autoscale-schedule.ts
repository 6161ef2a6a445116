import { Weekday } from '../core/weekday';

/**
 * Other limits of autoscale at certain hours.
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
