import { IConstruct } from 'constructs';
import { organizationProblem } from '../access/organization-problem';
import { MonitoringTarget, Severity, Signal } from '../contracts/monitoring';
import { aListOf, aMapOf, anInstanceOf, aStruct, aText, aTextMap, Kinds, oneOf, someTexts } from '../core/kinds';
import { residencyProblem } from '../core/residency';
import { hasForm, isBetween, isComputed, isText, isWholeBetween, shown, workspaceProblem } from '../core/validation';
import { Weekday } from '../core/weekday';
import { Workload } from '../core/workload';
import { AlertTuning } from './alert';
import { ALERT_KINDS } from './alert-problems';
import { AlertPhone, AlertRoute } from './alert-route';
import { routeProblems } from './alert-route-problems';
import { availabilityProblems } from './availability';
import { AvailabilityOptions } from './availability-options';
import { ChatChannel } from './chat-channel';
import { ESCALATED } from './escalation';
import { maintenanceProblems } from './maintenance-rule';
import { MaintenanceWindow } from './maintenance-window';
import { ObservabilityStackProps } from './observability-stack-props';
import { PERSONAL_FIELDS, personalFieldProblems } from './redaction';
import { redactionRuleProblems } from './redaction-rule';
import { SEVERITIES } from './routing';
import { ServiceLevelObjective } from './slo';
import { sloProblems } from './slo-alerts';
import { TABLES } from './tables';
import { UNCAPPED } from './workspace';

/** What a resource that no construct stands for is watched by. */
export const TARGET_KINDS: Kinds<MonitoringTarget> = {
  resourceId: aText,
  metricNamespace: aText,
  logSources: aTextMap,
  signals: aListOf(aStruct<Signal>(ALERT_KINDS)),
  'healthUrls?': aTextMap,
};

const A_ROUTE = aStruct<AlertRoute>({
  'actionGroupIds?': someTexts,
  'channels?': aListOf(anInstanceOf(ChatChannel, "ChatChannel.slack('…')")),
  'emails?': someTexts,
  'phones?': aListOf(aStruct<AlertPhone>({ countryCode: aText, phoneNumber: aText })),
  'severities?': aListOf(oneOf(Severity)),
  'webhooks?': someTexts,
});

/** What a stack takes. */
export const OBSERVABILITY_KINDS: Kinds<ObservabilityStackProps> = {
  routes: aMapOf(A_ROUTE),
  runbookUrl: aText,
  'alerts?': aMapOf(aStruct<AlertTuning>({})),
  'availability?': aStruct<AvailabilityOptions>({ 'geoLocations?': someTexts }),
  'basicTables?': someTexts,
  'businessEvents?': someTexts,
  'escalation?': A_ROUTE,
  'maintenance?': aMapOf(
    aStruct<MaintenanceWindow>({ 'days?': aListOf(oneOf(Weekday)), 'severities?': aListOf(oneOf(Severity)) }),
  ),
  'personalFields?': someTexts,
  'slos?': aMapOf(aStruct<ServiceLevelObjective>({ 'services?': someTexts })),
};

/** What belongs to a workspace that is made here. */
const OWN_ONLY = ['logDays', 'dailyCapGigabytes', 'basicTables', 'deletionProtection'] as const;

/** What is wrong with the props of an `ObservabilityStack`, as clauses for `rejectIf()`. */
export function stackProblems(stack: IConstruct, props: ObservabilityStackProps): Array<string | false> {
  const {
    routes,
    escalation,
    maintenance = {},
    workspaceId,
    workspaceLocation,
    basicTables = [],
    samplingPercentage,
  } = props;
  const { dailyCapGigabytes: cap, logDays, jobMinutes, escalationMinutes, runbookUrl } = props;
  return [
    organizationProblem(stack),
    Workload.of(stack)
      .node.findAll()
      .some((x) => x !== stack && x instanceof (stack.constructor as any)) &&
      `the workload is watched already: two stacks would send the same logs twice, which Azure refuses where the workspace is the same; use the one that is there`,
    ...routeProblems('routes', routes, SEVERITIES, ESCALATED),
    ...(escalation === undefined ? [] : routeProblems('escalation', { escalation }, ESCALATED, [])),
    'Escalation' in routes && `'routes' must not have the key "Escalation", which stands for the prop 'escalation'`,
    escalation === undefined && escalationMinutes !== undefined && "'escalationMinutes' must come with an 'escalation'",
    escalationMinutes !== undefined &&
      !isWholeBetween(escalationMinutes, 5, 1440) &&
      `'escalationMinutes' must be a whole number from 5 to 1440, got ${shown(escalationMinutes)}`,
    !hasForm(runbookUrl, /^https:\/\/[^\s?#]+$/) &&
      `'runbookUrl' must start with https:// and have no query, because the name of a runbook comes after it; got ${shown(runbookUrl)}`,
    ...Object.entries(maintenance).flatMap(([key, window]) => maintenanceProblems(key, window)),
    ...availabilityProblems(props.availability ?? {}),
    ...sloProblems(props.slos ?? {}),
    workspaceProblem('workspaceId', workspaceId),
    workspaceLocation !== undefined &&
      workspaceId === undefined &&
      "'workspaceLocation' must come with a 'workspaceId'",
    workspaceLocation !== undefined && residencyProblem(stack, "'workspaceLocation'", workspaceLocation),
    ...OWN_ONLY.map(
      (prop) =>
        workspaceId !== undefined &&
        props[prop] !== undefined &&
        `'${prop}' must be left out beside 'workspaceId': an existing workspace stays as it is`,
    ),
    logDays !== undefined &&
      !isWholeBetween(logDays, 30, 730) &&
      `'logDays' must be a whole number from 30 to 730, got ${shown(logDays)}`,
    cap !== undefined &&
      cap !== UNCAPPED &&
      !isBetween(cap, 0.1, 4000) &&
      `'dailyCapGigabytes' must be 0.1 to 4000, or -1 for no cap; got ${shown(cap)}`,
    ...basicTables.map(
      (table) =>
        (isComputed(table) && "'basicTables' must be literals, because they become part of addresses") ||
        (table in TABLES && `'basicTables' must leave out ${table}: alerts and dashboards query it`) ||
        (!isText(table, /^[A-Za-z]\w*$/) && `'basicTables' must be names of tables, got ${shown(table)}`),
    ),
    new Set(basicTables).size < basicTables.length && "'basicTables' must name each table once",
    ...personalFieldProblems('personalFields', props.personalFields),
    ...(workspaceId === undefined
      ? []
      : redactionRuleProblems('personalFields', props.personalFields ?? PERSONAL_FIELDS)),
    samplingPercentage !== undefined &&
      !(isBetween(samplingPercentage, 0, 100) && samplingPercentage !== 0) &&
      `'samplingPercentage' must be above 0 and 100 at most, got ${shown(samplingPercentage)}`,
    jobMinutes !== undefined &&
      !isWholeBetween(jobMinutes, 1, 1440) &&
      `'jobMinutes' must be a whole number from 1 to 1440, got ${shown(jobMinutes)}`,
  ];
}
