import { Failure } from '../checkov/acceptance';

/** What tfcheck said, sorted by what can be done about it. */
export interface Report {
  readonly stacks: number;
  /** Warnings: of those, some are accepted for a reason. */
  readonly failures: Failure[];
  /** Errors, and stacks that could not be checked: never accepted. */
  readonly errors: string[];
}

/** One stack of tfcheck's report. */
interface Stack {
  readonly name: string;
  readonly problem?: string;
  readonly findings?: Finding[];
}

interface Finding {
  readonly severity: 'error' | 'warning';
  readonly address?: string;
  readonly attribute?: string;
  readonly construct?: string;
  readonly summary: string;
  readonly detail: string;
}

/** Reads what `tfcheck --json` wrote. */
export function reportOf(json: string): Report {
  const { stacks }: { stacks: Stack[] } = JSON.parse(json);
  const found = stacks.flatMap(({ name, findings = [] }) => findings.map((finding) => ({ stack: name, ...finding })));
  return {
    stacks: stacks.length,
    failures: found
      .filter(({ severity }) => severity === 'warning')
      .map(({ stack, address = '', attribute = '', summary, detail }) => ({
        id: summary,
        where: `${stack}/${address} ${attribute}`.trim(),
        name: detail,
      })),
    errors: [
      ...stacks
        .filter(({ problem }) => problem)
        .map(({ name, problem }) => `${name}: could not be checked: ${problem}`),
      ...found
        .filter(({ severity }) => severity === 'error')
        .map(({ stack, address, attribute, construct, summary, detail }) =>
          [`${stack}:`, address, attribute, `${summary}: ${detail}`, construct && `(construct ${construct})`]
            .filter(Boolean)
            .join(' '),
        ),
    ],
  };
}
