import { withFacts } from '../facts/apply';
import { ephemeralSchema, mayBeComputed } from '../facts/ephemeral';
import { factsOf, forcingNew } from '../facts/type-facts';
import { Stack } from '../stack';
import { TerraformState } from '../verdict';
import { Bindings } from './bindings';
import { Block, Kind, ProviderSchema } from './model';

const NOTHING: Block = { attributes: {}, blocks: {} };

/** The provider inside terraform needs no schema. */
const BUILT_IN = 'terraform.io/builtin/terraform';

/** The providers of a stack, each cut down to what the stack uses; or the packages that would be needed to know. */
export interface UsedSchemas {
  /** By the address of the provider. */
  readonly providers: Map<string, ProviderSchema>;
  /** Addresses of the providers whose bindings are not installed. */
  readonly missing: string[];
}

/** Where schemas come from. */
export interface SchemaSources {
  /** Folder in or above which the bindings are installed. */
  readonly bindings: string;
  /** Attributes whose change means another resource, by type. */
  readonly forceNew?: Readonly<Record<string, string[]>>;
  /** What is in it needs a schema too, also what the stack no longer has. */
  readonly state?: TerraformState;
}

/** Finds the schemas that a stack is judged by. */
export function usedSchemas(stack: Stack, { bindings: folder, forceNew, state }: SchemaSources): UsedSchemas {
  const providers = new Map<string, ProviderSchema>();
  const missing: string[] = [];
  const addresses = stack.providers();
  const left = (state?.resources ?? []).map(({ provider }) => /\["(.+)"\]/.exec(provider)?.[1] ?? BUILT_IN);
  for (const address of new Set([...addresses.values(), ...left.filter((known) => known !== BUILT_IN)])) {
    const source = address.split('/').slice(1).join('/');
    const bindings = Bindings.find(folder, source);
    const used: { kind: Kind; type: string }[] = [
      ...stack.blocks.filter(({ provider }) => addresses.get(provider) === address),
      ...(state?.resources ?? [])
        .filter(({ mode, provider }) => mode === 'managed' && provider.includes(`["${address}"]`))
        .map(({ type }) => ({ kind: 'resource' as const, type })),
    ];
    if (!bindings && used.some(({ kind }) => kind !== 'ephemeral')) {
      missing.push(address);
      continue;
    }
    const types: Record<Kind, Record<string, Block>> = { resource: {}, data: {}, ephemeral: {} };
    for (const { kind, type } of used) {
      const block = kind === 'ephemeral' ? ephemeralSchema(source, type) : bindings?.type(kind, type);
      if (block && !types[kind][type]) {
        const facts = factsOf(source, keyOf(kind, type));
        const known = facts ? withFacts(block, facts) : stack.readsOf(kind, type).reduce(withComputed, block);
        const paths = kind === 'resource' ? forceNew?.[type] : undefined;
        types[kind][type] = paths ? withFacts(known, forcingNew(paths)) : known;
      }
    }
    providers.set(address, { source, provider: bindings?.provider() ?? NOTHING, types });
  }
  return { providers, missing };
}

/** A type as it is called in addresses. */
export function keyOf(kind: Kind, type: string): string {
  return kind === 'resource' ? type : `${kind}.${type}`;
}

/**
 * Bindings do not tell whether the provider fills an optional argument that was left out. Somebody reads it, so it is taken
 * to: the plan has an unknown value then, where it would have null.
 */
function withComputed(block: Block, steps: (string | number)[]): Block {
  const [name, ...rest] = steps.filter((step): step is string => typeof step === 'string');
  const attribute = block.attributes[name];
  const nested = block.blocks[name];
  if (attribute?.optional && !attribute.writeOnly && mayBeComputed(name)) {
    return { ...block, attributes: { ...block.attributes, [name]: { ...attribute, computed: true } } };
  }
  if (nested) {
    const inner = { ...nested, computed: mayBeComputed(name), block: withComputed(nested.block, rest) };
    return { ...block, blocks: { ...block.blocks, [name]: inner } };
  }
  return block;
}
