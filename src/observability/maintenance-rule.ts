import {
  MonitorAlertProcessingRuleSuppression,
  MonitorAlertProcessingRuleSuppressionSchedule,
} from '@cdktf/provider-azurerm/lib/monitor-alert-processing-rule-suppression';
import { Construct } from 'constructs';
import { Severity } from '../contracts/monitoring';
import { isDay } from '../core/calendar';
import { EXPIRES_SOON } from '../core/expiry';
import { nameOf } from '../core/naming';
import { timeZonesLike, windowsTimeZone } from '../core/time-zones';
import { hasForm, isComputed, shown } from '../core/validation';
import { Weekday } from '../core/weekday';
import { Workload } from '../core/workload';
import { SEVERITY } from './alert-rule';
import { MaintenanceWindow } from './maintenance-window';

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const MOMENT = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;

/** Nights, when offices are empty. */
const EVENING = '18:00';
const MORNING = '06:00';

/** What nobody is woken up for; Azure does not tell it in the morning either. */
const CAN_WAIT = [Severity.P2, Severity.P3];

/** In the order of the week. */
const WEEK = Object.values(Weekday);

/** What is wrong with a window, as clauses for `rejectIf()`. */
export function maintenanceProblems(key: string, window: MaintenanceWindow): string[] {
  const { from, to, days, startsAt, endsAt, timeZone = 'UTC', severities } = window;
  const once = startsAt !== undefined || endsAt !== undefined;
  const time = (prop: string, value?: string) =>
    value !== undefined && !hasForm(value, TIME) && `'${prop}' must be a time as HH:MM, got ${shown(value)}`;
  const moment = (prop: string, value?: string) =>
    value !== undefined &&
    !isComputed(value) &&
    !(MOMENT.test(value) && isDay(value.slice(0, 10))) &&
    `'${prop}' must be a time as YYYY-MM-DDTHH:MM:SS, without a zone; got ${shown(value)}`;
  const found = [
    !/^[A-Za-z][A-Za-z0-9-]*$/.test(key) &&
      'must have a key that starts with a letter and has only letters, digits and hyphens',
    time('from', from),
    time('to', to),
    moment('startsAt', startsAt),
    moment('endsAt', endsAt),
    from !== undefined && from === to && "'from' and 'to' must differ: nobody would ever be told of anything",
    once && (startsAt === undefined || endsAt === undefined) && "'startsAt' and 'endsAt' need each other",
    once &&
      (from !== undefined || to !== undefined || days !== undefined) &&
      "'startsAt' and 'endsAt' are for once; leave out 'from', 'to' and 'days'",
    startsAt !== undefined &&
      endsAt !== undefined &&
      MOMENT.test(startsAt) &&
      MOMENT.test(endsAt) &&
      startsAt >= endsAt &&
      `'endsAt' must be after 'startsAt', got ${endsAt} and ${startsAt}`,
    days?.length === 0 && "'days' must name at least one; leave it out for every day",
    severities?.length === 0 && "'severities' must name at least one",
    isComputed(timeZone) && "'timeZone' must be a literal, because it is translated for Azure at synthesis",
    !isComputed(timeZone) &&
      windowsTimeZone(timeZone) === undefined &&
      `'timeZone' must be a time zone of the IANA data base that Azure has a name for, such as ${timeZonesLike(timeZone).join(', ') || 'Europe/Berlin'}; got ${shown(timeZone)}`,
  ];
  return found.filter((problem) => problem !== false).map((problem) => `maintenance ${shown(key)}: ${problem}`);
}

/**
 * Keeps alerts from being told in a window.
 *
 * @param groupId Azure resource id of the group whose resources it is about.
 */
export function defineMaintenance(
  own: Construct,
  key: string,
  window: MaintenanceWindow,
  groupId: string,
): MonitorAlertProcessingRuleSuppression {
  const { resourceGroupName } = Workload.of(own);
  const severities = window.severities ?? CAN_WAIT;
  return new MonitorAlertProcessingRuleSuppression(own, 'Resource', {
    name: nameOf(MonitorAlertProcessingRuleSuppression.tfResourceType, own),
    resourceGroupName,
    description: `Maintenance window ${key}: nobody is told of ${[...severities].sort().join(', ')}, except of what ${EXPIRES_SOON}`,
    scopes: [groupId],
    condition: {
      severity: {
        operator: 'Equals',
        values: [...new Set(severities)].sort().map((severity) => `Sev${SEVERITY[severity]}`),
      },
      // raised once, and lost for good if not told then
      description: { operator: 'DoesNotContain', values: [EXPIRES_SOON] },
    },
    schedule: scheduleOf(window),
  });
}

function scheduleOf(window: MaintenanceWindow): MonitorAlertProcessingRuleSuppressionSchedule {
  const { from = EVENING, to = MORNING, days, startsAt, endsAt, timeZone = 'UTC' } = window;
  const zone = { timeZone: windowsTimeZone(timeZone) };
  if (startsAt !== undefined) {
    return { ...zone, effectiveFrom: startsAt, effectiveUntil: endsAt };
  }
  const hours = { startTime: `${from}:00`, endTime: `${to}:00` };
  const inOrder = WEEK.filter((day) => days?.includes(day));
  return {
    ...zone,
    recurrence: days === undefined ? { daily: [hours] } : { weekly: [{ ...hours, daysOfWeek: inOrder }] },
  };
}
