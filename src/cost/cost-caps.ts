import { TerraformResource } from 'cdktf';
import { renderedOf, RenderedBlock as Block } from '../core/rendered-block';
import { Workload } from '../core/workload';
import { CostCap } from './cost-budget-props';

/** Where each type says how far it may grow. */
const LIMITS: { readonly [type: string]: (block: Block) => unknown[] } = {
  azurerm_kubernetes_cluster: ({ default_node_pool: pool }) => [pool?.max_count],
  azurerm_kubernetes_cluster_node_pool: ({ max_count: most }) => [most],
  azurerm_monitor_autoscale_setting: ({ profile = [] }) => profile.map(({ capacity }: Block) => capacity?.maximum),
  azurerm_service_plan: ({ maximum_elastic_worker_count: most }) => [most],
};

/**
 * Whatever in a workload grows by itself, and how far; also what was defined without this library.
 */
export function capsOf(workload: Workload): CostCap[] {
  return workload.node
    .findAll()
    .filter((found): found is TerraformResource => TerraformResource.isTerraformResource(found))
    .flatMap((resource) => {
      const { terraformResourceType: type, node } = resource;
      const limits = LIMITS[type]?.(renderedOf(resource)) ?? [];
      const known = limits.filter((limit) => limit !== undefined);
      const largest = known.reduce<unknown>((most, limit) => (Number(limit) < Number(most) ? most : limit), undefined);
      return largest === undefined ? [] : [{ path: node.path, type, maxInstances: String(largest) }];
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
