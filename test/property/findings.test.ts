import { TerraformElement, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import {
  Environment,
  Owner,
  PlanSku,
  PrivateDns,
  PrivateNetwork,
  SecretVault,
  SecureWebApp,
  TelemetrySink,
  WebAppAuthentication,
  WebAppPlan,
  WebAppRuntime,
  Workload,
} from '../../src';
import { Rendered, workloadIn } from '../support';

// What random programs found, kept where the unit lane may not draw it again

const GROUP = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-shared';
const GUID = '00000000-0000-0000-0000-000000000002';

const numberIn = (scope: Construct, id: string) => new TerraformVariable(scope, id, { type: 'number' }).numberValue;

const elementsBelow = (scope: Construct) => scope.node.findAll().filter(TerraformElement.isTerraformElement);

describe('numbers that Terraform has yet to compute', () => {
  test('are calculated with by Terraform: expiry and renewal of items', () => {
    const workload = workloadIn(Environment.DEV);
    const vault = new SecretVault(workload, 'Vault', { allowedIpRules: ['203.0.113.7'] });
    const days = numberIn(workload, 'Days');

    vault.addGeneratedSecret('token', { rotationDays: days, valueManagedBy: Owner.PIPELINE });
    vault.addKey('key', { rotationDays: days });
    vault.addCertificate('certificate', {
      dnsNames: ['api.example.com'],
      validityMonths: numberIn(workload, 'Months'),
    });

    const rendered = new Rendered(workload);
    expect(rendered.at('time_offset', 'Secret-token/FirstExpiry').offset_days).toMatch(/^\$\{\(var\.\w+ \+ 45\)\}$/);
    expect(rendered.at('time_offset', 'Key-key/FirstExpiry').offset_days).toMatch(/^\$\{\(var\.\w+ \+ 90\)\}$/);
    expect(
      rendered.only('azurerm_key_vault_certificate').certificate_policy.lifetime_action[0].trigger.days_before_expiry,
    ).toMatch(/^\$\{min\(45, \(12 \* var\.\w+\)\)\}$/);
  });

  test('are limits of autoscale, and never too few', () => {
    const workload = workloadIn(Environment.PROD);

    new WebAppPlan(workload, 'Plan', {
      sku: PlanSku.P1V3,
      minInstances: numberIn(workload, 'Min'),
      maxInstances: numberIn(workload, 'Max'),
    });

    const [profile] = new Rendered(workload).only('azurerm_monitor_autoscale_setting').profile;
    expect(profile.capacity.minimum).toMatch(/^\$\{var\.\w*Min\w*\}$/);
    expect(profile.capacity.maximum).toMatch(/^\$\{var\.\w*Max\w*\}$/);
  });

  test('are not refused, however small their stand-ins are', () => {
    const workload = workloadIn(Environment.DEV);

    new WebAppPlan(workload, 'Plan', { minInstances: numberIn(workload, 'Min'), maxInstances: 1 });

    expect(new Rendered(workload).only('azurerm_service_plan').worker_count).toMatch(/^\$\{var\.\w*Min\w*\}$/);
  });

  test('are halved by Terraform: requests per instance', () => {
    const workload = workloadIn(Environment.PROD);

    new SecureWebApp(workload, 'Api', {
      runtime: WebAppRuntime.node('22-lts'),
      publiclyReachable: true,
      requestsPerInstance: numberIn(workload, 'Requests'),
    });

    const { profile } = new Rendered(workload).only('azurerm_monitor_autoscale_setting');
    expect(JSON.stringify(profile)).toMatch(/"threshold":"\$\{floor\(\(var\.\w+ \/ 2\)\)\}"/);
  });
});

test('paths without sign-in are in the order of their texts, and those that are tokens last', () => {
  const workload = workloadIn(Environment.DEV);
  const { stringValue } = new TerraformVariable(workload, 'Path', { type: 'string' });

  new SecureWebApp(workload, 'Api', {
    runtime: WebAppRuntime.node('22-lts'),
    publiclyReachable: true,
    authentication: WebAppAuthentication.entraApi({
      clientId: GUID,
      tenantId: GUID,
      anonymousPaths: [stringValue, '/public'],
    }),
  });

  expect(new Rendered(workload).only('azurerm_linux_web_app').auth_settings_v2.excluded_paths).toEqual([
    '/health',
    '/health/live',
    '/health/ready',
    '/public',
    expect.stringMatching(/^\$\{var\./),
  ]);
});

describe('nothing is left behind', () => {
  test('by an app in a network that has no subnet for it', () => {
    const workload = workloadIn(Environment.DEV);
    const network = PrivateNetwork.fromAttributes(workload, 'Network', {
      virtualNetworkId: `${GROUP}/providers/Microsoft.Network/virtualNetworks/vnet`,
      endpointSubnetId: `${GROUP}/providers/Microsoft.Network/virtualNetworks/vnet/subnets/endpoints`,
      privateDns: PrivateDns.managedByPolicy(),
    });
    const before = elementsBelow(workload);

    expect(() => new SecureWebApp(workload, 'Api', { network, runtime: WebAppRuntime.node('22-lts') })).toThrow(
      "stack/Billing/Network: something wants the 'appSubnetId' of this network: give it to 'PrivateNetwork.fromAttributes'",
    );
    expect(elementsBelow(workload)).toEqual(before);
  });

  test('where roles could not be given later: the sink of telemetry says so first', () => {
    const workload: Workload = workloadIn(Environment.DEV, { organization: undefined });

    expect(() =>
      TelemetrySink.fromApplicationInsights(workload, 'Sink', {
        applicationInsightsId: `${GROUP}/providers/Microsoft.Insights/components/appi`,
        connectionString: 'IngestionEndpoint=https://example.com',
      }),
    ).toThrow(/^stack\/Billing\/Sink: names of role assignments are unique in a whole directory: .*'organization'/);
  });
});
