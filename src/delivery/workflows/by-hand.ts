import { PipelineModel } from '../model/pipeline-model';
import { StageModel } from '../model/stage-model';
import { environmentOf } from '../model/subjects';
import { Input, Job, Workflow } from '../model/workflow';
import { DeploymentAccess } from '../promotion-pipeline-interface';
import { own, titled } from './parts';
import { planJob, shardsOf, synthesizeJob, terraformSteps } from './plan';

/** By hand, once for each new stack: its first state is written by who applies, since who plans may only read. */
export function initialiseWorkflow(model: PipelineModel): Workflow {
  return {
    file: own(model, 'initialise'),
    title: titled(model, 'Initialise new stacks'),
    trigger: { manual: [stageInput(model)] },
    lock: { group: [own(model, 'infrastructure')], cancel: false },
    jobs: [
      synthesizeJob(model, false),
      ...shardsOf(model).map(({ stage, key, stacks }) =>
        planJob(stage, stacks, {
          key: `initialise-${key}`,
          name: `Initialise ${key}`,
          needs: ['synthesize'],
          when: [{ input: 'stage', is: stage.name }],
          identity: { access: DeploymentAccess.APPLY, stage: stage.name },
          environment: environmentOf(model, stage.name),
          steps: [
            ...terraformSteps(model.synthesis),
            {
              do: 'run',
              name: 'Initialise',
              azure: true,
              env: { STACK: { each: 'stack' } },
              commands: ['terraform -chdir="stacks/$STACK" init -input=false -no-color'],
            },
          ],
        }),
      ),
    ],
  };
}

/** By hand, where a run that was killed left a lock: needs the id that terraform shows, and the approvals of the stage. */
export function unlockWorkflow(model: PipelineModel): Workflow {
  return {
    file: own(model, 'unlock'),
    title: titled(model, 'Unlock a state'),
    trigger: {
      manual: [
        stageInput(model),
        { name: 'stack', description: 'Which stack', choices: model.stacks.map(({ name }) => name) },
        { name: 'lock', description: 'Id of the lock, as terraform shows it' },
      ],
    },
    // Not while an apply runs, which may hold that very lock
    lock: { group: [own(model, 'infrastructure')], cancel: false },
    jobs: [
      synthesizeJob(model, false),
      ...stagesWithStacks(model).map((stage): Job => ({
        key: `unlock-${stage.name}`,
        name: `Unlock in ${stage.name}`,
        needs: ['synthesize'],
        when: [{ input: 'stage', is: stage.name }],
        runner: stage.runner,
        minutes: 15,
        rights: ['sign-in'],
        identity: { access: DeploymentAccess.APPLY, stage: stage.name },
        environment: environmentOf(model, stage.name),
        steps: [
          ...terraformSteps(model.synthesis),
          {
            do: 'run',
            name: 'Unlock',
            azure: true,
            env: { STACK: { input: 'stack' }, LOCK: { input: 'lock' } },
            commands: [
              '[[ "$LOCK" =~ ^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$ ]]',
              'terraform -chdir="stacks/$STACK" init -input=false -no-color',
              'terraform -chdir="stacks/$STACK" force-unlock -force "$LOCK"',
            ],
          },
        ],
      })),
    ],
  };
}

function stageInput(model: PipelineModel): Input {
  return { name: 'stage', description: 'Where', choices: stagesWithStacks(model).map(({ name }) => name) };
}

/** Stages that have something to plan. */
export function stagesWithStacks({ stages, stacks }: PipelineModel): StageModel[] {
  return stages.filter(({ name }) => stacks.some(({ stage }) => stage === name));
}
