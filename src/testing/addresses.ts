import { stacksOf, Subject } from './synthesis';

/**
 * The address of every resource that Terraform keeps in its state, sorted, by the name of the stack.
 *
 * Keep them as a snapshot: an address that goes away is a resource that somebody loses.
 */
export function addressesOf(subject: Subject): Record<string, string[]> {
  return Object.fromEntries(Object.entries(stacksOf(subject)).map(([name, json]) => [name, addressesIn(json)]));
}

/** The address of every resource of one stack, sorted. */
export function addressesIn(stack: any): string[] {
  return Object.entries<object>(stack.resource ?? {})
    .flatMap(([type, byId]) => Object.keys(byId).map((id) => `${type}.${id}`))
    .sort();
}
