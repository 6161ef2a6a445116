import { TerraformProvider, TerraformStack } from 'cdktf';
import { isComputed } from './validation';

/**
 * The subscription that a stack deploys to, as its provider says it; nothing where it does not.
 */
export function subscriptionIdOf(stack: TerraformStack): string | undefined {
  const azurerm = stack.node.children.find(
    (child) => TerraformProvider.isTerraformProvider(child) && child.terraformResourceType === 'azurerm',
  );
  const { subscriptionId } = (azurerm ?? {}) as { subscriptionId?: string };
  return subscriptionId;
}

/**
 * What tells the subscription of a stack from others: its id; where that is not known at synthesis, environments are taken to have one each.
 *
 * @param environment Name of the environment.
 */
export function subscriptionOf(stack: TerraformStack, environment: string): string {
  const subscriptionId = subscriptionIdOf(stack);
  return subscriptionId === undefined || isComputed(subscriptionId) ? `of ${environment}` : subscriptionId;
}
