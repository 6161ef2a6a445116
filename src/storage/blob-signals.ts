import { Aggregation, Comparison, MissingData, Severity, Signal, SignalInterval } from '../contracts/monitoring';

/** Unused accounts have no metrics: that is good. */
const OFTEN = {
  window: SignalInterval.FIFTEEN_MINUTES,
  frequency: SignalInterval.FIVE_MINUTES,
  missingData: MissingData.IS_GOOD,
};

/**
 * What emits the logs of an account: its services, not the account.
 */
export function serviceIds(storageAccountId: string): { [key: string]: string } {
  return Object.fromEntries(
    ['Blob', 'File', 'Queue', 'Table'].map((service) => [
      service,
      `${storageAccountId}/${service.toLowerCase()}Services/default`,
    ]),
  );
}

/**
 * What is worth watching on an account that holds blobs.
 *
 * @param capacityAlertGigabytes Size from which on somebody should know, if any.
 * @see https://learn.microsoft.com/azure/storage/blobs/monitor-blob-storage-reference
 */
export function blobSignals(capacityAlertGigabytes?: number): Signal[] {
  return [
    {
      ...OFTEN,
      key: 'Unavailable',
      summary: 'storage unavailable',
      metric: { metricName: 'Availability', aggregation: Aggregation.AVERAGE },
      comparison: Comparison.LESS_THAN,
      threshold: 99,
      severity: Severity.P1,
      runbook: 'storage-unavailable',
    },
    {
      ...OFTEN,
      key: 'Slow',
      summary: 'storage slow',
      metric: { metricName: 'SuccessServerLatency', aggregation: Aggregation.AVERAGE },
      comparison: Comparison.GREATER_THAN,
      threshold: 1000,
      severity: Severity.P2,
      runbook: 'storage-slow',
    },
    {
      ...OFTEN,
      ...refusals('Throttled', 'storage throttled', ['ClientThrottlingError', 'ServerBusyError'], 100),
      runbook: 'storage-throttled',
    },
    {
      ...OFTEN,
      ...refusals('Denied', 'access to storage denied', ['AuthenticationError', 'AuthorizationError'], 10),
      runbook: 'storage-denied',
    },
    ...(capacityAlertGigabytes === undefined
      ? []
      : [
          {
            key: 'Full',
            summary: 'storage larger than planned',
            metric: { metricName: 'UsedCapacity', aggregation: Aggregation.AVERAGE },
            comparison: Comparison.GREATER_THAN,
            threshold: capacityAlertGigabytes * 1024 ** 3,
            window: SignalInterval.ONE_HOUR,
            frequency: SignalInterval.ONE_HOUR,
            severity: Severity.P3,
            missingData: MissingData.IS_GOOD,
            runbook: 'storage-full',
          },
        ]),
  ];
}

function refusals(key: string, summary: string, types: string[], threshold: number) {
  return {
    key,
    summary,
    metric: { metricName: 'Transactions', aggregation: Aggregation.TOTAL, dimensions: { ResponseType: types } },
    comparison: Comparison.GREATER_THAN,
    threshold,
    severity: Severity.P2,
  };
}
