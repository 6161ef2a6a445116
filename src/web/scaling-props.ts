import { ScaleSchedule } from './autoscale-schedule';
import { PlanSku } from './plan-sku';

/**
 * Properties that say how much a web app may use.
 */
export interface ScalingProps {
  /**
   * Size of each machine; changing it is an update in place.
   *
   * @default - from the environment: B1 in dev and test, P0v3 in staging, P1v3 in preprod and prod
   */
  readonly sku?: PlanSku;

  /**
   * Fewest machines; Azure goes back to it when it has no metrics.
   *
   * @default - from the environment: 1 in dev and test, 2 in staging, 3 in preprod and prod
   */
  readonly minInstances?: number;

  /**
   * Most machines, and so the most that this can cost; 3 for basic sizes, 10 for standard, 30 for premium ones.
   *
   * @default - from the environment, as far as the size allows: 1 in dev and test, 10 in staging and preprod, 30 in prod
   */
  readonly maxInstances?: number;

  /**
   * Other limits at certain hours, by a short key that never changes.
   *
   * @default - the same limits at all hours
   */
  readonly schedules?: { [key: string]: ScaleSchedule };

  /**
   * Whether machines are spread over availability zones; needs a premium size and as many machines as zones.
   *
   * Switching it on later replaces a plan of a single machine.
   *
   * @default - from the environment, where the region has zones: true in staging, preprod and prod
   */
  readonly zoneRedundant?: boolean;
}
