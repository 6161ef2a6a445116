import { Aggregation, Comparison, MissingData, Severity, Signal, SignalInterval } from '../contracts/monitoring';
import { HIGH } from '../core/high-signal';

const { FIVE_MINUTES, ONE_MINUTE } = SignalInterval;

/**
 * What is worth watching on an edge.
 *
 * @param detectOnly Whether the firewall only writes down what it would block.
 * @see https://learn.microsoft.com/azure/azure-monitor/reference/supported-metrics/microsoft-cdn-profiles-metrics
 */
export function edgeSignals(detectOnly: boolean): Signal[] {
  return [
    {
      key: 'OriginHealth',
      summary: 'origins do not answer the edge',
      metric: { metricName: 'OriginHealthPercentage', aggregation: Aggregation.AVERAGE },
      comparison: Comparison.LESS_THAN,
      threshold: 90,
      window: FIVE_MINUTES,
      frequency: ONE_MINUTE,
      severity: Severity.P1,
      missingData: MissingData.IS_GOOD,
      runbook: 'edge-origin-health',
    },
    {
      ...HIGH,
      key: 'ServerErrors',
      summary: 'edge answers with errors',
      metric: { metricName: 'Percentage5XX', aggregation: Aggregation.AVERAGE },
      threshold: 10,
      window: FIVE_MINUTES,
      frequency: ONE_MINUTE,
      severity: Severity.P1,
      runbook: 'edge-server-errors',
    },
    {
      ...HIGH,
      key: 'Latency',
      summary: 'edge answers slowly',
      metric: { metricName: 'TotalLatency', aggregation: Aggregation.AVERAGE },
      // milliseconds
      threshold: 3000,
      runbook: 'edge-latency',
    },
    {
      ...HIGH,
      key: 'Blocked',
      summary: detectOnly ? 'firewall would block much' : 'firewall blocks much',
      metric: {
        metricName: 'WebApplicationFirewallRequestCount',
        aggregation: Aggregation.TOTAL,
        dimensions: { Action: [detectOnly ? 'Log' : 'Block'] },
      },
      threshold: 1000,
      runbook: 'edge-blocked',
    },
  ];
}
