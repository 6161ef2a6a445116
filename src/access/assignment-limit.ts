import { Annotations, TerraformProvider, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';

/** Role assignments that a subscription takes. Source: learn.microsoft.com/azure/role-based-access-control/troubleshoot-limits */
const LIMIT = 4000;

/** Share of the limit from which on synthesis warns: others assign roles in the subscription too. */
const WARN_AT = 0.8;

/** Assignments by program, in the order they were made; kept here, since counting must not walk the tree each time. */
const assignments = new WeakMap<IConstruct, IConstruct[]>();

/**
 * Counts a role assignment towards the limit of its subscription, which is checked at synthesis.
 */
export function countAssignment(assignment: IConstruct): void {
  const { root } = assignment.node;
  const counted = assignments.get(root);
  if (counted) {
    counted.push(assignment);
    return;
  }
  const all = [assignment];
  assignments.set(root, all);
  TerraformStack.of(assignment).node.addValidation({ validate: () => problemsOf(all) });
}

function problemsOf(all: IConstruct[]): string[] {
  const bySubscription = new Map<string, IConstruct[]>();
  for (const assignment of all) {
    const subscription = subscriptionOf(TerraformStack.of(assignment));
    bySubscription.set(subscription, [...(bySubscription.get(subscription) ?? []), assignment]);
  }
  return [...bySubscription].flatMap(([subscription, those]) => {
    const count = `${those.length} role assignments in ${subscription || 'one subscription'}, which takes ${LIMIT}`;
    if (those.length > LIMIT) {
      return [`${count}: grant to groups instead of single identities, or spread the stacks over more subscriptions`];
    }
    if (those.length >= LIMIT * WARN_AT) {
      Annotations.of(TerraformStack.of(those[0])).addWarning(`${count}: others need some too`);
    }
    return [];
  });
}

function subscriptionOf(stack: TerraformStack): string {
  const azurerm = stack.node.children.find(
    (child) => TerraformProvider.isTerraformProvider(child) && child.terraformResourceType === 'azurerm',
  );
  return (azurerm as { subscriptionId?: string } | undefined)?.subscriptionId ?? '';
}
