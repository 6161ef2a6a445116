import { TerraformProvider, TerraformStack } from 'cdktf';

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
