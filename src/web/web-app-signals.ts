import { Aggregation, Comparison, MissingData, Severity, Signal, SignalInterval } from '../contracts/monitoring';

const EVERY_FIVE_MINUTES = {
  window: SignalInterval.FIVE_MINUTES,
  frequency: SignalInterval.ONE_MINUTE,
  missingData: MissingData.IS_GOOD,
};

/**
 * What is worth watching on a web app.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/reference/supported-metrics/microsoft-web-sites-metrics
 */
export function webAppSignals(): Signal[] {
  return [
    {
      ...EVERY_FIVE_MINUTES,
      key: 'ServerErrors',
      summary: 'server errors',
      metric: { metricName: 'Http5xx', aggregation: Aggregation.TOTAL },
      comparison: Comparison.GREATER_THAN,
      threshold: 10,
      severity: Severity.P1,
      runbook: 'web-app-server-errors',
    },
    {
      ...EVERY_FIVE_MINUTES,
      key: 'SlowResponses',
      summary: 'slow responses',
      metric: { metricName: 'HttpResponseTime', aggregation: Aggregation.AVERAGE },
      comparison: Comparison.GREATER_THAN,
      threshold: 3,
      severity: Severity.P2,
      runbook: 'web-app-slow-responses',
    },
    {
      ...EVERY_FIVE_MINUTES,
      key: 'Unhealthy',
      summary: 'unhealthy instances',
      metric: { metricName: 'HealthCheckStatus', aggregation: Aggregation.AVERAGE },
      comparison: Comparison.LESS_THAN,
      threshold: 80,
      severity: Severity.P1,
      missingData: MissingData.IS_BAD,
      runbook: 'web-app-unhealthy',
    },
  ];
}

/**
 * What is worth watching on the machines that web apps run on.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/reference/supported-metrics/microsoft-web-serverfarms-metrics
 */
export function planSignals(): Signal[] {
  const high = (key: string, summary: string, metricName: string, threshold: number): Signal => ({
    ...EVERY_FIVE_MINUTES,
    key,
    summary,
    metric: { metricName, aggregation: Aggregation.AVERAGE },
    comparison: Comparison.GREATER_THAN,
    threshold,
    severity: Severity.P2,
    runbook: 'web-app-plan-saturated',
  });
  return [
    high('Cpu', 'processors busy', 'CpuPercentage', 80),
    high('Memory', 'memory full', 'MemoryPercentage', 80),
    high('HttpQueue', 'requests waiting', 'HttpQueueLength', 100),
  ];
}
