import { IConstruct } from 'constructs';
import { isComputed, shown } from '../core/validation';
import { Workload } from '../core/workload';
import { instanceProblems, scheduleProblems } from './autoscale';
import { abilitiesOf, SKU_OF_TIER } from './plan-abilities';
import { PlanSku } from './plan-sku';
import { ScalingProps } from './scaling-props';

/** Scaling as it was asked for, the rest as the environment has it. */
export interface Scaling {
  readonly sku: PlanSku;
  readonly minInstances: number;
  readonly maxInstances: number;
  /** Whether rules change the number of instances. */
  readonly autoscaled: boolean;
  readonly zoneRedundant: boolean;
}

/**
 * Scaling as it was asked for; what was not comes from the environment, as far as the size of the plan can do it.
 */
export function scalingOf(construct: IConstruct, props: ScalingProps): Scaling {
  const { environment, hasZones } = Workload.of(construct);
  const { profile } = environment;
  const sku = props.sku ?? SKU_OF_TIER[profile.tier];
  const { autoscale, zones, maxInstances: most } = abilitiesOf(sku);
  const minInstances = props.minInstances ?? Math.min(profile.minInstances, most);
  const maxInstances = props.maxInstances ?? Math.max(Math.min(profile.maxInstances, most), minInstances);
  return {
    sku,
    minInstances,
    maxInstances,
    autoscaled: autoscale && (mayDiffer(minInstances, maxInstances) || hasSchedules(props)),
    zoneRedundant: props.zoneRedundant ?? (profile.zones > 1 && hasZones && zones),
  };
}

/**
 * What is wrong with scaling, as clauses for `rejectIf()`.
 */
export function scalingProblems(construct: IConstruct, props: ScalingProps): Array<string | false> {
  const { environment, hasZones, location } = Workload.of(construct);
  const { sku, minInstances, maxInstances, zoneRedundant } = scalingOf(construct, props);
  const { autoscale, zones, maxInstances: most } = abilitiesOf(sku);
  const fewest = Math.max(environment.profile.zones, 2);
  return [
    ...instanceProblems(minInstances, maxInstances, most),
    ...scheduleProblems(props.schedules ?? {}, zoneRedundant ? 2 : 1, most),
    !autoscale &&
      (hasSchedules(props) || (props.maxInstances !== undefined && surelyDiffer(minInstances, maxInstances))) &&
      `'sku' must be S1 or better for 'minInstances' and 'maxInstances' to differ and for 'schedules', got ${shown(sku)}; basic sizes cannot scale by themselves`,
    zoneRedundant && !zones && `'sku' must be a premium size to be zone redundant, got ${shown(sku)}`,
    zoneRedundant && !hasZones && `'zoneRedundant' must be false in ${location}, which has no availability zones`,
    zoneRedundant &&
      !isComputed(minInstances) &&
      minInstances < fewest &&
      `'minInstances' must be at least ${fewest} to span the zones, got ${minInstances}; or set 'zoneRedundant' to false`,
  ];
}

/** Of numbers that Terraform has yet to compute nobody knows. */
function mayDiffer(minInstances: number, maxInstances: number): boolean {
  return isComputed(minInstances) || isComputed(maxInstances) || minInstances < maxInstances;
}

function surelyDiffer(minInstances: number, maxInstances: number): boolean {
  return !isComputed(minInstances) && !isComputed(maxInstances) && minInstances < maxInstances;
}

function hasSchedules({ schedules }: ScalingProps): boolean {
  return Object.keys(schedules ?? {}).length > 0;
}
