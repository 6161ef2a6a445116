import { SynthesizedStack } from './synthesized';

/**
 * Where the `moved` blocks of a stack take an address, however many there are on the way; itself where none does.
 */
export function destinationOf(address: string, { moved }: SynthesizedStack): string {
  const seen = new Set<string>();
  let at = address;
  for (let next: string | undefined = at; next !== undefined && !seen.has(next); next = stepFrom(at, moved)) {
    seen.add(next);
    at = next;
  }
  return at;
}

/** Instances of a resource, `a.b["c"]`, take it along. */
function stepFrom(address: string, moved: SynthesizedStack['moved']): string | undefined {
  const to = moved.find(({ from }) => from === address || from.startsWith(`${address}[`))?.to;
  return to?.replace(/\[.*$/, '');
}

/** Whether a stack has something at an address, a resource, a module or what is in one. */
export function isThere(address: string, { resources, modules }: SynthesizedStack): boolean {
  return resources.has(address) || modules.some((module) => address === module || address.startsWith(`${module}.`));
}
