import { PipelineModel } from '../model/pipeline-model';
import { roundsOf, StackModel } from '../model/stack-model';
import { StageModel } from '../model/stage-model';
import { approvalEnvironmentOf, environmentOf } from '../model/subjects';
import { Job, Step, Workflow } from '../model/workflow';
import { DeploymentAccess } from '../promotion-pipeline-interface';
import { BEGIN, eventSteps } from './deployment-event';
import { DAYS, NODE_FOR_SCRIPTS, OUT, own, script, titled } from './parts';
import { keyOf, MOST_COPIES, planJob, planSteps, synthesizeJob, terraformSteps } from './plan';
import { stackPaths } from './pull-request';
import { minutesWith, setupSteps } from './setup';

/** Synthesized once; each stage is planned, approved, and applied exactly as planned. */
export function infrastructureWorkflow(model: PipelineModel): Workflow {
  let before = ['synthesize'];
  const jobs: Job[] = [synthesizeJob(model, true)];
  for (const stage of model.stages) {
    const rounds = roundsOf(
      model.stacks.filter((stack) => stack.stage === stage.name),
      MOST_COPIES,
    );
    rounds.forEach((stacks, index) => {
      const key = keyOf(stage.name, index);
      const names = stacks.map(({ name }) => name);
      jobs.push(planStage(model, stage, key, names, before), reviewStage(model, stage, key));
      // Whoever approved a stage has approved all its rounds: the environment asks again for each apply
      const approvals = index === 0 ? approvalJobs(model, stage, [`review-${key}`], planned(key)) : [];
      jobs.push(...approvals, applyStage(model, stage, key, { stacks, approvals }));
      before = ['synthesize', `review-${key}`, `apply-${key}`];
    });
  }
  return {
    file: own(model, 'infrastructure'),
    title: titled(model, 'Infrastructure'),
    trigger: { push: { branch: model.repository.defaultBranch, paths: stackPaths(model) }, manual: [] },
    // A newer run waits: an apply that is cancelled leaves a lock and half of a change
    lock: { group: [own(model, 'infrastructure')], cancel: false },
    jobs,
  };
}

/** One job per approval but the last, which guards the deployment itself; each in an environment of its own. */
export function approvalJobs(
  model: PipelineModel,
  stage: StageModel,
  needs: readonly string[],
  extra: Partial<Job> = {},
): Job[] {
  return stage.approvals.slice(0, -1).map(({ role }) => ({
    key: `approve-${stage.name}-${role}`,
    name: `Approval for ${stage.name}: ${role}`,
    needs,
    afterSkipped: true,
    runner: model.runner,
    minutes: 5,
    environment: approvalEnvironmentOf(model, stage.name, role),
    steps: [{ do: 'run', name: 'Approved', commands: ['echo Approved'] }],
    ...extra,
  }));
}

function planStage(model: PipelineModel, stage: StageModel, key: string, names: string[], needs: string[]): Job {
  const stacks = model.stacks.filter(({ name }) => names.includes(name));
  const sealed: Step = {
    do: 'run',
    name: 'Seal',
    env: { STACK: { each: 'stack' }, CHANGES: { step: 'plan', output: 'ended' } },
    commands: [
      `mkdir -p ${OUT}/seal`,
      `sha256=$(sha256sum ${OUT}/plan/plan.bin | cut -d ' ' -f 1)`,
      'if [ "$CHANGES" -eq 2 ]; then changed=true; else changed=false; fi',
      `printf '{"stack":"%s","sha256":"%s","changed":%s}\\n' "$STACK" "$sha256" "$changed" > "${OUT}/seal/$STACK.seal.json"`,
    ],
  };
  return planJob(stage, stacks, {
    key: `plan-${key}`,
    name: `Plan ${key}`,
    needs,
    afterSkipped: true,
    steps: [
      ...terraformSteps(model.synthesis),
      // Without a lock, which its identity could not write; a plan that became stale fails when it is applied
      ...planSteps(model, { args: '-lock=false', kept: true }),
      sealed,
      { do: 'upload', artifact: ['plan-', { each: 'stack' }], path: `${OUT}/plan`, days: DAYS },
      { do: 'upload', artifact: [`review-${key}--`, { each: 'stack' }], path: `${OUT}/summary`, days: DAYS },
      { do: 'upload', artifact: [`seal-${key}--`, { each: 'stack' }], path: `${OUT}/seal`, days: DAYS },
    ],
  });
}

/** What is to be approved, on one page; and the stacks that change, each with the hash of its plan. */
function reviewStage(model: PipelineModel, stage: StageModel, key: string): Job {
  return {
    key: `review-${key}`,
    name: `Review ${key}`,
    needs: [`plan-${key}`],
    afterSkipped: true,
    runner: stage.runner,
    minutes: 5,
    outputs: { stacks: { step: 'list', output: 'stacks' }, any: { step: 'list', output: 'any' } },
    steps: [
      { do: 'checkout' },
      NODE_FOR_SCRIPTS,
      { do: 'download', artifact: [`review-${key}--*`], path: `${OUT}/summaries`, all: true },
      { do: 'download', artifact: [`seal-${key}--*`], path: `${OUT}/seals`, all: true },
      {
        do: 'run',
        name: 'Summarize',
        commands: [script(model, 'plan-comment.cjs')],
        env: { PLAN_DIRECTORY: `${OUT}/summaries`, PLAN_MARKER: own(model, 'apply'), RUN_URL: { context: 'run' } },
      },
      {
        do: 'run',
        name: 'List what changes',
        id: 'list',
        commands: [script(model, 'changed-plans.cjs')],
        env: { PLAN_DIRECTORY: `${OUT}/seals` },
      },
    ],
  };
}

function planned(key: string): Pick<Job, 'when'> {
  return { when: [{ job: `review-${key}`, output: 'any', is: 'true' }] };
}

function applyStage(
  model: PipelineModel,
  stage: StageModel,
  key: string,
  { stacks, approvals }: { readonly stacks: readonly StackModel[]; readonly approvals: readonly Job[] },
): Job {
  return {
    key: `apply-${key}`,
    name: `Apply ${key}`,
    needs: [`review-${key}`, ...approvals.map((job) => job.key)],
    ...planned(key),
    runner: stage.runner,
    minutes: minutesWith(180, model, stage, stacks),
    rights: ['sign-in'],
    identity: { access: DeploymentAccess.APPLY, stage: stage.name },
    environment: environmentOf(model, stage.name),
    lock: { group: [own(model, 'stack-'), { each: 'stack' }], cancel: false },
    copies: { job: `review-${key}`, output: 'stacks' },
    parallel: 10,
    steps: [
      ...terraformSteps(model.synthesis),
      ...windowSteps(model, stage),
      BEGIN,
      { do: 'download', artifact: ['plan-', { each: 'stack' }], path: `${OUT}/plan` },
      {
        do: 'run',
        name: 'Apply exactly this plan',
        azure: true,
        env: { STACK: { each: 'stack' }, SHA256: { each: 'sha256' } },
        commands: [
          `echo "$SHA256  ${OUT}/plan/plan.bin" | sha256sum --check --strict`,
          `cp ${OUT}/plan/terraform.lock.hcl "stacks/$STACK/.terraform.lock.hcl"`,
          'terraform -chdir="stacks/$STACK" init -input=false -no-color -lockfile=readonly',
          '# A plan that is stale fails here, and is planned again by a new run only',
          `terraform -chdir="stacks/$STACK" apply -input=false -no-color -lock-timeout=10m "$PWD/${OUT}/plan/plan.bin"`,
        ],
      },
      ...setupSteps(model, stage, stacks),
      ...eventSteps(model, { service: { each: 'stack' }, environment: stage.name }),
    ],
  };
}

/** Stops outside of the hours in which changes may go in. */
export function windowSteps(model: PipelineModel, { changeWindow }: StageModel): Step[] {
  return changeWindow === undefined
    ? []
    : [
        {
          do: 'run',
          name: 'Change window',
          commands: [script(model, 'change-window.cjs')],
          env: { CHANGE_WINDOW: JSON.stringify(changeWindow) },
        },
      ];
}
