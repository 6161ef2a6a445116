import { EventgridSystemTopic } from '@cdktf/provider-azurerm/lib/eventgrid-system-topic';
import { MonitorDiagnosticSetting } from '@cdktf/provider-azurerm/lib/monitor-diagnostic-setting';
import { Construct } from 'constructs';
import { nameOf } from '../core/naming';
import { Workload } from '../core/workload';

/** A route of its own for the audit log, where there is a workspace for it. */
export function defineAuditLog(
  vault: Construct,
  vaultId: string,
  workspaceId?: string,
): MonitorDiagnosticSetting | undefined {
  return workspaceId === undefined
    ? undefined
    : new MonitorDiagnosticSetting(vault, 'AuditLog', {
        name: 'audit',
        targetResourceId: vaultId,
        logAnalyticsWorkspaceId: workspaceId,
        enabledLog: [{ categoryGroup: 'audit' }],
      });
}

/** Where the vault says what expires. */
export function defineEventTopic(vault: Construct, vaultId: string): EventgridSystemTopic {
  const { resourceGroupName, location } = Workload.of(vault);
  return new EventgridSystemTopic(vault, 'EventTopic', {
    name: nameOf(EventgridSystemTopic.tfResourceType, vault),
    resourceGroupName,
    location,
    sourceResourceId: vaultId,
    topicType: 'Microsoft.KeyVault.vaults',
  });
}
