import { row } from './row';
import { platform, platformIn } from './synthesized';

const GROUP_BUDGET = 'azurerm_consumption_budget_resource_group';

row('CST-1', () => {
  const prod = platformIn('prod');
  const group = prod.at(GROUP_BUDGET, 'Budget/Resource');
  const subscription = prod.at('azurerm_consumption_budget_subscription', 'Subscription/Resource');
  const campaigns = prod.at(GROUP_BUDGET, 'Campaigns/Resource');
  for (const budget of [group, subscription, campaigns]) {
    expect(budget.time_grain).toBe('Monthly');
    // a date that followed the clock would make the budget anew each month
    expect(budget.time_period.start_date).toBe('2026-12-01T00:00:00Z');
    expect(
      budget.notification.map((notification: any) => [notification.threshold_type, notification.threshold]),
    ).toEqual([
      ['Actual', 80],
      ['Actual', 100],
      ['Actual', 120],
      ['Forecasted', 100],
      ['Forecasted', 120],
    ]);
    expect(budget.notification[0]).toMatchObject({ enabled: true, contact_emails: ['finance@example.com'] });
  }
  expect(group.resource_group_id).toBe(prod.idOf('azurerm_resource_group', 'Fundraising/Resource'));
  expect(campaigns.filter).toEqual({ tag: [{ name: 'feature', values: ['campaigns'] }] });
  const amounts = (['dev', 'staging', 'prod'] as const).map(
    (environment) => platformIn(environment).at(GROUP_BUDGET, 'Budget/Resource').amount,
  );
  expect(amounts).toEqual([400, 900, 4500]);
});

row('CST-2', () => {
  const prod = platformIn('prod');
  expect(prod.at('azurerm_cost_anomaly_alert', 'Subscription/AnomalyAlert')).toMatchObject({
    email_addresses: ['finance@example.com'],
    subscription_id: expect.stringMatching(/^\/subscriptions\//),
  });
  const view = 'azurerm_subscription_cost_management_view';
  const tags = ['teams', 'environments', 'features', 'tenants'].map(
    (name) => prod.at(view, `Subscription/View-${name}/Resource`).dataset.grouping,
  );
  expect(tags.flat()).toEqual(['owner', 'environment', 'feature', 'tenant'].map((name) => ({ type: 'TagKey', name })));
  const report = 'azurerm_cost_management_scheduled_action';
  expect(prod.at(report, 'View-services/Report')).toMatchObject({
    frequency: 'Daily',
    view_id: prod.idOf(view, 'View-services/Resource'),
    email_addresses: ['finance@example.com'],
  });
  expect(prod.at(report, 'View-teams/Report')).toMatchObject({ frequency: 'Weekly', days_of_week: ['Monday'] });
});

/** Spot nodes are for Kubernetes; whether to reserve instances is for whoever reads the dashboard of costs. */
row('CST-3', () => {
  const scaling = 'azurerm_monitor_autoscale_setting';
  const [staging, prod] = (['staging', 'prod'] as const).map(
    (environment) => platformIn(environment).at(scaling, 'Api/Plan/Autoscale').profile,
  );
  expect(platformIn('dev').types).not.toContain(scaling);
  expect(platformIn('dev').at('azurerm_service_plan', 'Api/Plan/Resource').worker_count).toBe(1);
  expect(staging.map(({ capacity }: any) => capacity.maximum)).toEqual([10, 4, 10]);
  expect(prod.map(({ capacity }: any) => capacity.maximum)).toEqual([30, 4, 30]);
  expect(prod[1].recurrence).toMatchObject({ hours: [20], minutes: [0], timezone: 'W. Europe Standard Time' });
  expect(prod[2].recurrence).toMatchObject({ hours: [6], minutes: [0] });
  const quotas = (['dev', 'staging', 'prod'] as const).map(
    (environment) =>
      platformIn(environment).at('azurerm_log_analytics_workspace', 'Observability/Resource').daily_quota_gb,
  );
  expect(quotas).toEqual([1, 5, -1]);
});

row('CST-4', () => {
  const { on, jobs } = platform().workflow('orphans');
  expect(on.schedule).toEqual([{ cron: '47 5 * * 1' }]);
  expect(Object.keys(jobs)).toEqual(['orphans-dev', 'orphans-staging', 'orphans-prod']);
  expect(jobs['orphans-prod'].steps.map(({ run }: any) => run)).toContain('node .delivery/pipeline/orphans.cjs');
  expect(jobs['orphans-prod'].permissions).toMatchObject({ issues: 'write' });
  const script = platform().file('.delivery/pipeline/orphans.cjs');
  for (const type of ['compute/disks', 'network/publicipaddresses', 'network/natgateways', 'web/serverfarms']) {
    expect(script).toContain(`'microsoft.${type}'`);
  }
});
