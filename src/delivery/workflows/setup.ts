import { HookPoint } from '../hook-point';
import { HookModel, PipelineModel } from '../model/pipeline-model';
import { SetupModel } from '../model/setup-model';
import { StackModel } from '../model/stack-model';
import { StageModel } from '../model/stage-model';
import { environmentOf } from '../model/subjects';
import { Job, Step, Value, Workflow } from '../model/workflow';
import { DeploymentAccess } from '../promotion-pipeline-interface';
import { hookSteps, minutesOf, MOST_MINUTES, own, titled } from './parts';
import { planJob, shardsOf, synthesizeJob, terraformSteps } from './plan';

const EACH: Readonly<Record<string, Value>> = { STACK: { each: 'stack' } };

/** What Terraform cannot do for the given stacks, and then steps of the user; each with a limit of its own. */
export function setupSteps(model: PipelineModel, stage: StageModel, stacks: readonly StackModel[]): Step[] {
  const setups = setupsIn(model, stacks);
  const hooks = hooksIn(model, stage);
  const step: Step = {
    do: 'run',
    name: 'Set up what Terraform cannot',
    commands: [
      `trap 'echo "Not everything is set up: mend it, and run the workflow ${own(model, 'set-up')}." >&2' ERR`,
      'case "$STACK" in',
      ...stacks.flatMap(({ name }) => branch(name, setups)),
      'esac',
    ],
    env: {
      ...EACH,
      // commands of the Azure CLI that come as extensions; nobody is there to be asked
      AZURE_EXTENSION_USE_DYNAMIC_INSTALL: 'yes_without_prompt',
    },
    minutes: minutesIn(model, stacks),
    azure: true,
  };
  return [...(setups.length > 0 ? [{ do: 'login' } as const, step] : []), ...hookSteps(model, hooks, EACH)];
}

/** Minutes of a job that takes so many without what comes after an apply. */
export function minutesWith(
  minutes: number,
  model: PipelineModel,
  stage: StageModel,
  stacks: readonly StackModel[],
): number {
  return Math.min(MOST_MINUTES, minutes + minutesIn(model, stacks) + minutesOf(hooksIn(model, stage)));
}

/** By hand: the same without an apply, e.g. once the records are public by which a domain is verified. */
export function setupWorkflows(model: PipelineModel): Workflow[] {
  const concerned = shardsOf({
    ...model,
    stacks: model.stacks.filter(({ name }) => model.setups.some(({ stack }) => stack === name)),
  });
  const stages = new Set(concerned.map(({ stage }) => stage.name));
  return concerned.length === 0
    ? []
    : [
        {
          file: own(model, 'set-up'),
          title: titled(model, 'Set up what Terraform cannot'),
          trigger: { manual: [{ name: 'stage', description: 'Where', choices: [...stages] }] },
          // not while an apply changes what it is about
          lock: { group: [own(model, 'infrastructure')], cancel: false },
          jobs: [
            synthesizeJob(model, false),
            ...concerned.map(({ stage, key, stacks }): Job =>
              planJob(stage, stacks, {
                key: `set-up-${key}`,
                name: `Set up ${key}`,
                needs: ['synthesize'],
                when: [{ input: 'stage', is: stage.name }],
                identity: { access: DeploymentAccess.APPLY, stage: stage.name },
                environment: environmentOf(model, stage.name),
                minutes: minutesWith(30, model, stage, stacks),
                steps: [
                  ...terraformSteps(model.synthesis),
                  {
                    do: 'run',
                    name: 'Initialise',
                    azure: true,
                    env: EACH,
                    commands: ['terraform -chdir="stacks/$STACK" init -input=false -no-color'],
                  },
                  ...setupSteps(model, stage, stacks),
                ],
              }),
            ),
          ],
        },
      ];
}

function hooksIn({ hooks }: PipelineModel, { name }: StageModel): HookModel[] {
  return hooks.filter(
    ({ point, stages }) => point === HookPoint.AFTER_APPLY && (stages.length === 0 || stages.includes(name)),
  );
}

function setupsIn({ setups }: PipelineModel, stacks: readonly StackModel[]): SetupModel[] {
  return setups.filter(({ stack }) => stacks.some(({ name }) => name === stack));
}

/** Minutes that the steps of a stack take at most; each copy of a job is about one. */
function minutesIn(model: PipelineModel, stacks: readonly StackModel[]): number {
  const sums = stacks.map(({ name }) =>
    model.setups.filter(({ stack }) => stack === name).reduce((all, { minutes }) => all + minutes, 0),
  );
  return Math.max(0, ...sums);
}

/** The steps of one stack, each in a shell of its own, so that none finds what another has set. */
function branch(stack: string, all: readonly SetupModel[]): string[] {
  const setups = all.filter((setup) => setup.stack === stack);
  const steps = setups.flatMap(({ name, commands }) => [
    `  echo '${name.replace(/[^\w./-]/g, '_')}'`,
    '  (',
    '    cd "stacks/$STACK"',
    ...commands.map((command) => `    ${command}`),
    '  )',
  ]);
  return steps.length === 0 ? [] : [`${stack})`, ...steps, '  ;;'];
}
