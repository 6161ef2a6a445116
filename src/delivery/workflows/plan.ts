import { PipelineModel, SynthesisModel } from '../model/pipeline-model';
import { StackModel } from '../model/stack-model';
import { StageModel } from '../model/stage-model';
import { Job, Step } from '../model/workflow';
import { DeploymentAccess } from '../promotion-pipeline-interface';
import { DAYS, NODE_FOR_SCRIPTS, OUT, prepared, script } from './parts';
import { checkovSteps } from './quality';

/** Copies of one job: GitHub makes no more. */
export const MOST_COPIES = 256;

/** Stacks are synthesized once; every other job takes what this one made. */
export function synthesizeJob(model: PipelineModel, checked: boolean): Job {
  const { synthesis } = model;
  return {
    key: 'synthesize',
    name: 'Synthesize',
    runner: model.runner,
    minutes: 20,
    steps: [
      ...prepared(synthesis.language, synthesis.version),
      { do: 'run', name: 'Synthesize', commands: synthesis.commands, directory: synthesis.directory },
      ...(checked ? checkovSteps(model) : []),
      { do: 'upload', artifact: ['stacks'], path: `${synthesis.output}/stacks`, days: DAYS },
    ],
  };
}

/** What a job that runs terraform on a stack begins with. */
export function terraformSteps(synthesis: SynthesisModel): Step[] {
  return [
    { do: 'checkout' },
    NODE_FOR_SCRIPTS,
    { do: 'terraform', version: synthesis.terraform },
    { do: 'download', artifact: ['stacks'], path: 'stacks' },
  ];
}

const INIT = 'terraform -chdir="stacks/$STACK" init -input=false -no-color';
const NEW_STACK =
  'Is the stack new? Then run the workflow "initialise" once: only who applies may write its first state.';
const PUBLIC =
  'A plan holds values of the state, and the artifacts of a public repository are open to everybody: not kept.';

/** How a plan is made. */
export interface PlanOptions {
  /** Arguments of `terraform plan` beside the usual ones. */
  readonly args: string;
  /** What happens when the plan fails: stop, or go on and say so. */
  readonly tolerant?: boolean;
  /** Whether the plan is kept: it holds values of the state, which a public repository would show to everybody. */
  readonly kept?: boolean;
}

/**
 * Plans one stack: `plan.bin`, the providers it was made with, and a summary that holds no value.
 *
 * The step `plan` says how terraform `ended`: 0 without changes, 2 with some, 1 failed, where that is tolerated.
 */
export function planSteps(model: PipelineModel, { args, tolerant, kept }: PlanOptions): Step[] {
  return [
    {
      do: 'run',
      name: 'Plan',
      id: 'plan',
      azure: true,
      env: { STACK: { each: 'stack' }, ...(kept ? { VISIBILITY: { context: 'visibility' } } : {}) },
      commands: [
        ...(kept ? [`if [ "$VISIBILITY" = public ]; then echo '${PUBLIC}' >&2; exit 1; fi`] : []),
        `mkdir -p ${OUT}/plan ${OUT}/summary`,
        'status=0',
        tolerant ? `${INIT} || status=1` : `${INIT} || { echo '${NEW_STACK}' >&2; exit 1; }`,
        ...(tolerant ? ['if [ "$status" -eq 0 ]; then'] : []),
        `terraform -chdir="stacks/$STACK" plan -input=false -no-color ${args} -detailed-exitcode -out="$PWD/${OUT}/plan/plan.bin" || status=$?`,
        ...(tolerant ? ['fi'] : []),
        'output ended "$status"',
        `if [ "$status" -eq 1 ]; then exit ${tolerant ? 0 : 1}; fi`,
        `cp "stacks/$STACK/.terraform.lock.hcl" ${OUT}/plan/terraform.lock.hcl`,
        `terraform -chdir="stacks/$STACK" show -json "$PWD/${OUT}/plan/plan.bin" > ${OUT}/plan.json`,
        `PLAN_JSON=${OUT}/plan.json PLAN_STACK="$STACK" PLAN_OUTPUT="${OUT}/summary/$STACK.summary.json" ${script(model, 'plan-summary.cjs')}`,
        `rm ${OUT}/plan.json`,
      ],
    },
  ];
}

/** A job that plans stacks of one stage, a copy for each. */
export function planJob(
  stage: StageModel,
  stacks: readonly StackModel[],
  job: Pick<Job, 'key' | 'name' | 'steps'> & Partial<Job>,
): Job {
  return {
    runner: stage.runner,
    minutes: 60,
    rights: ['sign-in'],
    identity: { access: DeploymentAccess.PLAN, stage: stage.name },
    copies: { list: stacks.map(({ name }) => ({ stack: name })) },
    parallel: 10,
    ...job,
  };
}

/** Stages that have stacks, with those stacks in shards that an engine can copy a job for. */
export function shardsOf(model: PipelineModel): Array<{ stage: StageModel; key: string; stacks: StackModel[] }> {
  return model.stages.flatMap((stage) => {
    const stacks = model.stacks.filter((stack) => stack.stage === stage.name);
    const shards: StackModel[][] = [];
    for (let from = 0; from < stacks.length; from += MOST_COPIES) {
      shards.push(stacks.slice(from, from + MOST_COPIES));
    }
    return shards.map((shard, index) => ({ stage, key: keyOf(stage.name, index), stacks: shard }));
  });
}

/** Name of a stage, and the number of the round from the second on. */
export function keyOf(stage: string, index: number): string {
  return index === 0 ? stage : `${stage}-${index + 1}`;
}
