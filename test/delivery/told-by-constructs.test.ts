import { TerraformStack, Token } from 'cdktf';
import { TelemetrySink } from '../../src/access/telemetry-sink';
import { AzureProviders } from '../../src/core/azure-providers';
import { AzureState } from '../../src/core/azure-state';
import { Environment } from '../../src/core/environment';
import { DatabaseMigrations } from '../../src/delivery/database-migrations';
import { DeploymentIdentities } from '../../src/delivery/deployment-identities';
import { DeploymentIdentitiesProps } from '../../src/delivery/deployment-identities-props';
import { DeploymentTarget } from '../../src/delivery/deployment-target';
import { GithubEnvironments } from '../../src/delivery/github-environments';
import { GithubTargets, GithubTargetsProps } from '../../src/delivery/github-targets';
import { ApplicationTarget } from '../../src/delivery/pipeline-application';
import { PipelineLanguage } from '../../src/delivery/pipeline-language';
import { PromotionPipeline } from '../../src/delivery/promotion-pipeline';
import { Rendered } from '../../src/testing/rendered';
import { workloadIn, workloadOn } from '../support/workload';

const GUID = '00000000-0000-0000-0000-000000000001';
const WEB = `/subscriptions/${GUID}/resourceGroups/rg-shop/providers/Microsoft.Web`;
const DATABASE = `/subscriptions/${GUID}/resourceGroups/rg-shop/providers/Microsoft.DBforPostgreSQL/flexibleServers/db`;
const { NODE } = PipelineLanguage;

/** A pipeline of one stage with an application and a site, a workload that it carries, and one for identities. */
function setting(props: Partial<DeploymentIdentitiesProps> = {}) {
  const workload = workloadIn(Environment.PROD, { resourceGroupName: 'rg-base' });
  const pipeline = new PromotionPipeline(workload.node.root, 'Pipeline', {
    repository: 'example/shop',
    stages: [{ environment: Environment.PROD, approvals: [] }],
  });
  const stack = new TerraformStack(workload.node.root, 'shop-prod');
  new AzureProviders(stack, 'Providers');
  new AzureState(stack, 'State', { environment: Environment.PROD, storageAccountName: 'stshop' });
  const shop = workloadOn(stack, 'Shop', { environment: Environment.PROD, resourceGroupName: 'rg-shop' });
  pipeline.addStack(stack);
  pipeline.addApplication('api', { language: NODE, directory: 'api', migrations: DatabaseMigrations.prisma() });
  pipeline.addApplication('site', { language: NODE, directory: 'site', target: ApplicationTarget.STATIC_SITE });
  const identities = new DeploymentIdentities(workload, 'Identities', {
    pipeline,
    stateAccountId: `/subscriptions/${GUID}/resourceGroups/rg-base/providers/Microsoft.Storage/storageAccounts/stshop`,
    subscriptionId: GUID,
    tenantId: GUID,
    ...props,
  });
  const sink = TelemetrySink.fromApplicationInsights(shop, 'Sink', {
    applicationInsightsId: `/subscriptions/${GUID}/resourceGroups/rg-shop/providers/Microsoft.Insights/components/appi`,
    connectionString: 'InstrumentationKey=x',
  });
  return { workload, pipeline, shop, identities, sink };
}

const API: DeploymentTarget = {
  appId: `${WEB}/sites/api`,
  url: 'https://api.example.com',
  databaseId: DATABASE,
  databaseSettings: { PGHOST: 'db.example.com', PGDATABASE: 'shop', PGUSER: 'deployer', PGSSLMODE: 'verify-full' },
};
const SITE: DeploymentTarget = { appId: `${WEB}/staticSites/site`, edgeId: GUID };

/** Identities that a stack looks up. */
const foundIn = ({ json }: Rendered): any[] => Object.values(json.data?.azurerm_user_assigned_identity ?? {});

describe('where applications run', () => {
  test('is a value in each environment of the stage that reads it', () => {
    const { pipeline } = setting();
    pipeline.addTarget('api', 'prod', API);
    pipeline.addTarget('site', 'prod', SITE);

    const values = Object.fromEntries(pipeline.environments.map((each) => [each.name, each.values]));
    const site = { SITE_APP_ID: SITE.appId, SITE_EDGE_ID: GUID };
    const app = { API_APP_ID: API.appId, API_URL: 'https://api.example.com' };
    const database = {
      API_DATABASE_ID: DATABASE,
      API_DATABASE_HOST: 'db.example.com',
      API_DATABASE_NAME: 'shop',
      API_DATABASE_USER: 'deployer',
    };
    expect(values).toEqual({
      prod: { ...app, ...database, ...site },
      'prod-hotfix': { ...app, ...database, ...site },
      'prod-rollback': { ...app, ...site },
    });
  });

  test('becomes variables of the repository, and nothing is left to set', () => {
    const { workload, pipeline, identities, sink } = setting();
    identities.reportTo(sink);
    pipeline.addTarget('api', 'prod', API);
    pipeline.addTarget('site', 'prod', SITE);

    const github = new GithubEnvironments(workload, 'Github', { pipeline, identities: [identities] });

    const rendered = new Rendered(workload);
    const value = (name: string) => rendered.at('github_actions_environment_variable', `Variable-${name}`).value;
    expect(value('prod-API_DATABASE_USER')).toBe('deployer');
    expect(value('prod-rollback-SITE_EDGE_ID')).toBe(GUID);
    expect(value('prod-hotfix-DEPLOYMENT_TELEMETRY')).toBe('InstrumentationKey=x');
    expect(github.node.metadata.filter(({ type }) => type.includes('warn'))).toEqual([]);
  });

  test('may be told in a stack of its own, which is applied when there is something to tell', () => {
    const { workload, pipeline, identities, sink } = setting();
    const stack = new TerraformStack(workload.node.root, 'targets');
    expect(() => new GithubTargets(stack, 'Early', { pipeline, identities })).toThrow(
      'targets/Early: nothing was told of the stage "prod": call addTarget() or reportTo() before',
    );
    expect(() => new GithubTargets(stack, 'Strange', { pipeline } as unknown as GithubTargetsProps)).toThrow(
      "targets/Strange: 'identities' must be identities, e.g. DeploymentIdentities, got nothing",
    );
    identities.reportTo(sink);
    pipeline.addTarget('api', 'prod', API);
    pipeline.addTarget('site', 'prod', SITE);

    const github = new GithubEnvironments(workload, 'Github', {
      pipeline,
      identities: [identities],
      withoutTargets: true,
    });
    const { resources } = new GithubTargets(stack, 'Targets', { pipeline, identities });

    const here = Object.keys(github.resources.variables).filter((name) => name.startsWith('prod-rollback/'));
    const there = Object.keys(resources.variables).filter((name) => name.startsWith('prod-rollback/'));
    expect(here).toEqual(
      ['AZURE_CLIENT_ID', 'AZURE_TENANT_ID', 'AZURE_SUBSCRIPTION_ID'].map((x) => `prod-rollback/${x}`),
    );
    expect(there.sort()).toEqual(
      ['API_APP_ID', 'API_URL', 'DEPLOYMENT_TELEMETRY', 'SITE_APP_ID', 'SITE_EDGE_ID'].map((x) => `prod-rollback/${x}`),
    );
    expect(() => new Rendered(workload)).not.toThrow();
    expect(github.node.metadata.filter(({ type }) => type.includes('warn'))).toEqual([]);
    expect(Object.values(stack.toTerraform().provider.github)).toMatchObject([{ owner: 'example' }]);
  });

  test('must be told before the variables are made', () => {
    const { workload, pipeline, identities, sink } = setting();
    new GithubEnvironments(workload, 'Github', { pipeline, identities: [identities] });
    pipeline.addTarget('site', 'prod', SITE);
    identities.reportTo(sink);

    expect(() => new Rendered(workload)).toThrow(
      /the variables prod\/DEPLOYMENT_TELEMETRY, prod\/SITE_APP_ID, .* were told later: call addTarget\(\) and reportTo\(\) before/,
    );
  });

  test('fails, with everything that is wrong', () => {
    const { pipeline } = setting();
    expect(() =>
      pipeline.addTarget('api', 'qa', { appId: 'api', url: 'http://x/y', databaseSettings: { PGHOST: 'h' } }),
    ).toThrow(
      [
        'Pipeline: \'stage\' must be one of prod, got "qa"',
        '\'appId\' must be the Azure resource id of a web app or a Static Web App, got "api"',
        '\'url\' must be an address of https without a path, got "http://x/y"',
        '\'databaseId\' must be given: the database of "api" is backed up before its migrations',
        '\'databaseSettings\' must hold PGDATABASE, PGUSER for the migrations of "api"',
      ].join('; '),
    );
    expect(() => pipeline.addTarget('site', 'prod', { ...SITE, edgeId: 'edge' })).toThrow(
      'Pipeline: \'edgeId\' must be a GUID, the frontDoorGuid of its edge, got "edge"',
    );
    expect(() => pipeline.addTarget('web', 'prod', SITE)).toThrow(
      'Pipeline: \'application\' must be one that was added before, got "web"',
    );
    pipeline.addTarget('site', 'prod', { ...SITE, appId: Token.asString({ resolve: () => 'id' }) });
    expect(() => pipeline.addTarget('site', 'prod', SITE)).toThrow(
      'Pipeline: the application "site" has a target in "prod" already',
    );
  });
});

describe('identities in other stacks', () => {
  test('are looked up there by name, so that no state is read that lies elsewhere', () => {
    const { workload, shop, identities, sink } = setting();

    identities.reportTo(sink);
    identities.reportTo(sink);
    expect(identities.applyPrincipalIn(shop)).toBe(identities.applyPrincipalIn(sink));
    expect(identities.applyPrincipalIn(workload)).toBe(identities.applyPrincipal);

    const rendered = new Rendered(shop);
    const found = foundIn(rendered);
    const made = new Rendered(workload).all('azurerm_user_assigned_identity').map(({ name }) => name);
    expect(found.map(({ name }) => name).sort()).toEqual(made.filter((name) => !/-plan-/.test(name)).sort());
    expect(new Set(found.map(({ resource_group_name: group }) => group))).toEqual(new Set(['rg-base']));
    const grants = rendered.all('azurerm_role_assignment');
    expect(grants.map(({ role_definition_name: role }) => role)).toEqual(Array(2).fill('Monitoring Metrics Publisher'));
    expect(JSON.stringify(rendered.json)).not.toContain('terraform_remote_state');
    // who plans that stack may look them up
    expect(new Rendered(workload).at('azurerm_role_assignment', 'Plan/Reader-identities')).toMatchObject({
      role_definition_name: 'Reader',
      scope: `/subscriptions/${GUID}/resourceGroups/rg-base`,
    });
  });

  test('are what they are where they existed before', () => {
    const existing = (name: string) => ({
      identityId: `/subscriptions/${GUID}/resourceGroups/rg-base/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`,
      clientId: GUID,
      principalId: `00000000-0000-0000-0000-00000000000${name.length}`,
    });
    const { shop, identities, sink } = setting({
      applyIdentity: existing('apply'),
      rollbackIdentity: existing('rollback'),
    });

    identities.reportTo(sink);

    expect(foundIn(new Rendered(shop))).toEqual([]);
    expect(identities.deploymentTelemetry).toBe('InstrumentationKey=x');
  });

  test('of two stages in one stack are two, though they are called alike', () => {
    const [{ shop, identities }, other] = [setting(), setting()];
    // the same place in a stack of another name
    const stack = new TerraformStack(shop.node.root, 'other');
    new AzureProviders(stack, 'Providers');
    const base = workloadOn(stack, 'Billing', { environment: Environment.PROD, resourceGroupName: 'rg-other' });
    const second = new DeploymentIdentities(base, 'Identities', {
      pipeline: identities.node.root.node.findChild('Pipeline') as PromotionPipeline,
      stateAccountId: `/subscriptions/${GUID}/resourceGroups/rg-base/providers/Microsoft.Storage/storageAccounts/stshop`,
      subscriptionId: GUID,
      tenantId: GUID,
    });

    const ids = [identities, second].map((each) => each.applyPrincipalIn(shop).node.id);

    expect(new Set(ids).size).toBe(2);
    expect(other.identities.applyPrincipalIn(other.shop).node.id).toBe(ids[0]);
  });

  test('report to one sink', () => {
    const { shop, identities, sink } = setting();
    identities.reportTo(sink);
    const other = TelemetrySink.fromApplicationInsights(shop, 'Other', {
      applicationInsightsId: 'id',
      connectionString: 'x',
    });

    expect(() => identities.reportTo(other)).toThrow('the stage "prod" reports to another sink already');
  });
});
