import {
  MonitorActivityLogAlert,
  MonitorActivityLogAlertCriteria,
} from '@cdktf/provider-azurerm/lib/monitor-activity-log-alert';
import { Construct } from 'constructs';
import { Severity } from '../contracts/monitoring';
import { nameOf } from '../core/naming';
import { Workload } from '../core/workload';
import { AlertPlace, noticeOf } from './alert-rule';
import { regionName } from './region-name';

/** An event in the activity log that somebody should know of. */
export interface ActivityAlert {
  readonly key: string;
  readonly summary: string;
  readonly severity: Severity;
  readonly runbook: string;
  readonly criteria: MonitorActivityLogAlertCriteria;
}

/** Changes to a subscription that the CIS benchmark has somebody told of: key, operation, what happened. */
const CIS_OPERATIONS: ReadonlyArray<readonly [string, string, string]> = [
  ['PolicyAssignmentWritten', 'Microsoft.Authorization/policyAssignments/write', 'a policy was assigned'],
  ['PolicyAssignmentDeleted', 'Microsoft.Authorization/policyAssignments/delete', 'a policy is no longer assigned'],
  ['SecurityGroupWritten', 'Microsoft.Network/networkSecurityGroups/write', 'a network security group was changed'],
  ['SecurityGroupDeleted', 'Microsoft.Network/networkSecurityGroups/delete', 'a network security group was deleted'],
  ['SecuritySolutionWritten', 'Microsoft.Security/securitySolutions/write', 'a security solution was changed'],
  ['SecuritySolutionDeleted', 'Microsoft.Security/securitySolutions/delete', 'a security solution was deleted'],
  [
    'SqlFirewallRuleWritten',
    'Microsoft.Sql/servers/firewallRules/write',
    'a firewall rule of a SQL server was changed',
  ],
  [
    'SqlFirewallRuleDeleted',
    'Microsoft.Sql/servers/firewallRules/delete',
    'a firewall rule of a SQL server was deleted',
  ],
  ['PublicAddressWritten', 'Microsoft.Network/publicIPAddresses/write', 'a public IP address was changed'],
  ['PublicAddressDeleted', 'Microsoft.Network/publicIPAddresses/delete', 'a public IP address was deleted'],
];

/**
 * What others stop working without, and what can be had back for some days: key, operation, what happened, runbook.
 *
 * @see https://azure.github.io/azure-monitor-baseline-alerts/
 */
const DELETIONS: ReadonlyArray<readonly [string, string, string, string]> = [
  ['VaultDeleted', 'Microsoft.KeyVault/vaults/delete', 'a vault was deleted', 'vault-deleted'],
  [
    'WorkspaceDeleted',
    'Microsoft.OperationalInsights/workspaces/delete',
    'a workspace was deleted, and its logs with it',
    'workspace-deleted',
  ],
];

/**
 * What is worth knowing about a subscription: the operations of the CIS benchmark, 6.1.2.1 to 6.1.2.10, and the health of the
 * services that it uses, 6.1.2.11.
 *
 * @param location Region of the workload.
 */
export function subscriptionAlerts(location: string): ActivityAlert[] {
  const region = regionName(location);
  // services without a region are told of as Global
  const locations = region === undefined ? undefined : ['Global', region];
  const health = (key: string, summary: string, severity: Severity, events: string[]): ActivityAlert => ({
    key,
    summary,
    severity,
    runbook: 'service-health',
    criteria: { category: 'ServiceHealth', serviceHealth: { events, locations } },
  });
  return [
    ...CIS_OPERATIONS.map(([key, operationName, summary]) => ({
      key,
      summary,
      severity: Severity.P3,
      runbook: 'subscription-changed',
      criteria: { category: 'Administrative', operationName },
    })),
    health('ServiceIncident', 'an incident of Azure concerns us', Severity.P1, ['Incident']),
    health('ServiceMaintenance', 'Azure plans maintenance that concerns us', Severity.P3, ['Maintenance']),
    health('ServiceAdvisory', 'Azure wants something done', Severity.P3, ['Informational', 'ActionRequired']),
    health('ServiceSecurity', 'a security advisory of Azure concerns us', Severity.P2, ['Security']),
  ];
}

/**
 * What is worth knowing about the resource group of a workload.
 */
export function groupAlerts(): ActivityAlert[] {
  return [
    {
      key: 'ResourceHealth',
      summary: 'Azure says that a resource is unwell, and that it is not us',
      severity: Severity.P1,
      runbook: 'resource-health',
      criteria: {
        category: 'ResourceHealth',
        resourceHealth: {
          current: ['Degraded', 'Unavailable'],
          previous: ['Available', 'Unknown'],
          reason: ['PlatformInitiated', 'Unknown'],
        },
      },
    },
    {
      key: 'FailedDeployment',
      summary: 'a deployment to the resource group failed',
      severity: Severity.P2,
      runbook: 'failed-deployment',
      criteria: {
        category: 'Administrative',
        operationName: 'Microsoft.Resources/deployments/write',
        statuses: ['Failed'],
      },
    },
    {
      key: 'DiagnosticSettingDeleted',
      summary: 'logs of a resource no longer go to the workspace',
      severity: Severity.P2,
      runbook: 'diagnostic-setting-deleted',
      criteria: { category: 'Administrative', operationName: 'Microsoft.Insights/diagnosticSettings/delete' },
    },
    ...DELETIONS.map(([key, operationName, summary, runbook]) => ({
      key,
      summary,
      severity: Severity.P1,
      runbook,
      criteria: { category: 'Administrative', operationName, statuses: ['Succeeded'] },
    })),
  ];
}

/** Looks for an event in the activity log. */
export function activityRule(
  own: Construct,
  scopeId: string,
  alert: ActivityAlert,
  place: AlertPlace,
): MonitorActivityLogAlert {
  const { resourceGroupName } = Workload.of(own);
  const { description, properties } = noticeOf(own, alert.key, alert, place);
  return new MonitorActivityLogAlert(own, 'Resource', {
    name: nameOf(MonitorActivityLogAlert.tfResourceType, own),
    resourceGroupName,
    location: 'global',
    description,
    scopes: [scopeId],
    criteria: alert.criteria,
    action: place
      .actionGroupIds(alert.severity)
      .map((actionGroupId) => ({ actionGroupId, webhookProperties: properties })),
  });
}
