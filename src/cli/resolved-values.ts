import { Body, isExpression, isObject } from './values';

/** Resources of one side of a comparison. */
export interface Side {
  readonly resources: ReadonlyMap<string, Body>;
  /** Addresses that Terraform makes anew: what they compute is not known, and not what it was. */
  readonly replaced: ReadonlySet<string>;
  /** Another name of an address, where a `moved` block gives it one. */
  readonly nameOf: (address: string) => string;
}

/** An attribute of a resource, in an expression; not those of data, modules, variables, locals. */
const REFERENCE =
  /(?<![\w.-])((?!data\.|module\.|var\.|local\.|each\.|count\.|path\.)[a-z]\w*\.[A-Za-z_][\w-]*)\.([a-z]\w*)/g;
const WHOLE = /^\$\{([a-z]\w*\.[A-Za-z_][\w-]*)\.([a-z]\w*)\}$/;
const NEW = ' of its replacement';

/** Links of a chain of references that are followed. */
const FURTHEST = 10;

/** Whether a value is one attribute of one resource, so that another such text is another value. */
export function isAttribute(value: unknown): boolean {
  return typeof value === 'string' && WHOLE.test(value.replace(NEW, ''));
}

/** Whether a value, or part of it, comes out of a resource that is made anew. */
export function isOfReplacement(value: unknown): boolean {
  return typeof value === 'string'
    ? value.includes(NEW)
    : isObject(value) && Object.values(value).some(isOfReplacement);
}

/**
 * A value with references to what the configuration itself says replaced by that, e.g. the name of a resource group by its
 * literal, so that only real differences are left.
 */
export function resolved(value: unknown, side: Side, depth: number = 0): unknown {
  if (typeof value === 'string') {
    return value.includes('${') && depth < FURTHEST ? resolvedText(value, side, depth) : value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => resolved(item, side, depth));
  }
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolved(item, side, depth)]))
    : value;
}

function resolvedText(text: string, side: Side, depth: number): unknown {
  if (WHOLE.test(text)) {
    return saidBy(text, side, depth) ?? named(text, side);
  }
  return text.replace(/\$\{[^{}]*\}/g, (expression) =>
    String(saidBy(expression, side, depth) ?? named(expression, side)),
  );
}

/** What the configuration says an attribute is; nothing for what is computed, and for blocks. */
function saidBy(expression: string, side: Side, depth: number): unknown {
  const [, address, attribute] = WHOLE.exec(expression) ?? [];
  const said = address === undefined ? undefined : side.resources.get(side.nameOf(address))?.[attribute];
  return isObject(said) ? undefined : resolved(said, side, depth + 1);
}

/** An expression with what the configuration says, else with the names that addresses have now, and a note on those made anew. */
function named(expression: string, side: Side): string {
  return expression.replace(REFERENCE, (_, address: string, attribute: string) => {
    const name = side.nameOf(address);
    const said = side.resources.get(name)?.[attribute];
    if (said !== undefined && !isObject(said) && !isExpression(said)) {
      return JSON.stringify(said);
    }
    return `${name}.${attribute}${side.replaced.has(name) ? NEW : ''}`;
  });
}
