import {
  ApplicationTarget,
  BuildIdentity,
  DatabaseMigrations,
  DeploymentIdentities,
  Environment,
  GithubEnvironments,
  HookPoint,
  PipelineEngine,
  PipelineLanguage,
  PipelineStep,
  PromotionPipeline,
  StateAccount,
  Workload,
} from 'azure-platform-constructs';
import { Construct } from 'constructs';

const REGISTRY =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-shared/providers/Microsoft.ContainerRegistry/registries/crfundraising';

const OFFICE_HOURS = { days: [1, 2, 3, 4], opens: '09:00', closes: '16:00', timeZone: 'Europe/Berlin' };

/** How a commit reaches production, and how it is taken back. */
export function definePipeline(scope: Construct, environments: Environment[]): PromotionPipeline {
  const pipeline = new PromotionPipeline(scope, 'Pipeline', {
    repository: 'example/fundraising',
    engines: [PipelineEngine.GITHUB_ACTIONS],
    // the applications are private: these machines are in their networks
    stages: environments.map((environment) => ({
      environment,
      runner: `fundraising-${environment.name}`,
      changeWindow: environment === Environment.PROD ? OFFICE_HOURS : undefined,
    })),
    approvers: { release: ['team:release'] },
  });
  pipeline.addApplication('api', {
    language: PipelineLanguage.PYTHON,
    directory: 'api',
    registry: 'crfundraising.azurecr.io',
    migrations: DatabaseMigrations.alembic(),
  });
  pipeline.addApplication('site', {
    language: PipelineLanguage.NODE,
    directory: 'site',
    target: ApplicationTarget.STATIC_SITE,
  });
  pipeline.addStep(HookPoint.AFTER_ROLLOUT, PipelineStep.playwright({ directory: 'e2e', applications: ['site'] }));
  pipeline.addStep(
    HookPoint.AFTER_ROLLOUT,
    PipelineStep.postman('api.json', { directory: 'e2e', applications: ['api'] }),
  );
  const gate = { applications: ['api'], stages: ['staging'] };
  const { PYTHON } = PipelineLanguage;
  const tests = (name: string, folder: string) =>
    PipelineStep.command(name, PYTHON, [`pipx run pytest ${folder}`], { directory: 'e2e', ...gate });
  pipeline.addStep(HookPoint.SECURITY_GATE, tests('Sign-in and rights', 'security'));
  pipeline.addStep(HookPoint.PERFORMANCE_GATE, PipelineStep.loadTest({ paths: ['/campaigns'], ...gate }));
  pipeline.addStep(HookPoint.PRIVACY_GATE, tests('No donor in answers and logs', 'privacy'));
  return pipeline;
}

/** Who the workflows sign in as, and what guards the environments of the repository. */
export function defineTrust(pipeline: PromotionPipeline, bases: Workload[], github: Construct): void {
  const identities = bases.map((base) => {
    const { storageAccountId: stateAccountId } = base.node.findChild('State') as StateAccount;
    return new DeploymentIdentities(base, 'Identities', { pipeline, stateAccountId, subscriptionWide: true });
  });
  const buildIdentity = new BuildIdentity(bases[0], 'Builder', { pipeline, registries: { main: REGISTRY } });
  new GithubEnvironments(github, 'Environments', { pipeline, identities, buildIdentity });
}
