import { Token } from 'cdktf';
import { Environment } from '../../src/core/environment';
import { BudgetScope } from '../../src/cost/budget-scope';
import { CostBudgetProps } from '../../src/cost/cost-budget-props';
import { CostGrouping } from '../../src/cost/cost-grouping';
import { Rendered, workloadIn } from '../support';
import { budgetIn, REPORT, SUBSCRIPTION } from './cost-fixtures';

const { DEV, PROD } = Environment;
const GROUP_BUDGET = 'azurerm_consumption_budget_resource_group';
const SUBSCRIPTION_BUDGET = 'azurerm_consumption_budget_subscription';
const ALERT = 'azurerm_cost_anomaly_alert';
const ACTION_GROUP = `${SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.Insights/actionGroups/ag-p2`;

describe('defaults', () => {
  test('a month of the resource group: spent, forecast, and out of bounds', () => {
    const workload = workloadIn(DEV);

    budgetIn(workload);

    const budget = new Rendered(workload).only(GROUP_BUDGET);
    expect(budget).toMatchObject({
      name: expect.stringMatching(/^budget-billing-dev-budget-[a-z0-9]{6}$/),
      resource_group_id: expect.stringContaining('azurerm_resource_group.'),
      amount: 500,
      time_grain: 'Monthly',
      time_period: { start_date: '2026-11-01T00:00:00Z' },
    });
    expect(budget.filter).toBeUndefined();
    expect(budget.notification).toEqual(
      [
        ['Actual', 80],
        ['Actual', 100],
        ['Actual', 120],
        ['Forecasted', 100],
        ['Forecasted', 120],
      ].map(([type, threshold]) => ({
        threshold_type: type,
        threshold,
        enabled: true,
        operator: 'GreaterThanOrEqualTo',
        contact_emails: ['finance@example.com'],
      })),
    );
  });

  test('the start never moves, whatever the clock says', () => {
    const rendered = ['2026-11-05', '2027-03-09'].map((day) => {
      jest.useFakeTimers().setSystemTime(new Date(day));
      const workload = workloadIn(DEV);
      budgetIn(workload).addView('services', { groupBy: CostGrouping.SERVICE, report: REPORT });
      return new Rendered(workload).json;
    });
    jest.useRealTimers();

    expect(rendered[0]).toEqual(rendered[1]);
  });

  test('there is no alert on unusual days below a subscription, where it would be about others', () => {
    const workload = workloadIn(DEV);

    expect(budgetIn(workload).toRecoverySteps()).toEqual([]);
    expect(new Rendered(workload).all(ALERT)).toEqual([]);
  });
});

describe('scope', () => {
  test('a resource group that is there already', () => {
    const workload = workloadIn(DEV, { resourceGroupName: 'rg-shared' });

    budgetIn(workload);

    const { json } = new Rendered(workload);
    expect(Object.values<any>(json.data.azurerm_resource_group)).toEqual([
      expect.objectContaining({ name: 'rg-shared' }),
    ]);
    expect(Object.values<any>(json.resource[GROUP_BUDGET])[0].resource_group_id).toContain(
      'data.azurerm_resource_group.',
    );
  });

  test('another resource group', () => {
    const workload = workloadIn(DEV);

    budgetIn(workload, { scope: BudgetScope.resourceGroup(`${SUBSCRIPTION}/resourceGroups/rg-data`) });

    expect(new Rendered(workload).only(GROUP_BUDGET).resource_group_id).toBe(`${SUBSCRIPTION}/resourceGroups/rg-data`);
  });

  test('a subscription by its tags, with an alert on unusual days', () => {
    const workload = workloadIn(PROD);

    const budget = budgetIn(workload, {
      scope: BudgetScope.subscription(SUBSCRIPTION),
      tags: { tenant: ['acme', 'globex'], environment: ['prod'] },
      endMonth: '2028-01',
      contactRoles: ['Owner'],
      actionGroupIds: [ACTION_GROUP],
      actualPercents: [50],
      forecastPercents: [],
      variancePercent: 0,
      anomalyRenewal: '2027',
    });

    const rendered = new Rendered(workload);
    expect(rendered.only(SUBSCRIPTION_BUDGET)).toMatchObject({
      subscription_id: SUBSCRIPTION,
      time_period: { start_date: '2026-11-01T00:00:00Z', end_date: '2028-01-01T00:00:00Z' },
      filter: {
        tag: [
          { name: 'environment', values: ['prod'] },
          { name: 'tenant', values: ['acme', 'globex'] },
        ],
      },
      notification: [
        {
          threshold: 50,
          threshold_type: 'Actual',
          contact_emails: ['finance@example.com'],
          contact_roles: ['Owner'],
          contact_groups: [ACTION_GROUP],
        },
      ],
    });
    expect(rendered.only(ALERT)).toMatchObject({
      name: expect.stringMatching(/^[a-z\d-]+$/),
      subscription_id: SUBSCRIPTION,
      email_addresses: ['finance@example.com'],
      email_subject: 'billing prod: unusual cost',
      message: 'A day cost unlike the days before. Renewed: 2027.',
    });
    const [step] = budget.toRecoverySteps();
    expect([step.key, step.occasion]).toEqual(['RenewAnomalyAlert', 'renewal']);
    expect(step.commands[0]).toMatch(/^terraform apply -replace='azurerm_cost_anomaly_alert\.\w+'$/);
  });

  test('the subscription that is deployed to', () => {
    const workload = workloadIn(DEV);

    budgetIn(workload, { scope: BudgetScope.subscription(), anomalyAlert: false });

    const rendered = new Rendered(workload);
    expect(rendered.only(SUBSCRIPTION_BUDGET).subscription_id).toMatch(
      /^\/subscriptions\/\$\{data\.azurerm_client_config\.\w+\.subscription_id\}$/,
    );
    expect(rendered.all(ALERT)).toEqual([]);
  });
});

describe('fails', () => {
  const five =
    "'actualPercents', 'forecastPercents' and 'variancePercent' must come to 1 to 5 messages, of which the variance is two, got";
  const literal = 'because messages are counted at synthesis; got a value that Terraform has yet to compute';

  test.each<[string, Partial<CostBudgetProps>, string]>([
    ['no amount', { amount: 0 }, "'amount' must be a number of 1 or more, got 0"],
    [
      'a month that is none',
      { startMonth: '2026-13' },
      `'startMonth' must be a month such as 2026-11, 2017-06 or later, got "2026-13"`,
    ],
    [
      'a day in place of a month',
      { startMonth: '2026-11-02' },
      `'startMonth' must be a month such as 2026-11, 2017-06 or later, got "2026-11-02"`,
    ],
    [
      'a month before there were budgets',
      { startMonth: '2017-05' },
      `'startMonth' must be a month such as 2026-11, 2017-06 or later, got "2017-05"`,
    ],
    [
      'a month that follows the clock',
      { startMonth: Token.asString('${timestamp()}') },
      "'startMonth' must be a literal, because a budget that begins at another time is another one; got a value that Terraform has yet to compute",
    ],
    [
      'an end before its start',
      { endMonth: '2026-11' },
      `'endMonth' must be after 'startMonth', got "2026-11" and "2026-11"`,
    ],
    [
      'nobody to tell',
      { contactEmails: [] },
      "at least one of 'contactEmails', 'contactRoles' and 'actionGroupIds' must be given, or nobody hears of it",
    ],
    [
      'contacts that are none',
      { contactEmails: ['finance'], contactRoles: [' '], actionGroupIds: ['ag'] },
      `'contactEmails' must be e-mail addresses, got "finance"; 'contactRoles' must be names of roles, got " "; 'actionGroupIds' must be Azure resource ids of action groups, got "ag"`,
    ],
    [
      'tags without values',
      { tags: { tenant: [], team: [''] } },
      `'tags' must have at least one value for "tenant", got none; 'tags' must have values, got "" for "team"`,
    ],
    ['more messages than Azure takes', { actualPercents: [25, 50, 80, 100] }, `${five} 7`],
    ['no message', { actualPercents: [], forecastPercents: [], variancePercent: 0 }, `${five} 0`],
    [
      'percents that are none',
      { actualPercents: [0.5], forecastPercents: [1001], variancePercent: -1 },
      "'actualPercents' must be whole numbers from 1 to 1000, got 0.5; 'forecastPercents' must be whole numbers from 1 to 1000, got 1001; 'variancePercent' must be whole numbers from 0 to 900, got -1",
    ],
    [
      'percents nobody knows yet',
      { actualPercents: [Token.asNumber('${var.percent}')] },
      `'actualPercents' must be literals, ${literal}`,
    ],
    [
      'a scope that is none',
      { scope: BudgetScope.resourceGroup('rg') },
      `'scope' must be /subscriptions/<guid>/resourceGroups/<name>, got "rg"`,
    ],
    [
      'a subscription by its number alone',
      { scope: BudgetScope.subscription('00000000-0000-0000-0000-000000000001') },
      `'scope' must be /subscriptions/<guid>, got "00000000-0000-0000-0000-000000000001"`,
    ],
    [
      'an anomaly alert to groups',
      { anomalyAlert: true, contactEmails: [], actionGroupIds: [ACTION_GROUP] },
      "'anomalyAlert' must come with 'contactEmails', which are all that it can tell",
    ],
    ['a renewal of nothing', { anomalyRenewal: '2027' }, "'anomalyRenewal' must come with 'anomalyAlert'"],
    [
      'a renewal that is none',
      { anomalyAlert: true, anomalyRenewal: '' },
      `'anomalyRenewal' must be 1 to 40 letters, digits, spaces, '.', '_' or '-', got ""`,
    ],
  ])('%s', (_words, props, problems) => {
    expect(() => budgetIn(workloadIn(DEV), props)).toThrow(new Error(`stack/Billing/Budget: ${problems}`));
  });
});

describe('escape hatch', () => {
  test('the budget can be changed', () => {
    const workload = workloadIn(DEV);
    const budget = budgetIn(workload);

    budget.resources.resourceGroupBudget!.timeGrain = 'Quarterly';

    expect(new Rendered(workload).only(GROUP_BUDGET).time_grain).toBe('Quarterly');
    expect(budget.node.defaultChild).toBe(budget.resources.resourceGroupBudget);
  });
});
