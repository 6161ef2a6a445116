import {
  MonitorDiagnosticSettingConfig,
  MonitorDiagnosticSetting,
} from '@cdktf/provider-azurerm/lib/monitor-diagnostic-setting';
import { Construct } from 'constructs';

/** What a service sends, where that is not simply everything. */
interface Exception {
  /** Categories, where everything is too much. */
  readonly categories?: readonly string[];
  /** Tables of the service's own, for those that have a choice; set elsewhere, it is a difference in every plan. */
  readonly dedicated?: true;
}

/** Services that are no ordinary case, by the namespace of their metrics in lower case. */
const EXCEPTIONS: { readonly [namespace: string]: Exception } = {
  'microsoft.apimanagement/service': { dedicated: true },
  'microsoft.containerservice/managedclusters': {
    // kube-audit alone has every read of every controller
    categories: [
      'cloud-controller-manager',
      'cluster-autoscaler',
      'guard',
      'kube-audit-admin',
      'kube-controller-manager',
    ],
    dedicated: true,
  },
  'microsoft.dataprotection/backupvaults': { dedicated: true },
  'microsoft.recoveryservices/vaults': { dedicated: true },
  // plans have no logs, their autoscale settings have; each evaluation is a row a minute
  'microsoft.web/serverfarms': { categories: ['AutoscaleScaleActions'] },
};

/** Where logs and metrics go, and under which name. */
export interface LogDestination {
  readonly workspaceId: string;

  /**
   * Name of the settings; never `service`, which Azure keeps for itself. It stays the same, because settings outlive their
   * resource and are found again under their name.
   */
  readonly settingName: string;
}

/**
 * Sends the logs of a resource to a workspace.
 */
export function defineLogRoute(
  scope: Construct,
  key: string,
  targetResourceId: string,
  metricNamespace: string,
  { workspaceId, settingName }: LogDestination,
): MonitorDiagnosticSetting {
  const { categories, dedicated }: Exception = EXCEPTIONS[metricNamespace.toLowerCase()] ?? {};
  const enabledLog: MonitorDiagnosticSettingConfig['enabledLog'] = categories
    ? categories.map((category) => ({ category }))
    : [{ categoryGroup: 'allLogs' }];
  return new MonitorDiagnosticSetting(scope, `Logs-${key}`, {
    name: settingName,
    targetResourceId,
    logAnalyticsWorkspaceId: workspaceId,
    logAnalyticsDestinationType: dedicated && 'Dedicated',
    enabledLog,
  });
}

/**
 * Sends the metrics of a resource to a workspace, where it can be seen that one is missing.
 */
export function defineMetricsRoute(
  scope: Construct,
  targetResourceId: string,
  { workspaceId, settingName }: LogDestination,
): MonitorDiagnosticSetting {
  return new MonitorDiagnosticSetting(scope, 'Metrics', {
    name: `metrics-${settingName}`,
    targetResourceId,
    logAnalyticsWorkspaceId: workspaceId,
    enabledMetric: [{ category: 'AllMetrics' }],
  });
}
