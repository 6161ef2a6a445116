import { ServiceTier } from '../core/environment';
import { PlanSku } from './plan-sku';

/** The cheapest size that runs, one that has slots and zones, and one for customers. */
export const SKU_OF_TIER: { readonly [tier in ServiceTier]: PlanSku } = {
  economy: PlanSku.B1,
  standard: PlanSku.P0V3,
  critical: PlanSku.P1V3,
};

/** What a family of sizes can do. */
export interface PlanAbilities {
  /** Deployment slots beside production. */
  readonly slots: number;
  /** Whether rules can change the number of instances. */
  readonly autoscale: boolean;
  /** Whether instances can be spread over zones. */
  readonly zones: boolean;
  /** Most instances. */
  readonly maxInstances: number;
}

/** Source: learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#azure-app-service-limits */
const ABILITIES: { readonly [family: string]: PlanAbilities } = {
  B: { slots: 0, autoscale: false, zones: false, maxInstances: 3 },
  S: { slots: 5, autoscale: true, zones: false, maxInstances: 10 },
  P: { slots: 20, autoscale: true, zones: true, maxInstances: 30 },
};

/**
 * What plans of a size can do.
 */
export function abilitiesOf(sku: PlanSku): PlanAbilities {
  return ABILITIES[sku.charAt(0)];
}
