import { Comparison, MissingData, Severity, Signal, SignalInterval } from '../contracts/monitoring';

/**
 * What is worth watching on a vault: jobs that failed. Its logs say so for every kind; the metrics of Azure leave some out.
 *
 * @see https://learn.microsoft.com/azure/backup/backup-azure-reports-data-model
 */
export function backupSignals(vaultId: string): Signal[] {
  return [
    failed('BackupFailed', 'backup failed', 'Backup', Severity.P1, vaultId),
    failed('RestoreFailed', 'restore from backup failed', 'Restore', Severity.P2, vaultId),
  ];
}

function failed(key: string, summary: string, operation: string, severity: Severity, vaultId: string): Signal {
  return {
    key,
    summary,
    query: {
      query: [
        // the table is not there before the first job
        'union isfuzzy=true AddonAzureBackupJobs, (datatable(_ResourceId: string, JobOperation: string, JobStatus: string)[])',
        `| where _ResourceId =~ "${vaultId}"`,
        `| where JobOperation == "${operation}" and JobStatus == "Failed"`,
      ].join('\n'),
    },
    comparison: Comparison.GREATER_THAN,
    threshold: 0,
    window: SignalInterval.ONE_HOUR,
    frequency: SignalInterval.ONE_HOUR,
    severity,
    missingData: MissingData.IS_GOOD,
    runbook: key === 'BackupFailed' ? 'backup-failed' : 'restore-failed',
  };
}
