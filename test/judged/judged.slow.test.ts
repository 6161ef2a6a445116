import { existsSync, mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, TerraformStack } from 'cdktf';
import { AzureProviders, Environment, Workload } from '../../src';
import { judge, StackVerdict } from '../../src/testing';
import { ENVIRONMENTS } from '../support';
import { describeJudged } from '../testing/terraform/with-terraform';
import * as everything from './everything';
import { Subject, SUBJECTS } from './subjects';

/** The extremes; CI judges all of them. */
const JUDGED = process.env.JUDGED_ENVIRONMENTS === 'all' ? ENVIRONMENTS : [Environment.DEV, Environment.PROD];

/** What the programs on top of existing resources are handed, all of them. */
const SUPPLIED = [
  'azurerm_communication_service',
  'azurerm_dns_zone',
  'azurerm_key_vault',
  'azurerm_log_analytics_workspace',
  'azurerm_managed_redis',
  'azurerm_private_dns_zone',
  'azurerm_redis_cache',
  'azurerm_subnet',
  'azurerm_virtual_network',
];

const MARKER = 'a-secret-that-must-not-be-found';

const folders: string[] = [];

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** One stack per environment, all judged in one go. */
async function verdictsOn(how: keyof Subject): Promise<StackVerdict[]> {
  const outdir = mkdtempSync(join(tmpdir(), 'judged-'));
  folders.push(outdir);
  const app = new App({ outdir });
  for (const environment of JUDGED) {
    const stack = new TerraformStack(app, environment.name);
    new AzureProviders(stack, 'Providers', { environment });
    for (const [name, subject] of Object.entries({ billing: everything, ...SUBJECTS })) {
      subject[how]?.(workloadNamed(name, stack, environment));
    }
  }
  app.synth();
  handIn(outdir);
  // what pipelines carry is a stack of its own, and next to nothing
  return (await judge([outdir], { plan: true })).filter(
    ({ stack, accepted }) => !accepted || !stack.startsWith('carried-'),
  );
}

function workloadNamed(name: string, stack: TerraformStack, environment: Environment): Workload {
  return new Workload(stack, name, {
    name,
    environment,
    location: 'westeurope',
    owner: 'team-billing',
    costCenter: '4711',
    organization: 'example.com',
  });
}

/** Every ephemeral variable is handed the marker, as a pipeline would hand in a secret. */
function handIn(outdir: string): void {
  for (const { name } of ENVIRONMENTS) {
    const file = join(outdir, 'stacks', name, 'cdk.tf.json');
    const { variable = {} } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
    Object.keys(variable).forEach((key) => (process.env[`TF_VAR_${key}`] = MARKER));
  }
}

const findingsOf = (verdicts: StackVerdict[]) =>
  verdicts.flatMap(({ stack, findings }) =>
    findings.map(({ construct, address, summary, detail }) =>
      [stack, construct ?? address, summary, detail].join(': '),
    ),
  );

const addressesOf = ({ plan }: StackVerdict) =>
  (plan?.resource_changes ?? []).filter(({ change }) => change.actions.includes('create')).map(({ type }) => type);

describeJudged('terraform accepts every construct in every environment', () => {
  test('as it is when nothing is said', async () => {
    const verdicts = await verdictsOn('plain');

    expect(findingsOf(verdicts)).toEqual([]);
    expect(verdicts.map(({ stack }) => stack).sort()).toEqual(JUDGED.map(({ name }) => name).sort());
    verdicts.forEach((verdict) => expect(addressesOf(verdict).length).toBeGreaterThan(30));
  }, 120_000);

  test('with everything switched on, and without a secret in any plan', async () => {
    const verdicts = await verdictsOn('loaded');

    expect(findingsOf(verdicts)).toEqual([]);
    expect(Object.values(process.env)).toContain(MARKER);
    for (const { plan } of verdicts) {
      expect(JSON.stringify(plan)).not.toContain(MARKER);
      const secrets = plan!.resource_changes!.filter(({ type }) => type === 'azurerm_key_vault_secret');
      expect(secrets.length).toBeGreaterThanOrEqual(3);
      for (const { change } of secrets) {
        expect([change.after.value ?? null, change.after.value_wo ?? null]).toEqual([null, null]);
      }
    }
  }, 120_000);

  test('on top of what exists already, of which nothing is made again', async () => {
    const verdicts = await verdictsOn('borrowed');

    expect(findingsOf(verdicts)).toEqual([]);
    for (const verdict of verdicts) {
      expect(addressesOf(verdict).filter((type) => SUPPLIED.includes(type))).toEqual([]);
    }
  }, 120_000);
});
