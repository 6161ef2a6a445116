import { TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { Environment, SecureWebApp, WebAppRuntime, Workload } from '../../src';
import { ENVIRONMENTS, groupIn, Rendered, workloadIn } from '../support';
import { appIn, GUID, runtime, site, slot, Target } from './an-app';

describe('defaults', () => {
  test.each([
    ['the app', site],
    ['its slot', slot],
  ])('%s is private, hardened, watched and runs under its identity', (_, of) => {
    const workload = workloadIn(Environment.PROD);

    appIn(workload);

    expect(of(workload)).toMatchObject({
      https_only: true,
      public_network_access_enabled: false,
      client_affinity_enabled: false,
      client_certificate_enabled: true,
      client_certificate_mode: 'Optional',
      ftp_publish_basic_authentication_enabled: false,
      webdeploy_publish_basic_authentication_enabled: false,
      virtual_network_subnet_id: expect.stringContaining('/subnets/app'),
      identity: { type: 'UserAssigned', identity_ids: [expect.stringContaining('azurerm_user_assigned_identity')] },
      key_vault_reference_identity_id: expect.stringContaining('azurerm_user_assigned_identity'),
      site_config: {
        always_on: true,
        application_stack: { node_version: '22-lts' },
        auto_heal_setting: {
          action: { action_type: 'Recycle', minimum_process_execution_time: '00:10:00' },
          trigger: {
            slow_request: { count: 20, interval: '00:05:00', time_taken: '00:01:00' },
            status_code: [{ count: 50, interval: '00:05:00', status_code_range: '500-599' }],
          },
        },
        ftps_state: 'Disabled',
        health_check_path: '/health',
        health_check_eviction_time_in_min: 5,
        http2_enabled: true,
        ip_restriction_default_action: 'Deny',
        load_balancing_mode: 'LeastRequests',
        minimum_tls_version: '1.2',
        remote_debugging_enabled: false,
        scm_ip_restriction_default_action: 'Deny',
        scm_minimum_tls_version: '1.2',
        scm_use_main_ip_restriction: false,
        use_32_bit_worker: false,
        vnet_route_all_enabled: true,
        websockets_enabled: false,
      },
      logs: {
        detailed_error_messages: true,
        failed_request_tracing: true,
        application_logs: { file_system_level: 'Warning' },
        http_logs: { file_system: { retention_in_days: 7, retention_in_mb: 35 } },
      },
      app_settings: {
        AZURE_CLIENT_ID: expect.stringContaining('client_id'),
        OTEL_RESOURCE_ATTRIBUTES: 'service.namespace=billing,deployment.environment.name=prod',
        WEBSITE_SWAP_WARMUP_PING_PATH: '/health/ready',
        WEBSITE_SWAP_WARMUP_PING_STATUSES: '200',
        WEBSITES_CONTAINER_START_TIME_LIMIT: '230',
      },
      tags: { environment: 'prod' },
    });
  });

  test('the slot stays on the plan of its app, which the provider wants unsaid', () => {
    const workload = workloadIn(Environment.PROD);

    appIn(workload);

    expect(slot(workload)).not.toHaveProperty('service_plan_id');
    expect(slot(workload)).toMatchObject({ name: 'staging', app_service_id: expect.stringContaining('.id}') });
  });

  test('traffic is not moved by Terraform', () => {
    const workload = workloadIn(Environment.PROD);

    appIn(workload);

    const rendered = new Rendered(workload);
    expect(rendered.all('azurerm_web_app_active_slot')).toEqual([]);
    expect(JSON.stringify(rendered.json)).not.toContain('auto_swap');
  });

  test('app and slot have a private endpoint each, the one of the slot after the slot', () => {
    const workload = workloadIn(Environment.PROD);

    appIn(workload);

    const rendered = new Rendered(workload);
    expect(rendered.at('azurerm_private_endpoint', 'Api/PrivateEndpoint/Resource')).toMatchObject({
      private_service_connection: { subresource_names: ['sites'] },
    });
    expect(rendered.at('azurerm_private_endpoint', 'Api/StagingPrivateEndpoint/Resource')).toMatchObject({
      private_service_connection: {
        subresource_names: ['sites-staging'],
        private_connection_resource_id: expect.stringContaining('azurerm_linux_web_app.'),
      },
      depends_on: [expect.stringContaining('azurerm_linux_web_app_slot.')],
    });
  });

  test('what Application Insights and rollouts write on app and slot is left alone', () => {
    const workload = workloadIn(Environment.PROD);

    appIn(workload);

    const links = ['conn-string', 'instrumentation-key', 'resource-id'].map(
      (suffix) => `link: /app-insights-${suffix}`,
    );
    const tags = [...links, 'rollout-candidate', 'rollout-previous'].map((name) => `tags["hidden-${name}"]`);
    const ignore_changes = ['app_settings["RELEASE_VERSION"]', ...tags];
    expect(site(workload).lifecycle).toEqual({ ignore_changes });
    expect(slot(workload).lifecycle).toEqual({ ignore_changes });
  });
});

describe('environments', () => {
  test.each`
    environment            | sku       | workers | zones        | slots | limits
    ${Environment.DEV}     | ${'B1'}   | ${1}    | ${undefined} | ${0}  | ${undefined}
    ${Environment.TEST}    | ${'B1'}   | ${1}    | ${undefined} | ${0}  | ${undefined}
    ${Environment.STAGING} | ${'P0v3'} | ${2}    | ${true}      | ${1}  | ${[2, 10]}
    ${Environment.PREPROD} | ${'P1v3'} | ${3}    | ${true}      | ${1}  | ${[3, 10]}
    ${Environment.PROD}    | ${'P1v3'} | ${3}    | ${true}      | ${1}  | ${[3, 30]}
  `('$environment.name: $workers on $sku, $slots slots', ({ environment, sku, workers, zones, slots, limits }) => {
    const workload = workloadIn(environment);

    appIn(workload);

    const rendered = new Rendered(workload);
    const plan = rendered.only('azurerm_service_plan');
    expect(plan).toMatchObject({ sku_name: sku, worker_count: workers, os_type: 'Linux' });
    expect(plan.zone_balancing_enabled).toBe(zones);
    expect(rendered.all('azurerm_linux_web_app_slot')).toHaveLength(slots);
    const [autoscale] = rendered.all('azurerm_monitor_autoscale_setting');
    const capacity = autoscale?.profile[0].capacity;
    expect(capacity && [capacity.minimum, capacity.maximum]).toEqual(limits);
    expect(plan.lifecycle).toEqual(limits && { ignore_changes: ['worker_count'] });
  });

  test('the same definition synthesizes everywhere, staging settings included', () => {
    for (const environment of ENVIRONMENTS) {
      const workload = workloadIn(environment);
      appIn(workload, { settings: { MODE: 'live' }, stagingSettings: { MODE: 'rehearsal' } });
      expect(site(workload).app_settings.MODE).toBe('live');
    }
  });
});

describe('grants', () => {
  test.each([
    ['owned', (w: Workload) => appIn(w)],
    [
      'imported',
      (w: Workload) =>
        SecureWebApp.fromAttributes(w, 'Api', {
          webAppId: '/subscriptions/0/api',
          defaultHostName: 'api.example.com',
          principalId: GUID,
        }),
    ],
  ])('the right to deploy to an %s app is given once, and the app does not wait for it', (_, define) => {
    const workload = workloadIn(Environment.DEV);
    const releasers = groupIn(workload);
    const app = define(workload);

    app.grantDeploy(releasers);
    app.grantDeploy(releasers);

    const rendered = new Rendered(workload);
    expect(rendered.only('azurerm_role_assignment')).toMatchObject({ role_definition_name: 'Website Contributor' });
    rendered.all('azurerm_linux_web_app').forEach((found) => expect(found).not.toHaveProperty('depends_on'));
  });

  test('the app and its identity are one grantee', () => {
    const workload = workloadIn(Environment.DEV);
    const app = appIn(workload);
    const target = new Target(workload, 'Target');

    target.bindClient(app);
    target.bindClient(app.identity);

    expect(new Rendered(workload).all('azurerm_role_assignment')).toHaveLength(1);
  });
});

describe('recovery and monitoring', () => {
  test('swapping back is one command with the real names', () => {
    const workload = workloadIn(Environment.PROD);
    const app = appIn(workload);

    const [step] = app.toRecoverySteps();
    expect(step.commands).toEqual([
      `az webapp deployment slot swap --resource-group ${workload.knownResourceGroupName} --name ${app.webAppName} --slot staging --target-slot production`,
    ]);
    expect(step.commands[0]).not.toContain('${');
    expect(appIn(workloadIn(Environment.DEV)).toRecoverySteps()).toEqual([]);
  });

  test('only a public app is probed from the internet', () => {
    const open = appIn(workloadIn(Environment.DEV), { publiclyReachable: true });
    const closed = appIn(workloadIn(Environment.DEV));

    expect(Object.keys(open.toMonitoringTarget().healthUrls ?? {})).toEqual(['Health', 'Ready', 'Live']);
    expect(closed.toMonitoringTarget().healthUrls).toBeUndefined();
    expect(closed.toMonitoringTarget().signals.map(({ key }) => key)).toEqual([
      'ServerErrors',
      'SlowResponses',
      'Unhealthy',
    ]);
  });

  test('app and plan are announced, unless they are left out', () => {
    const seen: string[] = [];
    const workload = workloadIn(Environment.PROD);
    workload.addWatcher(
      Object.assign(new Construct(workload, 'Watcher'), { monitor: (x: Construct) => seen.push(x.node.path) }),
    );

    appIn(workload);
    new SecureWebApp(workload, 'Quiet', { runtime, publiclyReachable: true, unmonitored: true });

    expect(seen).toEqual(['stack/Billing/Api/Plan', 'stack/Billing/Api']);
  });
});

describe('escape hatch', () => {
  test('the default child is the app, typed', () => {
    const workload = workloadIn(Environment.PROD);
    const app = appIn(workload);

    app.resources.webApp.addOverride('site_config.managed_pipeline_mode', 'Classic');
    app.resources.stagingSlot!.enabled = false;

    expect(app.node.defaultChild).toBe(app.resources.webApp);
    expect(site(workload).site_config.managed_pipeline_mode).toBe('Classic');
    expect(slot(workload).enabled).toBe(false);
  });

  test('tokens go through wherever a literal is not needed', () => {
    const workload = workloadIn(Environment.PROD);
    const text = new TerraformVariable(workload, 'Text', { type: 'string' }).stringValue;

    appIn(workload, {
      runtime: WebAppRuntime.container({ image: text, registryUrl: text, registryId: text }),
      settings: { A: text },
      corsOrigins: [text],
      healthCheckPath: text,
      startupCommand: text,
    });

    expect(site(workload)).toMatchObject({
      app_settings: { A: expect.stringMatching(/^\$\{var\.\w+\}$/) },
      site_config: {
        application_stack: { docker_image_name: expect.stringMatching(/^\$\{var\.\w+\}$/) },
        health_check_path: expect.stringMatching(/^\$\{var\.\w+\}$/),
      },
    });
  });
});
