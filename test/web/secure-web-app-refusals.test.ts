import { TerraformVariable } from 'cdktf';
import {
  Environment,
  Owner,
  PlanSku,
  PrivateDns,
  PrivateNetwork,
  SecureWebAppProps,
  WebAppAuthentication,
  WebAppPlan,
  WebAppRuntime,
} from '../../src';
import { Rendered, workloadIn, workloadOn } from '../support';
import { define, edge } from './refusals-fixtures';

const acme = { image: 'acme/api:1', registryUrl: 'https://acme.azurecr.io' };

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
      'a secret by its name',
      { settings: { DB_PASSWORD: 'hunter2' } },
      "'settings' must not hold secrets, and DB_PASSWORD is one by its name; keep it in a vault and use addSecret(), or say in the name what it is, e.g. DB_PASSWORD_NAME",
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

  test('a network of another region, unless Terraform has yet to compute which', () => {
    const vnet = `/subscriptions/${edge.frontDoorGuid}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet`;
    const inNetworkOf = (location: string) => {
      const workload = workloadIn(Environment.PROD);
      const network = PrivateNetwork.fromAttributes(workload, 'Network', {
        virtualNetworkId: vnet,
        appSubnetId: `${vnet}/subnets/app`,
        endpointSubnetId: `${vnet}/subnets/endpoints`,
        privateDns: PrivateDns.managedByPolicy(),
        location,
      });
      return () => define({ network }, workload);
    };

    expect(inNetworkOf('North Europe')).toThrow(
      "stack/Billing/Api: 'network' must lie in westeurope as the app does, which sends its outbound traffic there, got northeurope; give it a network of its own region, peered with that one",
    );
    expect(inNetworkOf('West Europe')).not.toThrow();
    expect(inNetworkOf('${var.location}')).not.toThrow();
  });

  test('a plan of another region', () => {
    const workload = workloadIn(Environment.PROD);
    const elsewhere = workloadOn(workload.node.scope!, 'Elsewhere', {
      environment: Environment.PROD,
      location: 'northeurope',
    });
    const plan = new WebAppPlan(elsewhere, 'Plan');

    expect(() => define({ plan }, workload)).toThrow(
      "stack/Billing/Api: 'plan' must lie in westeurope as the app does, got northeurope; give each region a plan of its own",
    );
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

  test.each([
    ['DIAGNOSTICS_AZUREBLOBCONTAINERSASURL', 'an observability construct takes the logs'],
    ['DIAGNOSTICS_AZUREBLOBRETENTIONINDAYS', 'an observability construct takes the logs'],
    ['DOCKER_REGISTRY_SERVER_PASSWORD', "the image is pulled under the app's identity"],
    ['DOCKER_REGISTRY_SERVER_URL', "use 'runtime'"],
    ['DOCKER_REGISTRY_SERVER_USERNAME', "the image is pulled under the app's identity"],
    ['spring.datasource.password', 'use addConnection()'],
    ['spring.datasource.url', 'use addConnection()'],
    ['spring.datasource.username', 'use addConnection()'],
    ['WEBSITE_HEALTHCHECK_MAXPINGFAILURES', "use 'healthCheckPath'"],
    ['WEBSITE_HTTPLOGGING_CONTAINER_URL', 'an observability construct takes the logs'],
    ['WEBSITE_HTTPLOGGING_RETENTION_DAYS', "use 'logDays'"],
    ['WEBSITE_VNET_ROUTE_ALL', "use 'network'"],
  ])('%s, which the provider keeps for itself', (name, instead) => {
    const message = `stack/Billing/Api: 'settings' must not have ${name}, which is written for you: ${instead}`;
    expect(() => define({ settings: { [name]: 'x' } })).toThrow(new Error(message));
  });

  test('a setting that has a value', () => {
    const app = define({ settings: { MODE: 'a' } });

    expect(() => app.addSetting('MODE', 'b')).toThrow('stack/Billing/Api: the setting "MODE" already has a value');
  });
});
