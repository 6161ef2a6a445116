import { row } from './row';
import { platform, platformIn } from './synthesized';

const APP = 'azurerm_linux_web_app';
const SLOT = 'azurerm_linux_web_app_slot';
const WEB_TEST = 'azurerm_application_insights_standard_web_test';

row('WEB-1', () => {
  const prod = platformIn('prod');
  const identity = prod.idOf('azurerm_user_assigned_identity', 'Api/Identity/Resource');
  expect(prod.at('azurerm_service_plan', 'Api/Plan/Resource')).toMatchObject({ os_type: 'Linux', sku_name: 'P1v3' });
  expect(platformIn('staging').at('azurerm_service_plan', 'Api/Plan/Resource').sku_name).toBe('P0v3');
  expect(prod.at(APP, 'Api/Resource')).toMatchObject({
    https_only: true,
    service_plan_id: prod.idOf('azurerm_service_plan', 'Api/Plan/Resource'),
    identity: { type: 'UserAssigned', identity_ids: [identity] },
    site_config: { always_on: true, application_stack: { docker_image_name: 'fundraising/api:1.0.0' } },
    // the image is taken with the identity too, and whichever the pipeline put there stays
    lifecycle: {
      ignore_changes: expect.arrayContaining(['site_config[0].application_stack[0].docker_image_name']),
    },
  });
  expect(prod.at(SLOT, 'Api/Staging')).toMatchObject({ name: 'staging', identity: { identity_ids: [identity] } });
  const domains = Object.values(prod.all('azurerm_cdn_frontdoor_custom_domain')).map(({ host_name }) => host_name);
  expect(domains).toEqual(expect.arrayContaining(['api.example.com', 'admin.example.com']));
});

row('WEB-2', () => {
  const prod = platformIn('prod');
  const site = prod.at('azurerm_static_web_app', 'Site/Resource');
  expect(site).toMatchObject({ sku_tier: 'Standard', sku_size: 'Standard', identity: { type: 'UserAssigned' } });
  expect(prod.at('azurerm_cdn_frontdoor_origin', 'Backend-site/Origin-main')).toMatchObject({
    enabled: true,
    host_name: `\${${site.address}.default_host_name}`,
    origin_host_header: `\${${site.address}.default_host_name}`,
  });
  const domains = ['example.com', 'www.example.com'].map((name) =>
    prod.idOf('azurerm_cdn_frontdoor_custom_domain', `Edge/Domain-${name}/Resource`),
  );
  for (const route of ['Route', 'ImmutableRoute']) {
    expect(prod.at('azurerm_cdn_frontdoor_route', `Backend-site/${route}`)).toMatchObject({
      enabled: true,
      cdn_frontdoor_custom_domain_ids: domains,
    });
  }
});

row('WEB-3', () => {
  const prod = platformIn('prod');
  const [app, slot] = [prod.at(APP, 'Api/Resource'), prod.at(SLOT, 'Api/Staging')];
  expect(slot.app_settings).toEqual(app.app_settings);
  expect(slot.site_config).toEqual(app.site_config);
  expect(app.app_settings).toMatchObject({
    WEBSITE_SWAP_WARMUP_PING_PATH: '/health/ready',
    WEBSITE_SWAP_WARMUP_PING_STATUSES: '200',
  });
  const rollout = stepsOf('promotion-api', 'deploy-prod').find(({ name }) => name === 'Roll out');
  expect(rollout).toMatchObject({
    run: 'node .delivery/pipeline/rollout.cjs',
    env: { ROLLOUT_SLOT: 'staging', ROLLOUT_HEALTH_PATH: '/health/ready' },
  });
  const back = stepsOf('rollback', 'prod-api').find(({ name }) => name === 'Roll back');
  expect(back).toMatchObject({ run: 'node .delivery/pipeline/rollback.cjs', env: { ROLLOUT_SLOT: 'staging' } });
  expect(platform().file('.delivery/pipeline/web-app.cjs')).toContain("'deployment', 'slot', 'swap'");
});

row('WEB-4', () => {
  const steps = stepsOf('promotion-api', 'deploy-prod');
  const rollout = steps.find(({ name }) => name === 'Roll out');
  // percent:minutes until the next
  expect(rollout.env.ROLLOUT_STEPS).toBe('10:5,25:10,50:15,100:0');
  const gates = JSON.parse(rollout.env.ROLLOUT_GATES);
  expect(gates.map(({ metric }: any) => metric)).toEqual(expect.arrayContaining(['Http5xx', 'HttpResponseTime']));
  const back = steps.find(({ name }) => name === 'Return to the old version');
  expect(back.if).toContain('!success()');
  expect(back.env).toMatchObject({ ROLLOUT_ACTION: 'return', ROLLOUT_SLOT: 'staging' });
});

row('WEB-5', () => {
  const prod = platformIn('prod');
  const { profile, target_resource_id: target } = prod.at('azurerm_monitor_autoscale_setting', 'Api/Plan/Autoscale');
  expect(target).toBe(prod.idOf('azurerm_service_plan', 'Api/Plan/Resource'));
  expect(profile[0]).toMatchObject({ name: 'Default', capacity: { minimum: 3, maximum: 30, default: 3 } });
  const up = profile[0].rule.filter((rule: any) => rule.scale_action.direction === 'Increase');
  expect(up.map(({ metric_trigger: { metric_name, threshold } }: any) => [metric_name, threshold])).toEqual(
    expect.arrayContaining([
      ['CpuPercentage', 70],
      ['MemoryPercentage', 80],
      ['Requests', 600],
    ]),
  );
  // whatever scales up also scales down again
  const down = profile[0].rule.filter((rule: any) => rule.scale_action.direction === 'Decrease');
  expect(down.map((rule: any) => rule.metric_trigger.metric_name)).toEqual(
    up.map((rule: any) => rule.metric_trigger.metric_name),
  );
  expect(profile[1]).toMatchObject({
    name: 'night',
    capacity: { minimum: 2, maximum: 4 },
    recurrence: { hours: [20] },
  });
  const staging = platformIn('staging').at('azurerm_monitor_autoscale_setting', 'Api/Plan/Autoscale');
  expect(staging.profile[0].capacity).toEqual({ minimum: 2, maximum: 10, default: 2 });
});

row('WEB-6', () => {
  const prod = platformIn('prod');
  const { site_config: config, app_settings: settings } = prod.at(APP, 'Api/Resource');
  expect(config).toMatchObject({ health_check_path: '/health', health_check_eviction_time_in_min: 5 });
  expect(settings.WEBSITE_SWAP_WARMUP_PING_PATH).toBe('/health/ready');
  expect(prod.at('azurerm_cdn_frontdoor_origin_group', 'Backend-api/Resource').health_probe).toEqual({
    path: '/health',
    protocol: 'Https',
    request_type: 'GET',
    interval_in_seconds: 60,
  });
  expect(prod.at(WEB_TEST, 'Edge.Domain-api.example.com/Availability-Health/Resource').request.url).toBe(
    'https://api.example.com/health',
  );
});

row('WEB-7', () => {
  const { site_config: config, client_affinity_enabled: affinity } = platformIn('prod').at(APP, 'Api/Resource');
  expect(config.cors).toEqual({ allowed_origins: ['https://example.com'], support_credentials: false });
  expect(affinity).toBe(false);
  expect(config.auto_heal_setting.trigger.slow_request).toMatchObject({ time_taken: '00:01:00' });
  expect(platformIn('prod').at('azurerm_cdn_frontdoor_profile', 'Edge/Resource').response_timeout_seconds).toBe(60);
  expect(platformIn('prod').at(APP, 'Api/Resource').app_settings.WEBSITES_CONTAINER_START_TIME_LIMIT).toBe('230');
});

row('WEB-8', () => {
  const prod = platformIn('prod');
  const vault = prod.at('azurerm_key_vault', 'Vault/Resource');
  const identity = prod.at('azurerm_user_assigned_identity', 'Api/Identity/Resource');
  for (const app of [prod.at(APP, 'Api/Resource'), prod.at(SLOT, 'Api/Staging')]) {
    const reference = (name: string) =>
      `@Microsoft.KeyVault(SecretUri=https://${vault.name}.vault.azure.net/secrets/${name})`;
    // without a version, so that a rotated value is followed and the last one stays while the vault is away
    expect(app.app_settings).toMatchObject({
      PAYMENT_TOKEN: reference('payment-token'),
      SESSION_KEY: reference('session-key'),
    });
    expect(app.key_vault_reference_identity_id).toBe(`\${${identity.address}.id}`);
  }
  const grants = Object.values(prod.all('azurerm_role_assignment')).filter(
    ({ role_definition_name: role, principal_id: principal }) =>
      role === 'Key Vault Secrets User' && principal === `\${${identity.address}.principal_id}`,
  );
  // these secrets and no other
  expect(grants.map(({ scope }) => scope)).toEqual([
    `\${${vault.address}.id}/secrets/payment-token`,
    `\${${prod.at('azurerm_key_vault_secret', 'Secret-session-key/Resource').address}.resource_versionless_id}`,
  ]);
});

row('WEB-9', () => {
  const prod = platformIn('prod');
  const domains = Object.values(prod.all('azurerm_cdn_frontdoor_custom_domain'));
  expect(domains).toHaveLength(4);
  for (const { host_name: hostName, tls, lifecycle } of domains) {
    expect(tls).toEqual({ certificate_type: 'ManagedCertificate' });
    expect(lifecycle).toEqual({ create_before_destroy: true });
    const path = `Edge.Domain-${hostName}/Certificate`;
    expect(prod.at(WEB_TEST, `${path}/Resource`)).toMatchObject({
      enabled: true,
      request: { url: expect.stringMatching(`^https://${hostName}/`) },
      validation_rules: { ssl_check_enabled: true, ssl_cert_remaining_lifetime: 30 },
    });
    expect(prod.at('azurerm_monitor_metric_alert', `${path}/Alert`)).toMatchObject({
      severity: 2,
      application_insights_web_test_location_availability_criteria: {
        web_test_id: prod.idOf(WEB_TEST, `${path}/Resource`),
      },
    });
  }
  // certificates that lie in the vault raise their own, as secrets and keys do
  const { criteria } = prod.at('azurerm_monitor_scheduled_query_rules_alert_v2', 'Watched/Vault/NearExpiry/Resource');
  expect(criteria[0].query).toContain('endswith "NearExpiryEventGridNotification"');
});

row('WEB-10', () => {
  const prod = platformIn('prod');
  for (const app of [prod.at(APP, 'Api/Resource'), prod.at(SLOT, 'Api/Staging')]) {
    expect(app).toMatchObject({
      public_network_access_enabled: false,
      site_config: { ip_restriction_default_action: 'Deny', scm_ip_restriction_default_action: 'Deny' },
    });
  }
  const group = prod.idOf('azurerm_cdn_frontdoor_origin_group', 'Backend-api/Resource');
  expect(prod.at('azurerm_cdn_frontdoor_origin', 'Backend-api/Origin-main')).toMatchObject({
    cdn_frontdoor_origin_group_id: group,
    private_link: { private_link_target_id: prod.idOf(APP, 'Api/Resource'), target_type: 'sites' },
  });
  expect(prod.at('azurerm_cdn_frontdoor_route', 'Backend-api/Route')).toMatchObject({
    cdn_frontdoor_origin_group_id: group,
    cdn_frontdoor_custom_domain_ids: ['admin', 'api'].map((name) =>
      prod.idOf('azurerm_cdn_frontdoor_custom_domain', `Edge/Domain-${name}.example.com/Resource`),
    ),
  });
  // the front end has an address of its own until whoever releases it writes the id of the edge, an output, into its file
  const outputs = Object.values<any>(prod.json.output).map(({ value }) => value);
  expect(outputs).toContain(`\${${prod.at('azurerm_cdn_frontdoor_profile', 'Edge/Resource').address}.resource_guid}`);
});

function stepsOf(workflow: string, job: string): any[] {
  return platform().workflow(workflow).jobs[job].steps;
}
