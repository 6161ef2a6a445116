import { TerraformVariable } from 'cdktf';
import { ClientCertificates, Environment, SecureWebApp, WebAppAuthentication } from '../../src';
import { Rendered, workloadIn } from '../support';
import { runtime } from './an-app';
import { define, edge } from './refusals-fixtures';

const GUID = '00000000-0000-0000-0000-000000000001';

describe('fails at synthesis', () => {
  test('a staging setting that is no setting', () => {
    const workload = workloadIn(Environment.PROD);
    define({ stagingSettings: { MODE: 'x' } }, workload);

    expect(() => new Rendered(workload)).toThrow(
      `stack/Billing/Api: 'stagingSettings' has "MODE", which is no setting of the app; give it a value in 'settings' too`,
    );
  });

  test('an app that nobody can reach', () => {
    const workload = workloadIn(Environment.DEV);
    new SecureWebApp(workload, 'Api', { runtime });

    expect(() => new Rendered(workload)).toThrow(
      "stack/Billing/Api: nobody can reach the app: give it a 'network', put an edge in front of it, or set 'publiclyReachable' to true",
    );
  });

  /** What only Azure would say, or the provider in the middle of an apply, of whatever an escape hatch leaves behind. */
  test.each<[string, 'webApp' | 'stagingSlot', string, unknown, string]>([
    [
      'files that are uploaded with a password',
      'webApp',
      'zip_deploy_file',
      'site.zip',
      "'zip_deploy_file' must be left out: the provider uploads it with a password, and those are off; release with 'az webapp deploy', under an identity",
    ],
    [
      'a plan for the slot',
      'stagingSlot',
      'service_plan_id',
      '/subscriptions/0/plan',
      "'service_plan_id' must be left out on a slot, which runs on the plan of its app: the provider fails on one that is the same",
    ],
    [
      'a health check without an eviction time',
      'webApp',
      'site_config.health_check_eviction_time_in_min',
      undefined,
      "'health_check_path' and 'health_check_eviction_time_in_min' must be given together",
    ],
    [
      'an eviction time that Azure does not take',
      'stagingSlot',
      'site_config.health_check_eviction_time_in_min',
      11,
      "'health_check_eviction_time_in_min' must be 2 to 10, got 11",
    ],
    [
      'an image from nowhere',
      'webApp',
      'site_config.application_stack',
      { docker_image_name: 'acme/api:1' },
      "'docker_registry_url' must say where the image is, e.g. https://ghcr.io",
    ],
    [
      'two ways to sign in',
      'webApp',
      'auth_settings',
      [{ enabled: true }],
      "'auth_settings' must be left out beside 'auth_settings_v2': an app signs in its callers in one way",
    ],
    [
      'credentials from anywhere',
      'webApp',
      'site_config.cors',
      { allowed_origins: ['*'], support_credentials: true },
      "'cors' must name its origins where 'support_credentials' is true, got \"*\"",
    ],
    [
      'a restart of what has just been started',
      'stagingSlot',
      'site_config.auto_heal_setting.action.minimum_process_execution_time',
      undefined,
      "'auto_heal_setting' must have an 'action' with a 'minimum_process_execution_time', e.g. 00:10:00: Azure refuses one without",
    ],
    [
      'a sticky setting that is no setting',
      'webApp',
      'sticky_settings',
      { app_setting_names: ['MODE'] },
      '\'sticky_settings\' must name settings of the app, got "MODE"',
    ],
  ])('%s', (_, of, attribute, value, message) => {
    const workload = workloadIn(Environment.PROD);
    const authentication = WebAppAuthentication.entraApi({ clientId: GUID, tenantId: GUID });
    const site = define({ authentication }, workload).resources[of]!;
    site.addOverride(attribute, value);

    expect(() => new Rendered(workload)).toThrow(`${site.node.path}: ${message}\n`);
  });

  test('but what Terraform has yet to compute passes, and so do files where passwords are on', () => {
    const workload = workloadIn(Environment.PROD);
    const { webApp } = define({}, workload).resources;
    const token = new TerraformVariable(workload, 'Token', { type: 'any' });
    webApp.addOverride('app_settings', token.value);
    webApp.addOverride('sticky_settings', { app_setting_names: ['MODE', token.stringValue] });
    webApp.addOverride('site_config.health_check_eviction_time_in_min', token.value);
    webApp.addOverride('site_config.cors', { allowed_origins: token.value, support_credentials: true });
    webApp.addOverride('zip_deploy_file', 'site.zip');
    webApp.webdeployPublishBasicAuthenticationEnabled = true;

    expect(new Rendered(workload).only('azurerm_linux_web_app').zip_deploy_file).toBe('site.zip');
  });
});

describe('behind an edge', () => {
  test('app and slot let in one Front Door and nobody else', () => {
    const workload = workloadIn(Environment.PROD);
    const app = new SecureWebApp(workload, 'Api', { runtime, publiclyReachable: true });

    const origin = app.bindEdge(edge);

    expect(origin).toMatchObject({ healthPath: '/health', privateLinkTarget: 'sites', location: 'westeurope' });
    for (const type of ['azurerm_linux_web_app', 'azurerm_linux_web_app_slot']) {
      expect(new Rendered(workload).only(type)).toMatchObject({
        public_network_access_enabled: true,
        site_config: {
          ip_restriction_default_action: 'Deny',
          ip_restriction: [
            {
              action: 'Allow',
              service_tag: 'AzureFrontDoor.Backend',
              headers: [
                {
                  x_azure_fdid: [edge.frontDoorGuid],
                  x_fd_health_probe: [],
                  x_forwarded_for: [],
                  x_forwarded_host: [],
                },
              ],
            },
          ],
        },
      });
    }
  });

  test('by private link the app stays closed, also one that was open', () => {
    const workload = workloadIn(Environment.PROD);
    const app = new SecureWebApp(workload, 'Api', { runtime, publiclyReachable: true });

    app.bindEdge({ ...edge, privateLink: true });

    const rendered = new Rendered(workload).only('azurerm_linux_web_app');
    expect(rendered.public_network_access_enabled).toBe(false);
    expect(rendered.site_config).not.toHaveProperty('ip_restriction');
  });

  test('a sign-in leads back to the edge, on app and slot, and to the app where there is none', () => {
    const authentication = WebAppAuthentication.entraSite({
      clientId: edge.frontDoorGuid,
      tenantId: edge.frontDoorGuid,
    });
    const conventions = (behindEdge: boolean) => {
      const workload = workloadIn(Environment.PROD);
      const app = new SecureWebApp(workload, 'Site', { runtime, publiclyReachable: true, authentication });
      if (behindEdge) {
        app.bindEdge({ ...edge, privateLink: true });
      }
      return ['azurerm_linux_web_app', 'azurerm_linux_web_app_slot'].map(
        (type) => new Rendered(workload).only(type).auth_settings_v2.forward_proxy_convention,
      );
    };

    expect(conventions(true)).toEqual(['Standard', 'Standard']);
    expect(conventions(false)).toEqual([undefined, undefined]);
  });

  test('an open app without an edge lets everybody in, but not to its deployment site', () => {
    const workload = workloadIn(Environment.PROD);
    new SecureWebApp(workload, 'Api', { runtime, publiclyReachable: true });

    expect(new Rendered(workload).only('azurerm_linux_web_app')).toMatchObject({
      public_network_access_enabled: true,
      site_config: { ip_restriction_default_action: 'Allow', scm_ip_restriction_default_action: 'Deny' },
    });
  });

  test('fails when there are two, or when callers must show certificates', () => {
    const app = define({});
    app.bindEdge(edge);
    app.bindEdge(edge);

    expect(() => app.bindEdge({ ...edge, frontDoorGuid: 'another' })).toThrow(
      'stack/Billing/Api: the app is already closed to another edge; only one can be in front of it',
    );
    expect(() => define({ clientCertificates: ClientCertificates.REQUIRED }).bindEdge(edge)).toThrow(
      "stack/Billing/Api: 'clientCertificates' must not be REQUIRED behind an edge, which has none to show",
    );
  });
});
