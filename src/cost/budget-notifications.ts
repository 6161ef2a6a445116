import { isComputed, shown } from '../core/validation';
import { CostBudgetProps } from './cost-budget-props';

/** Messages that Azure takes per budget. */
const MOST = 5;

/** One message: what it is about, and from which percentage on. */
interface Threshold {
  readonly thresholdType: 'Actual' | 'Forecasted';
  readonly threshold: number;
}

/**
 * The messages of a budget; the variance is one on what was spent and one on what is forecast.
 */
function thresholdsOf(props: CostBudgetProps): Threshold[] {
  const { actualPercents = [80, 100], forecastPercents = [100], variancePercent = 20 } = props;
  const beyond = variancePercent === 0 ? [] : [100 + variancePercent];
  const inOrder = (percents: number[]) => [...new Set([...percents, ...beyond])].sort((a, b) => a - b);
  return [
    ...inOrder(actualPercents).map((threshold) => ({ thresholdType: 'Actual' as const, threshold })),
    ...inOrder(forecastPercents).map((threshold) => ({ thresholdType: 'Forecasted' as const, threshold })),
  ];
}

/**
 * The same as the provider takes them.
 */
export function notificationsOf(props: CostBudgetProps) {
  const { contactEmails, contactRoles, actionGroupIds } = props;
  return thresholdsOf(props).map((threshold) => ({
    ...threshold,
    enabled: true,
    operator: 'GreaterThanOrEqualTo',
    contactEmails,
    contactRoles,
    contactGroups: actionGroupIds,
  }));
}

/**
 * What is wrong with them, as clauses for `rejectIf()`; Azure alone would say it.
 */
export function notificationProblems(props: CostBudgetProps): Array<string | false> {
  const { actualPercents = [], forecastPercents = [], variancePercent = 20 } = props;
  const numbers = [
    ...actualPercents.map((percent) => percentProblem('actualPercents', percent, 1, 1000)),
    ...forecastPercents.map((percent) => percentProblem('forecastPercents', percent, 1, 1000)),
    percentProblem('variancePercent', variancePercent, 0, 900),
  ];
  const count = thresholdsOf(props).length;
  return [
    ...numbers,
    numbers.every((problem) => !problem) &&
      !(count >= 1 && count <= MOST) &&
      `'actualPercents', 'forecastPercents' and 'variancePercent' must come to 1 to ${MOST} messages, of which the variance is two, got ${count}`,
  ];
}

function percentProblem(prop: string, percent: number, min: number, max: number): string | false {
  if (isComputed(percent)) {
    return `'${prop}' must be literals, because messages are counted at synthesis; got a value that Terraform has yet to compute`;
  }
  return (
    !(Number.isInteger(percent) && percent >= min && percent <= max) &&
    `'${prop}' must be whole numbers from ${min} to ${max}, got ${shown(percent)}`
  );
}
