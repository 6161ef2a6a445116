import { ApplicationInsights } from '@cdktf/provider-azurerm/lib/application-insights';
import { DataAzurermSubscription } from '@cdktf/provider-azurerm/lib/data-azurerm-subscription';
import { LogAnalyticsWorkspace } from '@cdktf/provider-azurerm/lib/log-analytics-workspace';
import { LogAnalyticsWorkspaceTable } from '@cdktf/provider-azurerm/lib/log-analytics-workspace-table';
import { ManagementLock } from '@cdktf/provider-azurerm/lib/management-lock';
import { MonitorActionGroup } from '@cdktf/provider-azurerm/lib/monitor-action-group';
import { MonitorAlertProcessingRuleSuppression } from '@cdktf/provider-azurerm/lib/monitor-alert-processing-rule-suppression';
import { MonitorDataCollectionRule } from '@cdktf/provider-azurerm/lib/monitor-data-collection-rule';
import { MonitorDiagnosticSetting } from '@cdktf/provider-azurerm/lib/monitor-diagnostic-setting';
import { Aspects } from 'cdktf';
import { Construct } from 'constructs';
import { Grant } from '../access/grant';
import { IMonitored, IWatcher, MonitoringTarget, Severity } from '../contracts/monitoring';
import { IPrincipal } from '../contracts/principal';
import { IRecoverable, RecoveryStep } from '../contracts/recovery';
import { ITelemetrySink, TelemetryConfig } from '../contracts/telemetry';
import { aMonitored } from '../core/collaborators';
import { checkKinds } from '../core/kinds';
import { canonicalLocation } from '../core/locations';
import { isGuarded } from '../core/protection';
import { isText, rejectIf, shown } from '../core/validation';
import { Workload } from '../core/workload';
import { groupAlerts, subscriptionAlerts } from './activity-alerts';
import { AlertDefinition } from './alert';
import { AlertBook } from './alert-book';
import { ALERT_KINDS } from './alert-problems';
import { AlertPlace } from './alert-rule';
import { defineDashboards } from './dashboard/dashboards';
import { DashboardsResources } from './dashboard/resources';
import { defineEscalation, Escalation } from './escalation';
import { defineMaintenance } from './maintenance-rule';
import { OBSERVABILITY_KINDS, stackProblems, TARGET_KINDS } from './observability-stack-problems';
import { ObservabilityStackProps } from './observability-stack-props';
import { ObservabilityStackResources } from './observability-stack-resources';
import { ownAlerts } from './own-alerts';
import { PERSONAL_FIELDS, redactionNotice } from './redaction';
import { defineRedactionRule } from './redaction-rule';
import { Routing, SEVERITIES } from './routing';
import { burnRateAlerts } from './slo-alerts';
import { smartDetectionProblems } from './smart-detection';
import { countWatcher } from './subscription-watchers';
import { WatchPlace } from './watch';
import { Watches } from './watches';
import { webTestProblems } from './web-test-limit';
import {
  dailyCapOf,
  defineActivityExport,
  defineApplicationInsights,
  defineTables,
  defineWorkspace,
  defineWorkspaceLock,
  stepPastWorkspaceLock,
} from './workspace';

/** Minutes after which an alert that nobody took care of is told to others. */
const ESCALATION_MINUTES = 15;

/** Minutes that a job may take. */
const JOB_MINUTES = 5;

/**
 * One place for the logs, metrics and traces of a workload, its alerts and its dashboards, and one list of people to tell.
 *
 * It is a construct inside a `Workload`, not a Terraform stack of its own. It watches every monitored construct of the workload
 * by itself, whichever was defined first: where its logs go, alerts, availability tests. `monitor()` adds others, and
 * `unmonitored` on a construct leaves that one out. Programs report to it under their own identity; there is no key.
 */
export class ObservabilityStack extends Construct implements IWatcher, ITelemetrySink, IRecoverable {
  /** Azure resource id of the workspace that logs go to. */
  public readonly workspaceId: string;
  /** Azure resource id of the Application Insights component that programs report to. */
  public readonly applicationInsightsId: string;

  private readonly workspace?: LogAnalyticsWorkspace;
  private readonly deleteLock?: ManagementLock;
  private readonly applicationInsights: ApplicationInsights;
  private readonly tables: LogAnalyticsWorkspaceTable[];
  private readonly activityLogExport?: MonitorDiagnosticSetting;
  private readonly groups: { [key: string]: MonitorActionGroup } = {};
  private readonly maintenanceRules: { [key: string]: MonitorAlertProcessingRuleSuppression } = {};
  private readonly redactionRule?: MonitorDataCollectionRule;
  private readonly dashboards: DashboardsResources;
  private readonly routing: Routing;
  private readonly escalation?: Escalation;
  private readonly book: AlertBook;
  private readonly place: WatchPlace;
  private readonly watches: Watches;

  constructor(scope: Construct, id: string, props: ObservabilityStackProps) {
    super(scope, id);
    checkKinds(this, props, OBSERVABILITY_KINDS);
    const workload = Workload.of(this);
    rejectIf(this, ...stackProblems(this, props));

    this.workspace = props.workspaceId === undefined ? defineWorkspace(this, props) : undefined;
    this.workspaceId = this.workspace?.id ?? props.workspaceId ?? '';
    this.tables = this.workspace ? defineTables(this, this.workspace, props) : [];
    if (this.workspace && isGuarded(this, props)) {
      this.deleteLock = defineWorkspaceLock(this, this.workspace, this.tables);
    }
    this.applicationInsights = defineApplicationInsights(this, this.workspaceId, props);
    this.applicationInsightsId = this.applicationInsights.id;

    this.routing = new Routing(this, props.routes);
    SEVERITIES.forEach((severity) => this.remember(severity, this.routing.defineGroup(severity, [severity])));
    const alertPlace: AlertPlace = {
      workspaceId: this.workspaceId,
      applicationInsightsId: this.applicationInsightsId,
      runbookUrl: props.runbookUrl,
      actionGroupIds: (severity) => this.actionGroupIds(severity),
    };
    this.book = new AlertBook(this, alertPlace, props.alerts ?? {});
    const { availability = {} } = props;
    this.place = { ...alertPlace, book: this.book, availability, logRoutes: {}, probes: {} };

    const subscriptionId = this.subscriptionId(props);
    const groupId =
      workload.resources.resourceGroup?.id ?? `${subscriptionId}/resourceGroups/${workload.resourceGroupName}`;
    this.activityLogExport = this.defineOwnAlerts(props, subscriptionId, groupId);
    this.escalation = this.defineEscalation(props, groupId);
    this.watches = new Watches(this, this.place);
    this.watches.addAdapters({ ...this.routing.adapters, ...this.escalation?.routing.adapters });
    for (const [key, window] of Object.entries(props.maintenance ?? {})) {
      const own = new Construct(this.child('Maintenance'), key);
      this.maintenanceRules[key] = defineMaintenance(own, key, window, groupId);
    }
    const personalFields = props.personalFields ?? PERSONAL_FIELDS;
    if (this.workspace === undefined && personalFields.length > 0) {
      const location = canonicalLocation(props.workspaceLocation ?? workload.location);
      this.redactionRule = defineRedactionRule(this.child('Redaction'), this.workspaceId, personalFields, location);
    }
    this.dashboards = defineDashboards(this.child('Dashboards'), {
      resourceGroupName: workload.resourceGroupName,
      location: workload.location,
      workspaceId: this.workspaceId,
      applicationInsightsId: this.applicationInsightsId,
      slos: props.slos ?? {},
      businessEvents: props.businessEvents,
      privacy: redactionNotice(personalFields, this.redactionRule !== undefined),
      targets: () => this.watches.targets,
    });

    this.node.addValidation({
      validate: () => [
        ...this.book.oversights(),
        ...smartDetectionProblems(this),
        ...webTestProblems(Object.keys(this.place.probes)),
      ],
    });
    // what a construct has to be watched may change until the end
    Aspects.of(this).add({ visit: (node) => node === this && this.watches.settle() });
    workload.addWatcher(this);
  }

  /** Escape hatch: the Terraform resources behind this construct, as they are at the moment. */
  public get resources(): ObservabilityStackResources {
    const { book, place, routing, escalation } = this;
    const adapters = { ...routing.adapters, ...escalation?.routing.adapters };
    const probes = Object.entries(place.probes);
    return {
      logAnalyticsWorkspace: this.workspace,
      deleteLock: this.deleteLock,
      applicationInsights: this.applicationInsights,
      tables: [...this.tables],
      activityLogExport: this.activityLogExport,
      actionGroups: { ...this.groups },
      channelWorkflows: Object.fromEntries(Object.entries(adapters).map(([key, { workflow }]) => [key, workflow])),
      maintenanceRules: { ...this.maintenanceRules },
      metricAlerts: { ...book.metricAlerts, ...Object.fromEntries(probes.map(([key, { alert }]) => [key, alert])) },
      logAlerts: { ...book.logAlerts, ...(escalation?.rule && { Escalation: escalation.rule }) },
      activityLogAlerts: { ...book.activityAlerts },
      webTests: Object.fromEntries(probes.map(([key, { webTest }]) => [key, webTest])),
      logRoutes: { ...place.logRoutes },
      redactionRule: this.redactionRule,
      dashboards: this.dashboards,
    };
  }

  /**
   * Lets a principal query the logs.
   */
  public grantRead(grantee: IPrincipal): Grant {
    return Grant.once(this, { grantee, role: 'Log Analytics Reader', resourceId: this.workspaceId });
  }

  /**
   * Raises an alert of your own.
   *
   * @param alert The alert; its key must be new.
   */
  public addAlert(alert: AlertDefinition): void {
    checkKinds(this, alert, ALERT_KINDS);
    this.book.raise(this.child('Alerts'), '', alert);
  }

  public bindSender(sender: IPrincipal, clientId: string): TelemetryConfig {
    const { applicationInsights, applicationInsightsId } = this;
    Grant.once(this, { grantee: sender, role: 'Monitoring Metrics Publisher', resourceId: applicationInsightsId });
    return {
      settings: {
        APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsights.connectionString,
        APPLICATIONINSIGHTS_AUTHENTICATION_STRING: `Authorization=AAD;ClientId=${clientId}`,
      },
    };
  }

  /**
   * Watches a construct that does not do so by itself: one that was left out, is defined elsewhere, or belongs to another
   * workload. A second time changes nothing.
   */
  public monitor(monitored: IMonitored): void {
    rejectIf(this, aMonitored('monitored', monitored));
    this.watches.addConstruct(monitored);
  }

  /**
   * Watches a resource that no construct stands for.
   *
   * @param key Short key that never changes; the keys of its alerts begin with it.
   * @param target What to watch on it.
   */
  public monitorResource(key: string, target: MonitoringTarget): void {
    rejectIf(
      this,
      !isText(key, /^[A-Za-z][A-Za-z0-9-]*$/) &&
        `'key' must start with a letter and have only letters, digits and hyphens, because it becomes part of addresses; got ${shown(key)}`,
      this.watches.hasResource(key) && `there is a resource ${shown(key)} already`,
    );
    checkKinds(this, target, TARGET_KINDS);
    this.watches.addResource(key, target);
  }

  public toRecoverySteps(): RecoveryStep[] {
    return this.workspace && this.deleteLock ? [stepPastWorkspaceLock(this, this.workspace)] : [];
  }

  private defineOwnAlerts(
    props: ObservabilityStackProps,
    subscriptionId: string,
    groupId: string,
  ): MonitorDiagnosticSetting | undefined {
    const { environment, location } = Workload.of(this);
    const { jobMinutes = JOB_MINUTES, slos = {} } = props;
    const dailyCapGigabytes = this.workspace && dailyCapOf(props, environment.profile);
    const scope = this.child('Alerts');
    [...ownAlerts({ jobMinutes, dailyCapGigabytes }), ...burnRateAlerts(slos)].forEach((alert) => this.addAlert(alert));
    groupAlerts().forEach((alert) => this.book.raiseActivity(scope, groupId, alert));
    if (props.subscriptionUnwatched ?? false) {
      return undefined;
    }
    countWatcher(this);
    subscriptionAlerts(location).forEach((alert) => this.book.raiseActivity(scope, subscriptionId, alert));
    return defineActivityExport(this, subscriptionId, this.workspaceId);
  }

  private defineEscalation({ escalation, escalationMinutes, workspaceId }: ObservabilityStackProps, groupId: string) {
    if (escalation === undefined) {
      return undefined;
    }
    const place = { ...this.place, groupId, isWorkspaceElsewhere: workspaceId !== undefined };
    const own = this.child('Escalation');
    const defined = defineEscalation(own, escalation, escalationMinutes ?? ESCALATION_MINUTES, place);
    this.remember('Escalation', defined.group);
    return defined;
  }

  private actionGroupIds(severity: Severity): string[] {
    const own = this.groups[severity];
    return [...(own ? [own.id] : []), ...this.routing.existingGroups([severity])];
  }

  private remember(key: string, group: MonitorActionGroup | undefined): void {
    if (group) {
      this.groups[key] = group;
    }
  }

  private subscriptionId({ subscriptionUnwatched }: ObservabilityStackProps): string {
    const isNeeded = !(subscriptionUnwatched ?? false) || Workload.of(this).resources.resourceGroup === undefined;
    return isNeeded ? new DataAzurermSubscription(this, 'Subscription').id : '';
  }

  /** A part of this construct that holds others. */
  private child(id: string): Construct {
    return (this.node.tryFindChild(id) as Construct | undefined) ?? new Construct(this, id);
  }
}
