import * as fc from 'fast-check';
import { Environment, ScaleSchedule, WebAppPlan, WebAppPlanProps, Weekday } from '../../src';
import { scaleProfiles } from '../../src/web/autoscale';
import { overlapProblems } from '../../src/web/autoscale-hours';
import { Rendered, workloadIn } from '../support';

const hours = (from: string, to: string, ...days: Weekday[]): ScaleSchedule => ({
  days,
  from,
  to,
  timeZone: 'Europe/Berlin',
  minInstances: 2,
  maxInstances: 4,
});

const planIn = (environment: Environment, props: WebAppPlanProps) => {
  const workload = workloadIn(environment);
  new WebAppPlan(workload, 'Plan', props);
  return new Rendered(workload);
};

describe('a schedule that takes over in the minute in which another one ends', () => {
  const profilesOf = (schedules: WebAppPlanProps['schedules']) =>
    planIn(Environment.PROD, { schedules })
      .only('azurerm_monitor_autoscale_setting')
      .profile.slice(1)
      .map(
        ({ name, recurrence }: any) =>
          `${name} ${recurrence.days.map((day: string) => day.slice(0, 3))} ${recurrence.hours}`,
      );

  test('leaves nothing to close', () => {
    expect(
      profilesOf({
        work: hours('07:00', '19:00', Weekday.MONDAY),
        evening: hours('19:00', '23:00', Weekday.MONDAY),
      }),
    ).toEqual(['evening Mon 19', '{"name":"Default","for":"evening"} Mon 23', 'work Mon 7']);
  });

  test('leaves the other days', () => {
    expect(
      profilesOf({
        night: hours('20:00', '06:00', Weekday.SATURDAY, Weekday.SUNDAY),
        work: hours('06:00', '20:00', Weekday.MONDAY),
      }),
    ).toEqual([
      'night Sat,Sun 20',
      '{"name":"Default","for":"night"} Sun 6',
      'work Mon 6',
      '{"name":"Default","for":"work"} Mon 20',
    ]);
  });

  test('leaves everything in another time zone', () => {
    expect(
      profilesOf({
        work: hours('07:00', '19:00', Weekday.MONDAY),
        evening: { ...hours('19:00', '23:00', Weekday.MONDAY), timeZone: 'UTC' },
      }),
    ).toContain('{"name":"Default","for":"work"} Mon 19');
  });
});

describe('schedules that overlap', () => {
  const refused = (work: ScaleSchedule, lunch: ScaleSchedule) =>
    expect(() => planIn(Environment.PROD, { schedules: { work, lunch } }));
  const overlap = (moment: string) =>
    new Error(
      `stack/Billing/Plan: 'schedules.lunch' must not overlap 'schedules.work', got both on ${moment}: a schedule of Azure ends where the next begins, and what follows it is the usual minimum; let each end where the next begins, and give hours that go on after it a schedule of their own`,
    );
  const MON_TUE = [Weekday.TUESDAY, Weekday.MONDAY];

  test.each<[string, ScaleSchedule, ScaleSchedule, string]>([
    ['one in the other', hours('07:00', '19:00', ...MON_TUE), hours('11:30', '14:00', ...MON_TUE), 'Monday at 11:30'],
    ['in part', hours('07:00', '19:00', ...MON_TUE), hours('06:00', '07:01', Weekday.TUESDAY), 'Tuesday at 07:00'],
    [
      'from the same minute',
      hours('07:00', '19:00', ...MON_TUE),
      hours('07:00', '08:00', ...MON_TUE),
      'Monday at 07:00',
    ],
    [
      'on the day after',
      hours('20:00', '06:00', Weekday.MONDAY),
      hours('05:59', '07:00', ...MON_TUE),
      'Tuesday at 05:59',
    ],
    [
      'around the week',
      hours('05:00', '09:00', Weekday.MONDAY),
      hours('20:00', '06:00', Weekday.SUNDAY),
      'Monday at 05:00',
    ],
    [
      'in what is one time zone for Azure',
      hours('07:00', '19:00', ...MON_TUE),
      { ...hours('18:59', '20:00', ...MON_TUE), timeZone: 'Europe/Rome' },
      'Monday at 18:59',
    ],
  ])('%s', (_, work, lunch, moment) => {
    refused(work, lunch).toThrow(overlap(moment));
  });

  test.each<[string, ScaleSchedule, ScaleSchedule]>([
    ['one takes over', hours('07:00', '19:00', ...MON_TUE), hours('19:00', '07:00', ...MON_TUE)],
    ['other days', hours('07:00', '19:00', Weekday.MONDAY), hours('07:00', '19:00', Weekday.TUESDAY)],
    [
      'another time zone',
      hours('07:00', '19:00', ...MON_TUE),
      { ...hours('11:00', '14:00', ...MON_TUE), timeZone: 'UTC' },
    ],
  ])('but not where there is %s', (_, work, lunch) => {
    refused(work, lunch).not.toThrow();
  });
});

test('at each hour of the week Azure has the limits that were asked for, or there is an overlap', () => {
  const DAYS = Object.values(Weekday);
  const some = fc.record({
    days: fc.subarray(DAYS, { minLength: 1, maxLength: 3 }),
    // few, so that many meet
    begin: fc.constantFrom(0, 6, 14, 20),
    length: fc.constantFrom(4, 6, 8, 10),
  });
  const clock = (at: number) => `${String(at % 24).padStart(2, '0')}:00`;

  fc.assert(
    fc.property(fc.array(some, { minLength: 1, maxLength: 3 }), (all) => {
      const schedules = Object.fromEntries(
        all.map(({ days, begin, length }, i) => [
          `s${i}`,
          { ...hours(clock(begin), clock(begin + length), ...days), minInstances: i + 2 },
        ]),
      );
      const asked = all.map(({ days, begin, length }) =>
        days.flatMap((day) => Array.from({ length }, (_, i) => (DAYS.indexOf(day) * 24 + begin + i) % 168)),
      );
      const overlapping = new Set(asked.flat()).size < asked.flat().length;
      expect(overlapProblems(schedules).length > 0).toBe(overlapping);
      if (overlapping) {
        return;
      }
      const [, ...profiles] = scaleProfiles({ planId: 'plan', minInstances: 1, maxInstances: 9, schedules });
      const begins = profiles.flatMap(({ capacity, recurrence }) =>
        recurrence!.days.map((day) => ({
          at: DAYS.indexOf(day as Weekday) * 24 + recurrence!.hours[0],
          min: capacity.minimum,
        })),
      );
      expect(new Set(begins.map(({ at }) => at)).size).toBe(begins.length);
      const since = (at: number, now: number) => (now - at + 168) % 168;
      for (let now = 0; now < 168; now++) {
        const [last] = [...begins].sort((one, other) => since(one.at, now) - since(other.at, now));
        const wanted = asked.findIndex((taken) => taken.includes(now));
        expect(last.min).toBe(wanted < 0 ? 1 : wanted + 2);
      }
    }),
    { seed: 1, numRuns: 100 },
  );
});
