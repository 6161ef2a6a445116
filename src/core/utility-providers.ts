import { RandomProvider } from '@cdktf/provider-random/lib/provider';
import { TimeProvider } from '@cdktf/provider-time/lib/provider';
import { TerraformProvider, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';

/**
 * Sees to it that the stack of a construct has the `time` provider; one that is there already is used.
 */
export function ensureTimeProvider(construct: IConstruct): void {
  ensure(construct, 'time', (stack) => new TimeProvider(stack, 'time'));
}

/**
 * Sees to it that the stack of a construct has the `random` provider; one that is there already is used.
 */
export function ensureRandomProvider(construct: IConstruct): void {
  ensure(construct, 'random', (stack) => new RandomProvider(stack, 'random'));
}

/** Stacks that are known to have a provider, so that each is searched once. */
const equipped = new WeakMap<TerraformStack, Set<string>>();

function ensure(construct: IConstruct, type: string, define: (stack: TerraformStack) => TerraformProvider): void {
  const stack = TerraformStack.of(construct);
  const known = equipped.get(stack) ?? new Set<string>();
  if (known.has(type)) {
    return;
  }
  equipped.set(stack, known.add(type));
  if (!stack.node.findAll().some((x) => isDefaultProvider(x, type))) {
    define(stack);
  }
}

/**
 * Whether something is the provider of a type that resources use unless they name another.
 */
export function isDefaultProvider(x: IConstruct, type: string): boolean {
  return TerraformProvider.isTerraformProvider(x) && x.terraformResourceType === type && x.alias === undefined;
}
