import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { IMonitored, MonitoringTarget } from '../contracts/monitoring';
import { Workload } from '../core/workload';
import { ChatAdapter, adapterTarget } from './chat-adapter';
import { Watch, WatchPlace } from './watch';

/** Holds what watches constructs of other workloads. */
const OTHERS = 'Others';

/** Name of the settings that send logs. */
const TO_WORKSPACE = 'to-workspace';

/**
 * Everything that an `ObservabilityStack` watches, each once, at an address that does not depend on what came first.
 */
export class Watches {
  private readonly watched = new Map<unknown, { watch: Watch; target: () => MonitoringTarget }>();

  constructor(
    private readonly owner: Construct,
    private readonly place: WatchPlace,
  ) {}

  /** What is watched, as it is at the moment. */
  public get targets(): MonitoringTarget[] {
    return [...this.watched.values()].map(({ target }) => target());
  }

  /** Watches a construct; a second time changes nothing. */
  public addConstruct(monitored: IMonitored): void {
    if (this.watched.has(monitored)) {
      return;
    }
    const { owner } = this;
    const { path } = monitored.node;
    const below = (scope: Construct) =>
      path.startsWith(`${scope.node.path}/`) ? path.slice(scope.node.path.length + 1) : undefined;
    const ours = below(Workload.of(owner));
    const place = ours ?? below(TerraformStack.of(owner)) ?? path;
    this.add(monitored, ours === undefined ? OTHERS : 'Watched', place, () => monitored.toMonitoringTarget());
  }

  /** Watches a resource that no construct stands for. */
  public addResource(key: string, target: MonitoringTarget): void {
    this.add(key, 'Resources', key, () => target);
  }

  /** Whether a resource is watched under a key. */
  public hasResource(key: string): boolean {
    return this.watched.has(key);
  }

  /** Watches the workflows that pass alerts on. */
  public addAdapters(adapters: { readonly [key: string]: ChatAdapter }): void {
    for (const [key, adapter] of Object.entries(adapters)) {
      this.add(adapter, 'Channels', `Channel/${key}`, () => adapterTarget(adapter));
    }
  }

  /** Brings everything up to date: what a construct has to be watched may change until the end. */
  public settle(): void {
    this.watched.forEach(({ watch, target }) => watch.update(target()));
  }

  private add(subject: unknown, group: string, place: string, target: () => MonitoringTarget): void {
    const { owner } = this;
    const scope = (owner.node.tryFindChild(group) as Construct | undefined) ?? new Construct(owner, group);
    const own = new Construct(scope, place.replace(/\//g, '.'));
    // a resource that others watch as well has a setting of theirs
    const settingName = group === OTHERS ? `to-${Workload.of(owner).name}-workspace` : TO_WORKSPACE;
    const watch = new Watch(own, `${place}/`, settingName, this.place);
    this.watched.set(subject, { watch, target });
    watch.update(target());
  }
}
