import { from, hours, quoted } from './kql';
import { FAILED, REAL } from './requests';
import { ServiceLevelObjective } from './slo';

/** One promise, as a ratio: of the requests that count, so many may be bad. */
export interface Objective {
  /** Short key that never changes. */
  readonly key: 'Availability' | 'LatencyP95' | 'LatencyP99';
  /** What is promised, in words. */
  readonly words: string;
  /** Share of requests that may be bad, between 0 and 1. */
  readonly budget: number;
  /** Which requests count, as lines of KQL; each has the columns of `AppRequests`. */
  readonly counted: readonly string[];
  /** When a request is bad, as an expression of KQL. */
  readonly bad: string;
}

/** How fast a budget may burn before somebody is told; a pair of windows, so that the alarm also ends soon. */
export interface BurnRate {
  /** Short key that never changes. */
  readonly key: 'FastBurn' | 'SlowBurn';
  /** Hours that prove that it is no blip. */
  readonly longHours: number;
  /** Hours that prove that it is still going on. */
  readonly shortHours: number;
  /** Share of the whole budget that is gone after the long window. */
  readonly spent: number;
}

/**
 * Two percent of the budget in an hour, five percent in six hours: for 30 days, 14.4 and 6 times as fast as is sustainable.
 *
 * @see https://sre.google/workbook/alerting-on-slos/
 */
export const BURN_RATES: readonly BurnRate[] = [
  { key: 'FastBurn', longHours: 1, shortHours: 1 / 12, spent: 0.02 },
  { key: 'SlowBurn', longHours: 6, shortHours: 1 / 2, spent: 0.05 },
];

/** Days of an error budget, where nothing else is said. */
export const WINDOW_DAYS = 30;

/** Bad requests below which nobody is told, where nothing else is said. */
export const FEWEST_FAILURES = 10;

/** A share of a budget, beyond rounding of binary fractions. */
const rounded = (value: number, digits: number) => Number(value.toFixed(digits));

/**
 * How many times as fast as is sustainable a budget burns when an alert is due.
 */
export function burnFactor({ spent, longHours }: BurnRate, windowDays: number): number {
  return rounded((spent * windowDays * 24) / longHours, 2);
}

/**
 * The single promises of an objective.
 */
export function objectivesOf(slo: ServiceLevelObjective): Objective[] {
  const { availability, latencyP95Milliseconds, latencyP99Milliseconds, services = [] } = slo;
  const ofServices = services.length > 0 ? [`| where AppRoleName in (${services.map(quoted).join(', ')})`] : [];
  const counted = [...REAL, ...ofServices];
  const latency = (key: Objective['key'], percent: number, milliseconds?: number): Objective[] =>
    milliseconds === undefined
      ? []
      : [
          {
            key,
            words: `${percent} % of requests within ${milliseconds} ms`,
            budget: rounded(1 - percent / 100, 6),
            // what fails at once is not fast
            counted: [...counted, `| where not(${FAILED})`],
            bad: `DurationMs > ${milliseconds}`,
          },
        ];
  return [
    ...(availability === undefined
      ? []
      : [
          {
            key: 'Availability' as const,
            words: `${availability} % of requests succeed`,
            budget: rounded(1 - availability / 100, 6),
            counted,
            bad: FAILED,
          },
        ]),
    ...latency('LatencyP95', 95, latencyP95Milliseconds),
    ...latency('LatencyP99', 99, latencyP99Milliseconds),
  ];
}

/**
 * How fast a budget burns now, as one row with `BurnRate`: the lower one of two windows, so that both must be above.
 *
 * Telemetry may be sampled: each row stands for `ItemCount` requests.
 */
export function burnQuery({ counted, bad, budget }: Objective, rate: BurnRate, fewestFailures: number): string {
  const recent = `TimeGenerated > ago(${hours(rate.shortHours)})`;
  return from(
    'AppRequests',
    `| where TimeGenerated > ago(${hours(rate.longHours)})`,
    ...counted,
    `| extend Bad = ${bad}`,
    '| summarize Total = sum(ItemCount), Failed = sumif(ItemCount, Bad),',
    `    RecentTotal = sumif(ItemCount, ${recent}), RecentFailed = sumif(ItemCount, Bad and ${recent})`,
    `| where RecentTotal > 0 and Failed >= ${fewestFailures}`,
    `| extend Long = 1.0 * Failed / Total / ${budget}, Short = 1.0 * RecentFailed / RecentTotal / ${budget}`,
    '| project BurnRate = round(min_of(Long, Short), 2), Failed, Total',
  );
}

/**
 * What was promised, what was kept, and what is left of the budget, as one row.
 */
export function budgetQuery({ counted, bad, budget }: Objective, windowDays: number): string {
  return from(
    'AppRequests',
    `| where TimeGenerated > ago(${windowDays}d)`,
    ...counted,
    `| extend Bad = ${bad}`,
    '| summarize Total = sum(ItemCount), Failed = sumif(ItemCount, Bad)',
    '| where Total > 0',
    `| extend BudgetLeft = round(100.0 * (1.0 - 1.0 * Failed / Total / ${budget}), 1)`,
    '| project BudgetLeft, Attained = round(100.0 * (1.0 - 1.0 * Failed / Total), 3), Failed, Total',
  );
}

/**
 * What was left of the budget at the end of each day, in percent.
 */
export function budgetHistoryQuery({ counted, bad, budget }: Objective, windowDays: number): string {
  return from(
    'AppRequests',
    `| where TimeGenerated > ago(${windowDays}d)`,
    ...counted,
    `| extend Bad = ${bad}`,
    '| summarize Total = sum(ItemCount), Failed = sumif(ItemCount, Bad) by Day = bin(TimeGenerated, 1d)',
    '| order by Day asc',
    '| extend AllTotal = row_cumsum(Total), AllFailed = row_cumsum(Failed)',
    `| project Day, BudgetLeft = 100.0 * (1.0 - 1.0 * AllFailed / AllTotal / ${budget})`,
  );
}
