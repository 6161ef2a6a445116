/** Arguments of a resource, by their names in Terraform. */
export interface Body {
  readonly [argument: string]: unknown;
}

/** One argument that differs; those inside of blocks are written `block.argument`. */
export interface Difference {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
  /** Whether it is the number of blocks that differs. */
  readonly count?: boolean;
}

/** What Terraform itself does with a resource, and Azure never sees. */
const META = ['//', 'depends_on', 'lifecycle', 'provisioner', 'connection'];

/** Whether a value, or part of it, is left for Terraform to compute. */
export function isExpression(value: unknown): boolean {
  return typeof value === 'string' ? /[$%]\{/.test(value) : isObject(value) && Object.values(value).some(isExpression);
}

/** Whether a value is a list or an object. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/**
 * The arguments in which two versions of a resource differ.
 *
 * The order of lists does not count: most of them are sets to Terraform, which only its providers know.
 */
export function differencesOf(before: Body, after: Body): Difference[] {
  return keysOf(before, after)
    .filter((key) => !META.includes(key))
    .flatMap((key) => between(before[key], after[key], key));
}

function between(before: unknown, after: unknown, path: string): Difference[] {
  if (canonical(before, path) === canonical(after, path)) {
    return [];
  }
  const [old, fresh] = withoutPairs(itemsOf(before), itemsOf(after));
  if (![...old, ...fresh].every((item) => isObject(item) && !Array.isArray(item))) {
    return [{ path, before: before ?? undefined, after: after ?? undefined }];
  }
  const count = itemsOf(before).length !== itemsOf(after).length;
  const inner = Array.from({ length: Math.max(old.length, fresh.length) }, (_, n) => {
    const [one, other] = [old[n] ?? {}, fresh[n] ?? {}] as [Body, Body];
    return keysOf(one, other).flatMap((key) => between(one[key], other[key], `${path}.${key}`));
  }).flat();
  return [...(count ? [{ path, before: old.length, after: fresh.length, count }] : []), ...onePerPath(inner)];
}

/** Two lists without what is in both. */
function withoutPairs(before: unknown[], after: unknown[]): [unknown[], unknown[]] {
  const rest = [...after];
  const old = before.filter((item) => {
    const twin = rest.findIndex((other) => canonical(other) === canonical(item));
    if (twin >= 0) {
      rest.splice(twin, 1);
    }
    return twin < 0;
  });
  return [old, rest];
}

function onePerPath(differences: Difference[]): Difference[] {
  return [...new Map(differences.map((difference) => [difference.path, difference])).values()];
}

/** A block may be written as an object, or as a list of one. */
function itemsOf(value: unknown): unknown[] {
  if (value === undefined || value === null) {
    return [];
  }
  return Array.isArray(value) ? value : [value];
}

function keysOf(one: Body, other: Body): string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
}

/** A text that is the same for values that mean the same: keys and lists in order, empty ones left out. */
function canonical(value: unknown, path: string = ''): string {
  if (typeof value === 'string' && path === 'location') {
    return canonical(value.toLowerCase().replace(/ /g, ''));
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => canonical(item)).filter((item) => item !== '');
    return items.length > 1 ? `[${items.sort().join()}]` : (items[0] ?? '');
  }
  if (isObject(value)) {
    const entries = Object.entries(value).map(([key, item]) => [key, canonical(item)] as const);
    const kept = entries.filter(([, item]) => item !== '').sort(([a], [b]) => (a < b ? -1 : 1));
    return kept.length > 0 ? `{${kept.map(([key, item]) => `${JSON.stringify(key)}:${item}`).join()}}` : '';
  }
  return value === undefined || value === null || value === '' ? '' : JSON.stringify(value);
}
