import { Body, isExpression } from './values';

/**
 * Whether a change replaces; nothing where only Terraform's plan can tell.
 *
 * @param before Value before, without references that could be followed.
 * @param after Value after.
 * @param resource The resource as it is after.
 */
export type Condition = (before: unknown, after: unknown, resource: Body) => boolean | undefined;

export const isLess: Condition = (before, after) => after !== undefined && Number(before ?? 0) > Number(after);

export const isTakenAway: Condition = (before, after) => before !== undefined && after === undefined;

export const isNotFirst: Condition = (before, after) => before !== undefined || after === undefined;

export const isSwitchedOff: Condition = (before, after) => before === true && after !== true;

export const wasAlwaysOn: Condition = (before) => before === 'AlwaysOn';

export const wasLocked: Condition = (before) => before === 'Locked';

/** A general-purpose v1 account can become anything, and anything can become v2. */
export const isOtherThanUpgrade: Condition = (before = 'StorageV2', after = 'StorageV2') =>
  before !== 'Storage' && after !== 'StorageV2';

const ZONAL = ['ZRS', 'GZRS', 'RAGZRS'];

export const changesZones: Condition = (before, after) =>
  ZONAL.includes(String(before).toUpperCase()) !== ZONAL.includes(String(after).toUpperCase());

/** In place only on two instances and more; how many there are is left to autoscaling where nothing is said. */
export const isSpreadOnOneInstance: Condition = (before, after, { worker_count: instances, lifecycle }) => {
  if (before === true || after !== true) {
    return false;
  }
  const left =
    instances === undefined || isExpression(instances) || JSON.stringify(lifecycle ?? {}).includes('worker_count');
  return left ? undefined : Number(instances) < 2;
};

/** Of the two blocks, only their types count. */
export const losesUserAssignedIdentity: Condition = (before, after) =>
  String(before ?? '').includes('UserAssigned') && !String(after ?? '').includes('UserAssigned');

/** A commitment can be entered and left, and a workspace may leave its cluster; one that Azure chose is nobody's choice. */
const COMMITMENTS = ['PerGB2018', 'CapacityReservation'];

export const isOtherThanCommitment: Condition = (before, after) =>
  before !== undefined &&
  before !== 'LACluster' &&
  after !== undefined &&
  !(COMMITMENTS.includes(String(before)) && COMMITMENTS.includes(String(after)));
