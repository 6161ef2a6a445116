import { likelyNamesOf } from './likely-names';
import { destinationOf, isThere } from './moves';
import { InputError } from './problems';
import { constructPathOf, readJson, SynthesizedStack } from './synthesized';
import { isObject } from './values';

/** Form of the lock file; a higher one is of a newer version of this command. */
const VERSION = 1;

/** The addresses that are promised to stay, by stack. */
export type AddressLock = ReadonlyMap<string, readonly string[]>;

/** An address that the lock has and the stack has not. */
export interface LostAddress {
  readonly stack: string;
  readonly address: string;
  /** Address that has probably taken its place. */
  readonly likely?: string;
  /** Where in the program that one is defined. */
  readonly construct?: string;
  /** Where a `moved` block takes it, to no avail. */
  readonly movedTo?: string;
}

/** A stack that the lock has and the app has not. */
export interface LostStack {
  readonly stack: string;
  readonly addresses: number;
  /** Stack that has most of its addresses. */
  readonly likely?: string;
}

/** What has become of the addresses of a lock. */
export interface LockCheck {
  readonly lostStacks: readonly LostStack[];
  readonly lost: readonly LostAddress[];
  /** Addresses that went by a `moved` or `removed` block. */
  readonly intended: readonly { readonly stack: string; readonly address: string }[];
  /** Addresses that the lock has not. */
  readonly added: readonly { readonly stack: string; readonly address: string }[];
}

/** What a lock of some stacks holds: resources and modules, which keep what Terraform has made; not data, outputs, variables. */
export function lockOf(stacks: ReadonlyMap<string, SynthesizedStack>): AddressLock {
  return new Map(
    [...stacks].map(([name, { resources, modules }]) => [name, [...resources.keys(), ...modules].sort()] as const),
  );
}

/** A lock as a file: sorted, one address a line. */
export function textOf(lock: AddressLock): string {
  return `${JSON.stringify({ version: VERSION, stacks: Object.fromEntries(lock) }, undefined, 2)}\n`;
}

/** Reads a lock file. */
export function readLock(file: string): AddressLock {
  const json = readJson(file, "write it with 'azure-platform-constructs lock', and commit it");
  const { version, stacks } = (json ?? {}) as { version?: unknown; stacks?: unknown };
  if (!Number.isInteger(version) || !isObject(stacks)) {
    throw new InputError(`${file}: is not a lock file`);
  }
  if (version !== VERSION) {
    throw new InputError(`${file}: was written by another version of this command; write it again, and compare`);
  }
  const lists = Object.entries<unknown>(stacks as Record<string, unknown>);
  if (!lists.every(([, list]) => Array.isArray(list) && list.every((address) => typeof address === 'string'))) {
    throw new InputError(`${file}: is not a lock file`);
  }
  return new Map(lists as [string, string[]][]);
}

/** Compares what was promised with what is there. */
export function check(lock: AddressLock, stacks: ReadonlyMap<string, SynthesizedStack>): LockCheck {
  const now = lockOf(stacks);
  const known = [...lock].flatMap(([name, locked]) => {
    const stack = stacks.get(name);
    return stack ? [compared(stack, locked, now.get(name)!)] : [];
  });
  const unknown = [...now].filter(([name]) => !lock.has(name));
  return {
    lostStacks: [...lock]
      .filter(([name]) => !stacks.has(name))
      .map(([stack, locked]) => ({ stack, addresses: locked.length, likely: heirOf(locked, unknown) })),
    lost: known.flatMap(({ lost }) => lost),
    intended: known.flatMap(({ intended }) => intended),
    added: [
      ...known.flatMap(({ added }) => added),
      ...unknown.flatMap(([stack, addresses]) => addresses.map((address) => ({ stack, address }))),
    ],
  };
}

function compared(stack: SynthesizedStack, locked: readonly string[], now: readonly string[]) {
  const { name } = stack;
  const [before, after] = [new Set(locked), new Set(now)];
  const gone = locked.filter((address) => !after.has(address));
  const arrived = new Set(stack.moved.map(({ to }) => to));
  const added = now.filter((address) => !before.has(address));
  const isIntended = (address: string) =>
    stack.removed.some(({ from }) => from === address) || isThere(destinationOf(address, stack), stack);
  const lost = gone.filter((address) => !isIntended(address));
  const likely = likelyNamesOf(
    lost,
    added.filter((address) => !arrived.has(address)),
  );
  return {
    added: added.map((address) => ({ stack: name, address })),
    intended: gone.filter(isIntended).map((address) => ({ stack: name, address })),
    lost: lost.map((address): LostAddress => {
      const heir = likely.get(address);
      const destination = destinationOf(address, stack);
      return {
        stack: name,
        address,
        likely: heir,
        construct: heir && constructPathOf(stack.resources.get(heir)),
        movedTo: destination === address ? undefined : destination,
      };
    }),
  };
}

/** Addresses do not have the stack in them, so a stack that is renamed keeps its addresses. */
function heirOf(locked: readonly string[], candidates: ReadonlyArray<readonly [string, readonly string[]]>) {
  const mine = new Set(locked);
  const shares = candidates.map(([name, addresses]) => ({
    name,
    share: addresses.filter((address) => mine.has(address)).length,
  }));
  const [best] = shares.sort((a, b) => b.share - a.share);
  return best && best.share * 2 > locked.length ? best.name : undefined;
}
