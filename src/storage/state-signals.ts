import { Aggregation, Comparison, MissingData, Severity, Signal, SignalInterval } from '../contracts/monitoring';

/**
 * What is worth watching on an account that holds the state of Terraform.
 *
 * @see https://learn.microsoft.com/azure/storage/blobs/monitor-blob-storage-reference
 */
export function stateSignals(): Signal[] {
  const often = { window: SignalInterval.FIFTEEN_MINUTES, frequency: SignalInterval.FIVE_MINUTES };
  return [
    {
      ...often,
      key: 'Unavailable',
      summary: 'Terraform state unavailable',
      metric: { metricName: 'Availability', aggregation: Aggregation.AVERAGE },
      comparison: Comparison.LESS_THAN,
      threshold: 90,
      severity: Severity.P2,
      missingData: MissingData.IS_GOOD,
      runbook: 'state-unavailable',
    },
    {
      ...often,
      key: 'Denied',
      summary: 'access to Terraform state denied',
      metric: {
        metricName: 'Transactions',
        aggregation: Aggregation.TOTAL,
        dimensions: { ResponseType: ['AuthenticationError', 'AuthorizationError'] },
      },
      comparison: Comparison.GREATER_THAN,
      threshold: 10,
      severity: Severity.P2,
      missingData: MissingData.IS_GOOD,
      runbook: 'state-denied',
    },
  ];
}
