import { destinationOf, isThere } from './moves';
import { effectOf } from './replacements';
import { resolved, Side } from './resolved-values';
import { SynthesizedStack, typeOf } from './synthesized';
import { Body, Difference, differencesOf } from './values';

/** What becomes of a resource; what is forgotten stays in Azure, and is Terraform's no more. */
export const KINDS = ['added', 'changed', 'replaced', 'unclear', 'removed', 'forgotten'] as const;
export type Kind = (typeof KINDS)[number];

/** What the changes of a resource come to: the first of these that one of them does. */
const BY_WEIGHT = ['removed', 'replaced', 'unclear', 'changed', 'added'] as const;

/** Types whose resources are deleted with everything in them, though Terraform sees names that stay the same. */
const OWNERS = ['azurerm_resource_group'];

/** What becomes of one resource, and why. */
export interface Impact {
  readonly stack: string;
  readonly address: string;
  /** Nothing for a resource that only gets another address. */
  readonly kind?: Kind;
  /** Address it had. */
  readonly movedFrom?: string;
  /** Arguments that differ. */
  readonly arguments?: readonly string[];
  /** Those that have it replaced, or may. */
  readonly because?: readonly Difference[];
  /** What to know beside that. */
  readonly note?: string;
}

/** What becomes of every resource when one synthesized app follows another; unchanged ones are left out. */
export function impactOf(
  before: ReadonlyMap<string, SynthesizedStack>,
  after: ReadonlyMap<string, SynthesizedStack>,
): Impact[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((name) =>
    impactOnStack(before.get(name) ?? emptyStack(name), after.get(name) ?? emptyStack(name)),
  );
}

function emptyStack(name: string): SynthesizedStack {
  return { name, resources: new Map(), modules: [], moved: [], removed: [] };
}

function impactOnStack(before: SynthesizedStack, after: SynthesizedStack): Impact[] {
  const { name: stack } = after;
  const nameOf = (address: string) => {
    const to = destinationOf(address, after);
    return isThere(to, after) ? to : address;
  };
  const origin = new Map([...before.resources.keys()].map((address) => [nameOf(address), address]));
  const old = new Map([...before.resources].map(([address, body]) => [nameOf(address), body]));

  const staying = [...after.resources].filter(([address]) => old.has(address));
  const changes = changesOf(staying, { resources: old, replaced: new Set(), nameOf }, after);
  const impacts = [
    ...staying.flatMap(([address, body]): Impact[] => {
      const from = origin.get(address)!;
      const movedFrom = from === address ? undefined : from;
      const change = changes.get(address);
      return change || movedFrom
        ? [{ stack, address, movedFrom, ...change, ...noteOn(typeOf(address), change?.kind, body) }]
        : [];
    }),
    ...[...after.resources]
      .filter(([address, body]) => !old.has(address) && !isNowhere(body))
      .map(([address]): Impact => ({ stack, address, kind: 'added' })),
    ...[...old]
      .filter(([address, body]) => !after.resources.has(address) && !isNowhere(body))
      .map(([address, body]): Impact => {
        const kind = goneAs(address, after);
        return { stack, address: origin.get(address)!, kind, ...(kind === 'removed' ? noteOnGone(body) : {}) };
      }),
  ];
  return impacts.sort((a, b) => (a.address < b.address ? -1 : 1));
}

/** Whether a resource has no instance: none comes with it, and none goes. */
function isNowhere({ count }: Body): boolean {
  return String(count) === '0';
}

/** The address is the last one that `moved` blocks give it, unless that is not there: then it is the first one. */
function goneAs(address: string, after: SynthesizedStack): Kind {
  const last = destinationOf(address, after);
  return after.removed.some(({ from, forgets }) => forgets && [address, last].includes(from)) ? 'forgotten' : 'removed';
}

type Change = Pick<Impact, 'kind' | 'arguments' | 'because'>;

/** Replacing one resource replaces those that are made with what it computes: repeated until no more follow. */
function changesOf(staying: Array<[string, Body]>, old: Side, after: SynthesizedStack): Map<string, Change> {
  const replaced = new Set<string>();
  for (;;) {
    const side: Side = { resources: after.resources, replaced, nameOf: (address) => address };
    const changes = new Map<string, Change>();
    for (const [address, body] of staying) {
      const change = changeOf(
        typeOf(address),
        resolvedBody(old.resources.get(address)!, old),
        resolvedBody(body, side),
      );
      if (change) {
        changes.set(address, change);
      }
    }
    const known = replaced.size;
    changes.forEach(({ kind }, address) => kind === 'replaced' && replaced.add(address));
    if (replaced.size === known) {
      return changes;
    }
  }
}

function resolvedBody(body: Body, side: Side): Body {
  return resolved(body, side) as Body;
}

function changeOf(type: string, before: Body, after: Body): Change | undefined {
  const effects = differencesOf(before, after)
    .filter(({ path }) => !ignoredBy(after).some((ignored) => path === ignored || path.startsWith(`${ignored}.`)))
    .map((difference) => ({ difference, effect: effectOf(type, difference, after) }))
    .filter(({ effect }) => effect !== 'none');
  const kind = BY_WEIGHT.find((one) => effects.some(({ effect }) => effect === one));
  return (
    kind && {
      kind,
      arguments: [...new Set(effects.map(({ difference }) => difference.path))],
      because:
        kind === 'changed'
          ? undefined
          : effects.filter(({ effect }) => effect === kind).map(({ difference }) => difference),
    }
  );
}

/** Paths that `ignore_changes` names, without positions: `site_config[0].x` is `site_config.x`, `tags["y"]` is `tags.y`. */
function ignoredBy({ lifecycle }: Body): string[] {
  const { ignore_changes: ignored } = ([lifecycle].flat()[0] ?? {}) as { ignore_changes?: string | string[] };
  return [ignored ?? []].flat().map((path) => path.replace(/\[\d+\]/g, '').replace(/\["([^"]*)"\]/g, '.$1'));
}

function isGuarded({ lifecycle }: Body): boolean {
  const { prevent_destroy: guarded } = ([lifecycle].flat()[0] ?? {}) as { prevent_destroy?: boolean };
  return guarded === true;
}

function noteOnGone(body: Body): { note?: string } {
  return isGuarded(body)
    ? { note: "'prevent_destroy' went with its block: Terraform destroys it, unless a 'removed' block keeps it" }
    : {};
}

function noteOn(type: string, kind: Kind | undefined, body: Body): { note?: string } {
  if (kind !== 'replaced' && kind !== 'unclear' && kind !== 'removed') {
    return {};
  }
  const notes = [
    isGuarded(body) &&
      `'prevent_destroy' is set: Terraform refuses a plan that ${kind === 'removed' ? 'destroys' : 'replaces'} it`,
    OWNERS.includes(type) && 'whatever is in it is destroyed with it, also what keeps its address',
  ].filter((note) => note);
  return notes.length > 0 ? { note: notes.join('; ') } : {};
}
