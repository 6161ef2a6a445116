import { HookPoint } from '../hook-point';
import { ApplicationModel } from '../model/application-model';
import { PipelineModel } from '../model/pipeline-model';
import { Condition, Job, Step, Workflow } from '../model/workflow';
import { ApplicationArtifact } from '../pipeline-application';
import { PipelineCheck } from '../pipeline-check';
import { hookSteps, NODE_FOR_SCRIPTS, OUT, own, script, titled } from './parts';
import { planJob, planSteps, shardsOf, synthesizeJob, terraformSteps } from './plan';
import { isOn, qualitySteps, scanJobs, trivy } from './quality';

/** Key of the area that stacks are synthesized from; with an underscore, which no application has in its name. */
const STACKS = 'all_stacks';

/** The one check that a branch rule must require: it stands for all others, also for those that had nothing to do. */
export function requiredCheckOf(model: Pick<PipelineModel, 'name'>): string {
  return titled(model, 'Pull request');
}

/** Everything that must hold before a change goes in. */
export function pullRequestWorkflow(model: PipelineModel): Workflow {
  const plans = planJobs(model);
  const jobs: Job[] = [
    ...changesJobs(model),
    ...model.applications.flatMap((application) => applicationJobs(model, application)),
    ...scanJobs(model),
    ...hookJobs(model),
    ...(model.stacks.length > 0
      ? [
          { ...synthesizeJob(model, true), needs: ['changes'], when: [changed(STACKS)] },
          ...plans,
          commentJob(model, plans),
        ]
      : []),
  ];
  return {
    file: own(model, 'pull-request'),
    title: titled(model, 'Pull request'),
    trigger: { pullRequest: model.repository.defaultBranch },
    lock: { group: [own(model, 'pull-request-'), { context: 'pull-request' }], cancel: true },
    jobs: [...jobs, requiredJob(model, jobs)],
  };
}

/** Paths that stacks are synthesized from: the program, or all that belongs to no application. */
export function stackPaths({ synthesis, applications }: PipelineModel): string[] {
  if (synthesis.directory !== '.') {
    return [`${synthesis.directory}/**`];
  }
  const folders = applications.map(({ directory }) => directory).filter((directory) => directory !== '.');
  return ['**', ...folders.map((directory) => `!${directory}/**`)];
}

/** Which parts a change touches; a check that has nothing to do is skipped, which counts as passed. */
function changesJobs(model: PipelineModel): Job[] {
  const areas: Array<readonly [string, readonly string[]]> = [
    ...model.applications.map(({ name, paths }) => [name, paths] as const),
    ...(model.stacks.length > 0 ? [[STACKS, stackPaths(model)] as const] : []),
  ];
  const job: Job = {
    key: 'changes',
    name: 'Changes',
    runner: model.runner,
    minutes: 5,
    outputs: Object.fromEntries(areas.map(([area]) => [area, { step: 'changes', output: area }])),
    steps: [
      { do: 'checkout', history: true },
      {
        do: 'run',
        name: 'Compare with the target',
        id: 'changes',
        // The checkout is the merge of both branches, whose first parent is the target
        commands: [
          'touches() {',
          '  area=$1',
          '  shift',
          '  if git diff --quiet HEAD^1 HEAD -- "$@"; then output "$area" false; else output "$area" true; fi',
          '}',
          ...areas.map(([area, paths]) => `touches ${area} ${paths.map(pathspec).join(' ')}`),
        ],
      },
    ],
  };
  // a job without outputs would be none for GitHub
  return areas.length > 0 ? [job] : [];
}

function pathspec(path: string): string {
  return path.startsWith('!') ? `':(exclude,glob)${path.slice(1)}'` : `':(glob)${path}'`;
}

function changed(area: string): Condition {
  return { job: 'changes', output: area, is: 'true' };
}

function applicationJobs(model: PipelineModel, application: ApplicationModel): Job[] {
  const { name, artifact, directory } = application;
  const common = { needs: ['changes'], when: [changed(name)], runner: model.runner };
  const quality: Job = { ...common, key: `check-${name}`, name, minutes: 30, steps: qualitySteps(model, application) };
  const image: Job = {
    ...common,
    key: `image-${name}`,
    name: `${name}: image`,
    minutes: 30,
    steps: [
      { do: 'checkout' },
      { do: 'trivy' },
      { do: 'run', name: 'Build', commands: [`docker build --tag ${name}:checked ${directory}`] },
      { do: 'run', name: 'Trivy', commands: [`${trivy(model, 'image')} ${name}:checked`] },
    ],
  };
  return artifact === ApplicationArtifact.CONTAINER && isOn(model, PipelineCheck.TRIVY) ? [quality, image] : [quality];
}

function hookJobs(model: PipelineModel): Job[] {
  return model.hooks
    .filter(({ point }) => point === HookPoint.PULL_REQUEST)
    .map((hook, index) => ({
      key: `step-${index + 1}`,
      name: hook.name,
      runner: model.runner,
      minutes: hook.timeoutMinutes + 10,
      steps: [{ do: 'checkout' } as Step, ...hookSteps(model, [hook])],
    }));
}

/** Strangers plan nothing: their code would run with our identity. */
function planJobs(model: PipelineModel): Job[] {
  return shardsOf(model).map(({ stage, key, stacks }) =>
    planJob(stage, stacks, {
      key: `plan-${key}`,
      name: `Plan ${key}`,
      needs: ['synthesize'],
      when: ['trusted'],
      steps: [
        ...terraformSteps(model.synthesis),
        // Nothing is applied from here: no lock, which a cancelled run would leave behind
        ...planSteps(model, { args: '-lock=false' }),
        { do: 'upload', artifact: ['summary-', { each: 'stack' }], path: `${OUT}/summary`, days: 1 },
      ],
    }),
  );
}

function commentJob(model: PipelineModel, plans: readonly Job[]): Job {
  return {
    key: 'comment',
    name: 'Comment',
    needs: plans.map(({ key }) => key),
    when: ['trusted'],
    runner: model.runner,
    minutes: 5,
    rights: ['comment'],
    steps: [
      { do: 'checkout' },
      NODE_FOR_SCRIPTS,
      { do: 'download', artifact: ['summary-*'], path: `${OUT}/summaries`, all: true },
      {
        do: 'run',
        name: 'Comment on the plans',
        commands: [script(model, 'plan-comment.cjs')],
        env: {
          PLAN_DIRECTORY: `${OUT}/summaries`,
          PLAN_MARKER: own(model, 'plan'),
          PULL_REQUEST: { context: 'pull-request' },
          RUN_URL: { context: 'run' },
          GITHUB_TOKEN: { context: 'token' },
        },
      },
    ],
  };
}

function requiredJob(model: PipelineModel, jobs: readonly Job[]): Job {
  return {
    key: 'required',
    name: requiredCheckOf(model),
    needs: jobs.map(({ key }) => key),
    always: true,
    runner: model.runner,
    minutes: 5,
    steps: [
      {
        do: 'run',
        name: 'All checks passed, or had nothing to do',
        // a job that needs none cannot ask what became of them
        ...(jobs.length === 0
          ? { commands: ['echo Nothing to check'] }
          : {
              commands: ['printf \'%s\\n\' "$RESULTS"', '[[ ! "$RESULTS" =~ (failure|cancelled|Failed|Canceled) ]]'],
              env: { RESULTS: { results: true } },
            }),
      },
    ],
  };
}
