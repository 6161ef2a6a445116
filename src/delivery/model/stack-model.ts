/** One Terraform stack, in the stage it belongs to. */
export interface StackModel {
  /** Name of the folder below `cdktf.out/stacks`. */
  readonly name: string;
  /** Name of the stage whose identities plan and apply it. */
  readonly stage: string;
  /** Stacks of the same stage that must be applied before, by name. */
  readonly after: readonly string[];
}

/** Stacks in rounds: each one after those it must follow, and many at a time where none must wait. */
export function roundsOf(stacks: readonly StackModel[], most: number): StackModel[][] {
  const rounds: StackModel[][] = [];
  const done = new Set<string>();
  let left = [...stacks];
  while (left.length > 0) {
    const ready = left.filter(({ after }) => after.every((name) => done.has(name)));
    ready.forEach(({ name }) => done.add(name));
    left = left.filter((stack) => !ready.includes(stack));
    for (let from = 0; from < ready.length; from += most) {
      rounds.push(ready.slice(from, from + most));
    }
  }
  return rounds;
}
