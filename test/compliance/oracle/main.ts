import { installedCheckov } from '../../checkov/checkov';
import { ask } from './checkov';
import { compare, Comparison, resourcesOf } from './compare';
import { corpus } from './corpus';
import { MILDER, STRICTER } from './stricter';

const REASONS = { stricter: STRICTER, milder: MILDER };

/** Answers the exit status. */
function main(): number {
  const checkov = process.env.CHECKOV ?? installedCheckov();
  if (checkov === undefined) {
    say('Checkov needs Python 3.9 or newer with venv and pip, which is not on the PATH: nothing was compared.');
    return process.env.CI ? 1 : 0;
  }
  const stacks = corpus();
  const resources = resourcesOf(stacks);
  const comparisons = compare(stacks, ask(checkov, resources));
  const problems = [...comparisons.flatMap((one) => problemsOf(one, resources)), ...staleReasons(comparisons)];
  problems.forEach(say);
  say(summaryOf(comparisons, problems.length));
  return problems.length > 0 ? 1 : 0;
}

function problemsOf({ rule, check, resources }: Comparison, all: ReturnType<typeof resourcesOf>): string[] {
  return (['stricter', 'milder'] as const)
    .filter((relation) => resources[relation].length > 0)
    .filter((relation) => REASONS[relation][`${rule} ${check}`] === undefined)
    .map((relation) => {
      const [stack, address] = resources[relation][0].split(' ');
      const [type, id] = address.split('.');
      const example = JSON.stringify((all[stack][type] as any)[id], (key, value) => (key === '//' ? undefined : value));
      return `${rule} is ${relation} than ${check} on ${resources[relation].length} resources, e.g. ${type} ${example}`;
    });
}

function staleReasons(comparisons: Comparison[]): string[] {
  return (['stricter', 'milder'] as const).flatMap((relation) =>
    Object.keys(REASONS[relation])
      .filter(
        (key) =>
          !comparisons.some(
            ({ rule, check, resources }) => key === `${rule} ${check}` && resources[relation].length > 0,
          ),
      )
      .map((key) => `${key} has a reason for being ${relation}, and is not`),
  );
}

function summaryOf(comparisons: Comparison[], problems: number): string {
  const count = (relation: keyof Comparison['resources']) =>
    comparisons.reduce((sum, { resources }) => sum + resources[relation].length, 0);
  const pairs = comparisons.filter(({ resources }) => Object.values(resources).flat().length > resources.unseen.length);
  const agreeing = pairs.filter(({ resources }) => resources.stricter.length + resources.milder.length === 0);
  return [
    `${pairs.length} pairs of a rule and a check, ${agreeing.length} of them without a difference.`,
    `Answers: ${count('equal')} equal, ${count('stricter')} stricter, ${count('milder')} milder,`,
    `${count('open')} cannot be checked, ${count('unseen')} of types that Checkov does not look at.`,
    `${problems} to mend.`,
  ].join('\n');
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

process.exit(main());
