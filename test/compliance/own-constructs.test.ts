import { TerraformStack, Testing } from 'cdktf';
import { definePlatform } from '../../examples/fundraising-platform/platform';
import {
  Compliance,
  Environment,
  EvidenceStore,
  Geography,
  ManagedPostgres,
  Principal,
  PrivateNetwork,
  RulePack,
  SecretVault,
  SecureWebApp,
  StateAccount,
  TenantStorageAccount,
  WebAppRuntime,
  Workload,
} from '../../src';
import { ENVIRONMENTS, Rendered, workloadIn } from '../support';

/** One of each of our constructs, with nothing but what it asks for. */
function defineAll(workload: Workload): void {
  const network = new PrivateNetwork(workload, 'Network', { addressSpace: '10.20.0.0/22' });
  const group = Principal.group(workload, 'Group', '00000000-0000-0000-0000-000000000001');

  const vault = new SecretVault(workload, 'Vault', { network });
  const api = new SecureWebApp(workload, 'Api', { network, runtime: WebAppRuntime.node('22-lts') });
  api.addSecret('PAYMENT_TOKEN', vault.secretNamed('payment-token'));
  const files = new TenantStorageAccount(workload, 'Files', { network, tenants: { acme: {} } });
  files.tenants.forEach((tenant) => tenant.grantReadWrite(api));
  new EvidenceStore(workload, 'Evidence', { network, containers: { deployments: {} } });
  new StateAccount(workload, 'State', { network });
  const administrator = { principal: group, principalName: 'administrators' };
  new ManagedPostgres(workload, 'Database', { network, administrator }).grantConnect(api);
}

function strictlyIn(environment: Environment, packs: RulePack[]): Workload {
  const workload = workloadIn(environment);
  defineAll(workload);
  Compliance.of(workload).enforce({ packs });
  return workload;
}

/** Warnings of rules: what cannot be checked, and exceptions that nothing needs. */
function warningsIn(workload: Workload): string[] {
  return workload.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata
        .filter(({ data }) => /cannot be checked|acknowledged/.test(data))
        .map(({ data }) => `${node.path}: ${data}`),
    );
}

test.each(ENVIRONMENTS)('they keep every rule of security in $name', (environment) => {
  const workload = strictlyIn(environment, [RulePack.SECURITY]);

  expect(() => new Rendered(workload)).not.toThrow();
  expect(warningsIn(workload)).toEqual([]);
});

test('they keep every rule of reliability in prod', () => {
  const workload = strictlyIn(Environment.PROD, [RulePack.SECURITY, RulePack.RELIABILITY]);

  expect(() => new Rendered(workload)).not.toThrow();
  expect(warningsIn(workload)).toEqual([]);
});

test('the reference platform keeps every rule in prod, but for what it decides otherwise', () => {
  const workload = workloadIn(Environment.PROD, { name: 'fundraising', geography: Geography.EUROPEAN_UNION });
  definePlatform(workload, { domain: 'example.com', addressSpace: '10.80.0.0/22', monthlyBudget: 4500 });
  Testing.synth(TerraformStack.of(workload));

  const packs = [RulePack.SECURITY, RulePack.RELIABILITY, RulePack.OPERATIONS];
  const broken = Compliance.of(workload)
    .report({ packs })
    .violations.map(({ rule, path }) => `${rule.id} ${path.split('/').slice(2).join('/')}`);
  expect(broken).toEqual([
    // workflows of Azure read the addresses of channels from outside of the network
    'VLT-005 Channels/Resource',
    // an API that answers GET only under its health path
    'EDG-040 Edge/Backend-api/Resource',
  ]);
});
