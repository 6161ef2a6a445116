import { ServiceLevelObjective } from '../../slo';
import { Row } from '../model';

/** What views are made from. */
export interface ViewContext {
  /** Whose dashboards these are, e.g. `billing prod`. */
  readonly owner: string;
  readonly slos: { readonly [name: string]: ServiceLevelObjective };
  /** Names of custom events that the business counts. */
  readonly businessEvents: readonly string[];
  /** Which redaction is in force, in words. */
  readonly privacy: string;
  /** `/subscriptions/…/resourceGroups/…` of the workload. */
  readonly resourceGroupId: string;
  /** `/subscriptions/…`. */
  readonly subscriptionId: string;
  /** Name of that group. */
  readonly resourceGroupName: string;
  /** Charts of metrics whose name matches. */
  readonly metricRows: (wanted?: RegExp) => Row[];
}

/** Width of a bar or step on a time axis, which follows the time range. */
export const GRAIN = 'bin(TimeGenerated, {TimeRange:grain})';

/** What the viewer chose of services. */
export const OF_SERVICES = "| where '*' in ({Service}) or AppRoleName in ({Service})";

/** Tenant of a request or event, as the logging contract has it; the column `TenantId` is the workspace. */
export const TENANT = 'tostring(Properties.tenant_id)';
