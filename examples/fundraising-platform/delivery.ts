import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import {
  ApplicationTarget,
  BuildIdentity,
  DatabaseMigrations,
  DatabaseRole,
  DeploymentIdentities,
  Environment,
  GithubEnvironments,
  GithubTargets,
  HookPoint,
  PipelineEngine,
  PipelineLanguage,
  PipelineStep,
  PromotionPipeline,
  StateAccount,
  Workload,
} from 'azure-platform-constructs';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { definePlatform } from './platform';

/** A platform in one stage. */
type Deployed = ReturnType<typeof definePlatform> & { readonly stage: string; readonly domain: string };

const REGISTRY =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-shared/providers/Microsoft.ContainerRegistry/registries/crfundraising';

const OFFICE_HOURS = { days: [1, 2, 3, 4], opens: '09:00', closes: '16:00', timeZone: 'Europe/Berlin' };

/** How a commit reaches production, and how it is taken back. */
export function definePipeline(scope: Construct, environments: Environment[]): PromotionPipeline {
  return new PromotionPipeline(scope, 'Pipeline', {
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
}

/** What it carries beside stacks, and what must hold on the way. */
export function defineApplications(pipeline: PromotionPipeline, { api }: Deployed): void {
  pipeline.addApplication('api', {
    language: PipelineLanguage.PYTHON,
    directory: 'api',
    registry: 'crfundraising.azurecr.io',
    migrations: DatabaseMigrations.alembic(),
    // what raises an alert takes a release back
    monitored: api,
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
}

/** Who the workflows sign in as, and what guards the environments of the repository. */
export function defineTrust(
  pipeline: PromotionPipeline,
  bases: Workload[],
  app: Construct,
  platforms: Deployed[],
): void {
  const identities = platforms.map((platform, index) => {
    const { storageAccountId: stateAccountId } = bases[index].node.findChild('State') as StateAccount;
    const deployer = new DeploymentIdentities(bases[index], 'Identities', {
      pipeline,
      stateAccountId,
      subscriptionWide: true,
    });
    deployer.reportTo(platform.observability);
    defineTargets(pipeline, platform, deployer);
    // what it says is there only once the stage was applied
    const targets = new TerraformStack(app, `fundraising-platform-github-${platform.stage}`);
    new GithubTargets(targets, 'Targets', { pipeline, identities: deployer });
    return deployer;
  });
  const buildIdentity = new BuildIdentity(bases[0], 'Builder', { pipeline, registries: { main: REGISTRY } });
  const repository = new TerraformStack(app, 'fundraising-platform-github');
  new GithubEnvironments(repository, 'Environments', { pipeline, identities, buildIdentity, withoutTargets: true });
}

/** Where the applications are, and as whom migrations change the tables. */
function defineTargets(pipeline: PromotionPipeline, platform: Deployed, deployer: DeploymentIdentities): void {
  const { api, database, edge, site, stage, domain } = platform;
  const owner = { roles: [DatabaseRole.OWNER], userName: 'deployer' };
  pipeline.addTarget('api', stage, {
    appId: api.webAppId,
    url: `https://api.${domain}`,
    databaseId: database.serverId,
    databaseSettings: database.grantConnect(deployer.applyPrincipalIn(database), owner).settings,
  });
  pipeline.addTarget('site', stage, { appId: site.siteId, url: `https://${domain}`, edgeId: edge.frontDoorGuid });
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
