/** A check that Checkov says a resource fails. */
export interface Failure {
  readonly id: string;
  readonly name: string;
  /** `<stack>/<type>.<name>`. */
  readonly where: string;
}

/** A check that may fail, where, and why that is right. */
export interface Accepted {
  readonly id: string;
  /** Pattern of `<stack>/<type>.<name>`; `*` stands for anything, and `{a,b}` for one entry with each of the words. */
  readonly where: string;
  readonly reason: string;
}

/** Failures that nobody accepted, acceptances that nothing needs any more, and those that give no reason. */
export function problemsOf(failures: readonly Failure[], accepted: readonly Accepted[]): string[] {
  const entries = accepted.flatMap(spelledOut).map((entry) => ({ ...entry, pattern: patternOf(entry.where) }));
  const covers = (entry: (typeof entries)[number], { id, where }: Failure) =>
    entry.id === id && entry.pattern.test(where);
  return [
    ...failures
      .filter((failure) => !entries.some((entry) => covers(entry, failure)))
      .map(({ id, where, name }) => `${id} ${where}: ${name}`),
    ...entries
      .filter((entry) => !failures.some((failure) => covers(entry, failure)))
      .map(({ id, where }) => `${id} ${where}: accepted, but nothing fails it any more; delete the entry`),
    ...accepted
      .filter(({ reason }) => reason.trim() === '')
      .map(({ id, where }) => `${id} ${where}: accepted without a reason`),
  ];
}

/** An entry for each word in braces, so that none of them can go stale behind the others. */
function spelledOut(entry: Accepted): Accepted[] {
  const braces = /\{([^{}]*)\}/.exec(entry.where);
  return braces
    ? braces[1]
        .split(',')
        .flatMap((word) => spelledOut({ ...entry, where: entry.where.replace(braces[0], () => word) }))
    : [entry];
}

function patternOf(where: string): RegExp {
  const parts = where.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\/]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}
