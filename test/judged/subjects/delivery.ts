import { TerraformStack } from 'cdktf';
import { TelemetrySink } from '../../../src/access/telemetry-sink';
import { AzureProviders } from '../../../src/core/azure-providers';
import { AzureState } from '../../../src/core/azure-state';
import { Workload } from '../../../src/core/workload';
import { BuildIdentity } from '../../../src/delivery/build-identity';
import { DeploymentIdentities } from '../../../src/delivery/deployment-identities';
import { GithubEnvironments } from '../../../src/delivery/github-environments';
import { GithubTargets } from '../../../src/delivery/github-targets';
import { PipelineLanguage } from '../../../src/delivery/pipeline-language';
import { PromotionPipeline } from '../../../src/delivery/promotion-pipeline';

const GUID = '00000000-0000-0000-0000-000000000001';
const GROUP = `/subscriptions/${GUID}/resourceGroups/rg-shared`;
const IDENTITY = {
  identityId: `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-deploy`,
  clientId: GUID,
  principalId: GUID,
};

/** A pipeline that carries one stack of the workload's environment, which deploys into a group that exists. */
function pipelineFor(workload: Workload, approvals: string[] = []): PromotionPipeline {
  const { environment, node } = workload;
  // the program of the judged stacks has one pipeline per stack, each in a repository of its own
  const program = TerraformStack.of(workload).node.id;
  const stack = new TerraformStack(node.root, `carried-${program}`);
  new AzureProviders(stack, 'Providers');
  new AzureState(stack, 'State', { environment, storageAccountName: 'stshop' });
  const pipeline = new PromotionPipeline(stack, 'Pipeline', {
    repository: `example/shop-${program}`,
    approvers: Object.fromEntries(approvals.map((role) => [role, ['user:octocat']])),
    stages: [{ environment, approvals }],
  });
  new Workload(stack, 'Shop', {
    name: 'shop',
    environment,
    location: 'westeurope',
    owner: 'team-shop',
    costCenter: '4711',
    resourceGroupName: 'rg-shop',
  });
  pipeline.addStack(stack);
  return pipeline;
}

/** Every construct of the folder, as it is when nothing is said. */
export function plain(workload: Workload): void {
  const pipeline = pipelineFor(workload);
  const identities = new DeploymentIdentities(workload, 'Identities', {
    pipeline,
    stateAccountId: `${GROUP}/providers/Microsoft.Storage/storageAccounts/stshop`,
  });
  new GithubEnvironments(workload, 'Github', { pipeline, identities: [identities] });
}

/** Every construct, with every prop that adds something. */
export function loaded(workload: Workload): void {
  const pipeline = pipelineFor(workload, ['release']);
  const identities = new DeploymentIdentities(workload, 'Identities', {
    pipeline,
    stateAccountId: `${GROUP}/providers/Microsoft.Storage/storageAccounts/stshop`,
    stateContainerName: 'states',
    subscriptionId: GUID,
    tenantId: GUID,
    otherScopes: { zone: `${GROUP}/providers/Microsoft.Network/dnsZones/example.com` },
    otherRoles: ['AcrPull'],
  });
  const buildIdentity = new BuildIdentity(workload, 'Build', {
    pipeline,
    registries: { shop: `${GROUP}/providers/Microsoft.ContainerRegistry/registries/crshop` },
  });
  const sink = TelemetrySink.fromApplicationInsights(workload, 'Sink', {
    applicationInsightsId: `${GROUP}/providers/Microsoft.Insights/components/appi-shop`,
    connectionString: 'InstrumentationKey=00000000-0000-0000-0000-000000000001',
  });
  identities.reportTo(sink);
  pipeline.addApplication('api', { language: PipelineLanguage.NODE, directory: 'api' });
  pipeline.addTarget('api', workload.environment.name, {
    appId: `${GROUP}/providers/Microsoft.Web/sites/app-shop`,
    url: 'https://api.example.com',
  });
  const github = new GithubEnvironments(workload, 'Github', {
    pipeline,
    identities: [identities],
    buildIdentity,
    requiredApprovals: 2,
    codeOwnerApproval: true,
    withoutTargets: true,
  });
  new GithubTargets(workload, 'Targets', { pipeline, identities });
  pipeline.environments.forEach(({ name }) => github.addVariable(name, 'SHOP_URL', 'https://shop.example.com'));
}

/** Every construct that can be somebody else's, as somebody else's. */
export function borrowed(workload: Workload): void {
  const pipeline = pipelineFor(workload);
  new DeploymentIdentities(workload, 'Identities', {
    pipeline,
    stateAccountId: `${GROUP}/providers/Microsoft.Storage/storageAccounts/stshop`,
    subscriptionWide: true,
    planIdentity: IDENTITY,
    applyIdentity: IDENTITY,
    rollbackIdentity: IDENTITY,
  });
  new BuildIdentity(workload, 'Build', {
    pipeline,
    registries: { shop: `${GROUP}/providers/Microsoft.ContainerRegistry/registries/crshop` },
    identity: IDENTITY,
  });
}
