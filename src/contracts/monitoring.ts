import { IConstruct } from 'constructs';

/**
 * How much it hurts, and so who is told and how fast.
 */
export enum Severity {
  /** Customers cannot work: somebody is woken up. */
  P0 = 'P0',
  /** Customers notice: somebody is called. */
  P1 = 'P1',
  /** Will hurt if nobody acts today. */
  P2 = 'P2',
  /** Good to know. */
  P3 = 'P3',
}

/**
 * How the samples of a window become one number.
 */
export enum Aggregation {
  /** Mean of the samples. */
  AVERAGE = 'Average',
  /** Number of samples. */
  COUNT = 'Count',
  /** Largest sample. */
  MAXIMUM = 'Maximum',
  /** Smallest sample. */
  MINIMUM = 'Minimum',
  /** Sum of the samples. */
  TOTAL = 'Total',
}

/**
 * How a number is compared with the threshold.
 */
export enum Comparison {
  /** Bad above the threshold. */
  GREATER_THAN = 'GreaterThan',
  /** Bad at the threshold and above. */
  GREATER_THAN_OR_EQUAL = 'GreaterThanOrEqual',
  /** Bad below the threshold. */
  LESS_THAN = 'LessThan',
  /** Bad at the threshold and below. */
  LESS_THAN_OR_EQUAL = 'LessThanOrEqual',
}

/**
 * Windows and frequencies that both metric and log alerts of Azure Monitor know.
 */
export enum SignalInterval {
  /** One minute. */
  ONE_MINUTE = 'PT1M',
  /** Five minutes. */
  FIVE_MINUTES = 'PT5M',
  /** A quarter of an hour. */
  FIFTEEN_MINUTES = 'PT15M',
  /** Half an hour. */
  THIRTY_MINUTES = 'PT30M',
  /** One hour. */
  ONE_HOUR = 'PT1H',
  /** Six hours. */
  SIX_HOURS = 'PT6H',
  /** One day. */
  ONE_DAY = 'P1D',
}

/**
 * What no data means.
 */
export enum MissingData {
  /** Nothing happened: good. */
  IS_GOOD = 'good',
  /** Whoever should report is gone: bad. */
  IS_BAD = 'bad',
}

/**
 * A number that Azure Monitor collects by itself.
 */
export interface MetricCondition {
  /** Name of the metric, e.g. `Http5xx`. */
  readonly metricName: string;
  /** How samples are combined. */
  readonly aggregation: Aggregation;

  /**
   * Values of a dimension to look at, by the name of the dimension.
   *
   * @default - all values together
   */
  readonly dimensions?: { [name: string]: string[] };
}

/**
 * A number that a query finds in the logs.
 */
export interface QueryCondition {
  /** KQL that returns one row per thing that is measured; tables that may be missing go through `union isfuzzy=true`. */
  readonly query: string;

  /**
   * Column that is compared.
   *
   * @default - the number of rows
   */
  readonly measureColumn?: string;

  /**
   * Columns that tell things apart: each combination of their values is alerted on, and resolved, by itself; 6 at most.
   *
   * @default - all rows together
   */
  readonly splitBy?: string[];
}

/**
 * One number worth watching, and when it is bad; exactly one of `metric` and `query` says which number.
 */
export interface Signal {
  /** Short key that never changes, e.g. `ServerErrors`; becomes part of the address of the alert. */
  readonly key: string;
  /** What is wrong when this fires, in two or three words. */
  readonly summary: string;

  /**
   * The number, as a metric.
   *
   * @default - the number is found by `query`
   */
  readonly metric?: MetricCondition;

  /**
   * The number, as a query.
   *
   * @default - the number is a `metric`
   */
  readonly query?: QueryCondition;

  /** How the number is compared. */
  readonly comparison: Comparison;
  /** The value beyond which it is bad, in the unit of the metric or query. */
  readonly threshold: number;
  /** How far to look back; never shorter than `frequency`. */
  readonly window: SignalInterval;
  /** How often to look. */
  readonly frequency: SignalInterval;
  /** How much it hurts. */
  readonly severity: Severity;
  /** What no data means. */
  readonly missingData: MissingData;
  /** Last part of the runbook's address, below the base address that the watcher knows. */
  readonly runbook: string;
}

/**
 * What to watch on one construct.
 */
export interface MonitoringTarget {
  /** Azure resource id that emits the metrics. */
  readonly resourceId: string;
  /** Namespace of its metrics, e.g. `Microsoft.Web/sites`. */
  readonly metricNamespace: string;
  /** Azure resource ids that emit logs, by a short key that never changes; for storage its services, not the account. */
  readonly logSources: { [key: string]: string };
  /** Numbers to raise alerts on. */
  readonly signals: Signal[];

  /**
   * Addresses that answer 200 while the construct is healthy, by a short key that never changes.
   *
   * @default - nothing to probe
   */
  readonly healthUrls?: { [key: string]: string };
}

/**
 * A construct that knows what is worth watching about itself.
 */
export interface IMonitored extends IConstruct {
  /** What to watch on this construct. */
  toMonitoringTarget(): MonitoringTarget;
}

/**
 * Something that watches constructs.
 */
export interface IWatcher extends IConstruct {
  /**
   * Starts to watch a construct; a second time changes nothing.
   *
   * @param monitored A construct that knows what is worth watching about itself.
   */
  monitor(monitored: IMonitored): void;
}

/**
 * Properties of every construct that announces itself to its workload.
 */
export interface MonitoredProps {
  /**
   * Leaves this construct out of what the watchers of its workload pick up by themselves.
   *
   * @default false
   */
  readonly unmonitored?: boolean;
}
