/**
 * Two detours around what cdktf 0.21 spends most of a synthesis on. Both reach into its private modules, and so do nothing at
 * all where those look different: a synthesis is slower then, and not wrong.
 */

/** Functions of cdktf, and of its successor, that record a stack trace for each token and each nested block. */
const RECORDERS = ['captureStackTrace', 'captureCreationStack'];

/** Whose `resolve()` the quick one below is equal to. */
const KNOWN_CDKTF = /^0\.21\./;

/** What may be, or hold, a token in the guise of a text, and what cdktf looks at as if it were. */
const SUSPICIOUS = /\{|Token Value|[-|\d.+]e[-|\d.eE+]/;

/** Nesting beyond which cdktf suspects a circle. */
const DEEPEST = 200;

type Functions = Record<string, Function>;

let recorders: Functions | undefined;

/**
 * Switches the stack traces of tokens off or on, in the whole process.
 *
 * No environment variable is set, though the successor would heed one: programs that this one starts would inherit it.
 */
export function switchTokenStackTraces(on: boolean): void {
  ifPossible(() => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const module: Functions = require('cdktf/lib/tokens/private/stack-trace');
    recorders ??= Object.fromEntries(RECORDERS.filter((name) => name in module).map((name) => [name, module[name]]));
    const silent = Object.fromEntries(Object.keys(recorders).map((name) => [name, () => []]));
    Object.assign(module, on ? recorders : silent);
  });
}

/**
 * Runs a synthesis, or a part of one, in which cdktf copies plain values, instead of looking for tokens in each of them three times over.
 */
export function withQuickResolve<T>(synthesize: () => T): T {
  const undo = useQuickResolve();
  try {
    return synthesize();
  } finally {
    undo();
  }
}

/**
 * The same from now on; answers how to undo it.
 */
export function useQuickResolve(): () => void {
  const module = ifPossible(resolveModule);
  if (!module) {
    return () => undefined;
  }
  const { resolve } = module;
  if (resolve.isQuick) {
    return () => undefined;
  }
  const quick = (value: unknown, options: ResolveOptions) => new QuickResolve(resolve, options).valueOf(value);
  module.resolve = Object.assign(quick, { isQuick: true });
  return () => {
    module.resolve = resolve;
  };
}

interface Resolve {
  (value: unknown, options: ResolveOptions): unknown;
  readonly isQuick?: boolean;
}

/** Options of cdktf's function; it calls itself with more of them, and we only ever begin. */
interface ResolveOptions {
  readonly prefix?: string[];
}

function resolveModule(): { resolve: Resolve } | undefined {
  /* eslint-disable @typescript-eslint/no-require-imports */
  const known = KNOWN_CDKTF.test(require('cdktf/package.json').version);
  return known ? require('cdktf/lib/tokens/private/resolve') : undefined;
  /* eslint-enable @typescript-eslint/no-require-imports */
}

/** Copies what is plain, and leaves anything else to cdktf. */
class QuickResolve {
  private readonly path: string[] = [];

  constructor(
    private readonly resolve: Resolve,
    private readonly options: ResolveOptions,
  ) {}

  public valueOf(value: unknown): unknown {
    switch (typeof value) {
      case 'undefined':
      case 'boolean':
        return value;
      case 'string':
        return SUSPICIOUS.test(value) ? this.slow(value) : value;
      case 'number':
        // tokens in the guise of numbers are below zero
        return value >= 0 ? value : this.slow(value);
      case 'object':
        if (value === null || (this.path.length <= DEEPEST && isPlain(value))) {
          return value && this.copyOf(value);
        }
        return this.slow(value);
      default:
        return this.slow(value);
    }
  }

  private copyOf(value: object): unknown {
    if (Array.isArray(value)) {
      return value.map((item, n) => this.within(String(n), item)).filter((item) => item !== undefined);
    }
    const copy: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(value)) {
      const resolved = this.within(key, item);
      if (resolved !== undefined) {
        copy[key] = resolved;
      }
    }
    return copy;
  }

  private within(key: string, value: unknown): unknown {
    this.path.push(key);
    const resolved = this.valueOf(value);
    this.path.pop();
    return resolved;
  }

  private slow(value: unknown): unknown {
    return this.resolve(value, { ...this.options, prefix: [...(this.options.prefix ?? []), ...this.path] });
  }
}

/** Whether a value is a list or an object, and no token in the guise of one. */
function isPlain(value: object): boolean {
  if (Array.isArray(value)) {
    return !value.some((item) =>
      typeof item === 'string' ? SUSPICIOUS.test(item) : typeof item === 'number' && item < 0,
    );
  }
  return (
    Object.getPrototypeOf(value) === Object.prototype &&
    !('resolve' in value) &&
    !Object.keys(value).some((key) => SUSPICIOUS.test(key))
  );
}

function ifPossible<T>(tamper: () => T): T | undefined {
  try {
    return tamper();
  } catch {
    return undefined;
  }
}
