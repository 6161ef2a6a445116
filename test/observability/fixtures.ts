import { Construct } from 'constructs';
import {
  Aggregation,
  Comparison,
  IMonitored,
  ISecret,
  MissingData,
  MonitoringTarget,
  ObservabilityStack,
  ObservabilityStackProps,
  SecretVault,
  Severity,
  Signal,
  SignalInterval,
  Workload,
} from '../../src';

export const GROUP = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-shared';

/** Where the stack of `stackIn()` is, as its errors say it. */
export const AT = 'stack/Billing/Observability: ';

export const LEAST: ObservabilityStackProps = {
  routes: { team: { emails: ['team@example.com'] } },
  runbookUrl: 'https://runbooks.example.com/billing',
};

export function stackIn(workload: Workload, props: Partial<ObservabilityStackProps> = {}): ObservabilityStack {
  return new ObservabilityStack(workload, 'Observability', { ...LEAST, ...props });
}

export const BUSY: Signal = {
  key: 'Busy',
  summary: 'widget busy',
  metric: { metricName: 'Load', aggregation: Aggregation.AVERAGE },
  comparison: Comparison.GREATER_THAN,
  threshold: 80,
  window: SignalInterval.FIVE_MINUTES,
  frequency: SignalInterval.ONE_MINUTE,
  severity: Severity.P2,
  missingData: MissingData.IS_GOOD,
  runbook: 'widget-busy',
};

export const STUCK: Signal = {
  ...BUSY,
  key: 'Stuck',
  summary: 'widget stuck',
  metric: undefined,
  query: { query: 'AppEvents | where Name == "stuck"' },
  threshold: 0,
  frequency: SignalInterval.FIVE_MINUTES,
};

/** Something that can be watched, and may change its mind about how. */
export class Widget extends Construct implements IMonitored {
  public readonly target: { -readonly [prop in keyof MonitoringTarget]: MonitoringTarget[prop] };

  constructor(scope: Construct, id: string, target: Partial<MonitoringTarget> = {}, unmonitored: boolean = false) {
    super(scope, id);
    const resourceId = `${GROUP}/providers/Microsoft.Widgets/widgets/${id}`;
    this.target = {
      resourceId,
      metricNamespace: 'Microsoft.Widgets/widgets',
      logSources: { Widget: resourceId },
      signals: [BUSY],
      ...target,
    };
    Workload.of(this).announce(this, { unmonitored });
  }

  public toMonitoringTarget(): MonitoringTarget {
    return this.target;
  }
}

/** A secret in a vault that is defined elsewhere. */
export function secretIn(workload: Workload, name: string): ISecret {
  const id = 'SharedVault';
  const there = workload.node.tryFindChild(id);
  const vault =
    there ?? SecretVault.fromVaultId(workload, id, `${GROUP}/providers/Microsoft.KeyVault/vaults/kv-shared`);
  return (vault as ReturnType<typeof SecretVault.fromVaultId>).secretNamed(name);
}
