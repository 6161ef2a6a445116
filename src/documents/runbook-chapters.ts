import { DrillInterval, RecoveryDrill } from '../contracts/drill';
import { RecoveryOccasion, RecoveryStep } from '../contracts/recovery';
import { Workload } from '../core/workload';
import { Block, code, heading, list, table, text } from './blocks';
import { Component, stepsFor } from './recovery';
import { componentTable, orderOfRecovery } from './runbook-objectives';
import { RunbookOptions } from './runbook-options';
import { durationOf, nameIn, stackOf, titleOf } from './runbook-words';
import { inputsOf, ShellValues } from './shell-values';

/** What a runbook is about: workloads with their components in the order of recovery. */
export interface RunbookModel {
  readonly workloads: Workload[];
  readonly components: Component[];
  readonly options: Required<Omit<RunbookOptions, 'fileName'>>;
  readonly values: ShellValues;
}

const { ROLLBACK, RESTORE, FAILOVER, RENEWAL, OFFBOARDING } = RecoveryOccasion;

/** Occasion, heading, when the chapter is the right one. */
const CHAPTERS: ReadonlyArray<readonly [RecoveryOccasion, string, string]> = [
  [ROLLBACK, 'Roll back', 'A new version is bad: the previous one goes back in front of customers.'],
  [RESTORE, 'Restore', 'Data was lost or damaged, while the region is fine.'],
  [FAILOVER, 'Fail over', 'A zone, a machine or the region is away. Take the order from the chapter on it.'],
  [RENEWAL, 'Renew', 'A key, certificate, secret or hold has to be changed by hand.'],
  [
    OFFBOARDING,
    'Offboard',
    'Something leaves for good. Nothing here can be taken back easily: two people, and the order to do so in writing.',
  ],
];

/** The last chapter, which the steps refer to. */
const SURROUNDINGS = 'Where commands run';

/** What the variables of steps stand for; others are explained by their step. */
const INPUTS: { readonly [name: string]: string } = {
  BLOB: 'path of the blob in its container',
  CONTAINER: 'name of the container',
  DAYS: 'number of days',
  HOLD: 'name of the case, 3 to 23 letters or digits',
  RECOVERY_POINT_ID: 'from the list that the first command prints',
  RESTORE_TIME: 'a moment in UTC, e.g. `2026-05-04T03:00:00Z`',
  RESTORE_TO: 'a moment in UTC, e.g. `2026-05-04T03:00:00Z`',
  STATE_KEY: 'key of the state in its container',
  TARGET_ACCOUNT_ID: 'Azure resource id of a storage account that has no containers of these names',
  TARGET_CONTAINER_URL: 'address of a container to restore into, `https://<account>.blob.core.windows.net/<container>`',
  VERSION_ID: 'from the list that the first command prints',
};

/** The chapters that say what holds, and what to do in which order. */
export function overview({ workloads, components, options }: RunbookModel): Block[] {
  return [
    heading(1, options.title),
    text(
      `For ${workloads.map(titleOf).join(', ')}. Generated from the program that defines it: change the program, and generate again. All names are the real ones.`,
    ),
    heading(2, 'Contacts'),
    table(
      ['Who', 'What for', 'How to reach'],
      options.contacts.map(({ name, role, reach }) => [name, role, reach]),
    ),
    heading(2, 'What happened'),
    table(
      ['When', 'Chapter'],
      CHAPTERS.filter(([occasion]) => components.some((one) => stepsFor(one, occasion).length > 0)).map(
        ([, title, when]) => [when, title],
      ),
    ),
    text(
      'First tell the contacts above, and write down the time: the objectives count from there. Stop pipelines before anything is restored or failed over, and apply again only when the program says what is now true.',
    ),
    heading(2, 'Objectives'),
    table(
      ['What', 'Objective'],
      [
        ['Everything is back (RTO)', durationOf(options.rtoMinutes)],
        ['Data that may be lost (RPO)', durationOf(options.rpoMinutes)],
        ['A database alone is back, by promotion of a replica', durationOf(options.databaseRtoMinutes)],
      ],
    ),
    ...workloads.flatMap((workload) => componentTable(workload, components, options)),
    heading(2, 'Order of recovery'),
    text(
      'What others stand on comes first. Where several people work, those of one service can be recovered at the same time.',
    ),
    ...workloads.flatMap((workload) => orderOfRecovery(workload, components, options)),
  ];
}

/** One chapter per occasion, with commands. */
export function procedures(model: RunbookModel): Block[] {
  return CHAPTERS.flatMap(([occasion, title, when]) => {
    const concerned = model.components.filter((one) => stepsFor(one, occasion).length > 0);
    return concerned.length === 0
      ? []
      : [
          heading(2, title),
          text(when),
          ...concerned.flatMap((component) => [
            heading(3, nameIn(model.workloads, component)),
            ...stepsFor(component, occasion).flatMap((step) => stepBlocks(model, component, step)),
          ]),
        ];
  });
}

function stepBlocks({ values }: RunbookModel, { construct }: Component, step: RecoveryStep): Block[] {
  const loss = step.dataLossMinutes === undefined ? '' : `; data lost: ${durationOf(step.dataLossMinutes)} at most`;
  const commands = step.commands.map((command) => values.inShell(construct, command));
  const inputs = inputsOf(commands).map((name) => `\`${name}\`: ${meaningOf(name, values)}`);
  return [
    heading(4, step.key),
    text(`${sentence(step.summary)} Takes about ${durationOf(step.minutes)}${loss}.`),
    ...(inputs.length > 0 ? [text('Set first:'), list(inputs)] : []),
    code(commands),
  ];
}

function meaningOf(name: string, values: ShellValues): string {
  return values.all.some((value) => value.name === name)
    ? `the chapter "${SURROUNDINGS}" has the command that prints it`
    : (INPUTS[name] ?? 'as the step says');
}

/** What is rehearsed, when, and how it is measured. */
export function rehearsals(model: RunbookModel): Block[] {
  const all = model.components.flatMap((component) => component.drills.map((drill) => ({ component, drill })));
  if (all.length === 0) {
    return [];
  }
  const every = (interval: DrillInterval) => (interval === DrillInterval.MONTHLY ? 'month' : 'three months');
  return [
    heading(2, 'Drills'),
    text(
      'Pipelines run these on a schedule and measure them; by hand, each is one bash script. None touches production, and each cleans up behind itself. A recovery that was never rehearsed does not count.',
    ),
    table(
      ['Every', 'Component', 'Drill', 'Time it may take', 'Data that may be missing'],
      all.map(({ component, drill }) => [
        every(drill.interval),
        nameIn(model.workloads, component),
        drill.key,
        durationOf(drill.rtoMinutes),
        durationOf(drill.rpoMinutes),
      ]),
    ),
    ...all.flatMap(({ component, drill }) => [
      heading(3, `${nameIn(model.workloads, component)}: ${drill.key}`),
      text(sentence(drill.summary)),
      code(scriptOf(model, component, drill)),
    ]),
  ];
}

function scriptOf({ values }: RunbookModel, { construct }: Component, { commands }: RecoveryDrill): string[] {
  return ['set -euo pipefail', ...commands.map((command) => values.inShell(construct, command))];
}

/** Where commands run, and how to get the values that only Terraform knows. */
export function surroundings({ workloads, values }: RunbookModel): Block[] {
  const stacks = [...new Set(workloads.map((workload) => stackOf(workload)))];
  return [
    heading(2, SURROUNDINGS),
    text(
      'In a shell that is signed in with `az login` to the subscription of the stack, from a place that the network lets in. Commands that start with `terraform` run in the folder of the stack, after `terraform init`:',
    ),
    list(stacks.map((stack) => `\`cdktf.out/stacks/${stack}\``)),
    ...(values.all.length === 0
      ? []
      : [
          text('Values that only Terraform knows; set them before a step that uses them:'),
          code(
            values.all.map(
              ({ name, expression, stack }) =>
                `${name}="$(echo ${quoted(expression)} | terraform -chdir=cdktf.out/stacks/${stack} console | tr -d '"')"`,
            ),
          ),
        ]),
  ];
}

function sentence(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`;
}

function quoted(expression: string): string {
  return `'${expression.replace(/'/g, "'\\''")}'`;
}
