import { MonitorMetricAlert } from '@cdktf/provider-azurerm/lib/monitor-metric-alert';
import {
  MonitorScheduledQueryRulesAlertV2,
  MonitorScheduledQueryRulesAlertV2Config,
} from '@cdktf/provider-azurerm/lib/monitor-scheduled-query-rules-alert-v2';
import { Construct } from 'constructs';
import { Comparison, MissingData, Severity, SignalInterval } from '../contracts/monitoring';
import { nameOf } from '../core/naming';
import { Workload } from '../core/workload';
import { AlertDefinition } from './alert';
import { silenceQuery } from './alert-queries';

/** Severities as Azure counts them. */
export const SEVERITY: { readonly [severity in Severity]: number } = {
  [Severity.P0]: 0,
  [Severity.P1]: 1,
  [Severity.P2]: 2,
  [Severity.P3]: 3,
};

/** The longest that a log alert may look back. */
const LONGEST_LOOK_BACK = 'P2D';

/** When silence is looked for: metrics take some minutes on their way to the workspace. */
const SILENCE = {
  window: SignalInterval.FIFTEEN_MINUTES,
  frequency: SignalInterval.FIFTEEN_MINUTES,
  missingData: MissingData.IS_GOOD,
};

/** Where metrics of programs are, unless said otherwise. */
const APPLICATION_INSIGHTS = 'Microsoft.Insights/components';

/** What the rules of one `ObservabilityStack` share. */
export interface AlertPlace {
  /** Workspace that queries search. */
  readonly workspaceId: string;
  /** Component that programs report to. */
  readonly applicationInsightsId: string;
  /** What every runbook's address begins with. */
  readonly runbookUrl: string;
  /** Who is told, by severity. */
  actionGroupIds(severity: Severity): string[];
}

/** What a notification says about an alert. */
export interface Notice {
  readonly key: string;
  readonly description: string;
  readonly properties: { [name: string]: string };
}

/** What a notification says, in words for people and in properties for programs: the runbook is in both. */
export function noticeOf(
  scope: Construct,
  key: string,
  alert: { summary: string; severity: Severity; runbook: string },
  place: AlertPlace,
): Notice {
  const { name, environment } = Workload.of(scope);
  const runbook = `${place.runbookUrl.replace(/\/+$/, '')}/${alert.runbook}`;
  const where = key.includes('/') ? ` (${key.slice(0, key.lastIndexOf('/'))})` : '';
  const summary = `${alert.summary[0].toUpperCase()}${alert.summary.slice(1)}${where}`;
  return {
    key,
    description: `${alert.severity} ${name} ${environment.name}: ${summary}. Runbook: ${runbook}`,
    properties: { alert: key, environment: environment.name, runbook, severity: alert.severity, workload: name },
  };
}

/** Looks at a number that Azure Monitor collects. */
export function metricRule(own: Construct, alert: AlertDefinition, key: string, place: AlertPlace): MonitorMetricAlert {
  const { resourceGroupName } = Workload.of(own);
  const { metricName, aggregation, dimensions = {} } = alert.metric!;
  const { description, properties } = noticeOf(own, key, alert, place);
  return new MonitorMetricAlert(own, 'Resource', {
    name: nameOf(MonitorMetricAlert.tfResourceType, own),
    resourceGroupName,
    description,
    scopes: [alert.resourceId ?? place.applicationInsightsId],
    severity: SEVERITY[alert.severity],
    frequency: alert.frequency,
    windowSize: alert.window,
    autoMitigate: true,
    criteria: [
      {
        metricNamespace: alert.metricNamespace ?? APPLICATION_INSIGHTS,
        metricName,
        aggregation,
        operator: alert.comparison,
        threshold: alert.threshold,
        dimension: Object.keys(dimensions)
          .sort()
          .map((name) => ({ name, operator: 'Include', values: dimensions[name] })),
      },
    ],
    action: place
      .actionGroupIds(alert.severity)
      .map((actionGroupId) => ({ actionGroupId, webhookProperties: properties })),
  });
}

/** Looks at what a query finds. */
export function logRule(
  own: Construct,
  alert: AlertDefinition,
  key: string,
  place: AlertPlace,
  extras: Partial<MonitorScheduledQueryRulesAlertV2Config> = {},
): MonitorScheduledQueryRulesAlertV2 {
  const { resourceGroupName, location } = Workload.of(own);
  const { query, measureColumn, splitBy = [] } = alert.query!;
  const { description, properties } = noticeOf(own, key, alert, place);
  const name = nameOf(MonitorScheduledQueryRulesAlertV2.tfResourceType, own);
  return new MonitorScheduledQueryRulesAlertV2(own, 'Resource', {
    name,
    displayName: name,
    resourceGroupName,
    location,
    description,
    scopes: [alert.resourceId ?? place.workspaceId],
    severity: SEVERITY[alert.severity],
    evaluationFrequency: alert.frequency,
    windowDuration: alert.window,
    // resolves by itself; the provider refuses a mute duration beside it
    autoMitigationEnabled: true,
    // tables come into being with their first row
    skipQueryValidation: true,
    criteria: [
      {
        query,
        operator: alert.comparison,
        threshold: alert.threshold,
        timeAggregationMethod: aggregationFor(alert),
        metricMeasureColumn: measureColumn,
        dimension: [...splitBy].sort().map((column) => ({ name: column, operator: 'Include', values: ['*'] })),
        failingPeriods: { minimumFailingPeriodsToTriggerAlert: 1, numberOfEvaluationPeriods: 1 },
      },
    ],
    action: { actionGroups: place.actionGroupIds(alert.severity), customProperties: properties },
    ...extras,
  });
}

/**
 * Notices when a metric is no longer reported: a metric alert does not, since it compares nothing then.
 *
 * Only what reported within the last two days counts, so that nothing is said about what was never there.
 */
export function silenceRule(
  owner: Construct,
  alert: AlertDefinition,
  key: string,
  place: AlertPlace,
): MonitorScheduledQueryRulesAlertV2 {
  const silence: AlertDefinition = {
    ...alert,
    summary: `${alert.summary}, or nothing is reported any more`,
    resourceId: undefined,
    metric: undefined,
    query: { query: silenceQuery(alert.resourceId!, alert.metric!.metricName) },
    comparison: Comparison.GREATER_THAN,
    threshold: 0,
    ...SILENCE,
  };
  const own = new Construct(owner, 'Silence');
  return logRule(own, silence, `${key}/Silence`, place, { queryTimeRangeOverride: LONGEST_LOOK_BACK });
}

/** The worst row decides; rows are counted where no column is compared. */
function aggregationFor({ query, comparison }: AlertDefinition): string {
  if (query?.measureColumn === undefined) {
    return 'Count';
  }
  const isBadAbove = comparison === Comparison.GREATER_THAN || comparison === Comparison.GREATER_THAN_OR_EQUAL;
  return isBadAbove ? 'Maximum' : 'Minimum';
}
