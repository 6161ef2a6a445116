import { fake } from '../terraform/fakes';
import { remoteState, Known } from '../terraform/remote-state';
import { TypeSpec } from '../terraform/schema/model';
import { namesIn } from '../terraform/stack';
import { fakeVariables } from '../terraform/workspace';
import { mocksOf } from './mocks';

/** Folder of the tests, where terraform looks for them. */
const TESTS = 'tests';

/** What is read of an ephemeral resource, which no version of terraform mocks yet. */
const EPHEMERAL = /(?<![\w.-])ephemeral\.(\w+)\.([\w-]+)\.(\w+)/g;

/** A variable of the test in the place of a value that no mock gives. */
interface StandIn {
  readonly name: string;
  readonly type: string;
  readonly value: unknown;
}

/**
 * Files that let plain `terraform test` plan a stack: the stack without a backend, a test that plans it, and mocks.
 *
 * @param others stacks of the same app, for the outputs that this one reads
 */
export function testFiles(known: Known, others: Known[]): Map<string, string> {
  const { stack, schemas } = known;
  const standIns = ephemeralStandIns(known);
  const files = new Map<string, string>();
  const mocked: Record<string, object[]> = {};
  for (const [local, address] of stack.providers()) {
    const schema = schemas.providers.get(address);
    const source = `./${TESTS}/mocks/${local}`;
    mocked[local] = aliasesOf(stack.json.provider?.[local]).map((alias) => ({ ...alias, source }));
    files.set(
      `${TESTS}/mocks/${local}/computed.tfmock.json`,
      written(schema ? mocksOf(schema, (kind, type, name) => stack.readsOf(kind, type, name)) : {}),
    );
  }
  const remote = namesIn(stack.json.data?.terraform_remote_state).map((name) => ({
    target: `data.terraform_remote_state.${name}`,
    values: { outputs: outputsOf(known, name, others) },
  }));
  const variables = {
    ...fakeVariables(stack),
    ...Object.fromEntries(standIns.map(({ name, value }) => [name, value])),
  };
  files.set('cdk.tf.json', written(withVariables(stack.json, standIns)));
  files.set(
    `${TESTS}/plan.tftest.json`,
    written({
      ...(Object.keys(variables).length > 0 && { variables }),
      mock_provider: mocked,
      ...(remote.length > 0 && { override_data: remote }),
      run: { plan: { command: 'plan' } },
    }),
  );
  return files;
}

// one without alias is there even if nobody configures it
function aliasesOf(configured: any): { alias?: string }[] {
  const aliases = [configured ?? []].flat().map(({ alias }: any) => alias);
  return [{}, ...aliases.filter(Boolean).map((alias) => ({ alias }))];
}

function outputsOf({ stack }: Known, name: string, others: Known[]): object {
  const { outputs } = remoteState(stack, name, others) as { outputs: Record<string, { value: unknown }> };
  return Object.fromEntries(Object.entries(outputs).map(([output, { value }]) => [output, value]));
}

function ephemeralStandIns({ stack, schemas }: Known): StandIn[] {
  const all = [...schemas.providers.values()].flatMap(({ types }) => Object.entries(types.ephemeral));
  const found = [...JSON.stringify(stack.json).matchAll(EPHEMERAL)].map(([, type, name, attribute]): StandIn => {
    const of: TypeSpec = all.find(([known]) => known === type)?.[1].attributes[attribute]?.type ?? 'string';
    return { name: variableOf(type, name, attribute), type: String(of), value: fake(of, attribute) };
  });
  return [...new Map(found.map((standIn) => [standIn.name, standIn])).values()];
}

function withVariables(json: any, standIns: StandIn[]): any {
  const { ephemeral: _, ...rest } = redirected(json);
  const { backend: __, cloud: ___, ...terraform } = rest.terraform ?? {};
  const variables = standIns.map(({ name, type }) => [name, { type, ephemeral: true }]);
  return {
    ...rest,
    terraform,
    ...(standIns.length > 0 && { variable: { ...rest.variable, ...Object.fromEntries(variables) } }),
  };
}

function redirected(value: any, key = ''): any {
  if (typeof value === 'string') {
    return value.replace(EPHEMERAL, (_, type, name, attribute) => `var.${variableOf(type, name, attribute)}`);
  }
  if (Array.isArray(value)) {
    const kept = value.filter((element) => key !== 'depends_on' || !/^ephemeral\./.test(element));
    return kept.map((element) => redirected(element));
  }
  const isObject = value !== null && typeof value === 'object';
  return isObject ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, redirected(v, k)])) : value;
}

function variableOf(type: string, name: string, attribute: string): string {
  return `ephemeral_${type}_${name}_${attribute}`;
}

function written(json: object): string {
  return `${JSON.stringify(json, undefined, 2)}\n`;
}
