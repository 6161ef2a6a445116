import { Annotations, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { subscriptionOf } from '../core/subscription';
import { Workload } from '../core/workload';

/** Role assignments that a subscription takes. Source: learn.microsoft.com/azure/role-based-access-control/troubleshoot-limits */
const LIMIT = 4000;

/** Share of the limit from which on synthesis warns: others assign roles in the subscription too. */
const WARN_AT = 0.8;

/** What one stack assigns. */
interface Assignments {
  count: number;
  /** Tells subscriptions apart where the stack does not name its own. */
  readonly environment: string;
}

/** By program and stack; kept here, since counting must not walk the tree each time. */
const programs = new WeakMap<IConstruct, Map<TerraformStack, Assignments>>();

/**
 * Counts a role assignment towards the limit of its subscription, which is checked at synthesis.
 */
export function countAssignment(assignment: IConstruct): void {
  const { root } = assignment.node;
  const stack = TerraformStack.of(assignment);
  const program = programs.get(root) ?? new Map<TerraformStack, Assignments>();
  programs.set(root, program);

  const counted = program.get(stack);
  if (counted) {
    counted.count++;
    return;
  }
  const environment = Workload.of(assignment).environment.name;
  program.set(stack, { count: 1, environment });
  stack.node.addValidation({ validate: () => problemsOf(stack, environment, program) });
}

function problemsOf(stack: TerraformStack, environment: string, program: Map<TerraformStack, Assignments>): string[] {
  const own = subscriptionOf(stack, environment);
  const total = [...program]
    .filter(([other, assigned]) => subscriptionOf(other, assigned.environment) === own)
    .reduce((sum, [, { count }]) => sum + count, 0);
  const words = `${total} role assignments in the subscription ${own}, which takes ${LIMIT}`;
  if (total > LIMIT) {
    return [`${words}: grant to groups instead of single identities, or spread the stacks over more subscriptions`];
  }
  if (total >= LIMIT * WARN_AT) {
    Annotations.of(stack).addWarning(`${words}: others need some too`);
  }
  return [];
}
