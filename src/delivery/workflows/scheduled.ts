import { DrillInterval } from '../../contracts/drill';
import { HookPoint } from '../hook-point';
import { planVariables } from '../model/build-environments';
import { DrillModel } from '../model/drill-model';
import { HookModel, PipelineModel } from '../model/pipeline-model';
import { StageModel } from '../model/stage-model';
import { environmentOf } from '../model/subjects';
import { Job, Step, Value, Workflow } from '../model/workflow';
import { DeploymentAccess } from '../promotion-pipeline-interface';
import { stagesWithStacks } from './by-hand';
import { MOST_MINUTES, NODE_FOR_SCRIPTS, OUT, own, script, setup, titled, withoutRepeats } from './parts';
import { planJob, planSteps, shardsOf, synthesizeJob, terraformSteps } from './plan';

const ISSUES: Readonly<Record<string, Value>> = { RUN_URL: { context: 'run' }, GITHUB_TOKEN: { context: 'token' } };

/** Each night: what is deployed is what is committed, or there is an issue per stack that says what is not. */
export function driftWorkflow(model: PipelineModel): Workflow {
  return {
    file: own(model, 'drift'),
    title: titled(model, 'Drift'),
    trigger: { schedule: model.schedules.drift, manual: [] },
    lock: { group: [own(model, 'drift')], cancel: false },
    jobs: [
      synthesizeJob(model, false),
      ...shardsOf(model).map(({ stage, key, stacks }) =>
        planJob(stage, stacks, {
          key: `drift-${key}`,
          name: `Drift in ${key}`,
          needs: ['synthesize'],
          rights: ['sign-in', 'issues'],
          steps: [
            ...terraformSteps(model.synthesis),
            ...planSteps(model, { args: '-lock=false', tolerant: true }),
            {
              do: 'run',
              name: 'Report',
              commands: [`DRIFT_SUMMARY="${OUT}/summary/$DRIFT_STACK.summary.json" ${script(model, 'drift.cjs')}`],
              env: {
                ...ISSUES,
                DRIFT_STACK: { each: 'stack' },
                DRIFT_EXIT_CODE: { step: 'plan', output: 'ended' },
                DRIFT_MARKER: own(model, 'drift'),
              },
            },
          ],
        }),
      ),
    ],
  };
}

/** Each week: what costs money and is used by nobody. Finds, and never deletes. */
export function orphansWorkflow(model: PipelineModel): Workflow {
  return {
    file: own(model, 'orphans'),
    title: titled(model, 'Orphaned resources'),
    trigger: { schedule: model.schedules.orphans, manual: [] },
    lock: { group: [own(model, 'orphans')], cancel: false },
    jobs: stagesWithStacks(model).map((stage) => ({
      key: `orphans-${stage.name}`,
      name: `Orphans in ${stage.name}`,
      runner: stage.runner,
      minutes: 20,
      rights: ['sign-in', 'issues'],
      identity: { access: DeploymentAccess.PLAN, stage: stage.name },
      steps: [
        { do: 'checkout' },
        NODE_FOR_SCRIPTS,
        { do: 'login' },
        {
          do: 'run',
          name: 'Report',
          commands: [script(model, 'orphans.cjs')],
          env: {
            ...ISSUES,
            ORPHANS_MARKER: own(model, `orphans-${stage.name}`),
            ORPHANS_SUBSCRIPTIONS: { variable: planVariables(model, stage.name).subscription },
          },
          azure: true,
        },
      ],
    })),
  };
}

/** Rehearsals: those that constructs know, and steps of the user; nothing where there are none. */
export function rehearsalWorkflows(model: PipelineModel): Workflow[] {
  const { schedules } = model;
  return [
    rehearsal(
      model,
      'restore-test',
      'Restore test',
      schedules.restoreTest,
      HookPoint.RESTORE_TEST,
      DrillInterval.MONTHLY,
    ),
    rehearsal(model, 'drill', 'Disaster drill', schedules.drill, HookPoint.DRILL, DrillInterval.QUARTERLY),
  ].filter(({ jobs }) => jobs.length > 0);
}

function rehearsal(
  model: PipelineModel,
  file: string,
  title: string,
  schedule: string,
  point: HookPoint,
  interval: DrillInterval,
): Workflow {
  const last = model.stages[model.stages.length - 1].name;
  const hooks = model.hooks.filter((hook) => hook.point === point);
  const jobs = model.stages.flatMap((stage) => {
    const drills = model.drills.filter((drill) => drill.interval === interval && drill.stage === stage.name);
    const ours = hooks.filter(({ stages }) => (stages.length === 0 ? [last] : stages).includes(stage.name));
    return drills.length + ours.length === 0 ? [] : [rehearsalJob(model, stage, file, drills, ours)];
  });
  return {
    file: own(model, file),
    title: titled(model, title),
    trigger: { schedule, manual: [] },
    lock: { group: [own(model, file)], cancel: false },
    jobs,
  };
}

function rehearsalJob(
  model: PipelineModel,
  stage: StageModel,
  file: string,
  drills: readonly DrillModel[],
  hooks: readonly HookModel[],
): Job {
  const marker = own(model, `${file}-${stage.name}`);
  const measured = (name: string, commands: readonly string[], env: Record<string, Value>, minutes: number): Step[] => [
    // A token is good for an hour: each rehearsal begins with a new one, also after one that failed
    { do: 'login', when: 'unless-cancelled' },
    {
      do: 'run',
      name,
      commands: [script(model, 'measure.cjs')],
      env: { ...ISSUES, ...env, MEASURE_NAME: name, MEASURE_COMMAND: commands.join('\n'), MEASURE_MARKER: marker },
      when: 'unless-cancelled',
      minutes,
      azure: true,
    },
  ];
  const minutes = drills.map(drillMinutes).concat(hooks.map(({ timeoutMinutes }) => timeoutMinutes));
  return {
    key: `${file}-${stage.name}`,
    name: stage.name,
    runner: stage.runner,
    minutes: Math.min(MOST_MINUTES, 20 + minutes.reduce((sum, each) => sum + each, 0)),
    rights: ['sign-in', 'issues'],
    identity: { access: DeploymentAccess.APPLY, stage: stage.name },
    environment: environmentOf(model, stage.name),
    steps: withoutRepeats([
      { do: 'checkout' },
      NODE_FOR_SCRIPTS,
      ...drills.flatMap((drill) =>
        measured(
          drill.name,
          drill.commands,
          {
            MEASURE_RTO_MINUTES: String(drill.rtoMinutes),
            MEASURE_RPO_MINUTES: String(drill.rpoMinutes),
            DRILL_CHECK: { variable: 'DRILL_CHECK' },
          },
          drillMinutes(drill),
        ),
      ),
      ...hooks.flatMap((hook) => [
        ...setup(hook.language, hook.version),
        ...measured(hook.name, [`cd ${hook.directory}`, ...hook.commands], hook.environment, hook.timeoutMinutes),
      ]),
    ]),
  };
}

/** Twice what it may take, so that a miss is measured and not cut off. */
function drillMinutes({ rtoMinutes }: DrillModel): number {
  return Math.min(300, 2 * rtoMinutes + 10);
}
