import { Weekday } from './weekday';

/** The days of a week as Azure counts them, from 0. */
export const FROM_SUNDAY = [
  Weekday.SUNDAY,
  Weekday.MONDAY,
  Weekday.TUESDAY,
  Weekday.WEDNESDAY,
  Weekday.THURSDAY,
  Weekday.FRIDAY,
  Weekday.SATURDAY,
];
