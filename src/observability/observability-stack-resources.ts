import { ApplicationInsights } from '@cdktf/provider-azurerm/lib/application-insights';
import { ApplicationInsightsStandardWebTest } from '@cdktf/provider-azurerm/lib/application-insights-standard-web-test';
import { LogAnalyticsWorkspace } from '@cdktf/provider-azurerm/lib/log-analytics-workspace';
import { LogAnalyticsWorkspaceTable } from '@cdktf/provider-azurerm/lib/log-analytics-workspace-table';
import { LogicAppWorkflow } from '@cdktf/provider-azurerm/lib/logic-app-workflow';
import { ManagementLock } from '@cdktf/provider-azurerm/lib/management-lock';
import { MonitorActionGroup } from '@cdktf/provider-azurerm/lib/monitor-action-group';
import { MonitorActivityLogAlert } from '@cdktf/provider-azurerm/lib/monitor-activity-log-alert';
import { MonitorAlertProcessingRuleSuppression } from '@cdktf/provider-azurerm/lib/monitor-alert-processing-rule-suppression';
import { MonitorDataCollectionRule } from '@cdktf/provider-azurerm/lib/monitor-data-collection-rule';
import { MonitorDiagnosticSetting } from '@cdktf/provider-azurerm/lib/monitor-diagnostic-setting';
import { MonitorMetricAlert } from '@cdktf/provider-azurerm/lib/monitor-metric-alert';
import { MonitorScheduledQueryRulesAlertV2 } from '@cdktf/provider-azurerm/lib/monitor-scheduled-query-rules-alert-v2';
import { DashboardsResources } from './dashboard/resources';

/**
 * The Terraform resources behind an `ObservabilityStack`, as they are at the moment: each construct that joins brings more.
 */
export interface ObservabilityStackResources {
  /** Where logs go, unless an existing workspace is used. */
  readonly logAnalyticsWorkspace?: LogAnalyticsWorkspace;
  /** What keeps the workspace from being deleted, where it is guarded. */
  readonly deleteLock?: ManagementLock;
  /** Where programs report to. */
  readonly applicationInsights: ApplicationInsights;
  /** Tables on the plan Basic, sorted by name. */
  readonly tables: LogAnalyticsWorkspaceTable[];
  /** What keeps the activity log of the subscription, unless that is left to somebody else. */
  readonly activityLogExport?: MonitorDiagnosticSetting;
  /** Who is told, by severity, `P0` to `P3`, and `Escalation`. */
  readonly actionGroups: { [key: string]: MonitorActionGroup };
  /** What passes alerts on to channels, by route and service, e.g. `on-call/Teams`. */
  readonly channelWorkflows: { [key: string]: LogicAppWorkflow };
  /** Hours in which nobody is told, by their key. */
  readonly maintenanceRules: { [key: string]: MonitorAlertProcessingRuleSuppression };
  /** Rules on metrics, by the key of the alert, e.g. `Api/ServerErrors`; those of availability tests among them. */
  readonly metricAlerts: { [key: string]: MonitorMetricAlert };
  /** Rules on logs, by the key of the alert; a key with `/Silence` behind it is about a metric that is no longer there. */
  readonly logAlerts: { [key: string]: MonitorScheduledQueryRulesAlertV2 };
  /** Rules on the activity log, by the key of the alert. */
  readonly activityLogAlerts: { [key: string]: MonitorActivityLogAlert };
  /** Availability tests, by the key of their alert, e.g. `Api/Availability-Health`. */
  readonly webTests: { [key: string]: ApplicationInsightsStandardWebTest };
  /** Where logs of constructs go, by path and source, e.g. `Api/Logs-App`. */
  readonly logRoutes: { [key: string]: MonitorDiagnosticSetting };
  /** What redacts personal fields in an existing workspace, as soon as it is made its default rule there. */
  readonly redactionRule?: MonitorDataCollectionRule;
  /** Workbooks. */
  readonly dashboards: DashboardsResources;
}
