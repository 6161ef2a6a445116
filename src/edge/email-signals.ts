import { Comparison, MissingData, Severity, Signal, SignalInterval } from '../contracts/monitoring';

/** Fewer e-mails say nothing in percent. */
const ENOUGH = 20;

const HOURLY = {
  comparison: Comparison.GREATER_THAN,
  window: SignalInterval.ONE_HOUR,
  frequency: SignalInterval.FIFTEEN_MINUTES,
  missingData: MissingData.IS_GOOD,
};

/**
 * What is worth watching on a service that sends e-mail: how much of it comes back, which costs the domain its reputation, and how
 * much does not arrive for whatever reason.
 *
 * @param serviceId Azure resource id of the Communication Service.
 * @see https://learn.microsoft.com/azure/azure-monitor/reference/tables/acsemailstatusupdateoperational
 */
export function emailSignals(serviceId: string): Signal[] {
  return [
    {
      ...HOURLY,
      key: 'Bounces',
      summary: 'e-mail bounces',
      query: {
        query: percentageOf(serviceId, 'DeliveryStatus in ("Bounced", "Suppressed") or IsHardBounce =~ "true"'),
        measureColumn: 'Percent',
      },
      threshold: 5,
      severity: Severity.P2,
      runbook: 'email-bounces',
    },
    {
      ...HOURLY,
      key: 'Undelivered',
      summary: 'e-mail does not arrive',
      query: { query: percentageOf(serviceId, 'DeliveryStatus != "Delivered"'), measureColumn: 'Percent' },
      threshold: 20,
      severity: Severity.P1,
      runbook: 'email-undelivered',
    },
  ];
}

/** One row per recipient has an end; the empty table stands in until the first e-mail has made the real one. */
function percentageOf(serviceId: string, what: string): string {
  return [
    'union isfuzzy=true ACSEmailStatusUpdateOperational,',
    '  (datatable(_ResourceId: string, RecipientId: string, DeliveryStatus: string, IsHardBounce: string)[])',
    `| where _ResourceId =~ "${serviceId}" and isnotempty(RecipientId)`,
    '| where DeliveryStatus in ("Delivered", "Bounced", "Failed", "FilteredSpam", "Quarantined", "Suppressed")',
    `| summarize Emails = count(), Found = countif(${what})`,
    `| where Emails >= ${ENOUGH}`,
    '| project Percent = 100.0 * Found / Emails',
  ].join('\n');
}
