import { Change, StackVerdict } from '../terraform';

/** What would become of a resource. */
export type Fate = 'add' | 'change' | 'replace' | 'destroy' | 'forget' | 'keep';

/** What a plan would do to one resource. */
export interface PlannedChange {
  readonly stack: string;
  readonly address: string;
  readonly type: string;

  /** Path of the construct that defines it; `undefined` where no construct does any more. */
  readonly construct?: string;
  readonly fate: Fate;

  /** The attributes that make a replacement necessary, each with its values. */
  readonly because: string[];
  readonly change: Change;
}

/** Longest value that is quoted whole. */
const QUOTED = 80;

const FATES: Record<string, Fate> = {
  create: 'add',
  update: 'change',
  delete: 'destroy',
  forget: 'forget',
  'no-op': 'keep',
};

/**
 * The changes of a stack, resources only: data sources are read, which changes nothing.
 *
 * @param constructs paths of constructs by the addresses of what they define
 */
export function changesOf({ stack, plan }: StackVerdict, constructs: ReadonlyMap<string, string>): PlannedChange[] {
  return (plan?.resource_changes ?? [])
    .filter(({ mode }) => mode === 'managed')
    .map(({ address, type, change }) => {
      const construct = constructs.get(withoutIndex(address));
      return {
        stack,
        address,
        type,
        ...(construct && { construct }),
        fate: fateOf(change),
        because: reasons(change),
        change,
      };
    });
}

/** Paths of constructs by the addresses of what they define, from the metadata that cdktf writes. */
export function constructsOf(stack: any): Map<string, string> {
  const found = new Map<string, string>();
  for (const [type, byName] of Object.entries<any>(stack.resource ?? {})) {
    for (const [name, body] of Object.entries<any>(byName)) {
      const path = body?.['//']?.metadata?.path;
      if (path) {
        found.set(`${type}.${name}`, path);
      }
    }
  }
  return found;
}

/** An address without the index that `count` and `for_each` add. */
export function withoutIndex(address: string): string {
  return address.replace(/\[.*$/, '');
}

function fateOf({ actions }: Change): Fate {
  return actions.length > 1 ? 'replace' : FATES[actions[0]];
}

function reasons({ replace_paths: paths = [], before, after, after_unknown: unknown }: Change): string[] {
  const at = (value: any, path: (string | number)[]): any => path.reduce((inner, step) => inner?.[step], value);
  return paths.map((path) => {
    const next = at(unknown, path) === true ? '(known after apply)' : shown(at(after, path));
    return `${path.join('.')} ${shown(at(before, path))} -> ${next}`;
  });
}

function shown(value: any): string {
  const text = JSON.stringify(value ?? null);
  return text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
}
