import { MissingData, Severity, Signal, SignalInterval } from '../contracts/monitoring';

/**
 * One alert, as data: a number, when it is bad, how much that hurts, and what it is about.
 *
 * Exactly one of `metric` and `query` says which number.
 */
export interface AlertDefinition extends Signal {
  /**
   * Azure resource id that the number is about; for a query, the workspace or resource whose logs are searched.
   *
   * @default - Application Insights for a metric, the workspace for a query
   */
  readonly resourceId?: string;

  /**
   * Namespace of the metric, e.g. `Microsoft.Web/sites`.
   *
   * @default `Microsoft.Insights/components`
   */
  readonly metricNamespace?: string;
}

/**
 * What is to be different about an alert that exists by itself.
 */
export interface AlertTuning {
  /**
   * Takes the alert away.
   *
   * @default false
   */
  readonly disabled?: boolean;

  /**
   * The value beyond which the number is bad, in the unit of the metric or query; of an availability test, the locations that
   * must see it fail.
   *
   * @default - as it was
   */
  readonly threshold?: number;

  /**
   * How far to look back; never shorter than `frequency`.
   *
   * @default - as it was
   */
  readonly window?: SignalInterval;

  /**
   * How often to look.
   *
   * @default - as it was
   */
  readonly frequency?: SignalInterval;

  /**
   * How much it hurts, and so who is told.
   *
   * @default - as it was
   */
  readonly severity?: Severity;

  /**
   * What no data means.
   *
   * @default - as it was
   */
  readonly missingData?: MissingData;

  /**
   * Last part of the runbook's address, below the base address.
   *
   * @default - as it was
   */
  readonly runbook?: string;
}
