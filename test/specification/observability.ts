import { row } from './row';
import { platform, platformIn, variablesIn } from './synthesized';

const METRIC_ALERT = 'azurerm_monitor_metric_alert';
const QUERY_ALERT = 'azurerm_monitor_scheduled_query_rules_alert_v2';
const ACTIVITY_ALERT = 'azurerm_monitor_activity_log_alert';
const WEB_TEST = 'azurerm_application_insights_standard_web_test';

row('OBS-1', () => {
  const prod = platformIn('prod');
  const insights = prod.at('azurerm_application_insights', 'Observability/ApplicationInsights');
  expect(insights).toMatchObject({
    workspace_id: prod.idOf('azurerm_log_analytics_workspace', 'Observability/Resource'),
    sampling_percentage: 100,
    local_authentication_disabled: true,
  });
  const { client_id: clientId, principal_id: principalId } = outputsOf('Api/Identity/Resource');
  expect(prod.at('azurerm_linux_web_app', 'Api/Resource').app_settings).toMatchObject({
    APPLICATIONINSIGHTS_CONNECTION_STRING: `\${${insights.address}.connection_string}`,
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: `Authorization=AAD;ClientId=${clientId}`,
  });
  const publishers = Object.values(prod.all('azurerm_role_assignment')).filter(
    ({ role_definition_name: role }) => role === 'Monitoring Metrics Publisher',
  );
  expect(new Set(publishers.map(({ scope }) => scope))).toEqual(new Set([`\${${insights.address}.id}`]));
  // the app, and beside it only what deploys
  const others = publishers.map(({ principal_id: id }) => id).filter((id) => id !== principalId);
  expect(others).toEqual(Array(2).fill(expect.stringMatching(/^\$\{data\.azurerm_user_assigned_identity\.Pipeline-/)));
  expect(publishers).toHaveLength(3);
});

/** The fields of a log line are a contract, with a schema that a program tests its own lines against. */
row('OBS-2', () => {
  const { app_settings: settings } = platformIn('prod').at('azurerm_linux_web_app', 'Api/Resource');
  expect(settings).toMatchObject({
    // job and tenant travel as baggage beside the trace
    OTEL_PROPAGATORS: 'tracecontext,baggage',
    OTEL_SERVICE_NAME: 'fundraising-api',
    TELEMETRY_REDACTED_FIELDS: expect.stringMatching(/email,.*iban,.*phone/),
  });
  expect(alert('JobDuration').criteria[0].query).toContain('Properties.job_id');
  expect(dashboard('tenant')).toContain('tenant_id');
});

row('OBS-3', () => {
  const prod = platformIn('prod');
  const telemetry = {
    APPLICATIONINSIGHTS_CONNECTION_STRING: expect.any(String),
    OTEL_SERVICE_NAME: 'fundraising-api',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=prod,service.namespace=fundraising',
    OTEL_TRACES_SAMPLER: 'microsoft.fixed_percentage',
    OTEL_TRACES_SAMPLER_ARG: '1',
  };
  expect(prod.at('azurerm_linux_web_app', 'Api/Resource').app_settings).toMatchObject(telemetry);
  expect(prod.at('azurerm_linux_web_app_slot', 'Api/Staging').app_settings).toMatchObject(telemetry);
});

row('OBS-4', () => {
  const shown: { [name: string]: string[] } = {
    executive: ['Availability, as tested from outside', 'Incidents of the last 30 days', 'Cost this month'],
    operations: ['Requests per service', 'Error rate per service', 'Active users', 'Active connections'],
    sre: ['Error budget left', 'Instances that served requests', 'CPU percentage, average', 'Memory percentage'],
    business: ['donation-made', 'campaign-started'],
    delivery: ['Lead time from commit', 'Deployments per day', 'Deployments that failed', 'Time to restore'],
    cost: ['By team', 'By environment', 'By feature', 'By tenant'],
  };
  for (const [name, tiles] of Object.entries(shown)) {
    const text = dashboard(name);
    expect(tiles.filter((tile) => !text.includes(tile))).toEqual([]);
  }
  expect(
    ['50', '95', '99'].filter((p) => !dashboard('operations').includes(`percentilew(DurationMs, ItemCount, ${p})`)),
  ).toEqual([]);
  // what the view of deliveries counts is told by the workflows
  const { steps } = platform().workflow('promotion-api').jobs['deploy-prod'];
  const told = steps.find(({ run }: any) => run === 'node .delivery/pipeline/deployment-event.cjs');
  expect(told).toMatchObject({ if: expect.stringContaining('always()'), env: { DEPLOYMENT_ENVIRONMENT: 'prod' } });
  // to whom, and that they may, nobody has to set by hand
  for (const name of ['prod', 'prod-hotfix', 'prod-rollback']) {
    const variable = variablesIn('prod').at(
      'github_actions_environment_variable',
      `Variable-${name}-DEPLOYMENT_TELEMETRY`,
    );
    expect(variable.value).toMatch(/Observability_ApplicationInsights_\w+connection_string\}$/);
  }
  const senders = Object.entries(platformIn('prod').all('azurerm_role_assignment')).filter(
    ([path, { role_definition_name: role }]) =>
      path.includes('Observability/') && role === 'Monitoring Metrics Publisher',
  );
  expect(senders.filter(([, { principal_id: id }]) => /data\.azurerm_user_assigned_identity/.test(id))).toHaveLength(2);
});

row('OBS-5', () => {
  const prod = platformIn('prod');
  expect(alert('ErrorRate')).toMatchObject({ window_duration: 'PT5M', criteria: [{ threshold: 5 }] });
  expect(alert('ResponseTime')).toMatchObject({ window_duration: 'PT5M', criteria: [{ threshold: 3000 }] });
  expect(alert('JobDuration')).toMatchObject({ criteria: [{ threshold: 5, metric_measure_column: 'Minutes' }] });
  expect(alert('FailedPipeline').criteria[0].query).toContain('Outcome in ("failed", "rolled-back")');
  expect(prod.at(ACTIVITY_ALERT, 'Alerts/FailedDeployment/Resource').criteria).toMatchObject({
    operation_name: 'Microsoft.Resources/deployments/write',
    statuses: ['Failed'],
  });
  const above = (path: string) => {
    const [{ metric_name: metric, operator, threshold }] = prod.at(METRIC_ALERT, `Watched/${path}/Resource`).criteria;
    return [metric, operator, threshold];
  };
  expect(above('Api.Plan/Cpu')).toEqual(['CpuPercentage', 'GreaterThan', 80]);
  expect(above('Api.Plan/Memory')).toEqual(['MemoryPercentage', 'GreaterThan', 80]);
  expect(above('Database/Storage')).toEqual(['storage_percent', 'GreaterThan', 85]);
  expect(above('Database.Replica-abroad/Lag')).toEqual(['physical_replication_delay_in_seconds', 'GreaterThan', 300]);
  expect(prod.at(METRIC_ALERT, 'Edge.Domain-api.example.com/Certificate/Alert').severity).toBe(2);
  expect(prod.at(QUERY_ALERT, 'Watched/Vault/NearExpiry/Resource').severity).toBe(2);
});

/** Azure promises no time of notification: alerts look each minute or each five, and groups tell at once. */
row('OBS-6', () => {
  const prod = platformIn('prod');
  const reached = (severity: string) => {
    const group = prod.at('azurerm_monitor_action_group', `ActionGroups/${severity}/Resource`);
    return [
      ...group.email_receiver.map(({ email_address: address }: any) => address),
      ...group.logic_app_receiver.map(({ name }: any) => name),
      ...group.sms_receiver.map(({ phone_number: number }: any) => number),
    ];
  };
  const team = ['fundraising@example.com', 'team-Teams'];
  for (const severity of ['P0', 'P1']) {
    expect(reached(severity).sort()).toEqual([...team, '1701234567', 'on-call-PagerDuty', 'on-call-Slack'].sort());
  }
  for (const severity of ['P2', 'P3']) {
    expect(reached(severity)).toEqual(team);
  }
  const escalation = prod.at(QUERY_ALERT, 'Observability/Escalation/Resource');
  expect(escalation.criteria[0].query).toContain('Started between (ago(1d) .. ago(15m))');
  expect(escalation.action.action_groups).toEqual([
    prod.idOf('azurerm_monitor_action_group', 'ActionGroups/Escalation/Resource'),
  ]);
  const silent = [METRIC_ALERT, QUERY_ALERT, ACTIVITY_ALERT]
    .flatMap((type) => Object.entries(prod.all(type)))
    .filter(([, { description, action }]) => {
      const link = /^P[0-3] .*Runbook: https:\/\/runbooks\.example\.com\/fundraising\/[a-z-]+$/s.test(description);
      return !link || (Array.isArray(action) ? action.length : action.action_groups.length) === 0;
    });
  expect(silent.map(([path]) => path)).toEqual([]);
});

/** Azure tests each five minutes at the most often, from each of the places: once a minute on average. */
row('OBS-7', () => {
  const tests = Object.entries(platformIn('prod').all(WEB_TEST)).filter(([path]) => path.includes('/Availability-'));
  expect(tests).toHaveLength(4);
  for (const [, test] of tests) {
    expect(test).toMatchObject({
      enabled: true,
      retry_enabled: true,
      frequency: 300,
      validation_rules: {
        expected_status_code: 200,
        ssl_check_enabled: true,
        content: { content_match: 'fundraising', pass_if_text_found: true },
      },
    });
    expect(new Set(test.geo_locations).size).toBe(5);
  }
  const [path] = tests[0];
  const { severity, application_insights_web_test_location_availability_criteria: criteria } = platformIn('prod').at(
    METRIC_ALERT,
    path.replace(/Resource$/, 'Alert'),
  );
  expect([severity, criteria.failed_location_count]).toEqual([0, 3]);
});

row('OBS-8', () => {
  // 14.4 times too fast eats two days of a month's budget in an hour; both windows must agree
  for (const [promise, budget] of [
    ['Availability', '0.001'],
    ['LatencyP95', '0.05'],
  ]) {
    const fast = alert(`Slo-api-${promise}-FastBurn`);
    expect(fast).toMatchObject({ severity: 1, window_duration: 'PT1H', criteria: [{ threshold: 14.4 }] });
    expect(fast.criteria[0].query).toContain(`RecentFailed / RecentTotal / ${budget}`);
    expect(fast.criteria[0].query).toContain('ago(5m)');
    const slow = alert(`Slo-api-${promise}-SlowBurn`);
    expect(slow).toMatchObject({ severity: 2, window_duration: 'PT6H', criteria: [{ threshold: 6 }] });
    expect(slow.criteria[0].query).toContain('ago(30m)');
  }
  expect(alert('Slo-api-LatencyP95-FastBurn').criteria[0].query).toContain('DurationMs > 200');
  expect(dashboard('sre')).toContain('Error budget left');
});

row('OBS-9', () => {
  const prod = platformIn('prod');
  const criteria = (name: string) => prod.at(ACTIVITY_ALERT, `Alerts/${name}/Resource`).criteria;
  expect(criteria('ServiceIncident')).toMatchObject({
    category: 'ServiceHealth',
    service_health: { events: ['Incident'], locations: ['Global', 'West Europe'] },
  });
  expect(criteria('ResourceHealth')).toMatchObject({
    category: 'ResourceHealth',
    resource_health: { current: ['Degraded', 'Unavailable'] },
  });
  const operations = Object.values(prod.all(ACTIVITY_ALERT)).map((rule) => rule.criteria.operation_name);
  // CIS Azure Foundations, chapter on activity log alerts
  expect(operations).toEqual(
    expect.arrayContaining([
      'Microsoft.Authorization/policyAssignments/write',
      'Microsoft.Authorization/policyAssignments/delete',
      'Microsoft.Network/networkSecurityGroups/write',
      'Microsoft.Network/networkSecurityGroups/delete',
      'Microsoft.Security/securitySolutions/write',
      'Microsoft.Security/securitySolutions/delete',
      'Microsoft.Sql/servers/firewallRules/write',
      'Microsoft.Sql/servers/firewallRules/delete',
      'Microsoft.Network/publicIPAddresses/write',
      'Microsoft.Network/publicIPAddresses/delete',
    ]),
  );
  expect(alert('DailyCap').criteria[0].query).toContain('OverQuota');
});

row('OBS-10', () => {
  const prod = platformIn('prod');
  const workspace = prod.idOf('azurerm_log_analytics_workspace', 'Observability/Resource');
  const settings = Object.values(prod.all('azurerm_monitor_diagnostic_setting'));
  expect(settings.filter((setting) => setting.log_analytics_workspace_id !== workspace)).toEqual([]);
  const logged = settings.filter((setting) => setting.enabled_log).map((setting) => setting.target_resource_id);
  const needed = [
    'azurerm_linux_web_app',
    'azurerm_linux_web_app_slot',
    'azurerm_monitor_autoscale_setting',
    'azurerm_postgresql_flexible_server',
    'azurerm_managed_redis',
    'azurerm_key_vault',
    'azurerm_communication_service',
    'azurerm_cdn_frontdoor_profile',
    'azurerm_data_protection_backup_vault',
    'azurerm_logic_app_workflow',
  ].flatMap((type) => Object.values(prod.all(type)).map(({ address }) => address));
  expect(needed.length).toBeGreaterThan(12);
  expect(needed.filter((address) => !logged.some((target) => target.includes(`{${address}.id}`)))).toEqual([]);
  // and what was done to all of them
  expect(prod.at('azurerm_monitor_diagnostic_setting', 'Observability/ActivityLog').enabled_log).toContainEqual({
    category: 'Administrative',
  });
});

row('OBS-12', () => {
  const [rule] = Object.values(platformIn('prod').all('azurerm_monitor_alert_processing_rule_suppression'));
  expect(rule).toMatchObject({
    scopes: [platformIn('prod').idOf('azurerm_resource_group', 'Fundraising/Resource')],
    schedule: {
      recurrence: { daily: [{ start_time: '18:00:00', end_time: '06:00:00' }] },
      time_zone: 'W. Europe Standard Time',
    },
    // P0 and P1 wake somebody up at any hour
    condition: { severity: { operator: 'Equals', values: ['Sev2', 'Sev3'] } },
  });
});

row('OBS-13', () => {
  const prod = platformIn('prod');
  expect(prod.at('azurerm_monitor_diagnostic_setting', 'Watched/Api.Plan/Logs-Autoscale')).toMatchObject({
    target_resource_id: prod.idOf('azurerm_monitor_autoscale_setting', 'Api/Plan/Autoscale'),
    enabled_log: [{ category: 'AutoscaleScaleActions' }],
  });
  const missing = (name: string, tiles: string[]) => tiles.filter((tile) => !dashboard(name).includes(tile));
  expect(missing('sre', ['Scale events', 'Requests per instance and minute', 'a forecast for 3'])).toEqual([]);
  expect(missing('operations', ['Response time (ms)'])).toEqual([]);
  expect(missing('cost', ['what an instance', 'Instances, to divide the cost of a plan by'])).toEqual([]);
});

function alert(key: string): any {
  return platformIn('prod').at(QUERY_ALERT, `Observability/Alerts/${key}/Resource`);
}

function dashboard(name: string): string {
  return platformIn('prod').at('azurerm_application_insights_workbook', `Dashboard-${name}/Resource`).data_json;
}

/** What Terraform code calls the attributes of an identity. */
function outputsOf(path: string): { client_id: string; principal_id: string } {
  const { address } = platformIn('prod').at('azurerm_user_assigned_identity', path);
  return { client_id: `\${${address}.client_id}`, principal_id: `\${${address}.principal_id}` };
}
