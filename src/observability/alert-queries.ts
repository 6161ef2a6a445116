import { failedDeployments } from './delivery-queries';
import { from, quoted } from './kql';
import { FAILED, REAL } from './requests';
import { ShippedQuery } from './shipped-query';

/** Requests below which an error rate or a mean says nothing: two of ten are no incident. */
const FEWEST_REQUESTS = 20;

/** Minutes without a sample after which a metric counts as silent. */
const SILENT_MINUTES = 30;

/**
 * Share of requests that failed, in percent, by program; none for a program that was hardly asked.
 */
export function errorRateQuery(): string {
  return from(
    'AppRequests',
    ...REAL,
    `| summarize Requests = sum(ItemCount), Failed = sumif(ItemCount, ${FAILED}) by AppRoleName`,
    `| where Requests >= ${FEWEST_REQUESTS}`,
    '| project AppRoleName, ErrorRate = 100.0 * Failed / Requests',
  );
}

/**
 * Mean duration of requests, in milliseconds, by program; none for a program that was hardly asked.
 */
export function responseTimeQuery(): string {
  return from(
    'AppRequests',
    ...REAL,
    '| summarize Requests = sum(ItemCount), Total = sum(DurationMs * ItemCount) by AppRoleName',
    `| where Requests >= ${FEWEST_REQUESTS}`,
    '| project AppRoleName, ResponseTime = Total / Requests',
  );
}

/**
 * The longest run of each job, in minutes: requests that carry the dimension `job_id`.
 */
export function jobDurationQuery(): string {
  return from(
    'AppRequests',
    '| where isnotempty(tostring(Properties.job_id))',
    '| summarize Minutes = max(DurationMs) / 60000.0 by AppRoleName, OperationName',
  );
}

/**
 * Whether the workspace stopped taking data because of its daily cap.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/logs/daily-cap
 */
export function dailyCapQuery(): string {
  return from('Operation', '| where Detail has "OverQuota"');
}

/**
 * Gigabytes that were taken in today and are paid for: the day of the cap is the one of the query, so this is at most a day.
 */
export function ingestionQuery(): string {
  return from('Usage', '| where IsBillable == true', '| summarize Gigabytes = sum(Quantity) / 1000.0');
}

/**
 * Whether a resource reported a metric within the last two days, but not lately.
 */
export function silenceQuery(resourceId: string, metricName: string): string {
  return from(
    'AzureMetrics',
    `| where _ResourceId =~ ${quoted(resourceId)} and MetricName == ${quoted(metricName)}`,
    '| summarize Last = max(TimeGenerated)',
    `| where Last < ago(${SILENT_MINUTES}m)`,
  );
}

/**
 * Alerts that were neither acknowledged nor resolved for a while; acknowledging one in Azure Monitor is enough to end this.
 *
 * @param severities Severities as Azure counts them.
 * @param minutes How long.
 * @param ownName Name of the rule that asks, which must not find itself.
 * @see https://learn.microsoft.com/azure/azure-monitor/logs/azure-monitor-data-explorer-proxy
 */
export function neglectedQuery(severities: readonly number[], minutes: string, ownName: string): string {
  return [
    'arg("").alertsmanagementresources',
    '| where type =~ "microsoft.alertsmanagement/alerts"',
    '| extend Essentials = properties.essentials',
    '| extend Alert = tostring(Essentials.alertRule), Started = todatetime(Essentials.startDateTime)',
    '| where tostring(Essentials.monitorCondition) =~ "Fired" and tostring(Essentials.alertState) =~ "New"',
    `| where tostring(Essentials.severity) in (${severities.map((severity) => `"Sev${severity}"`).join(', ')})`,
    `| where Alert !endswith ${quoted(ownName)}`,
    `| where Started between (ago(1d) .. ago(${minutes}m))`,
    '| project Alert, AlertId = tostring(id)',
  ].join('\n');
}

/**
 * Every query of alerts that the stack ships, with stand-ins for what is only known in a program.
 */
export function shippedAlertQueries(): ShippedQuery[] {
  const id = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/a';
  return [
    { key: 'alerts/ErrorRate', query: errorRateQuery(), measureColumn: 'ErrorRate', splitBy: ['AppRoleName'] },
    { key: 'alerts/ResponseTime', query: responseTimeQuery(), measureColumn: 'ResponseTime', splitBy: ['AppRoleName'] },
    {
      key: 'alerts/JobDuration',
      query: jobDurationQuery(),
      measureColumn: 'Minutes',
      splitBy: ['AppRoleName', 'OperationName'],
    },
    { key: 'alerts/FailedPipeline', query: failedDeployments(), splitBy: ['Environment', 'Service'] },
    { key: 'alerts/DailyCap', query: dailyCapQuery() },
    { key: 'alerts/Ingestion', query: ingestionQuery(), measureColumn: 'Gigabytes' },
    { key: 'alerts/Silence', query: silenceQuery(id, 'HealthCheckStatus') },
    { key: 'alerts/Neglected', query: neglectedQuery([0, 1], '15', 'alert'), splitBy: ['Alert', 'AlertId'] },
  ];
}
