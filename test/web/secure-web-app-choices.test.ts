import {
  ClientCertificates,
  Environment,
  ManagedIdentity,
  Owner,
  SecureWebAppProps,
  TelemetrySink,
  TlsVersion,
  WebAppAuthentication,
  WebAppPlan,
  WebAppRuntime,
} from '../../src';
import { Rendered, workloadIn } from '../support';
import { appIn, GUID, site, slot, Target } from './an-app';

const container = WebAppRuntime.container({ image: 'acme/api:1.4.2', registryUrl: 'https://acme.azurecr.io' });

describe('settings', () => {
  test('app and slot have the same, except those that stay where they are', () => {
    const workload = workloadIn(Environment.PROD);
    const app = appIn(workload, { settings: { MODE: 'live', SIZE: '1' }, stagingSettings: { MODE: 'rehearsal' } });

    app.addSetting('LATER', 'yes');

    const { sticky_settings, app_settings } = site(workload);
    expect(sticky_settings).toEqual({ app_setting_names: ['MODE'] });
    expect(slot(workload).app_settings).toEqual({ ...app_settings, MODE: 'rehearsal' });
    expect(app_settings).toMatchObject({ MODE: 'live', LATER: 'yes' });
  });

  test('a setting added later keeps the value that the slot was promised', () => {
    const workload = workloadIn(Environment.PROD);
    const app = appIn(workload, { stagingSettings: { MODE: 'rehearsal' } });

    app.addSetting('MODE', 'live');

    expect(site(workload).app_settings.MODE).toBe('live');
    expect(slot(workload).app_settings.MODE).toBe('rehearsal');
  });

  test("the user's own win over those of the platform", () => {
    const workload = workloadIn(Environment.DEV);

    appIn(workload, { settings: { OTEL_SERVICE_NAME: 'orders' } });

    expect(site(workload).app_settings.OTEL_SERVICE_NAME).toBe('orders');
  });

  test('a connection is access there and settings here, and is remembered', () => {
    const workload = workloadIn(Environment.DEV);
    const app = appIn(workload);
    const target = new Target(workload, 'Target');

    app.addConnection('ORDERS', target);

    const rendered = new Rendered(workload);
    const { role_definition_name, principal_id } = rendered.only('azurerm_role_assignment');
    expect(role_definition_name).toBe('Reader');
    expect(principal_id).toContain('azurerm_user_assigned_identity');
    expect(rendered.only('azurerm_linux_web_app')).toMatchObject({
      app_settings: { ORDERS_HOST: 'target.example.com' },
      depends_on: [expect.stringContaining('azurerm_role_assignment.')],
    });
    expect(workload.connections).toEqual([{ name: 'ORDERS', client: app, target }]);
  });

  test('a secret is a reference on app and slot, and its role comes before both', () => {
    const workload = workloadIn(Environment.PROD);
    const app = appIn(workload);

    app.addSecret('TOKEN', new Target(workload, 'Vault'));

    for (const part of [site, slot]) {
      expect(part(workload)).toMatchObject({
        app_settings: { TOKEN: '@Microsoft.KeyVault(SecretUri=https://kv.vault.azure.net/secrets/token)' },
        depends_on: [expect.stringContaining('azurerm_role_assignment.')],
      });
    }
  });

  test('telemetry goes under the identity, not by key', () => {
    const workload = workloadIn(Environment.PROD);
    const telemetry = TelemetrySink.fromApplicationInsights(workload, 'Insights', {
      applicationInsightsId: '/subscriptions/0/insights',
      connectionString: 'IngestionEndpoint=https://example.com',
    });

    appIn(workload, { telemetry });

    expect(slot(workload).app_settings).toMatchObject({
      APPLICATIONINSIGHTS_CONNECTION_STRING: 'IngestionEndpoint=https://example.com',
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: expect.stringMatching(
        /^Authorization=AAD;ClientId=\$\{.*client_id\}$/,
      ),
    });
    expect(new Rendered(workload).only('azurerm_role_assignment')).toMatchObject({
      role_definition_name: 'Monitoring Metrics Publisher',
    });
  });
});

describe('choices', () => {
  test.each<[string, Partial<SecureWebAppProps>, object]>([
    ['sessionAffinity', { sessionAffinity: true }, { client_affinity_enabled: true }],
    ['webSockets', { webSockets: true }, { site_config: { websockets_enabled: true } }],
    [
      'minimumTls',
      { minimumTls: TlsVersion.TLS_1_3 },
      { site_config: { minimum_tls_version: '1.3', scm_minimum_tls_version: '1.3' } },
    ],
    ['clientCertificates', { clientCertificates: ClientCertificates.OFF }, { client_certificate_enabled: false }],
    ['healthCheckPath', { healthCheckPath: '/up' }, { site_config: { health_check_path: '/up' } }],
    ['readinessPath', { readinessPath: '/up/now' }, { app_settings: { WEBSITE_SWAP_WARMUP_PING_PATH: '/up/now' } }],
    [
      'slowRequestSeconds',
      { slowRequestSeconds: 90 },
      { site_config: { auto_heal_setting: { trigger: { slow_request: { time_taken: '00:01:30' } } } } },
    ],
    [
      'startTimeoutSeconds',
      { startTimeoutSeconds: 600 },
      { app_settings: { WEBSITES_CONTAINER_START_TIME_LIMIT: '600' } },
    ],
    ['startupCommand', { startupCommand: 'node main.js' }, { site_config: { app_command_line: 'node main.js' } }],
    ['logDays', { logDays: 30 }, { logs: { http_logs: { file_system: { retention_in_days: 30 } } } }],
    ['webAppName', { webAppName: 'app-orders' }, { name: 'app-orders' }],
    [
      'corsOrigins',
      { corsOrigins: ['https://www.example.com'], corsCredentials: true },
      { site_config: { cors: { allowed_origins: ['https://www.example.com'], support_credentials: true } } },
    ],
    [
      'port',
      { runtime: container, port: 3000 },
      {
        app_settings: { WEBSITES_PORT: '3000', WEBSITES_ENABLE_APP_SERVICE_STORAGE: 'false' },
        vnet_image_pull_enabled: true,
      },
    ],
  ])('%s', (_, props, expected) => {
    const workload = workloadIn(Environment.DEV);

    appIn(workload, props);

    expect(site(workload)).toMatchObject(expected);
  });

  test('false is an answer', () => {
    const workload = workloadIn(Environment.PROD);

    appIn(workload, { stagingSlot: false, zoneRedundant: false, sessionAffinity: false });

    const rendered = new Rendered(workload);
    expect(rendered.all('azurerm_linux_web_app_slot')).toEqual([]);
    expect(rendered.only('azurerm_service_plan').zone_balancing_enabled).toBe(false);
    expect(rendered.only('azurerm_linux_web_app')).not.toHaveProperty('sticky_settings');
  });

  test('what the pipeline owns is set once, on app and slot alike', () => {
    const workload = workloadIn(Environment.PROD);

    appIn(workload, {
      runtime: container,
      imageManagedBy: Owner.PIPELINE,
      settingsManagedBy: Owner.PIPELINE,
      ignoreChanges: ['logs'],
    });

    for (const part of [site, slot]) {
      expect(part(workload).lifecycle.ignore_changes).toEqual([
        'app_settings',
        'logs',
        'site_config[0].application_stack[0].docker_image_name',
        expect.stringContaining('conn-string'),
        expect.stringContaining('instrumentation-key'),
        expect.stringContaining('resource-id'),
        expect.stringContaining('rollout-candidate'),
        expect.stringContaining('rollout-previous'),
      ]);
    }
  });

  test('an image is pulled under the identity, and the right to do so comes first', () => {
    const workload = workloadIn(Environment.DEV);

    appIn(workload, {
      runtime: WebAppRuntime.container({
        image: `acme/api@sha256:${'0'.repeat(64)}`,
        registryUrl: 'https://acme.azurecr.io',
        registryId: '/subscriptions/0/registry',
      }),
    });

    expect(site(workload)).toMatchObject({
      site_config: {
        container_registry_use_managed_identity: true,
        container_registry_managed_identity_client_id: expect.stringContaining('client_id'),
      },
      depends_on: [expect.stringContaining('AcrPull')],
    });
  });

  test('a registry that is not Azure is not sent a token of Azure', () => {
    const workload = workloadIn(Environment.DEV);

    appIn(workload, { runtime: WebAppRuntime.container({ image: 'acme/api:1', registryUrl: 'https://ghcr.io' }) });

    expect(site(workload).site_config).not.toHaveProperty('container_registry_use_managed_identity');
  });

  test('signing in lets the health paths through and needs no client secret', () => {
    const workload = workloadIn(Environment.DEV);

    appIn(workload, { authentication: WebAppAuthentication.entraSite({ clientId: GUID, tenantId: GUID }) });

    expect(site(workload)).toMatchObject({
      auth_settings_v2: {
        auth_enabled: true,
        require_authentication: true,
        require_https: true,
        unauthenticated_action: 'RedirectToLoginPage',
        excluded_paths: ['/health', '/health/live', '/health/ready'],
        active_directory_v2: {
          client_id: GUID,
          tenant_auth_endpoint: `https://login.microsoftonline.com/${GUID}/v2.0`,
          allowed_audiences: [`api://${GUID}`],
          client_secret_setting_name: 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID',
        },
        login: { token_store_enabled: true },
      },
      app_settings: { OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID: expect.stringContaining('client_id') },
    });
  });

  test('an API answers 401, also to applications that are not on its list', () => {
    const workload = workloadIn(Environment.DEV);
    const ids = { clientId: GUID, tenantId: GUID };

    appIn(workload, {
      authentication: WebAppAuthentication.entraApi({
        ...ids,
        allowedApplications: [GUID],
        allowedAudiences: ['api://orders'],
        anonymousPaths: ['/webhooks', '/health'],
      }),
    });

    const { auth_settings_v2 } = site(workload);
    expect(auth_settings_v2.unauthenticated_action).toBe('Return401');
    expect(auth_settings_v2.excluded_paths).toEqual(['/health', '/health/live', '/health/ready', '/webhooks']);
    expect(auth_settings_v2.active_directory_v2).toMatchObject({
      allowed_applications: [GUID],
      allowed_audiences: ['api://orders'],
    });
    expect(auth_settings_v2.active_directory_v2).not.toHaveProperty('client_secret_setting_name');
    expect(auth_settings_v2).not.toHaveProperty('forward_proxy_convention');
  });

  test('an existing identity and plan are used, and none is made', () => {
    const workload = workloadIn(Environment.PROD);
    const plan = WebAppPlan.fromAttributes(workload, 'Plan', { planId: '/subscriptions/0/plan', sku: 'S1' as any });
    const identity = ManagedIdentity.fromAttributes(workload, 'Id', {
      identityId: '/subscriptions/0/identity',
      clientId: GUID,
      principalId: GUID,
    });

    appIn(workload, { plan, identity });

    const rendered = new Rendered(workload);
    expect(rendered.all('azurerm_service_plan')).toEqual([]);
    expect(rendered.all('azurerm_user_assigned_identity')).toEqual([]);
    expect(rendered.only('azurerm_linux_web_app')).toMatchObject({ service_plan_id: '/subscriptions/0/plan' });
    expect(rendered.all('azurerm_linux_web_app_slot')).toHaveLength(1);
  });
});
