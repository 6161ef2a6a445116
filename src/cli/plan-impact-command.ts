import { Command, Outcome } from './command';
import { Impact, impactOf, Kind, KINDS } from './plan-impact';
import { InputError } from './problems';
import { readSynthesized } from './synthesized';
import { Difference } from './values';

const HELP = `Usage: azure-platform-constructs plan-impact OLD NEW [options]

Says what a change of the program does to what is there, from two folders that
cdktf wrote: added, changed in place, replaced, removed, forgotten. Needs no
account, and reads no state: it compares configurations, and follows what
replaces what.

Arguments:
  OLD, NEW         folders that cdktf wrote, before and after

Options:
  --fail-on KINDS  comma-separated: added, changed, replaced, unclear, removed,
                   forgotten
  --json           report as JSON
  -h, --help       show this

Unclear is a change of which only Terraform's plan can tell whether it replaces:
of a type that this library does not make, or of a value that is computed.
Removed is destroyed, also where 'count' takes an instance away. Forgotten stays
in Azure, and is Terraform's no more: a 'removed' block with destroy = false.

Exit codes: 0 fine, 1 something of --fail-on was found, 2 wrong usage or input`;

/** Terraform's own, where it has one. */
const SIGNS: Record<Kind, string> = {
  added: '+',
  changed: '~',
  replaced: '-/+',
  unclear: '?',
  removed: '-',
  forgotten: '.',
};

/** Tells a release that is safe from one that destroys. */
export const PLAN_IMPACT: Command = {
  name: 'plan-impact',
  summary: 'compare two synthesized apps: what is replaced or removed',
  help: HELP,
  positionals: [2, 2],
  options: { 'fail-on': { type: 'string' } },
  run([before, after], options) {
    const failing = kindsIn(String(options['fail-on'] ?? ''));
    const [old, fresh] = [readSynthesized(before), readSynthesized(after)];
    const impacts = impactOf(old, fresh);
    const stacks = [...new Set([...old.keys(), ...fresh.keys()])].sort();
    return reportOn(impacts, stacks, failing);
  },
};

function kindsIn(list: string): Kind[] {
  const asked = list.split(',').filter((word) => word !== '');
  const wrong = asked.filter((word) => !(KINDS as readonly string[]).includes(word));
  if (wrong.length > 0) {
    throw new InputError(`'--fail-on' takes ${KINDS.join(', ')}, got ${wrong.join(', ')}`);
  }
  return asked as Kind[];
}

function reportOn(impacts: Impact[], stacks: string[], failing: Kind[]): Outcome {
  const failed = impacts.some(({ kind }) => kind !== undefined && failing.includes(kind));
  return {
    text: [
      ...stacks.flatMap((stack) =>
        stackText(
          stack,
          impacts.filter((impact) => impact.stack === stack),
        ),
      ),
      `In all: ${sumsOf(impacts)}`,
    ].join('\n'),
    json: { ok: !failed, totals: totalsOf(impacts), stacks, impacts },
    failed,
  };
}

function stackText(stack: string, impacts: Impact[]): string[] {
  return impacts.length === 0 ? [] : [`${stack}: ${sumsOf(impacts)}`, ...impacts.flatMap(impactText), ''];
}

function impactText({ kind, address, movedFrom, arguments: paths = [], because = [], note }: Impact): string[] {
  const inPlace = kind === 'changed' ? `  (${paths.join(', ')})` : '';
  return [
    `  ${(kind ? SIGNS[kind] : '>').padStart(3)} ${address}${inPlace}`,
    ...(movedFrom ? [`        moved from ${movedFrom}`] : []),
    ...because.map((difference) => `        ${differenceText(difference)}`),
    ...(note ? [`        ${note}`] : []),
  ];
}

function differenceText({ path, before, after, count }: Difference): string {
  return count ? `${path}: ${before} -> ${after} blocks` : `${path}: ${shown(before)} -> ${shown(after)}`;
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

function sumsOf(impacts: Impact[]): string {
  const moved = impacts.filter(({ movedFrom }) => movedFrom !== undefined).length;
  const sums = Object.entries(totalsOf(impacts)).map(
    ([kind, count]) => `${count} ${kind === 'changed' ? 'changed in place' : kind}`,
  );
  return [...sums, ...(moved > 0 ? [`${moved} moved`] : [])].join(', ');
}

function totalsOf(impacts: Impact[]): Record<Kind, number> {
  return Object.fromEntries(
    KINDS.map((kind) => [kind, impacts.filter((impact) => impact.kind === kind).length]),
  ) as Record<Kind, number>;
}
