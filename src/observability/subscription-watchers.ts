import { Annotations, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { subscriptionIdOf } from '../core/subscription';
import { isComputed } from '../core/validation';
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
  const own = subscriptionOf(watcher);
  const others = earlier.filter((other) => subscriptionOf(other) === own).map(({ node }) => node.path);
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
  const message = `watches ${words}, which ${others[0]} watches already: set 'subscriptionUnwatched', or people are told twice, and its limits of 100 activity-log alerts and ${LIMIT} diagnostic settings are used up${elsewhere}`;
  // synthesis may run more than once
  if (!watcher.node.metadata.some(({ data }) => data === message)) {
    Annotations.of(watcher).addWarning(message);
  }
  return [];
}

/**
 * What tells the subscription from others: where it is not named, environments are taken to have one each; where Terraform has
 * yet to compute it, only the stack itself is known to have the same.
 */
function subscriptionOf(watcher: IConstruct): string | TerraformStack {
  const stack = TerraformStack.of(watcher);
  const id = subscriptionIdOf(stack);
  if (id === undefined) {
    return `of ${Workload.of(watcher).environment.name}`;
  }
  return isComputed(id) ? stack : id.toLowerCase();
}
