import { PipelineModel } from '../model/pipeline-model';
import { environmentOf } from '../model/subjects';
import { Condition, Identity, Job, RunStep, Step, Value } from '../model/workflow';
import { DeploymentAccess } from '../promotion-pipeline-interface';
import { keyOf, outputName } from './expressions';
import { AzureStep, stepsOf } from './steps';

/** A job as Azure Pipelines reads it. */
export type AzureJob = Readonly<Record<string, unknown>>;

/** Machines of Microsoft, by their image; any other name is that of a pool. */
const HOSTED = /^(ubuntu|windows|macos)-(latest|\d)/i;

/**
 * A job as Azure Pipelines reads it; two where copies wait for an approval, which that engine does not know in one job.
 *
 * Approvals, waiting times and branch rules are checks on the environment and on the service connection.
 */
export function jobsOf(model: PipelineModel, job: Job, all: readonly Job[]): AzureJob[] {
  const { environment, copies, identity } = job;
  const gated = environment !== undefined && isGuarded(identity);
  if (gated && copies !== undefined) {
    const gate = {
      ...job,
      key: `approve-${job.key}`,
      name: `Approval: ${job.name}`,
      copies: undefined,
      identity: undefined,
    };
    const wait: Step = { do: 'run', name: 'Approved', commands: ['echo Approved'] };
    const after = { ...job, environment: undefined, needs: [...(job.needs ?? []), gate.key] };
    return [deploymentOf(model, { ...gate, steps: [wait] }, all), plainOf(model, after, [...all, gate])];
  }
  return gated ? [deploymentOf(model, job, all)] : [plainOf(model, job, all)];
}

/** Images are built, and versions swapped back, without an approval: the service connection is guarded, not the job. */
function isGuarded(identity: Identity | undefined): boolean {
  return identity?.access !== DeploymentAccess.BUILD && identity?.access !== DeploymentAccess.ROLLBACK;
}

function plainOf(model: PipelineModel, job: Job, all: readonly Job[]): AzureJob {
  return { job: keyOf(job.key), ...commonOf(model, job, all), ...strategyOf(job, all), steps: stepsFor(model, job) };
}

function deploymentOf(model: PipelineModel, job: Job, all: readonly Job[]): AzureJob {
  return {
    deployment: keyOf(job.key),
    ...commonOf(model, job, all),
    environment: job.environment,
    // Only what steps ask for: by itself, such a job takes every artifact of the run
    strategy: { runOnce: { deploy: { steps: [{ download: 'none' }, ...stepsFor(model, job)] } } },
  };
}

function commonOf(model: PipelineModel, job: Job, all: readonly Job[]): AzureJob {
  const { name, needs = [], runner, minutes } = job;
  const condition = conditionOf(job, all);
  const variables = variablesOf(model, job, all);
  return {
    displayName: name,
    dependsOn: needs.map(keyOf),
    ...(condition === undefined ? {} : { condition }),
    pool: HOSTED.test(runner) ? { vmImage: runner } : { name: runner },
    timeoutInMinutes: minutes,
    cancelTimeoutInMinutes: 5,
    ...(variables.length === 0 ? {} : { variables }),
  };
}

function strategyOf({ copies, parallel }: Job, all: readonly Job[]): AzureJob {
  if (copies === undefined) {
    return {};
  }
  const matrix =
    'list' in copies
      ? Object.fromEntries(copies.list.map((each) => [copyNameOf(Object.values(each).join('_')), each]))
      : `$[ ${outputOf(all, copies.job, copies.output)} ]`;
  return { strategy: { ...(parallel === undefined ? {} : { maxParallel: parallel }), matrix } };
}

/** Name of a copy of a job: letters, digits and underscores, a letter first; as in `changed-plans.cjs`. */
function copyNameOf(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, '_').replace(/^(?![A-Za-z])/, 's');
}

function stepsFor(model: PipelineModel, job: Job): AzureStep[] {
  return stepsOf(job, job.identity && connectionOf(model, job.identity));
}

/** Name of the service connection that a job signs in with. */
function connectionOf(model: PipelineModel, { access, stage = '' }: Identity): string {
  switch (access) {
    case DeploymentAccess.BUILD:
      return environmentOf(model, 'build');
    case DeploymentAccess.PLAN:
      return `${environmentOf(model, stage)}-plan`;
    case DeploymentAccess.ROLLBACK:
      return `${environmentOf(model, stage)}-rollback`;
    default:
      return environmentOf(model, stage);
  }
}

/** The group of the environment, and what other jobs have found, which has to be fetched by name. */
function variablesOf(model: PipelineModel, job: Job, all: readonly Job[]): object[] {
  const values = job.steps.flatMap((step) => (step.do === 'run' ? Object.values((step as RunStep).env ?? {}) : []));
  const found = values.flatMap((value) => (isOutput(value) ? [value] : []));
  const unique = [...new Map(found.map((value) => [outputName(value.job, value.output), value])).entries()];
  const usesVariables = values.some((value) => typeof value !== 'string' && 'variable' in value);
  const results = values.some((value) => typeof value !== 'string' && 'results' in value);
  return [
    ...(usesVariables && job.identity ? [{ group: groupOf(model, job.identity) }] : []),
    ...unique.map(([name, { job: from, output }]) => ({ name, value: `$[ ${outputOf(all, from, output)} ]` })),
    ...(results ? [{ name: 'results', value: "$[ join(' ', dependencies.*.result) ]" }] : []),
  ];
}

/** Variables lie in a group with the name of the environment; those of the plans in that of the stage. */
function groupOf(model: PipelineModel, { stage }: Identity): string {
  return environmentOf(model, stage ?? 'build');
}

function isOutput(value: Value): value is { readonly job: string; readonly output: string } {
  return typeof value !== 'string' && 'job' in value;
}

function outputOf(all: readonly Job[], key: string, output: string): string {
  const found = all.find((job) => job.key === key)?.outputs?.[output];
  return `dependencies.${keyOf(key)}.outputs['${keyOf(found?.step ?? '')}.${found?.output ?? output}']`;
}

function conditionOf({ needs = [], when = [], always, afterSkipped }: Job, all: readonly Job[]): string | undefined {
  if (always) {
    return 'always()';
  }
  const before = afterSkipped
    ? ['not(failed())', 'not(canceled())']
    : [
        'not(canceled())',
        ...needs.map((need) => `in(dependencies.${keyOf(need)}.result, 'Succeeded', 'SucceededWithIssues')`),
      ];
  const parts = [...(needs.length > 0 ? before : []), ...when.map((condition) => expressionOf(condition, all))];
  return parts.length === 0 ? undefined : parts.length === 1 ? parts[0] : `and(${parts.join(', ')})`;
}

function expressionOf(condition: Condition, all: readonly Job[]): string {
  if (condition === 'trusted') {
    return "ne(variables['System.PullRequest.IsFork'], 'True')";
  }
  if ('job' in condition) {
    const output = outputOf(all, condition.job, condition.output);
    return condition.is === undefined ? `ne(${output}, '${condition.isNot}')` : `eq(${output}, '${condition.is}')`;
  }
  return 'input' in condition
    ? `eq('\${{ parameters.${condition.input} }}', '${condition.is}')`
    : `ne(variables['${condition.variable}'], '${condition.isNot}')`;
}
