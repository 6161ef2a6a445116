/** What stands for a value, or a number of blocks, that Terraform has yet to compute. */
export const COMPUTED = '${…}';

/** Attributes of a resource or of a block, in Terraform's spelling. */
export interface Attributes {
  [name: string]: any;
}

/**
 * Whether Terraform has yet to compute a rendered value; `$${` is a literal dollar.
 */
export function isComputed(value: unknown): value is string {
  return typeof value === 'string' && /[$%]\{/.test(value.replace(/\$\$\{|%%\{/g, ''));
}

/**
 * Whether a rendered value says nothing: absent, null, or empty.
 */
export function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    (Array.isArray(value) && value.every(isEmpty)) ||
    (typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0)
  );
}

/**
 * Every value at a dotted path; one per block where blocks repeat, `undefined` where it is not set.
 *
 * A single block may be rendered as an object or as a list of one; blocks written as `dynamic` have yet to be computed.
 */
export function valuesAt(node: unknown, path: string): unknown[] {
  return walk(node, path.split('.'));
}

function walk(node: unknown, keys: string[]): unknown[] {
  if (node === undefined || node === null) {
    return [undefined];
  }
  if (keys.length === 0 || isComputed(node)) {
    return [node];
  }
  if (Array.isArray(node)) {
    return node.length === 0 ? [undefined] : node.flatMap((entry) => walk(entry, keys));
  }
  if (typeof node !== 'object') {
    return [undefined];
  }
  const [key, ...rest] = keys;
  const { [key]: next, dynamic } = node as Attributes;
  const found = walk(next, rest);
  if (dynamic?.[key] === undefined) {
    return found;
  }
  return [...(next === undefined ? [] : found), COMPUTED];
}

/**
 * The blocks at a dotted path, one by one; a text stands for blocks that Terraform has yet to compute.
 */
export function blocksAt(node: unknown, path: string): Array<Attributes | string> {
  return valuesAt(node, path)
    .flat()
    .filter((value) => isComputed(value) || (typeof value === 'object' && value !== null)) as Array<
    Attributes | string
  >;
}
