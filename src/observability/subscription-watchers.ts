import { TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { subscriptionIdOf, subscriptionOf } from '../core/subscription';
import { isComputed } from '../core/validation';
import { warnOnce } from '../core/warning';
import { Workload } from '../core/workload';

/** Diagnostic settings that the activity log of a subscription takes. Source: learn.microsoft.com/azure/azure-monitor/platform/diagnostic-settings */
const LIMIT = 5;

/** By program, in the order they were defined. */
const programs = new WeakMap<IConstruct, IConstruct[]>();

/**
 * Remembers who watches a subscription. At synthesis, the second one is told of the first, and the sixth is refused.
 */
export function countWatcher(watcher: Construct): void {
  const { root } = watcher.node;
  const watchers = programs.get(root) ?? [];
  programs.set(root, [...watchers, watcher]);
  watcher.node.addValidation({ validate: () => problemsOf(watcher, watchers) });
}

function problemsOf(watcher: IConstruct, earlier: readonly IConstruct[]): string[] {
  const own = watchedBy(watcher);
  const others = earlier.filter((other) => watchedBy(other) === own).map(({ node }) => node.path);
  if (others.length === 0) {
    return [];
  }
  const words = typeof own === 'string' ? `the subscription ${own}` : 'the subscription of its stack';
  const isNamed = subscriptionIdOf(TerraformStack.of(watcher)) !== undefined;
  const elsewhere = isNamed ? '' : "; if it is another one, give each 'AzureProviders' its 'subscriptionId'";
  if (others.length >= LIMIT) {
    return [
      `'subscriptionUnwatched' must be true, because ${words} takes ${LIMIT} diagnostic settings, and ${others.slice(0, LIMIT).join(', ')} watch it already${elsewhere}`,
    ];
  }
  warnOnce(
    watcher,
    `watches ${words}, which ${others[0]} watches already: set 'subscriptionUnwatched', or people are told twice, and its limits of 100 activity-log alerts and ${LIMIT} diagnostic settings are used up${elsewhere}`,
  );
  return [];
}

/** The subscription that is watched; where Terraform has yet to compute it, only the stack itself is known to have the same. */
function watchedBy(watcher: IConstruct): string | TerraformStack {
  const stack = TerraformStack.of(watcher);
  return isComputed(subscriptionIdOf(stack))
    ? stack
    : subscriptionOf(stack, Workload.of(watcher).environment.name).toLowerCase();
}
