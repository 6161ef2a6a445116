import { TerraformStack } from 'cdktf';
import { Environment, ManagedIdentity, MissingData, SecureWebApp, WebAppRuntime, Workload } from '../../src';
import { groupIn, Rendered, workloadIn } from '../support';
import { BUSY, GROUP, stackIn, STUCK, Widget } from './fixtures';

const METRIC = 'azurerm_monitor_metric_alert';
const LOG_ROUTE = 'azurerm_monitor_diagnostic_setting';
const WEB_TEST = 'azurerm_application_insights_standard_web_test';

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
