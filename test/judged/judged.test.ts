import { existsSync, mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, TerraformStack } from 'cdktf';
import { AzureProviders, Environment, Workload } from '../../src';
import { judge, StackVerdict } from '../../src/testing';
import { ENVIRONMENTS } from '../support';
import { describeJudged } from '../testing/terraform/with-terraform';
import { borrowed, loaded, plain } from './everything';

const MARKER = 'a-secret-that-must-not-be-found';

const folders: string[] = [];

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** One stack per environment, all judged in one go. */
async function verdictsOn(define: (workload: Workload) => void, environments = ENVIRONMENTS): Promise<StackVerdict[]> {
  const outdir = mkdtempSync(join(tmpdir(), 'judged-'));
  folders.push(outdir);
  const app = new App({ outdir });
  for (const environment of environments) {
    const stack = new TerraformStack(app, environment.name);
    new AzureProviders(stack, 'Providers', { environment });
    define(new Workload(stack, 'Billing', {
      name: 'billing',
      environment,
      location: 'westeurope',
      owner: 'team-billing',
      costCenter: '4711',
      organization: 'example.com',
    }));
  }
  app.synth();
  handIn(outdir);
  return judge([outdir], { plan: true });
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
    const verdicts = await verdictsOn(plain);

    expect(findingsOf(verdicts)).toEqual([]);
    expect(verdicts.map(({ stack }) => stack).sort()).toEqual(ENVIRONMENTS.map(({ name }) => name).sort());
    verdicts.forEach((verdict) => expect(addressesOf(verdict).length).toBeGreaterThan(30));
  }, 60_000);

  test('with everything switched on, and without a secret in any plan', async () => {
    const verdicts = await verdictsOn(loaded);

    expect(findingsOf(verdicts)).toEqual([]);
    expect(Object.values(process.env)).toContain(MARKER);
    for (const { plan } of verdicts) {
      expect(JSON.stringify(plan)).not.toContain(MARKER);
      const secrets = plan!.resource_changes!.filter(({ type }) => type === 'azurerm_key_vault_secret');
      expect(secrets).toHaveLength(3);
      for (const { change } of secrets) {
        expect([change.after.value ?? null, change.after.value_wo ?? null]).toEqual([null, null]);
      }
    }
  }, 60_000);

  test('on top of what exists already, of which nothing is made again', async () => {
    const verdicts = await verdictsOn(borrowed, [Environment.DEV, Environment.PROD]);

    expect(findingsOf(verdicts)).toEqual([]);
    for (const verdict of verdicts) {
      expect(new Set(addressesOf(verdict))).toEqual(
        new Set([
          'azurerm_linux_web_app',
          'azurerm_linux_web_app_slot',
          'azurerm_private_endpoint',
          'azurerm_resource_group',
          'azurerm_role_assignment',
        ]),
      );
    }
  }, 60_000);
});
