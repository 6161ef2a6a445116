import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { TerraformStack, TerraformVariable, Testing, Token } from 'cdktf';
import {
  Environment,
  ManagedIdentity,
  MissingData,
  ObservabilityStack,
  ObservabilityStackProps,
  SecureWebApp,
  WebAppRuntime,
  Workload,
} from '../../src';
import { ENVIRONMENTS, groupIn, Rendered, workloadIn } from '../support';
import { BUSY, GROUP, LEAST, stackIn, STUCK, Widget } from './fixtures';

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

describe('watches', () => {
  test('what is in its workload, whichever was defined first', () => {
    const addresses = (...order: Array<'stack' | 'one' | 'two'>) => {
      const workload = workloadIn(Environment.DEV);
      for (const step of order) {
        step === 'stack' ? stackIn(workload) : new Widget(workload, step);
      }
      return new Rendered(workload).addresses();
    };
    const first = addresses('stack', 'one', 'two');
    expect(addresses('two', 'one', 'stack')).toEqual(first);
    expect(addresses('one', 'stack', 'two')).toEqual(first);
    expect(first.filter((address) => address.includes('Watched_one'))).toHaveLength(2);
  });

  test('sends logs to the workspace, everything, under a name that Azure takes', () => {
    const workload = workloadIn(Environment.DEV);
    new Widget(workload, 'one', { logSources: { Blob: `${GROUP}/blob`, Queue: `${GROUP}/queue` } });
    stackIn(workload);
    const rendered = new Rendered(workload);
    rendered.has(LOG_ROUTE, 'Watched/one/Logs-Blob', { name: 'to-workspace', target_resource_id: `${GROUP}/blob` });
    const queue = rendered.at(LOG_ROUTE, 'Watched/one/Logs-Queue');
    expect(queue.enabled_log).toEqual([{ category_group: 'allLogs' }]);
    expect(queue).not.toHaveProperty('log_analytics_destination_type');
  });

  test('knows services that say too much, and those with tables of their own', () => {
    const workload = workloadIn(Environment.DEV);
    new Widget(workload, 'Cluster', { metricNamespace: 'Microsoft.ContainerService/managedClusters' });
    stackIn(workload);
    const { enabled_log: logs, ...route } = new Rendered(workload).at(LOG_ROUTE, 'Watched/Cluster/Logs-Widget');
    expect(route.log_analytics_destination_type).toBe('Dedicated');
    expect(logs).toContainEqual({ category: 'kube-audit-admin' });
    expect(logs).not.toContainEqual({ category: 'kube-audit' });
  });

  test('raises alerts on metrics and on logs', () => {
    const workload = workloadIn(Environment.DEV);
    new Widget(workload, 'one', { signals: [BUSY, STUCK] });
    stackIn(workload);
    const rendered = new Rendered(workload);
    rendered.has(METRIC, 'Watched/one/Busy/Resource', {
      severity: 2,
      frequency: 'PT1M',
      window_size: 'PT5M',
      auto_mitigate: true,
      scopes: [`${GROUP}/providers/Microsoft.Widgets/widgets/one`],
      description: 'P2 billing dev: Widget busy (one). Runbook: https://runbooks.example.com/billing/widget-busy',
    });
    rendered.has('azurerm_monitor_scheduled_query_rules_alert_v2', 'Watched/one/Stuck/Resource', {
      severity: 2,
      skip_query_validation: true,
      auto_mitigation_enabled: true,
      evaluation_frequency: 'PT5M',
    });
  });

  test('notices when a metric that must be there is there no longer', () => {
    const workload = workloadIn(Environment.DEV);
    new Widget(workload, 'one', { signals: [{ ...BUSY, missingData: MissingData.IS_BAD }] });
    stackIn(workload);
    const rendered = new Rendered(workload);
    expect(rendered.at(LOG_ROUTE, 'Watched/one/Metrics').enabled_metric).toEqual([{ category: 'AllMetrics' }]);
    const silence = rendered.at('azurerm_monitor_scheduled_query_rules_alert_v2', 'one/Busy/Silence/Resource');
    expect(silence.query_time_range_override).toBe('P2D');
    expect(silence.criteria[0].query).toContain('MetricName == "Load"');
  });

  test('asks for health from five places near the workload, and for the certificate', () => {
    const workload = workloadIn(Environment.DEV, { location: 'eastus' });
    new Widget(workload, 'one', {
      healthUrls: { Ready: 'https://one.example.com/ready', Health: 'http://one.example.com' },
    });
    stackIn(workload, { availability: { contentMatch: 'fine', certificateDays: 45 } });
    const rendered = new Rendered(workload);
    rendered.has(WEB_TEST, 'one/Availability-Ready/Resource', {
      frequency: 300,
      retry_enabled: true,
      geo_locations: ['us-va-ash-azr', 'us-ca-sjc-azr', 'us-il-ch1-azr', 'us-tx-sn1-azr', 'us-fl-mia-edge'],
      validation_rules: {
        expected_status_code: 200,
        ssl_check_enabled: true,
        ssl_cert_remaining_lifetime: 14,
        content: { content_match: 'fine', pass_if_text_found: true },
      },
    });
    expect(rendered.at(WEB_TEST, 'one/Availability-Health/Resource').validation_rules).not.toHaveProperty(
      'ssl_check_enabled',
    );
    const certificate = rendered.at(WEB_TEST, 'one/Certificate/Resource');
    expect(certificate.geo_locations).toHaveLength(5);
    expect(certificate.validation_rules.ssl_cert_remaining_lifetime).toBe(45);
    rendered.has(METRIC, 'one/Certificate/Alert', { severity: 2 });
    rendered.has(METRIC, 'one/Availability-Health/Alert', { severity: 0 });
    rendered.has(METRIC, 'one/Availability-Ready/Alert', { severity: 2 });
    const { application_insights_web_test_location_availability_criteria: criteria } = rendered.at(
      METRIC,
      'one/Availability-Ready/Alert',
    );
    expect(criteria.failed_location_count).toBe(3);
    // the provider adds the tag and takes it away again: written by us, it is a difference in every plan
    expect(JSON.stringify(rendered.all(WEB_TEST))).not.toContain('hidden-link');
  });

  test.each([
    ['westeurope', 'emea-nl-ams-azr'],
    ['japaneast', 'apac-sg-sin-azr'],
    ['brazilsouth', 'us-va-ash-azr'],
  ])('asks from near %s', (location, place) => {
    const workload = workloadIn(Environment.DEV, { location });
    new Widget(workload, 'one', { healthUrls: { Health: 'http://one.example.com' } });
    stackIn(workload);
    expect(new Rendered(workload).only(WEB_TEST).geo_locations[0]).toBe(place);
  });

  test('follows what changes until the end: health that is no longer to be asked for from the internet', () => {
    const workload = workloadIn(Environment.DEV);
    const closed = new Widget(workload, 'closed', { healthUrls: { Health: 'https://closed.example.com' } });
    const opened = new Widget(workload, 'opened');
    const stack = stackIn(workload);
    expect(Object.keys(stack.resources.webTests)).toEqual(['closed/Availability-Health', 'closed/Certificate']);
    closed.target.healthUrls = undefined;
    closed.target.logSources = {};
    opened.target.healthUrls = { Health: 'http://opened.example.com' };
    const rendered = new Rendered(workload);
    expect(rendered.only(WEB_TEST)).toMatchObject({ request: { url: 'http://opened.example.com' } });
    expect(rendered.only(WEB_TEST).tags).toMatchObject({ owner: 'team-billing' });
    expect(Object.keys(stack.resources.webTests)).toEqual(['opened/Availability-Health']);
    expect(Object.keys(stack.resources.logRoutes)).toEqual(['opened/Logs-Widget']);
    // a second synthesis of the same app
    expect(new Rendered(workload).json).toEqual(rendered.json);
  });

  test('leaves out what asks to be left out, unless told otherwise, and that once', () => {
    const workload = workloadIn(Environment.DEV);
    const widget = new Widget(workload, 'one', {}, true);
    const stack = stackIn(workload);
    expect(stack.resources.metricAlerts).toEqual({});
    stack.monitor(widget);
    stack.monitor(widget);
    expect(Object.keys(stack.resources.metricAlerts)).toEqual(['one/Busy']);
  });

  test('watches constructs of other workloads and of other stacks when told so, and resources by id', () => {
    const workload = workloadIn(Environment.DEV);
    const stack = stackIn(workload);
    const props = { name: 'other', environment: Environment.DEV, location: 'westeurope', owner: 'o', costCenter: 'c' };
    const other = new Workload(TerraformStack.of(workload), 'Other', props);
    const far = new Workload(new TerraformStack(workload.node.root, 'far'), 'Far', props);
    new Widget(workload, 'mine');
    stack.monitor(new Widget(other, 'one'));
    stack.monitor(new Widget(far, 'two'));
    const resourceId = `${GROUP}/providers/Microsoft.Widgets/widgets/three`;
    const target = { resourceId, metricNamespace: 'Microsoft.Widgets/widgets', logSources: {}, signals: [BUSY] };
    stack.monitorResource('three', target);
    expect(Object.keys(stack.resources.metricAlerts)).toEqual([
      'mine/Busy',
      'Other/one/Busy',
      'far/Far/two/Busy',
      'three/Busy',
    ]);
    const rendered = new Rendered(workload);
    expect(rendered.all(METRIC)).toHaveLength(4);
    // its own watcher has the other name
    rendered.has(LOG_ROUTE, 'Others/Other.one/Logs-Widget', { name: 'to-billing-workspace' });
    rendered.has(LOG_ROUTE, 'Watched/mine/Logs-Widget', { name: 'to-workspace' });
  });
});

describe('grants', () => {
  test('let each sender in once, and hand out no key', () => {
    const workload = workloadIn(Environment.DEV);
    const stack = stackIn(workload);
    const identity = new ManagedIdentity(workload, 'Identity');
    stack.bindSender(identity, identity.clientId);
    const { settings } = stack.bindSender(identity, identity.clientId);
    expect(Object.keys(settings)).toEqual([
      'APPLICATIONINSIGHTS_CONNECTION_STRING',
      'APPLICATIONINSIGHTS_AUTHENTICATION_STRING',
    ]);
    expect(new Rendered(workload).only('azurerm_role_assignment')).toMatchObject({
      role_definition_name: 'Monitoring Metrics Publisher',
      scope: expect.stringContaining('azurerm_application_insights.'),
    });
  });

  test('let people query the logs', () => {
    const workload = workloadIn(Environment.DEV);
    stackIn(workload).grantRead(groupIn(workload));
    expect(new Rendered(workload).only('azurerm_role_assignment')).toMatchObject({
      role_definition_name: 'Log Analytics Reader',
      scope: expect.stringContaining('azurerm_log_analytics_workspace.'),
    });
  });

  test('an app reports to the stack', () => {
    const workload = workloadIn(Environment.DEV);
    new SecureWebApp(workload, 'Api', {
      runtime: WebAppRuntime.node('22-lts'),
      telemetry: stackIn(workload),
      publiclyReachable: true,
    });
    expect(new Rendered(workload).only('azurerm_linux_web_app').app_settings).toMatchObject({
      APPLICATIONINSIGHTS_CONNECTION_STRING: expect.stringContaining('.connection_string}'),
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: expect.stringMatching(/^Authorization=AAD;ClientId=/),
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

describe('fails', () => {
  const refused = (props: Partial<ObservabilityStackProps>) => () => stackIn(workloadIn(Environment.DEV), props);

  test.each<[string, Partial<ObservabilityStackProps>, string]>([
    ['logDays', { logDays: 29 }, "'logDays' must be a whole number from 30 to 730, got 29"],
    ['dailyCapGigabytes', { dailyCapGigabytes: 0 }, "'dailyCapGigabytes' must be 0.1 to 4000, or -1 for no cap; got 0"],
    [
      'a table that is queried',
      { basicTables: ['AppRequests'] },
      "'basicTables' must leave out AppRequests: alerts and dashboards query it",
    ],
    ['a table', { basicTables: ['no table'] }, '\'basicTables\' must be names of tables, got "no table"'],
    ['a table twice', { basicTables: ['A', 'A'] }, "'basicTables' must name each table once"],
    ['samplingPercentage', { samplingPercentage: 0 }, "'samplingPercentage' must be above 0 and 100 at most, got 0"],
    [
      'personalFields',
      { personalFields: ['1'] },
      "'personalFields' must be literals of 1 to 64 letters, digits, '_', '.' or '-', a letter first, because patterns are made from them; got \"1\"",
    ],
    ['jobMinutes', { jobMinutes: 0.5 }, "'jobMinutes' must be a whole number from 1 to 1440, got 0.5"],
    [
      'runbookUrl',
      { runbookUrl: 'http://runbooks.example.com' },
      '\'runbookUrl\' must start with https:// and have no query, because the name of a runbook comes after it; got "http://runbooks.example.com"',
    ],
    [
      'workspaceId',
      { workspaceId: 'log' },
      '\'workspaceId\' must be the Azure resource id of a Log Analytics workspace, got "log"',
    ],
    [
      'logDays of an existing workspace',
      { workspaceId: `${GROUP}/providers/Microsoft.OperationalInsights/workspaces/log`, logDays: 30 },
      "'logDays' must be left out beside 'workspaceId': an existing workspace stays as it is",
    ],
    [
      'the region of no workspace',
      { workspaceLocation: 'northeurope' },
      "'workspaceLocation' must come with a 'workspaceId'",
    ],
    [
      'few places',
      { availability: { geoLocations: ['a', 'b'] } },
      "'geoLocations' must be at least 3 different places, or one that has trouble itself raises an alert; got 2",
    ],
    [
      'places that are not written here',
      { availability: { geoLocations: Token.asList('${var.places}') } },
      "'geoLocations' must be listed one by one, because they are counted; got a value that Terraform has yet to compute",
    ],
    [
      'a place twice',
      { availability: { geoLocations: ['a', 'b', 'c', 'c'] } },
      "'geoLocations' must name each place once",
    ],
    [
      'many places',
      { availability: { geoLocations: Array.from({ length: 17 }, (_, i) => `p${i}`) } },
      "'geoLocations' must be 16 at most, got 17",
    ],
    [
      'contentMatch',
      { availability: { contentMatch: '' } },
      "'contentMatch' must not be empty; leave it out to take any answer",
    ],
    [
      'certificateDays',
      { availability: { certificateDays: 14 } },
      "'certificateDays' must be a whole number from 15 to 365, got 14",
    ],
  ])('%s', (_, props, problem) => {
    expect(refused(props)).toThrow(new Error(`stack/Billing/Observability: ${problem}`));
  });

  test('without an organization, since every sender is given a role', () => {
    const workload = workloadIn(Environment.DEV, { organization: undefined });
    expect(() => new ObservabilityStack(workload, 'Observability', LEAST)).toThrow(
      'stack/Billing/Observability: names of role assignments are unique in a whole directory: give the workload',
    );
  });

  test('a second stack in a workload', () => {
    const workload = workloadIn(Environment.DEV);
    stackIn(workload);
    expect(() => new ObservabilityStack(workload, 'Second', LEAST)).toThrow(
      new Error(
        'stack/Billing/Second: the workload is watched already: two stacks would send the same logs twice, which Azure refuses where the workspace is the same; use the one that is there',
      ),
    );
  });

  test('a key of a resource that is there, or could be no address', () => {
    const stack = stackIn(workloadIn(Environment.DEV));
    const target = { resourceId: GROUP, metricNamespace: 'n', logSources: {}, signals: [] };
    stack.monitorResource('one', target);
    expect(() => stack.monitorResource('one', target)).toThrow(
      new Error('stack/Billing/Observability: there is a resource "one" already'),
    );
    expect(() => stack.monitorResource('a/b', target)).toThrow(
      new Error(
        'stack/Billing/Observability: \'key\' must start with a letter and have only letters, digits and hyphens, because it becomes part of addresses; got "a/b"',
      ),
    );
  });
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
