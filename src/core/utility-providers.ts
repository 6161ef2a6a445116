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

function ensure(construct: IConstruct, type: string, define: (stack: TerraformStack) => TerraformProvider): void {
  const stack = TerraformStack.of(construct);
  const there = stack.node.children.some(
    (child) =>
      TerraformProvider.isTerraformProvider(child) && child.terraformResourceType === type && child.alias === undefined,
  );
  if (!there) {
    define(stack);
  }
}
