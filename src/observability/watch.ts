import { MonitorDiagnosticSetting } from '@cdktf/provider-azurerm/lib/monitor-diagnostic-setting';
import { Construct } from 'constructs';
import { MissingData, MonitoringTarget } from '../contracts/monitoring';
import { AlertBook } from './alert-book';
import { AlertPlace } from './alert-rule';
import { defineProbe, Probed, probesOf } from './availability';
import { AvailabilityOptions } from './availability-options';
import { defineLogRoute, defineMetricsRoute } from './log-routes';

/** What all watches of an `ObservabilityStack` share. */
export interface WatchPlace extends AlertPlace {
  readonly book: AlertBook;
  readonly availability: AvailabilityOptions;
  readonly logRoutes: { [key: string]: MonitorDiagnosticSetting };
  readonly probes: { [key: string]: Probed };
}

/**
 * Everything that watches one target: where its logs go, its alerts, its availability tests.
 */
export class Watch {
  private readonly children = new Set<string>();

  /**
   * @param scope The construct that holds all of it.
   * @param path What the keys of its alerts begin with.
   * @param settingName Name of the settings that send logs.
   * @param place What all watches share.
   */
  constructor(
    private readonly scope: Construct,
    private readonly path: string,
    private readonly settingName: string,
    private readonly place: WatchPlace,
  ) {}

  /**
   * Brings the watch up to date: adds what the target has got, and removes what it no longer has.
   *
   * An app that is put behind an edge after it was announced, for one, no longer answers probes from the internet.
   */
  public update(target: MonitoringTarget): void {
    const wanted = this.wanted(target);
    for (const id of [...this.children].filter((child) => !wanted.has(child))) {
      this.scope.node.tryRemoveChild(id);
      this.children.delete(id);
      this.place.book.forget(this.path + id);
      delete this.place.logRoutes[this.path + id];
      delete this.place.probes[this.path + id];
    }
    for (const [id, define] of wanted) {
      if (!this.children.has(id)) {
        this.children.add(id);
        define();
      }
    }
  }

  private wanted(target: MonitoringTarget): Map<string, () => void> {
    const { book, logRoutes, probes, workspaceId, availability } = this.place;
    const { scope, path, settingName } = this;
    const to = { workspaceId, settingName };
    const { resourceId, metricNamespace, logSources, signals, healthUrls = {} } = target;
    const wanted = new Map<string, () => void>();

    for (const key of Object.keys(logSources).sort()) {
      wanted.set(`Logs-${key}`, () => {
        logRoutes[`${path}Logs-${key}`] = defineLogRoute(scope, key, logSources[key], metricNamespace, to);
      });
    }
    for (const signal of signals) {
      const alert = signal.metric === undefined ? signal : { ...signal, resourceId, metricNamespace };
      wanted.set(signal.key, () => book.raise(scope, path, alert));
    }
    const listensForSilence = signals.some(
      (signal) => signal.metric !== undefined && book.missingDataOf(path, signal) === MissingData.IS_BAD,
    );
    if (listensForSilence) {
      wanted.set('Metrics', () => {
        logRoutes[`${path}Metrics`] = defineMetricsRoute(scope, resourceId, to);
      });
    }
    for (const probe of probesOf(scope, healthUrls, availability)) {
      wanted.set(probe.key, () => {
        const tuned = book.tune(path + probe.key, probe);
        if (tuned !== undefined) {
          probes[path + probe.key] = defineProbe(new Construct(scope, probe.key), path + probe.key, tuned, this.place);
        }
      });
    }
    return wanted;
  }
}
