import { Comparison, MissingData, Severity, SignalInterval } from '../contracts/monitoring';
import { times } from '../core/arithmetic';
import { AlertDefinition } from './alert';
import { dailyCapQuery, errorRateQuery, ingestionQuery, jobDurationQuery, responseTimeQuery } from './alert-queries';
import { failedDeployments } from './delivery-queries';

const { FIVE_MINUTES, FIFTEEN_MINUTES, ONE_HOUR, ONE_DAY } = SignalInterval;

/** A query every five minutes over the last five: more often costs ten times as much. */
const OFTEN = {
  comparison: Comparison.GREATER_THAN,
  window: FIVE_MINUTES,
  frequency: FIVE_MINUTES,
  missingData: MissingData.IS_GOOD,
};

/** Share of the daily cap from which somebody should look. */
const NEARLY_CAPPED = 0.8;

/** What the alerts of the stack itself depend on. */
export interface OwnAlertOptions {
  /** Longest that a job may take. */
  readonly jobMinutes: number;
  /** Daily cap of the workspace, if it has one. */
  readonly dailyCapGigabytes?: number;
}

/**
 * What is worth watching on all programs together, and on the workspace.
 */
export function ownAlerts({ jobMinutes, dailyCapGigabytes }: OwnAlertOptions): AlertDefinition[] {
  return [
    {
      ...OFTEN,
      key: 'ErrorRate',
      summary: 'too many requests fail, in percent',
      query: { query: errorRateQuery(), measureColumn: 'ErrorRate', splitBy: ['AppRoleName'] },
      threshold: 5,
      severity: Severity.P1,
      runbook: 'error-rate',
    },
    {
      ...OFTEN,
      key: 'ResponseTime',
      summary: 'requests take too long, in milliseconds',
      query: { query: responseTimeQuery(), measureColumn: 'ResponseTime', splitBy: ['AppRoleName'] },
      threshold: 3000,
      severity: Severity.P2,
      runbook: 'response-time',
    },
    {
      ...OFTEN,
      key: 'JobDuration',
      summary: 'a job takes longer than agreed, in minutes',
      query: { query: jobDurationQuery(), measureColumn: 'Minutes', splitBy: ['AppRoleName', 'OperationName'] },
      threshold: jobMinutes,
      window: FIFTEEN_MINUTES,
      severity: Severity.P2,
      runbook: 'job-duration',
    },
    {
      ...OFTEN,
      key: 'FailedPipeline',
      summary: 'a pipeline says that a deployment failed or was taken back',
      query: { query: failedDeployments(), splitBy: ['Environment', 'Service'] },
      threshold: 0,
      window: FIFTEEN_MINUTES,
      severity: Severity.P2,
      runbook: 'failed-deployment',
    },
    {
      ...OFTEN,
      key: 'DailyCap',
      summary: 'daily cap of the workspace reached, so nothing is logged until tomorrow',
      query: { query: dailyCapQuery() },
      threshold: 0,
      window: ONE_HOUR,
      frequency: FIFTEEN_MINUTES,
      severity: Severity.P1,
      runbook: 'daily-cap',
    },
    ...(dailyCapGigabytes === undefined
      ? []
      : [
          {
            ...OFTEN,
            key: 'Ingestion',
            summary: 'workspace takes in nearly as much as its daily cap allows, in gigabytes',
            query: { query: ingestionQuery(), measureColumn: 'Gigabytes' },
            threshold: times(dailyCapGigabytes, NEARLY_CAPPED),
            window: ONE_DAY,
            frequency: ONE_HOUR,
            severity: Severity.P3,
            runbook: 'daily-cap',
          },
        ]),
  ];
}
