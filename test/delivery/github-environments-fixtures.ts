import { TerraformStack } from 'cdktf';
import { AzureProviders } from '../../src/core/azure-providers';
import { Environment } from '../../src/core/environment';
import { BuildIdentity } from '../../src/delivery/build-identity';
import { DeploymentIdentities } from '../../src/delivery/deployment-identities';
import { GithubEnvironments } from '../../src/delivery/github-environments';
import { GithubEnvironmentsProps } from '../../src/delivery/github-environments-props';
import { ApplicationArtifact } from '../../src/delivery/pipeline-application';
import { PipelineLanguage } from '../../src/delivery/pipeline-language';
import { PromotionPipeline } from '../../src/delivery/promotion-pipeline';
import { PromotionPipelineProps } from '../../src/delivery/promotion-pipeline-props';
import { PromotionStage } from '../../src/delivery/promotion-stage';
import { workloadIn, workloadOn } from '../support/workload';

export const GUID = '00000000-0000-0000-0000-000000000001';
export const GROUP = `/subscriptions/${GUID}/resourceGroups/rg-shop`;
export const REGISTRY = `${GROUP}/providers/Microsoft.ContainerRegistry/registries/crshop`;
const STAGES: PromotionStage[] = [{ environment: Environment.DEV }, { environment: Environment.PROD }];

/** A pipeline with a container and a stack in two stages, and its identities. */
export function setting(props: Partial<PromotionPipelineProps> = {}) {
  const workload = workloadIn(Environment.PROD);
  const pipeline = new PromotionPipeline(workload.node.root, 'Pipeline', {
    repository: 'example/shop',
    stages: STAGES,
    approvers: { release: ['team:release', 'user:octocat'] },
    ...props,
  });
  for (const { environment } of STAGES) {
    const stack = new TerraformStack(workload.node.root, `shop-${environment.name}`);
    new AzureProviders(stack, 'Providers');
    workloadOn(stack, 'Shop', { environment, resourceGroupName: 'rg-shop' });
    pipeline.addStack(stack);
  }
  pipeline.addApplication('api', {
    language: PipelineLanguage.NODE,
    directory: 'api',
    artifact: ApplicationArtifact.CONTAINER,
    registry: 'crshop.azurecr.io',
  });
  const identities = STAGES.map(
    ({ environment: { name } }) =>
      new DeploymentIdentities(workload, `Identities-${name}`, {
        pipeline,
        stage: name,
        stateAccountId: `${GROUP}/providers/Microsoft.Storage/storageAccounts/stshop`,
        subscriptionId: GUID,
        tenantId: GUID,
      }),
  );
  const buildIdentity = new BuildIdentity(workload, 'Build', { pipeline, registries: { shop: REGISTRY } });
  return { workload, pipeline, identities, buildIdentity };
}

export function githubIn(all: ReturnType<typeof setting>, props: Partial<GithubEnvironmentsProps> = {}) {
  const { workload, pipeline, identities, buildIdentity } = all;
  return new GithubEnvironments(workload, 'Github', { pipeline, identities, buildIdentity, ...props });
}
