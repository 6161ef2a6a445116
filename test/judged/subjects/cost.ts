import { Weekday } from '../../../src/core/weekday';
import { Workload } from '../../../src/core/workload';
import { BudgetScope } from '../../../src/cost/budget-scope';
import { CostBudget } from '../../../src/cost/cost-budget';
import { CostGrouping } from '../../../src/cost/cost-grouping';

const SUBSCRIPTION = '/subscriptions/00000000-0000-0000-0000-000000000001';
const contacts = { startMonth: '2026-11', contactEmails: ['finance@example.com'] };

/** What the resource group may cost. */
export function plain(workload: Workload): void {
  new CostBudget(workload, 'Budget', { ...contacts, amount: 500 });
}

/** What a tenant in a subscription may cost, with views, reports and an alert on unusual days. */
export function loaded(workload: Workload): void {
  const budget = new CostBudget(workload, 'SubscriptionBudget', {
    ...contacts,
    amount: 1000.5,
    endMonth: '2030-01',
    scope: BudgetScope.subscription(),
    tags: { tenant: ['acme'], team: ['a', 'b'] },
    contactRoles: ['Owner'],
    actionGroupIds: [`${SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.Insights/actionGroups/ag`],
    actualPercents: [50, 80, 100],
    forecastPercents: [100],
    variancePercent: 0,
    anomalyAlert: true,
    anomalyRenewal: '2027',
  });
  const report = { firstDay: '2026-11-02', lastDay: '2027-11-01' };
  budget.addView('tenants', { groupBy: CostGrouping.TENANT, report });
  const group = new CostBudget(workload, 'GroupBudget', {
    ...contacts,
    amount: 1,
    scope: BudgetScope.resourceGroup(`${SUBSCRIPTION}/resourceGroups/rg-data`),
  });
  group.addView('services', {
    groupBy: CostGrouping.SERVICE,
    report: { ...report, weekday: Weekday.FRIDAY, hour: 23 },
  });
}
