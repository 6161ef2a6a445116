import { Steps } from './codec';
import { fake, guessType } from './fakes';
import { TypeSpec, typeOf } from './schema/model';
import { UsedSchemas } from './schema/used';
import { Stack } from './stack';
import { TerraformState } from './verdict';

/** A stack with the schemas that it is judged by. */
export interface Known {
  readonly stack: Stack;
  readonly schemas: UsedSchemas;
  /** What exists already. */
  readonly state?: TerraformState;
}

/** How cdktf names the data source through which a stack reads another one. */
const INPUT = 'cross-stack-reference-input-';

/**
 * A state file with the outputs that a stack reads through one `terraform_remote_state`.
 *
 * @param others stacks of the same call: their outputs have the right type
 */
export function remoteState(stack: Stack, name: string, others: Known[]): object {
  const wanted = new Map<string, Steps[]>();
  for (const { to, steps } of stack.references) {
    const [outputs, output, ...rest] = steps;
    if (to === `data.terraform_remote_state.${name}` && outputs === 'outputs' && typeof output === 'string') {
      wanted.set(output, [...(wanted.get(output) ?? []), rest]);
    }
  }
  const other = others.find((candidate) => candidate.stack.name === name.replace(INPUT, ''));
  const outputs = [...wanted].map(([output, steps]) => [output, outputOf(other, output, steps)]);
  return {
    version: 4,
    terraform_version: '1.11.0',
    serial: 1,
    lineage: name,
    outputs: Object.fromEntries(outputs),
    resources: [],
    check_results: null,
  };
}

function outputOf(other: Known | undefined, name: string, wanted: Steps[]): object {
  const { value, sensitive = false } = other?.stack.json.output?.[name] ?? {};
  if (['number', 'boolean'].includes(typeof value) || (typeof value === 'string' && !/[$%]\{/.test(value))) {
    return { value, type: typeof value === 'boolean' ? 'bool' : typeof value, sensitive };
  }
  const read = other && wholeReference(other.stack, value);
  const known = read && typeAlong(other, read.to, read.steps);
  const type = known && !JSON.stringify(known).includes('dynamic') ? known : guessType(wanted);
  const attribute = read?.steps.filter((step) => typeof step === 'string').pop() ?? name;
  return { value: fake(type, String(attribute), wanted), type: withoutOptional(type), sensitive };
}

function wholeReference(stack: Stack, value: unknown): { to: string; steps: Steps } | undefined {
  const [, expression] = /^\$\{([^{}]+)\}$/.exec(String(value)) ?? [];
  return expression ? stack.referencesIn(value as string).find(() => /^[\w.[\]"*-]+$/.test(expression)) : undefined;
}

function typeAlong({ stack, schemas }: Known, address: string, [name, ...steps]: Steps): TypeSpec | undefined {
  const block = stack.blocks.find((candidate) => candidate.address === address);
  const provider = block && schemas.providers.get(stack.providers().get(block.provider) ?? '');
  const schema = block && provider?.types[block.kind][block.type];
  return steps.reduce<TypeSpec | undefined>(
    (type, step) => (typeof type !== 'object' ? undefined : type[0] === 'object' ? type[1][step] : type[1]),
    schema && typeOf(schema, String(name)),
  );
}

// a state holds types of values, and no value leaves anything out
function withoutOptional(type: TypeSpec): TypeSpec {
  if (typeof type === 'string') {
    return type;
  }
  if (type[0] !== 'object') {
    return [type[0], withoutOptional(type[1])];
  }
  return ['object', Object.fromEntries(Object.entries(type[1]).map(([name, t]) => [name, withoutOptional(t)]))];
}
