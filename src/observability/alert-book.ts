import { MonitorActivityLogAlert } from '@cdktf/provider-azurerm/lib/monitor-activity-log-alert';
import { MonitorMetricAlert } from '@cdktf/provider-azurerm/lib/monitor-metric-alert';
import { MonitorScheduledQueryRulesAlertV2 } from '@cdktf/provider-azurerm/lib/monitor-scheduled-query-rules-alert-v2';
import { Construct } from 'constructs';
import { MissingData, Signal } from '../contracts/monitoring';
import { rejectIf, shown } from '../core/validation';
import { ActivityAlert, activityRule } from './activity-alerts';
import { AlertDefinition, AlertTuning } from './alert';
import { alertProblems, tuningProblem } from './alert-problems';
import { AlertPlace, logRule, metricRule, silenceRule } from './alert-rule';

/** What tunes an alert of every construct. */
const EVERY = '*/';

/** What an alert on the activity log does not have. */
const NOT_IN_ACTIVITY_LOG = ['threshold', 'window', 'frequency', 'missingData'] as const;

/**
 * Every alert of an `ObservabilityStack`, by key, tuned.
 */
export class AlertBook {
  public readonly metricAlerts: { [key: string]: MonitorMetricAlert } = {};
  public readonly logAlerts: { [key: string]: MonitorScheduledQueryRulesAlertV2 } = {};
  public readonly activityAlerts: { [key: string]: MonitorActivityLogAlert } = {};

  private readonly keys = new Set<string>();

  constructor(
    private readonly owner: Construct,
    private readonly place: AlertPlace,
    private readonly tunings: { readonly [key: string]: AlertTuning },
  ) {}

  /**
   * Raises an alert, unless it is disabled.
   *
   * @param scope The construct that holds its rules.
   * @param path Where it belongs, with a slash last; empty for the stack itself.
   * @param alert The alert, before tuning.
   */
  public raise(scope: Construct, path: string, alert: AlertDefinition): void {
    const key = path + alert.key;
    const tuned = this.tune(key, alert);
    if (tuned === undefined) {
      return;
    }
    rejectIf(this.owner, ...alertProblems(tuned, key), tuningProblem(alert.threshold, tuned.threshold, key));
    const own = new Construct(scope, alert.key);
    if (tuned.metric === undefined) {
      this.logAlerts[key] = logRule(own, tuned, key, this.place);
      return;
    }
    this.metricAlerts[key] = metricRule(own, tuned, key, this.place);
    if (tuned.missingData === MissingData.IS_BAD && tuned.resourceId !== undefined) {
      this.logAlerts[`${key}/Silence`] = silenceRule(own, tuned, key, this.place);
    }
  }

  /**
   * Raises an alert on the activity log, unless it is disabled.
   */
  public raiseActivity(scope: Construct, scopeId: string, alert: ActivityAlert): void {
    const tuning = this.tuningOf(alert.key);
    rejectIf(
      this.owner,
      ...NOT_IN_ACTIVITY_LOG.map(
        (prop) =>
          tuning[prop] !== undefined &&
          `alert ${shown(alert.key)}: '${prop}' does not exist on the activity log, which has events and no numbers`,
      ),
    );
    const tuned = this.tune(alert.key, alert);
    if (tuned !== undefined) {
      const own = new Construct(scope, alert.key);
      this.activityAlerts[alert.key] = activityRule(own, scopeId, tuned, this.place);
    }
  }

  /** The alert as it is after tuning; nothing if it is disabled. */
  public tune<A extends { readonly key: string }>(key: string, alert: A): A | undefined {
    rejectIf(this.owner, this.keys.has(key) && `there is an alert ${shown(key)} already`);
    this.keys.add(key);
    const { disabled, ...changes } = this.tuningOf(key);
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    return disabled ? undefined : { ...alert, ...given };
  }

  /** What no data means to an alert, after tuning; nothing if it is disabled. */
  public missingDataOf(path: string, { key, missingData }: Signal): MissingData | undefined {
    const tuning = this.tuningOf(path + key);
    return tuning.disabled ? undefined : (tuning.missingData ?? missingData);
  }

  /** Forgets alerts whose construct no longer wants them. */
  public forget(key: string): void {
    this.keys.delete(key);
    delete this.metricAlerts[key];
    delete this.logAlerts[key];
    delete this.logAlerts[`${key}/Silence`];
  }

  /** What is wrong with the tunings once every alert is there. */
  public oversights(): string[] {
    const names = [...this.keys].sort();
    const isKnown = (tuned: string) =>
      this.keys.has(tuned) || (tuned.startsWith(EVERY) && names.some((key) => isOneOf(key, tuned)));
    return Object.keys(this.tunings)
      .filter((tuned) => !isKnown(tuned))
      .sort()
      .map((tuned) => {
        const last = tuned.split('/').pop() ?? '';
        const near = names.filter((key) => key.split('/').pop() === last || key.split('/')[0] === tuned.split('/')[0]);
        return `${this.owner.node.path}: 'alerts' tunes ${shown(tuned)}, but there is no such alert; there are ${listed(near.length > 0 ? near : names)}`;
      });
  }

  private tuningOf(key: string): AlertTuning {
    const last = `${EVERY}${key.split('/').pop()}`;
    return { ...(key.includes('/') && this.tunings[last]), ...this.tunings[key] };
  }
}

function isOneOf(key: string, tuned: string): boolean {
  return key.includes('/') && key.endsWith(tuned.slice(1));
}

function listed(keys: string[]): string {
  const some = keys.slice(0, 8).map(shown).join(', ');
  return keys.length > 8 ? `${some} and ${keys.length - 8} more` : some;
}
