import { LostAddress } from './address-lock';
import { SynthesizedStack } from './synthesized';

/** What a block of a stack does to an address. */
export type BlockKind = 'moved' | 'removed';

/** One line of TypeScript for all the addresses of a stack that need a block of one kind. */
export interface SharedLine {
  readonly stack: string;
  readonly kind: BlockKind;
  readonly line: string;
  /** Whether the stack has such blocks already. */
  readonly isThere: boolean;
}

/**
 * The lines of TypeScript that keep lost addresses, or give them up.
 *
 * A resource has a line of its own, where it is defined. Blocks are the stack's, and an override replaces what was said
 * before: those of one kind go into one line.
 */
export class LockFixes {
  constructor(private readonly stacks: ReadonlyMap<string, SynthesizedStack>) {}

  /** The line of one resource; nothing for what needs a block. */
  public ownLineFor(lost: LostAddress): string | undefined {
    const { address, likely } = lost;
    return kindFor(lost) === undefined
      ? `resource.moveFromId('${address}'); // moved: ${address} -> ${likely}`
      : undefined;
  }

  /** The line that mends one address, and maybe others. */
  public lineFor(lost: LostAddress, all: readonly LostAddress[]): string {
    const shared = this.sharedBy(all).find(({ stack, kind }) => stack === lost.stack && kind === kindFor(lost));
    return this.ownLineFor(lost) ?? shared!.line;
  }

  /** The lines of stacks. */
  public sharedBy(all: readonly LostAddress[]): SharedLine[] {
    const stacks = [...new Set(all.map(({ stack }) => stack))];
    return stacks.flatMap((stack) =>
      (['moved', 'removed'] as const).flatMap((kind) => {
        const entries = all.filter((lost) => lost.stack === stack && kindFor(lost) === kind).map(entryFor);
        const isThere = this.stacks.get(stack)![kind].length > 0;
        return entries.length > 0 ? [{ stack, kind, line: overrideOf(kind, entries), isThere }] : [];
      }),
    );
  }
}

function kindFor({ likely }: LostAddress): BlockKind | undefined {
  return likely === undefined ? 'removed' : likely.startsWith('module.') ? 'moved' : undefined;
}

function entryFor({ address, likely }: LostAddress): string {
  return likely === undefined
    ? `{ from: '${address}', lifecycle: { destroy: true } }`
    : `{ from: '${address}', to: '${likely}' }`;
}

function overrideOf(kind: BlockKind, entries: string[]): string {
  const list = entries.length > 1 ? `\n${entries.map((entry) => `  ${entry},\n`).join('')}` : entries[0];
  return `stack.addOverride('${kind}', [${list}]);`;
}
