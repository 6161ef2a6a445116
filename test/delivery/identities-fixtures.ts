import { TerraformStack } from 'cdktf';
import { AzureProviders } from '../../src/core/azure-providers';
import { AzureState } from '../../src/core/azure-state';
import { Environment } from '../../src/core/environment';
import { Workload, WorkloadProps } from '../../src/core/workload';
import { DeploymentIdentities } from '../../src/delivery/deployment-identities';
import { DeploymentIdentitiesProps } from '../../src/delivery/deployment-identities-props';
import { PromotionPipeline } from '../../src/delivery/promotion-pipeline';
import { workloadIn, workloadOn } from '../support/workload';

export const GUID = '00000000-0000-0000-0000-000000000001';
export const GROUPS = `/subscriptions/${GUID}/resourceGroups`;
const STATE = `${GROUPS}/rg-state/providers/Microsoft.Storage/storageAccounts/stshopstate`;

/** A stack of the stage that a pipeline carries, and a workload in it. */
function carried(pipeline: PromotionPipeline, environment: Environment, props: Partial<WorkloadProps> = {}): Workload {
  const stack = new TerraformStack(pipeline.node.root, `shop-${environment.name}`);
  new AzureProviders(stack, 'Providers');
  new AzureState(stack, 'State', { environment, storageAccountName: 'stshop' });
  const workload = workloadOn(stack, 'Shop', { environment, resourceGroupName: 'rg-shop', ...props });
  pipeline.addStack(stack);
  return workload;
}

/** Where the identities go, the pipeline, and a workload that it carries. */
export function setting(environment = Environment.PROD, props: Partial<WorkloadProps> = {}) {
  const workload = workloadIn(environment);
  const pipeline = new PromotionPipeline(workload.node.root, 'Pipeline', {
    repository: 'example/shop',
    approvers: { release: ['team:release'], lead: ['team:leads'], security: ['team:security'] },
  });
  return { workload, pipeline, shop: carried(pipeline, environment, props) };
}

export function identitiesIn(
  { workload, pipeline }: { workload: Workload; pipeline: PromotionPipeline },
  props: Partial<DeploymentIdentitiesProps> = {},
) {
  return new DeploymentIdentities(workload, 'Identities', {
    pipeline,
    stateAccountId: STATE,
    subscriptionId: GUID,
    tenantId: GUID,
    ...props,
  });
}
