/** Stands for a construct that is not there, and for whatever one would ask it for. */
const ABSENT: any = new Proxy(() => ABSENT, {
  get: (_, name) => (typeof name === 'symbol' ? undefined : ABSENT),
});

/** Methods that wire one construct to another. */
const WIRES = /^(add|grant|bind)[A-Z]/;

/** What a program does without. */
export interface Gap {
  /** Ids of the constructs. */
  readonly ids: readonly string[];
  /** What is there in the place of those that others cannot do without, by their id. */
  readonly replacements?: { readonly [id: string]: (scope: any, id: string) => object };
  /** Props that others are given because of it, by their id. */
  readonly answers?: { readonly [id: string]: object };
}

/** The gap of the next program that runs, and the ids of the constructs of the last one. */
export const current: { gap: Gap; ids: string[] } = { gap: { ids: [] }, ids: [] };

/**
 * The library, for a program that loses one of its constructs: what is deleted is what one would delete by hand, which is the
 * constructor, the props that name it, and the calls that take it or are made on it.
 *
 * @param library The library as it is.
 */
export function withGaps(library: any): any {
  return new Proxy(library, {
    get: (_, name) => (typeof library[name] === 'function' ? thinned(library[name]) : library[name]),
  });
}

function thinned(original: any): any {
  return new Proxy(original, {
    construct: (target, [scope, id, ...props]) => {
      current.ids.push(id);
      const { gap } = current;
      if (gap.ids.includes(id)) {
        return gap.replacements?.[id]?.(scope, id) ?? ABSENT;
      }
      const answer = gap.answers?.[id];
      return deaf(new target(scope, id, ...props.map((own) => ({ ...withoutAbsent(own), ...answer }))));
    },
    get: (target, name) => {
      const value = target[name];
      return typeof value === 'function' && name !== 'prototype' ? unlessAbsent(value.bind(target)) : value;
    },
  });
}

/** A construct that ignores calls which wire it to what is not there. */
function deaf(construct: any): any {
  for (let level = Object.getPrototypeOf(construct); level !== Object.prototype; level = Object.getPrototypeOf(level)) {
    for (const name of Object.getOwnPropertyNames(level).filter((method) => WIRES.test(method))) {
      if (!Object.prototype.hasOwnProperty.call(construct, name)) {
        Object.defineProperty(construct, name, { value: unlessAbsent(construct[name].bind(construct)) });
      }
    }
  }
  return construct;
}

function unlessAbsent(method: (...args: unknown[]) => unknown): (...args: unknown[]) => unknown {
  return (...args) => (args.includes(ABSENT) ? ABSENT : method(...args.map(withoutAbsent)));
}

/** Props and lists without what is not there; anything else as it is. */
function withoutAbsent(value: any): any {
  if (Array.isArray(value)) {
    return value.filter((element) => element !== ABSENT).map(withoutAbsent);
  }
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== ABSENT)
      .map(([name, inner]) => [name, withoutAbsent(inner)]),
  );
}
