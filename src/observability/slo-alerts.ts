import { Comparison, MissingData, Severity, SignalInterval } from '../contracts/monitoring';
import { isBetween, isComputed, isText, isWholeBetween, shown } from '../core/validation';
import { AlertDefinition } from './alert';
import { ShippedQuery } from './shipped-query';
import { ServiceLevelObjective } from './slo';
import {
  BURN_RATES,
  budgetHistoryQuery,
  budgetQuery,
  burnFactor,
  burnQuery,
  BurnRate,
  FEWEST_FAILURES,
  Objective,
  objectivesOf,
  WINDOW_DAYS,
} from './slo-queries';

/** How each burn rate is looked for: the window holds the long one, and the frequency is well below the short one. */
const WATCH: { readonly [key in BurnRate['key']]: Pick<AlertDefinition, 'window' | 'frequency' | 'severity'> } = {
  FastBurn: { window: SignalInterval.ONE_HOUR, frequency: SignalInterval.FIVE_MINUTES, severity: Severity.P1 },
  SlowBurn: { window: SignalInterval.SIX_HOURS, frequency: SignalInterval.FIFTEEN_MINUTES, severity: Severity.P2 },
};

/**
 * Two alerts for each promise: its budget burns fast, or slowly; sorted by key.
 *
 * @param slos Objectives by a short name that never changes.
 */
export function burnRateAlerts(slos: { readonly [name: string]: ServiceLevelObjective }): AlertDefinition[] {
  return Object.keys(slos)
    .sort()
    .flatMap((name) =>
      objectivesOf(slos[name]).flatMap((objective) =>
        BURN_RATES.map((rate) => alertOf(name, slos[name], objective, rate)),
      ),
    );
}

/**
 * What is wrong with objectives, as clauses for `rejectIf()`.
 *
 * @param slos Objectives by a short name that never changes.
 */
export function sloProblems(slos: { readonly [name: string]: ServiceLevelObjective }): Array<string | false> {
  return Object.keys(slos)
    .sort()
    .flatMap((name) => problemsOf(name, slos[name]));
}

/** An objective for tests and pictures; the 99th percentile is asked for as the 95th is. */
export const SAMPLE_SLO: ServiceLevelObjective = { availability: 99.9, latencyP95Milliseconds: 200, services: ['api'] };

/**
 * Every query about an objective, for tests and documents.
 */
export function shippedSloQueries(): ShippedQuery[] {
  const shipped = (key: string, query: string, measureColumn?: string): ShippedQuery => ({
    key: `slos/${key}`,
    query,
    measureColumn,
  });
  return [
    ...burnRateAlerts({ api: SAMPLE_SLO }).map(({ key, query }) =>
      shipped(key, query?.query ?? '', query?.measureColumn),
    ),
    ...objectivesOf(SAMPLE_SLO).flatMap((objective) => [
      shipped(`${objective.key}-Budget`, budgetQuery(objective, WINDOW_DAYS)),
      shipped(`${objective.key}-History`, budgetHistoryQuery(objective, WINDOW_DAYS)),
    ]),
  ];
}

function alertOf(name: string, slo: ServiceLevelObjective, objective: Objective, rate: BurnRate): AlertDefinition {
  const factor = burnFactor(rate, slo.windowDays ?? WINDOW_DAYS);
  return {
    ...WATCH[rate.key],
    key: `Slo-${name}-${objective.key}-${rate.key}`,
    summary: `${name} burns its error budget ${rate.key === 'FastBurn' ? 'fast' : 'steadily'}: ${objective.words}`,
    query: { query: burnQuery(objective, rate, slo.fewestFailures ?? FEWEST_FAILURES), measureColumn: 'BurnRate' },
    comparison: Comparison.GREATER_THAN,
    threshold: factor,
    // no requests, no broken promise; availability tests tell whether anybody could have made one
    missingData: MissingData.IS_GOOD,
    runbook: rate.key === 'FastBurn' ? 'slo-fast-burn' : 'slo-slow-burn',
  };
}

function problemsOf(name: string, slo: ServiceLevelObjective): Array<string | false> {
  const { availability, windowDays = WINDOW_DAYS, services, fewestFailures = FEWEST_FAILURES } = slo;
  const at = `'slos.${name}`;
  const milliseconds = ['latencyP95Milliseconds', 'latencyP99Milliseconds'] as const;
  const numbers = ['availability', ...milliseconds, 'windowDays', 'fewestFailures'] as const;
  const computed = numbers.filter((prop) => slo[prop] !== undefined && isComputed(slo[prop]));
  if (computed.length > 0) {
    return computed.map(
      (prop) =>
        `${at}.${prop}' must be a literal, because budgets and thresholds are reckoned with it; got a value that Terraform has yet to compute`,
    );
  }
  const days = isWholeBetween(windowDays, 7, 30);
  const lowest = 100 - 100 / burnFactor(BURN_RATES[0], days ? windowDays : WINDOW_DAYS);
  return [
    !/^[A-Za-z][A-Za-z0-9]{0,29}$/.test(name) &&
      `${at}' must be a key of 1 to 30 letters and digits, a letter first, because it becomes part of addresses`,
    objectivesOf(slo).length === 0 &&
      `${at}' must promise something: 'availability', 'latencyP95Milliseconds' or 'latencyP99Milliseconds'`,
    availability !== undefined &&
      !(availability > lowest && availability <= 99.999) &&
      `${at}.availability' must be above ${lowest.toFixed(1)} percent, or a fast burn could never be reached, and at most 99.999; got ${availability}`,
    ...milliseconds.map(
      (prop) =>
        slo[prop] !== undefined &&
        !isBetween(slo[prop], 1, 600_000) &&
        `${at}.${prop}' must be 1 to 600000 milliseconds, got ${slo[prop]}`,
    ),
    slo.latencyP95Milliseconds !== undefined &&
      slo.latencyP99Milliseconds !== undefined &&
      slo.latencyP99Milliseconds < slo.latencyP95Milliseconds &&
      `${at}.latencyP99Milliseconds' must not be below 'latencyP95Milliseconds', got ${slo.latencyP99Milliseconds} and ${slo.latencyP95Milliseconds}`,
    !days && `${at}.windowDays' must be a whole number from 7 to 30, got ${windowDays}`,
    services?.length === 0 && `${at}.services' must name at least one service; leave it out for all of them`,
    ...(services ?? []).map(
      (service) =>
        (isComputed(service) || !isText(service, /^[\w .:/-]{1,128}$/)) &&
        `${at}.services' must be literals of 1 to 128 letters, digits, spaces, '_', '.', ':', '/' or '-', got ${shown(service)}`,
    ),
    !isWholeBetween(fewestFailures, 1, 100_000) &&
      `${at}.fewestFailures' must be a whole number from 1 to 100000, got ${fewestFailures}`,
  ];
}
