import {
  Aggregation,
  Comparison,
  MetricCondition,
  MissingData,
  QueryCondition,
  Severity,
  SignalInterval,
} from '../contracts/monitoring';
import { aNumber, aStruct, aText, Kinds, oneOf, someTexts } from '../core/kinds';
import { MINUTES } from '../core/signal-minutes';
import { hasForm, isComputed, isText, shown } from '../core/validation';
import { AlertDefinition } from './alert';

/** What an alert takes. */
export const ALERT_KINDS: Kinds<AlertDefinition> = {
  key: aText,
  summary: aText,
  comparison: oneOf(Comparison),
  threshold: aNumber,
  window: oneOf(SignalInterval),
  frequency: oneOf(SignalInterval),
  severity: oneOf(Severity),
  missingData: oneOf(MissingData),
  runbook: aText,
  'metric?': aStruct<MetricCondition>({ metricName: aText, aggregation: oneOf(Aggregation) }),
  'query?': aStruct<QueryCondition>({ query: aText, 'splitBy?': someTexts }),
};

/** The longest that a metric alert may sleep: an hour. */
const SLOWEST_METRIC = MINUTES[SignalInterval.ONE_HOUR];

/** The longest window of a log alert that runs every minute: six hours. */
const LONGEST_EVERY_MINUTE = MINUTES[SignalInterval.SIX_HOURS];

/** Addresses are made from keys: of an alert, and of the place that it watches before each slash. */
const KEY = /^[A-Za-z][A-Za-z0-9-]*$/;

/** Last part of an address. */
const RUNBOOK = /^[A-Za-z0-9][A-Za-z0-9._/-]*$/;

/** A subscription, or what is in one. */
const RESOURCE = /^\/subscriptions\/[^/]+(\/.+)?$/i;

/** Columns that a log alert can be split by. */
const MOST_COLUMNS = 6;

const INTERVALS = Object.values(SignalInterval);

/**
 * What is wrong with an alert, as clauses for `rejectIf()`: what Azure would refuse, and what would never fire.
 *
 * @param alert The alert, as it is after tuning.
 * @param key What it is called in the message.
 */
export function alertProblems(alert: AlertDefinition, key: string = alert.key): string[] {
  const { metric, query, threshold, missingData, comparison } = alert;
  const name = `alert ${shown(key)}: `;
  const found = [
    !isText(alert.key, KEY) &&
      `'key' must start with a letter and have only letters, digits and hyphens, because it becomes part of an address; got ${shown(alert.key)}`,
    alert.summary.trim() === '' && "'summary' must say what is wrong, got an empty text",
    !isComputed(threshold) && !Number.isFinite(threshold) && `'threshold' must be a number, got ${shown(threshold)}`,
    (metric === undefined) === (query === undefined) && "exactly one of 'metric' and 'query' must be given",
    query !== undefined && query.query.trim() === '' && "'query' must not be empty",
    query?.measureColumn?.trim() === '' && "'measureColumn' must name a column; leave it out to count rows",
    (query?.splitBy?.length ?? 0) > MOST_COLUMNS &&
      `'splitBy' must be ${MOST_COLUMNS} columns at most, got ${query?.splitBy?.length}`,
    metric !== undefined && metric.metricName.trim() === '' && "'metricName' must name a metric, got an empty text",
    ...Object.entries(metric?.dimensions ?? {}).map(
      ([dimension, values]) => values.length === 0 && `the dimension ${shown(dimension)} must have at least one value`,
    ),
    !Object.values(Severity).includes(alert.severity) && `'severity' must be P0 to P3, got ${shown(alert.severity)}`,
    !Object.values(Comparison).includes(comparison) &&
      `'comparison' must be one of ${Object.values(Comparison).join(', ')}; got ${shown(comparison)}`,
    alert.resourceId !== undefined &&
      !hasForm(alert.resourceId, RESOURCE) &&
      `'resourceId' must be an Azure resource id, got ${shown(alert.resourceId)}`,
    !hasForm(alert.runbook, RUNBOOK) &&
      `'runbook' must be the last part of an address, such as web-app-unhealthy; got ${shown(alert.runbook)}`,
    query !== undefined &&
      missingData === MissingData.IS_BAD &&
      "'missingData' of a query must be good, because Azure compares nothing where a query finds nothing; let the query return a row for what it misses",
    ...intervalProblems(alert),
  ];
  return found.filter((problem) => problem !== false).map((problem) => `${name}${problem}`);
}

/**
 * What is wrong with the number that somebody gave an alert in place of its own: most count something, and fire for ever below 0.
 */
export function tuningProblem(own: number, tuned: number, key: string): string | false {
  return (
    !isComputed(own) &&
    !isComputed(tuned) &&
    own >= 0 &&
    tuned < 0 &&
    `alert ${shown(key)}: 'threshold' must not be below 0, as what it is compared with never is; got ${tuned}`
  );
}

/** Windows and frequencies that Azure takes together. */
function intervalProblems({ metric, window, frequency }: AlertDefinition): Array<string | false> {
  const unknown = [
    !INTERVALS.includes(window) && `'window' must be one of ${INTERVALS.join(', ')}; got ${shown(window)}`,
    !INTERVALS.includes(frequency) && `'frequency' must be one of ${INTERVALS.join(', ')}; got ${shown(frequency)}`,
  ];
  if (unknown.some((problem) => problem)) {
    return unknown;
  }
  return [
    MINUTES[window] < MINUTES[frequency] &&
      `'window' must not be shorter than 'frequency', or Azure never looks at what lies between; got ${window} and ${frequency}`,
    metric !== undefined &&
      MINUTES[frequency] > SLOWEST_METRIC &&
      `'frequency' of a metric must be PT1M, PT5M, PT15M, PT30M or PT1H, got ${frequency}`,
    metric === undefined &&
      MINUTES[frequency] === 1 &&
      MINUTES[window] > LONGEST_EVERY_MINUTE &&
      `'window' of a query that runs every minute must be PT6H at most, got ${window}`,
    metric === undefined &&
      MINUTES[frequency] > 1 &&
      MINUTES[window] < 5 &&
      `'window' of a query must be PT5M or longer, got ${window}`,
  ];
}
