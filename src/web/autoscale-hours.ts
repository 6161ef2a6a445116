import { windowsTimeZone } from '../core/time-zones';
import { Weekday } from '../core/weekday';
import { ScaleSchedule } from './autoscale-schedule';

/** Hours and minutes of a day. */
export const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

const WEEK = Object.values(Weekday);
const MINUTES_OF_A_DAY = 24 * 60;
const MINUTES_OF_A_WEEK = WEEK.length * MINUTES_OF_A_DAY;

/** The time zone of a schedule as Azure knows it; some of the IANA data base are one there. */
export function zoneOf({ timeZone }: ScaleSchedule): string {
  return windowsTimeZone(timeZone) ?? timeZone;
}

/** Days on which a schedule begins, from Monday on. */
export function beginnings({ days }: ScaleSchedule): Weekday[] {
  return inOrder(days);
}

/** Days on which a schedule ends, from Monday on. */
export function endings({ days, from, to }: ScaleSchedule): Weekday[] {
  return inOrder(to <= from ? days.map(dayAfter) : days);
}

/**
 * Whether one of several schedules begins on a day in the very minute in which another one ends.
 */
export function isTakenOver(ending: ScaleSchedule, day: Weekday, schedules: ScaleSchedule[]): boolean {
  return schedules.some(
    (next) => zoneOf(next) === zoneOf(ending) && next.from === ending.to && beginnings(next).includes(day),
  );
}

/**
 * Schedules that overlap, as clauses for `rejectIf()`.
 *
 * Hours of different time zones are not compared: how far they are apart depends on the time of the year.
 */
export function overlapProblems(schedules: { readonly [key: string]: ScaleSchedule }): string[] {
  const timed = Object.entries(schedules).filter(([, { from, to }]) => TIME.test(from) && TIME.test(to) && from !== to);
  return timed.flatMap(([key, schedule], index) =>
    timed.slice(0, index).flatMap(([other, before]) => {
      const both = [...startsWithin(schedule, before), ...startsWithin(before, schedule)];
      return zoneOf(schedule) === zoneOf(before) && both.length > 0
        ? `'schedules.${key}' must not overlap 'schedules.${other}', got both ${moment(Math.min(...both))}: a schedule of Azure ends where the next begins, and what follows it is the usual minimum; let each end where the next begins, and give hours that go on after it a schedule of their own`
        : [];
    }),
  );
}

/** Minutes of the week in which a schedule begins while another one lasts. */
function startsWithin(schedule: ScaleSchedule, other: ScaleSchedule): number[] {
  const length = (minuteOf(other.to) - minuteOf(other.from) + MINUTES_OF_A_DAY) % MINUTES_OF_A_DAY;
  // counted around the week, because a night that begins on Sunday ends on Monday
  return startsOf(schedule).filter((start) =>
    startsOf(other).some((since) => (start - since + MINUTES_OF_A_WEEK) % MINUTES_OF_A_WEEK < length),
  );
}

function startsOf(schedule: ScaleSchedule): number[] {
  return beginnings(schedule).map((day) => WEEK.indexOf(day) * MINUTES_OF_A_DAY + minuteOf(schedule.from));
}

function minuteOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** A minute of the week as people say it. */
function moment(minute: number): string {
  const ofDay = minute % MINUTES_OF_A_DAY;
  const [hours, minutes] = [Math.floor(ofDay / 60), ofDay % 60].map((part) => String(part).padStart(2, '0'));
  return `on ${WEEK[Math.floor(minute / MINUTES_OF_A_DAY)]} at ${hours}:${minutes}`;
}

function inOrder(days: Weekday[]): Weekday[] {
  return WEEK.filter((day) => days.includes(day));
}

function dayAfter(day: Weekday): Weekday {
  return WEEK[(WEEK.indexOf(day) + 1) % WEEK.length];
}
