import { typeOf } from './synthesized';

/** How alike two names must be at least, from 0 to 1; below that, a guess misleads. */
const LEAST_ALIKE = 0.4;

/**
 * For addresses that are gone, those that have probably taken their place: of the same type, and alike; each one once.
 */
export function likelyNamesOf(gone: readonly string[], added: readonly string[]): Map<string, string> {
  const pairs = gone.flatMap((from) =>
    added
      .filter((to) => typeOf(to) === typeOf(from))
      .map((to) => ({ from, to, alike: likeness(from, to) }))
      .filter(({ alike }) => alike >= LEAST_ALIKE),
  );
  pairs.sort((a, b) => b.alike - a.alike || (a.from + a.to < b.from + b.to ? -1 : 1));
  const likely = new Map<string, string>();
  const taken = new Set<string>();
  for (const { from, to } of pairs) {
    if (!likely.has(from) && !taken.has(to)) {
      likely.set(from, to);
      taken.add(to);
    }
  }
  return likely;
}

/** Share of letter pairs that two addresses have in common, without the hashes that cdktf appends. */
function likeness(one: string, other: string): number {
  const [a, b] = [one, other].map((address) => lettersOf(address));
  const common = a.filter((pair) => {
    const at = b.indexOf(pair);
    if (at >= 0) {
      b.splice(at, 1);
    }
    return at >= 0;
  }).length;
  return (2 * common) / (a.length + b.length + common);
}

function lettersOf(address: string): string[] {
  const name = address
    .slice(typeOf(address).length + 1)
    .replace(/_[0-9A-F]{8}$/, '')
    .toLowerCase();
  return Array.from({ length: name.length + 1 }, (_, n) => `^${name}$`.slice(n, n + 2));
}
