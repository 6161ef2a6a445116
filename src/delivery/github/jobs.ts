import { planVariables } from '../model/build-environments';
import { PipelineModel } from '../model/pipeline-model';
import { Condition, Identity, Job, Right } from '../model/workflow';
import { DeploymentAccess } from '../promotion-pipeline-interface';
import { joined } from './expressions';
import { stepsOf } from './steps';

/** A job as GitHub reads it. */
export type GithubJob = Readonly<Record<string, unknown>>;

const RIGHTS: Readonly<Record<Right, Readonly<Record<string, string>>>> = {
  'sign-in': { 'id-token': 'write' },
  comment: { 'pull-requests': 'write' },
  issues: { issues: 'write' },
  tag: { contents: 'write' },
  artifacts: { actions: 'read' },
};

/** A job as GitHub reads it. */
export function jobOf(model: PipelineModel, job: Job, all: readonly Job[], use: (action: string) => string): GithubJob {
  const { name, needs = [], runner, minutes, rights = [], environment, lock, copies, outputs, parallel } = job;
  const condition = conditionOf(job, all);
  const env = job.identity && environmentFor(model, job.identity);
  return {
    name,
    ...(needs.length === 0 ? {} : { needs: [...needs] }),
    ...(condition === undefined ? {} : { if: condition }),
    'runs-on': runner,
    'timeout-minutes': minutes,
    permissions: rightsOf(job, rights),
    ...(environment === undefined ? {} : { environment }),
    ...(lock === undefined ? {} : { concurrency: { group: joined(lock.group), 'cancel-in-progress': lock.cancel } }),
    ...(copies === undefined
      ? {}
      : {
          strategy: {
            'fail-fast': false,
            ...(parallel === undefined ? {} : { 'max-parallel': parallel }),
            matrix: {
              include:
                'list' in copies ? copies.list : `\${{ fromJSON(needs.${copies.job}.outputs.${copies.output}) }}`,
            },
          },
        }),
    ...(outputs === undefined
      ? {}
      : {
          outputs: Object.fromEntries(
            Object.entries(outputs).map(([key, { step, output }]) => [key, `\${{ steps.${step}.outputs.${output} }}`]),
          ),
        }),
    ...(env === undefined ? {} : { env }),
    steps: stepsOf(job, use),
  };
}

/** Nothing that the job does not need; to read the code only where it is checked out. */
function rightsOf({ steps }: Job, rights: readonly Right[]): Record<string, string> {
  const reads = steps.some((step) => step.do === 'checkout') ? { contents: 'read' } : {};
  return Object.assign({ ...reads }, ...rights.map((right) => RIGHTS[right]));
}

/** Who terraform and az sign in as: by a token that the provider asks for itself, as often as it needs one. */
function environmentFor(model: PipelineModel, { access, stage }: Identity): Record<string, unknown> {
  const names =
    access === DeploymentAccess.PLAN && stage !== undefined
      ? planVariables(model, stage)
      : { client: 'AZURE_CLIENT_ID', tenant: 'AZURE_TENANT_ID', subscription: 'AZURE_SUBSCRIPTION_ID' };
  return {
    ARM_CLIENT_ID: `\${{ vars.${names.client} }}`,
    ARM_TENANT_ID: `\${{ vars.${names.tenant} }}`,
    ARM_SUBSCRIPTION_ID: `\${{ vars.${names.subscription} }}`,
    ARM_USE_OIDC: true,
    ARM_USE_AZUREAD: true,
    TF_IN_AUTOMATION: true,
  };
}

/**
 * When a job runs. GitHub skips what follows a skipped job, also far behind it; so a job after one that may be skipped says
 * itself what must have succeeded.
 */
function conditionOf(job: Job, all: readonly Job[]): string | undefined {
  const { needs = [], when = [], always, afterSkipped } = job;
  if (always) {
    return '${{ always() }}';
  }
  const conditions = when.map(expressionOf);
  const status = afterSkipped
    ? ['!failure()', '!cancelled()']
    : ['!cancelled()', ...needs.map((need) => `needs.${need}.result == 'success'`)];
  const explicit = needs.length > 0 && maySkip(needs, all);
  const parts = [...(explicit ? status : []), ...conditions];
  return parts.length === 0 ? undefined : `\${{ ${parts.join(' && ')} }}`;
}

function maySkip(needs: readonly string[], all: readonly Job[]): boolean {
  return all.some((job) => needs.includes(job.key) && ((job.when ?? []).length > 0 || maySkip(job.needs ?? [], all)));
}

function expressionOf(condition: Condition): string {
  if (condition === 'trusted') {
    return "github.event.pull_request.head.repo.full_name == github.repository && github.event.pull_request.user.login != 'dependabot[bot]'";
  }
  if ('job' in condition) {
    const output = `needs.${condition.job}.outputs.${condition.output}`;
    return condition.is === undefined ? `${output} != '${condition.isNot}'` : `${output} == '${condition.is}'`;
  }
  return 'input' in condition
    ? `inputs.${condition.input} == '${condition.is}'`
    : `vars.${condition.variable} != '${condition.isNot}'`;
}
