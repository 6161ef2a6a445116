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
  /** Pattern of `<stack>/<type>.<name>`; `*` stands for anything. */
  readonly where: string;
  readonly reason: string;
}

/** Failures that nobody accepted, acceptances that nothing needs any more, and those that give no reason. */
export function problemsOf(failures: readonly Failure[], accepted: readonly Accepted[]): string[] {
  const covers = (entry: Accepted, failure: Failure) => entry.id === failure.id && matches(entry.where, failure.where);
  return [
    ...failures
      .filter((failure) => !accepted.some((entry) => covers(entry, failure)))
      .map(({ id, where, name }) => `${id} ${where}: ${name}`),
    ...accepted
      .filter((entry) => !failures.some((failure) => covers(entry, failure)))
      .map(({ id, where }) => `${id} ${where}: accepted, but nothing fails it any more; delete the entry`),
    ...accepted
      .filter(({ reason }) => reason.trim() === '')
      .map(({ id, where }) => `${id} ${where}: accepted without a reason`),
  ];
}

function matches(pattern: string, where: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\/]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(where);
}
