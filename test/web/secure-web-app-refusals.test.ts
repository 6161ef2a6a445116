import { TerraformVariable } from 'cdktf';
import {
  ClientCertificates,
  Environment,
  Owner,
  PlanSku,
  SecureWebApp,
  SecureWebAppProps,
  WebAppAuthentication,
  WebAppPlan,
  WebAppRuntime,
  Workload,
} from '../../src';
import { networkIn, Rendered, workloadIn } from '../support';

const runtime = WebAppRuntime.node('22-lts');
const acme = { image: 'acme/api:1', registryUrl: 'https://acme.azurecr.io' };

const define = (props: Partial<SecureWebAppProps>, workload: Workload = workloadIn(Environment.PROD)) =>
  new SecureWebApp(workload, 'Api', { runtime, network: networkIn(workload), ...props });

describe('fails at once', () => {
  test.each<[string, Partial<SecureWebAppProps>, string]>([
    [
      'an origin without TLS',
      { corsOrigins: ['http://www.example.com'] },
      `'corsOrigins' must be https:// and a host in lower case, without a path, '*' or a slash at the end; got "http://www.example.com"`,
    ],
    [
      'any origin',
      { corsOrigins: ['*'], corsCredentials: true },
      `'corsOrigins' must be https:// and a host in lower case, without a path, '*' or a slash at the end; got "*"`,
    ],
    [
      'credentials without origins',
      { corsCredentials: true },
      "'corsCredentials' must come with 'corsOrigins', got none",
    ],
    [
      'a minimum above the maximum',
      { minInstances: 5, maxInstances: 3 },
      "'minInstances' must not be above 'maxInstances', got 5 and 3",
    ],
    [
      'a reserved setting',
      { settings: { website_vnet_route_all: '1' } },
      "'settings' must not have website_vnet_route_all, which is written for you: use 'network'",
    ],
    [
      'a registry password',
      { settings: { DOCKER_REGISTRY_SERVER_PASSWORD: 'x' } },
      "'settings' must not have DOCKER_REGISTRY_SERVER_PASSWORD, which is written for you: the image is pulled under the app's identity",
    ],
    [
      'a name that Linux apps cannot read',
      { settings: { 'Logging:Level': 'x' } },
      `'settings' must have names of letters, digits, '_' and '.', which is all that Linux apps can read, got "Logging:Level"`,
    ],
    [
      'a secret',
      { settings: { DB: 'Server=db;Password=hunter2' } },
      "'settings' must not hold secrets, and the value of DB looks like one; keep it in a vault and use addSecret()",
    ],
    [
      'a path without a slash',
      { healthCheckPath: 'health' },
      `'healthCheckPath' must be a path that starts with '/' and has no query, got "health"`,
    ],
    [
      'a path with a query',
      { readinessPath: '/ready?x=1' },
      `'readinessPath' must be a path that starts with '/' and has no query, got "/ready?x=1"`,
    ],
    [
      'a short start',
      { startTimeoutSeconds: 5 },
      "'startTimeoutSeconds' must be a whole number from 30 to 1800, got 5",
    ],
    [
      'a slow request that Azure ends before',
      { slowRequestSeconds: 231 },
      "'slowRequestSeconds' must be a whole number from 1 to 230, got 231",
    ],
    ['no days of logs', { logDays: 0 }, "'logDays' must be a whole number from 1 to 90, got 0"],
    [
      'half a port',
      { runtime: WebAppRuntime.container(acme), port: 80.5 },
      "'port' must be a whole number from 1 to 65535, got 80.5",
    ],
    [
      'a port without a container',
      { port: 3000 },
      "'port' must come with a container; built-in runtimes are told theirs in the variable PORT",
    ],
    [
      'an image without a container',
      { imageManagedBy: Owner.PIPELINE },
      "'imageManagedBy' must come with a container; what a built-in runtime runs is never in Terraform",
    ],
    [
      'an old runtime',
      { runtime: WebAppRuntime.node('16-lts') },
      `'runtime' must be node 20-lts, 22-lts, got "16-lts"; for another version bring a container`,
    ],
    [
      'the latest image',
      { runtime: WebAppRuntime.container({ ...acme, image: 'acme/api:latest' }) },
      `'image' must be a repository with a tag other than 'latest' or with a digest, without the registry, e.g. acme/api:1.4.2; got "acme/api:latest"`,
    ],
    [
      'a registry with a password',
      { runtime: WebAppRuntime.container({ ...acme, registryUrl: 'https://me:secret@acme.azurecr.io' }) },
      `'registryUrl' must be https:// and the host of a registry, without user, password or path; got "https://me:secret@acme.azurecr.io"`,
    ],
    [
      'a client that is no GUID',
      {
        authentication: WebAppAuthentication.entraApi({
          clientId: 'me',
          tenantId: '00000000-0000-0000-0000-000000000001',
        }),
      },
      `'clientId' must be a GUID, got "me"`,
    ],
    [
      'a slot on a basic plan',
      { sku: PlanSku.B1, minInstances: 1, maxInstances: 1, stagingSlot: true },
      `'stagingSlot' must come with a plan of S1 or better, got "B1"; give 'sku', or leave the choice to the environment`,
    ],
    [
      'a name that Azure would cut',
      { webAppName: 'a'.repeat(41) },
      `'webAppName' must be 2 to 40 letters, digits, or hyphens between them; got "${'a'.repeat(41)}"`,
    ],
  ])('%s', (_, props, message) => {
    expect(() => define(props)).toThrow(`stack/Billing/Api: ${message}`);
  });

  test('every problem is listed at once, and nothing is half built', () => {
    const workload = workloadIn(Environment.PROD);

    expect(() => define({ corsOrigins: ['*'], healthCheckPath: 'up', logDays: 91 }, workload)).toThrow(
      `stack/Billing/Api: 'corsOrigins' must be https:// and a host in lower case, without a path, '*' or a slash at the end; got "*"; 'healthCheckPath' must be a path that starts with '/' and has no query, got "up"; 'logDays' must be a whole number from 1 to 90, got 91`,
    );
    expect(new Rendered(workload).addresses()).toEqual([expect.stringMatching(/^azurerm_resource_group\./)]);
  });

  test('scaling props beside a plan that is given', () => {
    const workload = workloadIn(Environment.PROD);
    const plan = new WebAppPlan(workload, 'Plan');

    expect(() => define({ plan, minInstances: 3, requestsPerInstance: 100 }, workload)).toThrow(
      "stack/Billing/Api: 'plan' must come without 'minInstances', 'requestsPerInstance': they belong to the plan",
    );
  });

  test('a name that Terraform has yet to compute', () => {
    const workload = workloadIn(Environment.PROD);
    const webAppName = new TerraformVariable(workload, 'Name', { type: 'string' }).stringValue;

    expect(() => define({ webAppName }, workload)).toThrow("stack/Billing/Api: 'webAppName' must be a literal");
  });

  test('no organization for a name that is unique in all of Azure', () => {
    const workload = workloadIn(Environment.PROD, { organization: undefined });

    expect(() => define({}, workload)).toThrow(
      `stack/Billing/Api: names of azurerm_linux_web_app are unique in all of Azure: give the workload "stack/Billing" an 'organization', a literal that no other organization uses, e.g. your domain or subscription id`,
    );
  });

  test('a setting that has a value', () => {
    const app = define({ settings: { MODE: 'a' } });

    expect(() => app.addSetting('MODE', 'b')).toThrow('stack/Billing/Api: the setting "MODE" already has a value');
  });
});

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
});

describe('behind an edge', () => {
  const edge = { frontDoorGuid: '00000000-0000-0000-0000-000000000007', privateLink: false };

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
