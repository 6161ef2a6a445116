import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { Environment } from '../../src';
import { judge, StackVerdict } from '../../src/testing';
import { ENVIRONMENTS } from '../support';
import { scratch } from '../support/scratch';
import { describeJudged } from '../testing/terraform/with-terraform';
import { synthesize, Way } from './synthesis';

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

/** Every family in one way, all judged in one go: the stacks it should be, and what terraform says. */
async function judged(way: Way): Promise<{ stacks: string[]; verdicts: StackVerdict[] }> {
  const outdir = scratch('judged');
  const stacks = synthesize(outdir, { ways: [way], environments: JUDGED });
  handIn(outdir);
  const verdicts = await judge([outdir], { plan: true });
  // what pipelines carry is a stack of its own, and next to nothing
  return { stacks, verdicts: verdicts.filter(({ stack, accepted }) => !accepted || stacks.includes(stack)) };
}

/** Every ephemeral variable is handed the marker, as a pipeline would hand in a secret. */
function handIn(outdir: string): void {
  for (const name of readdirSync(join(outdir, 'stacks'))) {
    const { variable = {} } = JSON.parse(readFileSync(join(outdir, 'stacks', name, 'cdk.tf.json'), 'utf8'));
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
    const { stacks, verdicts } = await judged('plain');

    expect(findingsOf(verdicts)).toEqual([]);
    expect(verdicts.map(({ stack }) => stack).sort()).toEqual(stacks.sort());
    // a resource group, and something in it
    verdicts.forEach((verdict) => expect(addressesOf(verdict).length).toBeGreaterThan(1));
  }, 240_000);

  test('with everything switched on, and without a secret in any plan', async () => {
    const { verdicts } = await judged('loaded');

    expect(findingsOf(verdicts)).toEqual([]);
    expect(Object.values(process.env)).toContain(MARKER);
    const secrets = verdicts.flatMap(({ plan }) => {
      expect(JSON.stringify(plan)).not.toContain(MARKER);
      return plan!.resource_changes!.filter(({ type }) => type === 'azurerm_key_vault_secret');
    });
    expect(secrets.length).toBeGreaterThanOrEqual(3 * JUDGED.length);
    for (const { change } of secrets) {
      expect([change.after.value ?? null, change.after.value_wo ?? null]).toEqual([null, null]);
    }
  }, 240_000);

  test('on top of what exists already, of which nothing is made again', async () => {
    const { verdicts } = await judged('borrowed');

    expect(findingsOf(verdicts)).toEqual([]);
    for (const verdict of verdicts) {
      expect(addressesOf(verdict).filter((type) => SUPPLIED.includes(type))).toEqual([]);
    }
  }, 240_000);
});
