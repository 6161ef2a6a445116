import { Workload } from '../../src/core/workload';
import { CostBudget } from '../../src/cost/cost-budget';
import { CostBudgetProps } from '../../src/cost/cost-budget-props';
import { CostReport } from '../../src/cost/cost-view';

export const SUBSCRIPTION = '/subscriptions/00000000-0000-0000-0000-000000000001';
export const REPORT: CostReport = { firstDay: '2026-11-02', lastDay: '2027-11-01' };

export const budgetIn = (workload: Workload, props: Partial<CostBudgetProps> = {}) =>
  new CostBudget(workload, 'Budget', {
    amount: 500,
    startMonth: '2026-11',
    contactEmails: ['finance@example.com'],
    ...props,
  });
