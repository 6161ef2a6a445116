import { ConsumptionBudgetResourceGroup } from '@cdktf/provider-azurerm/lib/consumption-budget-resource-group';
import { ConsumptionBudgetSubscription } from '@cdktf/provider-azurerm/lib/consumption-budget-subscription';
import { CostAnomalyAlert } from '@cdktf/provider-azurerm/lib/cost-anomaly-alert';
import { BudgetScope } from './budget-scope';

/**
 * Properties for `CostBudget`; somebody has to be told: `contactEmails`, `contactRoles` or `actionGroupIds`.
 */
export interface CostBudgetProps {
  /** What a month may cost, 1 or more, in the currency of the bill; usually another amount in each environment. */
  readonly amount: number;

  /**
   * First month that counts, e.g. `2026-11`, a literal that never changes: another one makes another budget.
   *
   * There is no default, because none would hold: Azure refuses a new budget that began before the current month, or more than a
   * year ahead, and one that follows the clock is made anew each month. Say the month of the first deployment, and leave it.
   */
  readonly startMonth: string;

  /**
   * First month that does not count any more, after `startMonth`; may be changed.
   *
   * @default - ten years later
   */
  readonly endMonth?: string;

  /**
   * Whose cost this is about.
   *
   * @default BudgetScope.workload()
   */
  readonly scope?: BudgetScope;

  /**
   * Narrows it to what carries all of these tags, each with one of some values, e.g. `tenant` and `acme`.
   *
   * @default - everything in the scope
   */
  readonly tags?: { [name: string]: string[] };

  /**
   * Addresses to tell.
   *
   * @default - none
   */
  readonly contactEmails?: string[];

  /**
   * Roles on the scope whose holders are told, e.g. `Owner`.
   *
   * @default - none
   */
  readonly contactRoles?: string[];

  /**
   * Azure resource ids of action groups to tell, e.g. those of an observability construct.
   *
   * @default - none
   */
  readonly actionGroupIds?: string[];

  /**
   * Percent of the amount that, once spent, are worth a message; whole numbers, 1 to 1000.
   *
   * @default [80, 100]
   */
  readonly actualPercents?: number[];

  /**
   * Percent of the amount that are worth a message as soon as the month is on its way there; whole numbers, 1 to 1000.
   *
   * @default [100]
   */
  readonly forecastPercents?: number[];

  /**
   * Percent above the amount that count as out of bounds, spent or forecast; 0 is for no message of that kind. All messages together
   * are five at most.
   *
   * @default 20
   */
  readonly variancePercent?: number;

  /**
   * Whether Azure tells `contactEmails` of days that cost unlike the days before; about the whole subscription, so once in each is
   * enough.
   *
   * @default - where the scope is a subscription and there are `contactEmails`
   */
  readonly anomalyAlert?: boolean;

  /**
   * A word that you change once a year, e.g. `2027`: each change makes the anomaly alert last for another year. It ends by itself a
   * year after it was made or changed, which neither Azure nor Terraform reports.
   *
   * @default - none
   */
  readonly anomalyRenewal?: string;
}

/**
 * The Terraform resources behind a `CostBudget`.
 */
export interface CostBudgetResources {
  /** The budget, where it is about a resource group. */
  readonly resourceGroupBudget?: ConsumptionBudgetResourceGroup;
  /** The budget, where it is about a subscription. */
  readonly subscriptionBudget?: ConsumptionBudgetSubscription;
  /** The alert on unusual days, where there is one. */
  readonly anomalyAlert?: CostAnomalyAlert;
}

/**
 * How far something in a workload may grow by itself, and so what it can cost at most.
 */
export interface CostCap {
  /** Construct path of what grows. */
  readonly path: string;
  /** Its Terraform type. */
  readonly type: string;
  /** Most instances that it can come to, as Terraform reads it; the largest of all its schedules. */
  readonly maxInstances: string;
}
