import {
  MonitorAutoscaleSettingProfile,
  MonitorAutoscaleSettingProfileRule,
} from '@cdktf/provider-azurerm/lib/monitor-autoscale-setting';
import { halfOf } from '../core/arithmetic';
import { timeZonesLike, windowsTimeZone } from '../core/time-zones';
import { isComputed, isWholeBetween, shown } from '../core/validation';
import { beginnings, endings, isTakenOver, overlapProblems, TIME, zoneOf } from './autoscale-hours';
import { ScaleSchedule } from './autoscale-schedule';

/** Profiles that one autoscale setting takes. */
const MOST_PROFILES = 20;

/** What a rule looks at, and when it acts. */
interface ScaleTrigger {
  readonly metricName: string;
  readonly metricNamespace: string;
  readonly resourceId: string;
  /** Whether the sum over all instances is divided by their number. */
  readonly perInstance: boolean;
  readonly above: number;
  readonly below: number;
}

/** Everything that decides about an autoscale setting. */
export interface ScalePlan {
  readonly planId: string;
  readonly minInstances: number;
  readonly maxInstances: number;
  readonly schedules: { readonly [key: string]: ScaleSchedule };
  /** Requests per minute and instance, by the id of the app that serves them. */
  readonly requests?: { readonly appId: string; readonly perInstance: number };
}

/**
 * The profiles of an autoscale setting: the usual one, then for each schedule one that begins it and one that ends it.
 *
 * A schedule of Azure has no end: it lasts until the next profile begins. The portal knows the closing one by its name. Where
 * another schedule begins in that minute there is none: Azure does not let two profiles begin at once.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/autoscale/autoscale-multiprofile
 */
export function scaleProfiles(plan: ScalePlan): MonitorAutoscaleSettingProfile[] {
  const rule = rulesFor(plan);
  const usual = capacityOf(plan.minInstances, plan.maxInstances);
  const schedules = Object.entries(plan.schedules).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    { name: 'Default', capacity: usual, rule },
    ...schedules.flatMap(([key, schedule]) => {
      const timezone = zoneOf(schedule);
      const ends = endings(schedule);
      const closed = ends.filter((day) => !isTakenOver(schedule, day, Object.values(plan.schedules)));
      const opening = {
        name: key,
        capacity: capacityOf(schedule.minInstances, schedule.maxInstances),
        rule,
        recurrence: { timezone, days: beginnings(schedule), ...clock(schedule.from) },
      };
      const closing = {
        name: JSON.stringify({ name: 'Default', for: key }),
        capacity: usual,
        rule,
        recurrence: { timezone, days: closed, ...clock(schedule.to) },
      };
      return ends.length > 0 && closed.length === 0 ? [opening] : [opening, closing];
    }),
  ];
}

/**
 * What is wrong with schedules, as clauses for `rejectIf()`.
 *
 * @param fewest Fewest instances that the spread over zones allows.
 * @param most Most instances that the size of the plan allows.
 */
export function scheduleProblems(
  schedules: { readonly [key: string]: ScaleSchedule },
  fewest: number,
  most: number,
): Array<string | false> {
  const keys = Object.keys(schedules);
  return [
    1 + 2 * keys.length > MOST_PROFILES &&
      `'schedules' must be at most ${(MOST_PROFILES - 2) / 2}, because Azure takes ${MOST_PROFILES} profiles; got ${keys.length}`,
    ...keys.flatMap((key) => problemsOf(key, schedules[key], most)),
    ...overlapProblems(schedules),
    ...keys.map(
      (key) =>
        !isComputed(schedules[key].minInstances) &&
        schedules[key].minInstances < fewest &&
        `'schedules.${key}.minInstances' must be at least ${fewest} in a plan that spans zones, got ${schedules[key].minInstances}; or set 'zoneRedundant' to false`,
    ),
  ];
}

function problemsOf(key: string, schedule: ScaleSchedule, most: number): Array<string | false> {
  const { days, from, to, timeZone, minInstances, maxInstances } = schedule;
  const at = `'schedules.${key}`;
  const time = (prop: string, value: string) =>
    isComputed(value)
      ? `${at}.${prop}' must be a literal, because hours and minutes are taken from it at synthesis; got a value that Terraform has yet to compute`
      : !TIME.test(value) && `${at}.${prop}' must be a time as HH:MM, got ${shown(value)}`;
  return [
    (key === 'Default' || !/^[\w -]{1,60}$/.test(key)) &&
      `${at}' must be a key of 1 to 60 letters, digits, spaces, '_' or '-', and not 'Default'`,
    days.length === 0 && `${at}.days' must name at least one day`,
    time('from', from),
    time('to', to),
    from === to && `${at}.to' must differ from 'from', got ${shown(to)} twice`,
    !isComputed(timeZone) &&
      windowsTimeZone(timeZone) === undefined &&
      `${at}.timeZone' must be a time zone such as ${timeZonesLike(timeZone).join(', ') || 'Europe/Berlin, UTC'}; got ${shown(timeZone)}`,
    ...instanceProblems(minInstances, maxInstances, most, `schedules.${key}.`),
  ];
}

/**
 * What is wrong with a minimum and a maximum of instances, as clauses for `rejectIf()`.
 */
export function instanceProblems(min: number, max: number, most: number, at: string = ''): Array<string | false> {
  return [
    !isWholeBetween(min, 1, most) && `'${at}minInstances' must be a whole number from 1 to ${most}, got ${min}`,
    !isWholeBetween(max, 1, most) && `'${at}maxInstances' must be a whole number from 1 to ${most}, got ${max}`,
    !isComputed(min) &&
      !isComputed(max) &&
      min > max &&
      `'${at}minInstances' must not be above '${at}maxInstances', got ${min} and ${max}`,
  ];
}

/**
 * Out when any of the numbers is high, in when all of them are low; far enough apart that one does not undo the other.
 */
function rulesFor({ planId, requests }: ScalePlan): MonitorAutoscaleSettingProfileRule[] {
  const ofPlan = { metricNamespace: 'microsoft.web/serverfarms', resourceId: planId, perInstance: false };
  const triggers: ScaleTrigger[] = [
    { ...ofPlan, metricName: 'CpuPercentage', above: 70, below: 35 },
    { ...ofPlan, metricName: 'MemoryPercentage', above: 80, below: 60 },
    { ...ofPlan, metricName: 'HttpQueueLength', above: 50, below: 10 },
  ];
  if (requests) {
    triggers.push({
      metricName: 'Requests',
      metricNamespace: 'microsoft.web/sites',
      resourceId: requests.appId,
      perInstance: true,
      above: requests.perInstance,
      below: halfOf(requests.perInstance),
    });
  }
  return triggers.flatMap((trigger) => [scaleOut(trigger), scaleIn(trigger)]);
}

/** Up fast: load that is there now hurts customers now. */
function scaleOut(trigger: ScaleTrigger): MonitorAutoscaleSettingProfileRule {
  return {
    metricTrigger: { ...metricOf(trigger, 'PT5M'), operator: 'GreaterThan', threshold: trigger.above },
    scaleAction: { direction: 'Increase', type: 'ChangeCount', value: 1, cooldown: 'PT5M' },
  };
}

/** Down slowly: an instance that is too many costs little, starting it again costs more. */
function scaleIn(trigger: ScaleTrigger): MonitorAutoscaleSettingProfileRule {
  return {
    metricTrigger: { ...metricOf(trigger, 'PT10M'), operator: 'LessThan', threshold: trigger.below },
    scaleAction: { direction: 'Decrease', type: 'ChangeCount', value: 1, cooldown: 'PT10M' },
  };
}

function metricOf({ metricName, metricNamespace, resourceId, perInstance }: ScaleTrigger, timeWindow: string) {
  return {
    metricName,
    metricNamespace,
    metricResourceId: resourceId,
    timeGrain: 'PT1M',
    statistic: perInstance ? 'Sum' : 'Average',
    timeAggregation: 'Average',
    timeWindow,
    divideByInstanceCount: perInstance,
  };
}

/** Without metrics Azure goes to the default: the fewest, which is what was asked for. */
function capacityOf(minimum: number, maximum: number) {
  return { default: minimum, minimum, maximum };
}

function clock(time: string) {
  const [hour, minute] = time.split(':').map(Number);
  return { hours: [hour], minutes: [minute] };
}
