import { ProtectedProps } from '../contracts/ownership';
import { AlertTuning } from './alert';
import { AlertRoute } from './alert-route';
import { AvailabilityOptions } from './availability-options';
import { MaintenanceWindow } from './maintenance-window';
import { ServiceLevelObjective } from './slo';

/**
 * Properties for `ObservabilityStack`.
 */
export interface ObservabilityStackProps extends ProtectedProps {
  /** Who is told of alerts, by a short key that never changes, e.g. `on-call`; P0 and P1 must reach somebody. */
  readonly routes: { [key: string]: AlertRoute };
  /** What the address of every runbook begins with, e.g. `https://runbooks.example.com/billing`; in each notification. */
  readonly runbookUrl: string;

  /**
   * What is to be different about alerts, by their key: `<path of the construct below the workload>/<key>`, e.g.
   * `Api/ServerErrors`; `*` and a slash before the key for the alert of that name on all constructs; the key alone for those of
   * the stack itself, e.g. `ErrorRate`. The narrower one wins.
   *
   * @default - alerts are as they are listed in `ALERTS.md`
   */
  readonly alerts?: { [key: string]: AlertTuning };

  /**
   * What users are promised, by a short name that never changes, e.g. `api`: alerts when the error budget burns, and tiles on
   * the dashboards.
   *
   * @default - nothing is promised
   */
  readonly slos?: { [name: string]: ServiceLevelObjective };

  /**
   * Who is told, in addition, of alerts that nobody acknowledged in Azure Monitor and that are not resolved either; those of
   * the activity log aside, which Azure never resolves.
   *
   * @default - nobody
   */
  readonly escalation?: AlertRoute;

  /**
   * Minutes after which that happens, 5 to 1440; looked at every five minutes.
   *
   * @default 15
   */
  readonly escalationMinutes?: number;

  /**
   * Hours in which nobody is told of what hurts less, not even afterwards, by a short key that never changes.
   *
   * @default - none
   */
  readonly maintenance?: { [key: string]: MaintenanceWindow };

  /**
   * How the health of constructs is asked for from the internet.
   *
   * @default - from five places, every five minutes
   */
  readonly availability?: AvailabilityOptions;

  /**
   * Existing Log Analytics workspace, by Azure resource id; its retention, cap and tables stay as they are.
   *
   * @default - a new workspace
   */
  readonly workspaceId?: string;

  /**
   * Region of the existing workspace, where Azure wants the rule that redacts personal fields; a literal.
   *
   * @default - the region of the workload
   */
  readonly workspaceLocation?: string;

  /**
   * Days during which logs can be queried, 30 to 730.
   *
   * @default - from the environment: 30 in dev and test, 90 in staging and preprod, 365 in prod
   */
  readonly logDays?: number;

  /**
   * Gigabytes a day after which the workspace takes in no more until the next day, 0.1 to 4000; -1 for no cap.
   *
   * @default - from the environment: 1 in dev and test, 5 in staging, 20 in preprod, no cap in prod
   */
  readonly dailyCapGigabytes?: number;

  /**
   * Tables on the plan Basic, which costs a fraction and cannot be alerted on.
   *
   * @default ['ContainerLogV2']
   */
  readonly basicTables?: string[];

  /**
   * Share of what programs send that is kept, in percent; above 0, up to 100. Numbers on dashboards and in alerts are weighted
   * accordingly. Single events, such as a deployment, get lost as well: programs that sample for themselves, with the settings
   * of `LoggingContract`, leave those alone.
   *
   * @default 100
   */
  readonly samplingPercentage?: number;

  /**
   * Fields that name or reach a person, in any case, which are redacted before they are stored: by whatever sends them, as
   * `LoggingContract` says; and with `workspaceId` by a transformation as well, once whoever owns the workspace makes the rule
   * of this stack its default data collection rule.
   *
   * @default - the ones that `LoggingContract.personalFields()` lists
   */
  readonly personalFields?: string[];

  /**
   * Minutes that a job may take: a request that carries the dimension `job_id`; 1 to 1440.
   *
   * @default 5
   */
  readonly jobMinutes?: number;

  /**
   * Names of custom events that the business counts on its dashboard.
   *
   * @default - all, by name
   */
  readonly businessEvents?: string[];

  /**
   * Leaves the activity log and the service health of the subscription to somebody else: one stack in a subscription is enough.
   * To watch them, whoever deploys must have the role `Monitoring Contributor` on the subscription. A subscription takes 100
   * activity-log alerts, of which a stack has 19, or 5 if this is set; and 5 diagnostic settings, of which a stack has one. In
   * one program, the second stack that watches the same subscription is told so, and the sixth is refused; where providers do
   * not name their subscription, each environment is taken to have one.
   *
   * @default false
   * @see https://learn.microsoft.com/azure/azure-monitor/fundamentals/service-limits
   */
  readonly subscriptionUnwatched?: boolean;
}
