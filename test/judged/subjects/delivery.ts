import { TerraformStack } from 'cdktf';
import { AzureProviders } from '../../../src/core/azure-providers';
import { Workload } from '../../../src/core/workload';
import { BuildIdentity } from '../../../src/delivery/build-identity';
import { DeploymentIdentities } from '../../../src/delivery/deployment-identities';
import { PromotionPipeline } from '../../../src/delivery/promotion-pipeline';

const GUID = '00000000-0000-0000-0000-000000000001';
const GROUP = `/subscriptions/${GUID}/resourceGroups/rg-shared`;
const IDENTITY = {
  identityId: `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-deploy`,
  clientId: GUID,
  principalId: GUID,
};

/** A pipeline that carries one stack of the workload's environment, which deploys into a group that exists. */
function pipelineFor({ environment, node }: Workload): PromotionPipeline {
  const stack = new TerraformStack(node.root, `carried-${environment.name}`);
  new AzureProviders(stack, 'Providers');
  const pipeline = new PromotionPipeline(stack, 'Pipeline', {
    repository: 'example/shop',
    // the program of this test has one pipeline per environment
    name: environment.name,
    stages: [{ environment, approvals: [] }],
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
  new DeploymentIdentities(workload, 'Identities', {
    pipeline: pipelineFor(workload),
    stateAccountId: `${GROUP}/providers/Microsoft.Storage/storageAccounts/stshop`,
  });
}

/** Every construct, with every prop that adds something. */
export function loaded(workload: Workload): void {
  const pipeline = pipelineFor(workload);
  new DeploymentIdentities(workload, 'Identities', {
    pipeline,
    stateAccountId: `${GROUP}/providers/Microsoft.Storage/storageAccounts/stshop`,
    stateContainerName: 'states',
    subscriptionId: GUID,
    tenantId: GUID,
    otherScopes: { zone: `${GROUP}/providers/Microsoft.Network/dnsZones/example.com` },
    otherRoles: ['AcrPull'],
  });
  new BuildIdentity(workload, 'Build', {
    pipeline,
    registries: { shop: `${GROUP}/providers/Microsoft.ContainerRegistry/registries/crshop` },
  });
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
