import { Aggregation, Comparison, MissingData, Severity, Signal, SignalInterval } from '../contracts/monitoring';

/**
 * What is worth watching on a Static Web App; its numbers come every five minutes.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/reference/supported-metrics/microsoft-web-staticsites-metrics
 */
export function staticSiteSignals(): Signal[] {
  return [
    {
      key: 'Errors',
      summary: 'front end answers with errors',
      metric: { metricName: 'SiteErrors', aggregation: Aggregation.TOTAL },
      comparison: Comparison.GREATER_THAN,
      threshold: 50,
      window: SignalInterval.FIFTEEN_MINUTES,
      frequency: SignalInterval.FIVE_MINUTES,
      severity: Severity.P2,
      missingData: MissingData.IS_GOOD,
      runbook: 'static-site-errors',
    },
  ];
}
