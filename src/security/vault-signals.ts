import { Aggregation, Comparison, MissingData, Severity, Signal, SignalInterval } from '../contracts/monitoring';
import { EXPIRES_SOON } from '../core/expiry';

const { FIVE_MINUTES, FIFTEEN_MINUTES, ONE_HOUR, ONE_MINUTE } = SignalInterval;

/** A vault that nobody asks anything has no metrics: that is good. */
const QUIET = { comparison: Comparison.GREATER_THAN, missingData: MissingData.IS_GOOD };

/**
 * What is worth watching on a vault. The thresholds are those of the Azure Monitor baseline alerts.
 *
 * @see https://azure.github.io/azure-monitor-baseline-alerts/services/KeyVault/vaults/
 */
export function vaultSignals(vaultId: string): Signal[] {
  return [
    {
      key: 'Unavailable',
      summary: 'vault unavailable',
      metric: { metricName: 'Availability', aggregation: Aggregation.AVERAGE },
      comparison: Comparison.LESS_THAN,
      threshold: 90,
      window: FIVE_MINUTES,
      frequency: ONE_MINUTE,
      severity: Severity.P1,
      missingData: MissingData.IS_GOOD,
      runbook: 'vault-unavailable',
    },
    {
      ...QUIET,
      key: 'Saturated',
      summary: 'vault near its limit of requests',
      metric: { metricName: 'SaturationShoebox', aggregation: Aggregation.AVERAGE },
      threshold: 75,
      window: FIVE_MINUTES,
      frequency: ONE_MINUTE,
      severity: Severity.P2,
      runbook: 'vault-saturated',
    },
    {
      ...QUIET,
      key: 'Slow',
      summary: 'vault slow',
      metric: { metricName: 'ServiceApiLatency', aggregation: Aggregation.AVERAGE },
      threshold: 1000,
      window: FIFTEEN_MINUTES,
      frequency: FIVE_MINUTES,
      severity: Severity.P2,
      runbook: 'vault-slow',
    },
    {
      ...QUIET,
      key: 'ServerErrors',
      summary: 'vault answers with errors',
      metric: {
        metricName: 'ServiceApiResult',
        aggregation: Aggregation.COUNT,
        dimensions: { StatusCodeClass: ['5xx'] },
      },
      threshold: 5,
      window: FIVE_MINUTES,
      frequency: ONE_MINUTE,
      severity: Severity.P1,
      runbook: 'vault-errors',
    },
    {
      ...QUIET,
      key: 'Denied',
      summary: 'access to vault denied',
      // not 401: every client asks without a token first
      metric: { metricName: 'ServiceApiResult', aggregation: Aggregation.COUNT, dimensions: { StatusCode: ['403'] } },
      threshold: 10,
      window: FIFTEEN_MINUTES,
      frequency: FIVE_MINUTES,
      severity: Severity.P2,
      runbook: 'vault-denied',
    },
    {
      ...QUIET,
      key: 'NearExpiry',
      summary: `something in vault ${EXPIRES_SOON}`,
      query: { query: nearExpiry(vaultId) },
      threshold: 0,
      window: ONE_HOUR,
      frequency: ONE_HOUR,
      severity: Severity.P2,
      runbook: 'vault-near-expiry',
    },
  ];
}

/**
 * The audit log has what Event Grid is told 30 days before something expires, and again when it has. Neither of its tables is there
 * before the first access, and a fuzzy union of nothing fails: the empty table stands in.
 */
function nearExpiry(vaultId: string): string {
  return [
    'union isfuzzy=true AzureDiagnostics, AZKVAuditLogs,',
    '  (datatable(TimeGenerated: datetime, _ResourceId: string, OperationName: string) [])',
    `| where _ResourceId =~ "${vaultId}"`,
    '| where OperationName endswith "NearExpiryEventGridNotification" or OperationName endswith "ExpiredEventGridNotification"',
  ].join('\n');
}
