import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
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
import { definePlatform } from './platform';

/** A platform in one stage. */
type Deployed = ReturnType<typeof definePlatform> & { readonly stage: string; readonly domain: string };

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
export function defineTrust(
  pipeline: PromotionPipeline,
  bases: Workload[],
  github: Construct,
  platforms: Deployed[],
): void {
  const identities = bases.map((base) => {
    const { storageAccountId: stateAccountId } = base.node.findChild('State') as StateAccount;
    return new DeploymentIdentities(base, 'Identities', { pipeline, stateAccountId, subscriptionWide: true });
  });
  const buildIdentity = new BuildIdentity(bases[0], 'Builder', { pipeline, registries: { main: REGISTRY } });
  const repository = new GithubEnvironments(github, 'Environments', { pipeline, identities, buildIdentity });
  for (const { name, stage, variables } of pipeline.environments) {
    const platform = platforms.find((candidate) => candidate.stage === stage);
    for (const [variable, value] of Object.entries(platform ? variablesOf(platform) : {})) {
      if (variables.includes(variable)) {
        repository.addVariable(name, variable, value);
      }
    }
  }
}

/** How the site answers in each stage; its release fills in the id of the edge. */
export function writeSettings(directory: string, platforms: Deployed[]): void {
  mkdirSync(directory, { recursive: true });
  for (const { stage, site } of platforms) {
    writeFileSync(join(directory, `staticwebapp.config.${stage}.json`), site.toConfigFile());
  }
}

/** The way of a commit to production, as people see it in the repository. */
export function writeFlow(directory: string, pipeline: PromotionPipeline): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(
    join(directory, 'promotion.md'),
    `# From commit to production\n\n\`\`\`mermaid\n${pipeline.toMermaid()}\`\`\`\n`,
  );
}

function variablesOf({ api, database, edge, site, domain }: Deployed): Record<string, string> {
  return {
    API_APP_ID: api.webAppId,
    API_URL: `https://api.${domain}`,
    API_DATABASE_ID: database.serverId,
    API_DATABASE_HOST: database.host,
    API_DATABASE_NAME: database.databaseName,
    SITE_APP_ID: site.siteId,
    SITE_URL: `https://${domain}`,
    SITE_EDGE_ID: edge.frontDoorGuid,
  };
}
