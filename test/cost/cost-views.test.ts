import { Token } from 'cdktf';
import { Environment } from '../../src/core/environment';
import { Weekday } from '../../src/core/weekday';
import { BudgetScope } from '../../src/cost/budget-scope';
import { CostGrouping } from '../../src/cost/cost-grouping';
import { CostReport } from '../../src/cost/cost-view';
import { WebAppPlan } from '../../src/web/web-app-plan';
import { Rendered, workloadIn } from '../support';
import { budgetIn, REPORT, SUBSCRIPTION } from './cost-fixtures';

const { DEV, PROD } = Environment;
const ACTION = 'azurerm_cost_management_scheduled_action';

describe('views', () => {
  test('of a resource group, for whoever looks', () => {
    const workload = workloadIn(DEV);

    budgetIn(workload).addView('tenants', { groupBy: CostGrouping.TENANT });

    const rendered = new Rendered(workload);
    expect(rendered.only('azurerm_resource_group_cost_management_view')).toMatchObject({
      name: expect.stringMatching(/^view-billing-dev-budget-view-tenants-[a-z0-9]{6}$/),
      display_name: 'billing dev: tenants',
      accumulated: false,
      chart_type: 'StackedColumn',
      report_type: 'Usage',
      timeframe: 'MonthToDate',
      dataset: {
        granularity: 'Daily',
        aggregation: [{ name: 'totalCost', column_name: 'Cost' }],
        grouping: [{ type: 'TagKey', name: 'tenant' }],
      },
      pivot: [{ name: 'ServiceName' }, { name: 'ResourceLocation' }, { name: 'ResourceGroupName' }],
    });
    expect(rendered.all(ACTION)).toEqual([]);
  });

  test('of a subscription, by e-mail every day and every week', () => {
    const workload = workloadIn(DEV);
    const budget = budgetIn(workload, { scope: BudgetScope.subscription(SUBSCRIPTION) });

    budget.addView('teams', { groupBy: CostGrouping.TEAM, report: REPORT });
    budget.addView('features', {
      groupBy: CostGrouping.tag('feature'),
      report: {
        ...REPORT,
        weekday: Weekday.MONDAY,
        hour: 0,
        emails: ['lead@example.com', 'finance@example.com'],
        sender: 'platform@example.com',
      },
    });

    const rendered = new Rendered(workload);
    expect(rendered.all('azurerm_subscription_cost_management_view')).toHaveLength(2);
    const daily = rendered.at(ACTION, 'View-teams/Report');
    expect(daily).toMatchObject({
      frequency: 'Daily',
      hour_of_day: 6,
      start_date: '2026-11-02T00:00:00Z',
      end_date: '2027-11-01T00:00:00Z',
      email_addresses: ['finance@example.com'],
      email_address_sender: 'finance@example.com',
      view_id: expect.stringContaining('azurerm_subscription_cost_management_view.'),
    });
    expect(daily.days_of_week).toBeUndefined();
    expect(rendered.at(ACTION, 'View-features/Report')).toMatchObject({
      frequency: 'Weekly',
      days_of_week: ['Monday'],
      hour_of_day: 0,
      email_addresses: ['lead@example.com', 'finance@example.com'],
      email_address_sender: 'platform@example.com',
    });
  });

  test.each<[string, CostReport, string]>([
    [
      'days that are none',
      { firstDay: '2026-02-29', lastDay: '2026-13-01' },
      `'report.firstDay' must be a day such as 2026-11-02, got "2026-02-29"; 'report.lastDay' must be a day such as 2026-11-02, got "2026-13-01"`,
    ],
    [
      'an end before its start',
      { firstDay: '2028-02-29', lastDay: '2028-02-29' },
      `'report.lastDay' must be after 'firstDay', got "2028-02-29" and "2028-02-29"`,
    ],
    [
      'a day that Terraform has yet to compute',
      { firstDay: Token.asString('${timestamp()}'), lastDay: '2027-01-01' },
      "'report.firstDay' must be a literal, because it must not follow the clock; got a value that Terraform has yet to compute",
    ],
    ['an hour too many', { ...REPORT, hour: 24 }, "'report.hour' must be a whole number from 0 to 23, got 24"],
    ['nobody to read it', { ...REPORT, emails: [] }, "'report.emails' must be 1 to 20 addresses, got 0"],
    [
      'addresses that are none',
      { ...REPORT, emails: ['a'], sender: 'b' },
      `'report.emails' must be e-mail addresses, got "a"; 'report.sender' must be e-mail addresses, got "b"`,
    ],
  ])('fails with %s', (_words, report, problems) => {
    expect(() => budgetIn(workloadIn(DEV)).addView('all', { groupBy: CostGrouping.SERVICE, report })).toThrow(
      new Error(`stack/Billing/Budget: ${problems}`),
    );
  });

  test('fails with a key that is none', () => {
    expect(() => budgetIn(workloadIn(DEV)).addView('1 a', { groupBy: CostGrouping.REGION })).toThrow(
      new Error(
        `stack/Billing/Budget: 'key' must be a literal of 1 to 30 letters, digits or hyphens, a letter first; got "1 a"`,
      ),
    );
    const budget = budgetIn(workloadIn(DEV));
    budget.addView('all', { groupBy: CostGrouping.REGION });
    expect(() => budget.addView('all', { groupBy: CostGrouping.SERVICE })).toThrow(
      new Error(`stack/Billing/Budget: 'key' must be new: there is a view "all" already`),
    );
  });
});

describe('caps', () => {
  test('whatever grows by itself, and how far', () => {
    const workload = workloadIn(PROD);
    const budget = budgetIn(workload);
    new WebAppPlan(workload, 'Plan', {
      maxInstances: 8,
      schedules: {
        campaign: {
          days: [Weekday.MONDAY],
          from: '08:00',
          to: '20:00',
          timeZone: 'Europe/Berlin',
          minInstances: 3,
          maxInstances: 12,
        },
      },
    });

    expect(budget.toCostCaps()).toEqual([
      { path: 'stack/Billing/Plan/Autoscale', type: 'azurerm_monitor_autoscale_setting', maxInstances: '12' },
    ]);
  });
});
