import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { Environment, ManagedIdentity, Workload } from '../../src';
import { ENVIRONMENTS, groupIn, Rendered, workloadIn } from '../support';
import { GROUP, stackIn, Widget } from './fixtures';

const METRIC = 'azurerm_monitor_metric_alert';
const LOG_ROUTE = 'azurerm_monitor_diagnostic_setting';
const WEB_TEST = 'azurerm_application_insights_standard_web_test';

describe('defaults', () => {
  const workload = workloadIn(Environment.PROD);
  stackIn(workload);
  const rendered = new Rendered(workload);

  test('keeps logs in a workspace that takes identities only', () => {
    expect(rendered.only('azurerm_log_analytics_workspace')).toMatchObject({
      sku: 'PerGB2018',
      local_authentication_enabled: false,
      allow_resource_only_permissions: true,
      tags: { owner: 'team-billing' },
    });
  });

  test('has programs report to that workspace, under identities only', () => {
    expect(rendered.only('azurerm_application_insights')).toMatchObject({
      application_type: 'web',
      workspace_id: expect.stringContaining('azurerm_log_analytics_workspace.'),
      local_authentication_disabled: true,
      sampling_percentage: 100,
      daily_data_cap_in_gb: 1000,
    });
  });

  test("leaves no room for Azure's own smart-detection rule, and makes none", () => {
    expect(JSON.stringify(rendered.json.provider)).toContain(
      '"application_insights":[{"disable_generated_rule":true}]',
    );
    expect(rendered.all('azurerm_monitor_smart_detector_alert_rule')).toEqual([]);
  });

  test('puts chatty tables on the plan Basic, which takes no retention', () => {
    const { tags: _, ...table } = rendered.only('azurerm_log_analytics_workspace_table');
    expect(table).toEqual({
      name: 'ContainerLogV2',
      plan: 'Basic',
      total_retention_in_days: 365,
      workspace_id: expect.any(String),
      lifecycle: { replace_triggered_by: [expect.stringMatching(/^azurerm_log_analytics_workspace\.\w+\.id$/)] },
    });
  });

  test('keeps the activity log of the subscription', () => {
    const route = rendered.at(LOG_ROUTE, 'Observability/ActivityLog');
    expect(route.name).toBe('activity-log-billing-prod');
    expect(route.target_resource_id).toContain('data.azurerm_subscription.');
    expect(route.enabled_log.map(({ category }: { category: string }) => category)).toEqual(
      expect.arrayContaining(['Administrative', 'Security', 'Alert', 'Policy']),
    );
  });

  test('has seven dashboards', () => {
    expect(rendered.all('azurerm_application_insights_workbook')).toHaveLength(7);
  });

  test('hands no key to anybody', () => {
    expect(JSON.stringify(rendered.json)).not.toMatch(/instrumentation_key|shared_key|api_key/);
  });
});

test('a provider that lets Azure make its own smart-detection rule is told of', () => {
  const stack = new TerraformStack(Testing.app(), 'stack');
  new AzurermProvider(stack, 'azurerm', { features: [{}] });
  const props = { name: 'billing', environment: Environment.DEV, location: 'westeurope', owner: 'o', costCenter: 'c' };
  const workload = new Workload(stack, 'Billing', { ...props, organization: 'example.com' });
  stackIn(workload);
  expect(() => new Rendered(workload)).toThrow(
    "stack/Billing/Observability: the azurerm provider must have 'features.application_insights.disable_generated_rule' set, or Azure mails people by itself, and the resource group cannot be deleted; define it with AzureProviders",
  );
});

describe('environments', () => {
  test.each`
    environment            | days   | cap
    ${Environment.DEV}     | ${30}  | ${1}
    ${Environment.TEST}    | ${30}  | ${1}
    ${Environment.STAGING} | ${90}  | ${5}
    ${Environment.PREPROD} | ${90}  | ${20}
    ${Environment.PROD}    | ${365} | ${-1}
  `('$environment.name: $days days, at most $cap gigabytes a day', ({ environment, days, cap }) => {
    const workload = workloadIn(environment);
    const stack = stackIn(workload);
    expect(new Rendered(workload).only('azurerm_log_analytics_workspace')).toMatchObject({
      retention_in_days: days,
      daily_quota_gb: cap,
    });
    // nearly full is only something where there is a cap
    expect('Ingestion' in stack.resources.logAlerts).toBe(cap > 0);
    expect('DailyCap' in stack.resources.logAlerts).toBe(true);
  });

  test.each([
    [Environment.DEV, undefined, false],
    [Environment.DEV, true, true],
    [Environment.PROD, undefined, true],
    [Environment.PROD, false, false],
  ])('what was logged is guarded in prod, or when told so: %#', (environment, deletionProtection, guarded) => {
    const workload = workloadIn(environment);
    const { resources } = stackIn(workload, { deletionProtection });
    const rendered = new Rendered(workload);
    expect(rendered.only('azurerm_log_analytics_workspace').lifecycle?.prevent_destroy ?? false).toBe(guarded);
    expect(rendered.all('azurerm_management_lock')).toHaveLength(guarded ? 1 : 0);
    expect(resources.deleteLock !== undefined).toBe(guarded);
  });

  test('the lock comes after what lies below the workspace, roles on it included, and after nothing else', () => {
    const workload = workloadIn(Environment.PROD);
    const stack = stackIn(workload);
    stack.grantRead(groupIn(workload));
    const sender = new ManagedIdentity(workload, 'Sender');
    stack.bindSender(sender, sender.clientId);

    const [workspace, table, role, ...others] = new Rendered(workload).only('azurerm_management_lock').depends_on;
    expect(workspace).toMatch(/^azurerm_log_analytics_workspace\./);
    expect(table).toMatch(/^azurerm_log_analytics_workspace_table\./);
    expect(role).toMatch(/^azurerm_role_assignment\.\w+_Grant-LogAnalyticsReader-/);
    expect(others).toEqual([]);
  });

  test('props win', () => {
    const workload = workloadIn(Environment.PROD);
    stackIn(workload, { logDays: 90, dailyCapGigabytes: 10, samplingPercentage: 25, basicTables: ['AppTraces'] });
    const rendered = new Rendered(workload);
    const workspace = rendered.only('azurerm_log_analytics_workspace');
    expect(workspace).toMatchObject({ retention_in_days: 90, daily_quota_gb: 10 });
    expect(rendered.only('azurerm_log_analytics_workspace_table').name).toBe('AppTraces');
    expect(rendered.only('azurerm_application_insights')).toMatchObject({
      sampling_percentage: 25,
      daily_data_cap_in_gb: 10,
    });
  });
});

describe('what exists', () => {
  test('an existing workspace is used as it is', () => {
    const workload = workloadIn(Environment.PROD);
    const workspaceId = `${GROUP}/providers/Microsoft.OperationalInsights/workspaces/log`;
    new Widget(workload, 'one');
    const stack = stackIn(workload, { workspaceId, workspaceLocation: 'North Europe' });
    const rendered = new Rendered(workload);
    expect(rendered.all('azurerm_log_analytics_workspace')).toEqual([]);
    expect(rendered.all('azurerm_log_analytics_workspace_table')).toEqual([]);
    expect(rendered.only('azurerm_application_insights').workspace_id).toBe(workspaceId);
    rendered.has(LOG_ROUTE, 'Watched/one/Logs-Widget', { log_analytics_workspace_id: workspaceId });
    expect(stack.resources.logAnalyticsWorkspace).toBeUndefined();
    // ready to be made its default rule; in a workspace of our own, rule and workspace would be a cycle
    expect(rendered.only('azurerm_monitor_data_collection_rule')).toMatchObject({
      kind: 'WorkspaceTransforms',
      location: 'northeurope',
    });
    expect(stack.resources.redactionRule).toBeDefined();
  });

  test('nothing is redacted in a workspace of our own, or where no field is personal', () => {
    const workspaceId = `${GROUP}/providers/Microsoft.OperationalInsights/workspaces/log`;
    expect(stackIn(workloadIn(Environment.DEV)).resources.redactionRule).toBeUndefined();
    const shared = stackIn(workloadIn(Environment.DEV), { workspaceId, personalFields: [] });
    expect(shared.resources.redactionRule).toBeUndefined();
  });

  test('a subscription that somebody else watches is left to them', () => {
    const workload = workloadIn(Environment.PROD, { resourceGroupName: 'rg-existing' });
    const stack = stackIn(workload, { subscriptionUnwatched: true });
    expect(Object.keys(stack.resources.activityLogAlerts)).toEqual([
      'ResourceHealth',
      'FailedDeployment',
      'DiagnosticSettingDeleted',
      'VaultDeleted',
      'WorkspaceDeleted',
    ]);
    expect(stack.resources.activityLogExport).toBeUndefined();
    const { scopes } = new Rendered(workload).at('azurerm_monitor_activity_log_alert', 'ResourceHealth/Resource');
    expect(scopes[0]).toMatch(/^\$\{data\.azurerm_subscription\..*\.id\}\/resourceGroups\/rg-existing$/);
  });
});

test('takes what Terraform has yet to compute, wherever it is not part of an address', () => {
  const workload = workloadIn(Environment.DEV);
  const variable = (name: string) => new TerraformVariable(workload, name, {});
  const text = (name: string) => variable(name).stringValue;
  const number = (name: string) => variable(name).numberValue;
  new Widget(workload, 'one', { healthUrls: { Health: 'https://one.example.com' } });
  stackIn(workload, {
    routes: {
      team: {
        emails: [text('e1'), text('e2')],
        phones: [{ countryCode: text('c'), phoneNumber: text('p') }],
        webhooks: [text('w1'), text('w2')],
        actionGroupIds: [text('g')],
      },
    },
    runbookUrl: text('r'),
    escalation: { emails: [text('e3')] },
    escalationMinutes: number('m'),
    maintenance: { once: { startsAt: text('s'), endsAt: text('t') }, night: { from: text('f'), to: text('u') } },
    availability: { contentMatch: text('k'), certificateDays: number('d') },
    logDays: number('l'),
    dailyCapGigabytes: number('q'),
    samplingPercentage: number('x'),
    jobMinutes: number('j'),
    alerts: { 'one/Busy': { threshold: number('y') } },
  });
  const rendered = new Rendered(workload);
  const p0 = rendered.at('azurerm_monitor_action_group', 'ActionGroups/P0/Resource');
  expect(p0.email_receiver.map(({ email_address: address }: any) => address).sort()).toEqual(
    ['e1', 'e2'].map((name) => expect.stringMatching(new RegExp(`^\\$\\{var\\.\\w*${name}`))),
  );
  expect(p0.webhook_receiver).toHaveLength(2);
  expect(JSON.stringify(rendered.json)).not.toMatch(/TfToken|e\+28\d|e\+298|NaN/);
  const { query } = rendered.at('azurerm_monitor_scheduled_query_rules_alert_v2', 'Escalation/Resource').criteria[0];
  expect(query).toMatch(/ago\(\$\{var\.\w+\}m\)/);
});

describe('escape hatch', () => {
  test('every resource is reached in one step, also those of constructs that join later', () => {
    const workload = workloadIn(Environment.DEV);
    const stack = stackIn(workload);
    new Widget(workload, 'one', { healthUrls: { Health: 'https://one.example.com' } });
    const { resources } = stack;
    resources.metricAlerts['one/Busy'].enabled = false;
    resources.metricAlerts['one/Availability-Health'].frequency = 'PT5M';
    resources.webTests['one/Availability-Health'].timeout = 60;
    resources.logRoutes['one/Logs-Widget'].storageAccountId = `${GROUP}/account`;
    resources.logAnalyticsWorkspace!.internetQueryEnabled = false;
    resources.applicationInsights.retentionInDays = 30;
    const rendered = new Rendered(workload);
    rendered.has(METRIC, 'one/Busy/Resource', { enabled: false });
    rendered.has(METRIC, 'one/Availability-Health/Alert', { frequency: 'PT5M' });
    expect(rendered.at(WEB_TEST, 'one/Availability-Health/Resource').timeout).toBe(60);
    rendered.has(LOG_ROUTE, 'one/Logs-Widget', { storage_account_id: `${GROUP}/account` });
    expect(rendered.only('azurerm_log_analytics_workspace').internet_query_enabled).toBe(false);
    expect(rendered.only('azurerm_application_insights').retention_in_days).toBe(30);
    expect(stack.node.defaultChild).toBe(resources.logAnalyticsWorkspace);
  });

  test('is there in every environment', () => {
    for (const environment of ENVIRONMENTS) {
      expect(Object.keys(stackIn(workloadIn(environment)).resources.actionGroups)).toEqual(['P0', 'P1', 'P2', 'P3']);
    }
  });
});
