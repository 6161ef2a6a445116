import { ApplicationInsights } from '@cdktf/provider-azurerm/lib/application-insights';
import { LogAnalyticsWorkspace } from '@cdktf/provider-azurerm/lib/log-analytics-workspace';
import { LogAnalyticsWorkspaceTable } from '@cdktf/provider-azurerm/lib/log-analytics-workspace-table';
import { ManagementLock } from '@cdktf/provider-azurerm/lib/management-lock';
import { MonitorDiagnosticSetting } from '@cdktf/provider-azurerm/lib/monitor-diagnostic-setting';
import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { Lazy, TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { RecoveryStep } from '../contracts/recovery';
import { EnvironmentProfile, ServiceTier } from '../core/environment';
import { stepPastLock } from '../core/lock-step';
import { nameOf } from '../core/naming';
import { addressOf, defineDeleteLock, isGuarded, lifecycleOf } from '../core/protection';
import { resolvedIn } from '../core/validation';
import { Workload } from '../core/workload';
import { ObservabilityStackProps } from './observability-stack-props';

/** Gigabytes a day that a workspace takes in before it stops, where nobody is on call. */
const DAILY_CAP = { [ServiceTier.ECONOMY]: 1, [ServiceTier.STANDARD]: 5, [ServiceTier.CRITICAL]: 20 };

/** The highest cap that a component takes; it has no word for none. */
const HIGHEST_CAP = 1000;

/** How Azure says that there is no cap. */
export const UNCAPPED = -1;

/** Tables that are written often and read seldom; nothing is lost where a workspace does not fill them. */
const BASIC_TABLES = ['ContainerLogV2'];

/** What the activity log of a subscription consists of. */
const ACTIVITY_CATEGORIES = [
  ...[
    'Administrative',
    'Alert',
    'Autoscale',
    'Policy',
    'Recommendation',
    'ResourceHealth',
    'Security',
    'ServiceHealth',
  ],
];

/** The cap that holds: production has none, since what is not logged there is what somebody needs. */
export function dailyCapOf(props: ObservabilityStackProps, { tier, locked }: EnvironmentProfile): number | undefined {
  const cap = props.dailyCapGigabytes ?? (locked ? UNCAPPED : DAILY_CAP[tier]);
  return cap === UNCAPPED ? undefined : cap;
}

/** Where logs go: Entra identities only, since whoever has a shared key could write whatever they like. */
export function defineWorkspace(scope: Construct, props: ObservabilityStackProps): LogAnalyticsWorkspace {
  const { resourceGroupName, location, environment } = Workload.of(scope);
  return new LogAnalyticsWorkspace(scope, 'Resource', {
    name: nameOf(LogAnalyticsWorkspace.tfResourceType, scope),
    resourceGroupName,
    location,
    sku: 'PerGB2018',
    retentionInDays: props.logDays ?? environment.profile.logDays,
    dailyQuotaGb: dailyCapOf(props, environment.profile) ?? UNCAPPED,
    localAuthenticationEnabled: false,
    allowResourceOnlyPermissions: true,
    lifecycle: lifecycleOf(isGuarded(scope, props)),
  });
}

/** Keeps the workspace from being deleted, and so what was logged. */
export function defineWorkspaceLock(
  scope: Construct,
  workspace: LogAnalyticsWorkspace,
  tables: readonly LogAnalyticsWorkspaceTable[],
): ManagementLock {
  const deleteLock = defineDeleteLock(scope, workspace.id, 'Holds logs.');
  // after what lies below the workspace, roles on it included, and not after every alert
  deleteLock.dependsOn = Lazy.listValue({
    produce: () => [workspace, ...tables, ...rolesOn(scope, workspace)].map(addressOf),
  });
  return deleteLock;
}

/** How a role on the workspace is taken away again. */
export function stepPastWorkspaceLock(scope: Construct, { nameInput }: LogAnalyticsWorkspace): RecoveryStep {
  const group = Workload.of(scope).knownResourceGroupName;
  return stepPastLock(
    { group, type: 'Microsoft.OperationalInsights/workspaces', names: [nameInput ?? ''] },
    'take a role away',
  );
}

/** Roles that were given on the workspace itself: the lock would keep them from being taken away. */
function rolesOn(scope: Construct, workspace: LogAnalyticsWorkspace): TerraformResource[] {
  const id = resolvedIn(scope, workspace.id);
  return scope.node.children
    .map(({ node }) => node.defaultChild)
    .filter((x): x is RoleAssignment => TerraformResource.isTerraformResource(x) && isRole(x))
    .filter((role) => resolvedIn(scope, role.scopeInput) === id)
    .sort((a, b) => (a.node.path < b.node.path ? -1 : 1));
}

function isRole({ terraformResourceType }: TerraformResource): boolean {
  return terraformResourceType === RoleAssignment.tfResourceType;
}

/** Puts chatty tables on the plan that costs a fraction, and keeps them as long as the others. */
export function defineTables(
  scope: Construct,
  workspace: LogAnalyticsWorkspace,
  props: ObservabilityStackProps,
): LogAnalyticsWorkspaceTable[] {
  const days = props.logDays ?? Workload.of(scope).environment.profile.logDays;
  return [...(props.basicTables ?? BASIC_TABLES)].sort().map(
    (name) =>
      // no retention: on this plan it is fixed, and the provider refuses it
      new LogAnalyticsWorkspaceTable(scope, `Table-${name}`, {
        name,
        workspaceId: workspace.id,
        plan: 'Basic',
        totalRetentionInDays: days,
        // the provider would look for the table in the workspace that is gone
        lifecycle: { replaceTriggeredBy: [`${addressOf(workspace)}.id`] },
      }),
  );
}

/** Where programs report to: on a workspace, under an identity, with the addresses of users masked, as they are unless one says otherwise. */
export function defineApplicationInsights(
  scope: Construct,
  workspaceId: string,
  props: ObservabilityStackProps,
): ApplicationInsights {
  const { resourceGroupName, location, environment } = Workload.of(scope);
  const cap = dailyCapOf(props, environment.profile);
  return new ApplicationInsights(scope, 'ApplicationInsights', {
    name: nameOf(ApplicationInsights.tfResourceType, scope),
    resourceGroupName,
    location,
    workspaceId,
    applicationType: 'web',
    localAuthenticationDisabled: true,
    samplingPercentage: props.samplingPercentage ?? 100,
    // left out, it is 100 gigabytes, whatever the workspace would take
    dailyDataCapInGb: cap ?? HIGHEST_CAP,
  });
}

/** Keeps the activity log of a subscription, in which everybody's changes are. */
export function defineActivityExport(
  scope: Construct,
  subscriptionId: string,
  workspaceId: string,
): MonitorDiagnosticSetting {
  const { name, environment } = Workload.of(scope);
  return new MonitorDiagnosticSetting(scope, 'ActivityLog', {
    // several workloads may keep it, each in its own workspace
    name: `activity-log-${name}-${environment.name}`,
    targetResourceId: subscriptionId,
    logAnalyticsWorkspaceId: workspaceId,
    enabledLog: ACTIVITY_CATEGORIES.map((category) => ({ category })),
  });
}
