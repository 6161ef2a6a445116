import { BudgetScope, CostBudget, CostGrouping, Weekday, Workload } from 'azure-platform-constructs';

const FINANCE = { startMonth: '2026-12', contactEmails: ['finance@example.com'] };
const YEAR = { firstDay: '2026-12-01', lastDay: '2027-11-30' };

/** What the platform may cost in an environment, what a part of it may, and who reads about it. */
export function defineBudgets(workload: Workload, amount: number): void {
  new CostBudget(workload, 'Budget', { ...FINANCE, amount });
  new CostBudget(workload, 'Campaigns', { ...FINANCE, amount: amount / 4, tags: { feature: ['campaigns'] } });

  // everything else in the subscription of the environment, too: what somebody forgot is in no budget of its own
  const subscription = new CostBudget(workload, 'Subscription', {
    ...FINANCE,
    amount: amount * 1.25,
    scope: BudgetScope.subscription(),
  });
  subscription.addView('services', { groupBy: CostGrouping.SERVICE, report: YEAR });
  subscription.addView('teams', { groupBy: CostGrouping.TEAM, report: { ...YEAR, weekday: Weekday.MONDAY } });
  subscription.addView('environments', { groupBy: CostGrouping.ENVIRONMENT });
  subscription.addView('features', { groupBy: CostGrouping.tag('feature') });
  subscription.addView('tenants', { groupBy: CostGrouping.TENANT });
}
