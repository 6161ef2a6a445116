import { IConstruct } from 'constructs';
import { allowedPairOf } from './residency';
import { Workload } from './workload';

/**
 * How often a storage account keeps its data: in all zones wherever the region has some, since zones cannot be had later
 * without another account; and in the paired region where the environment wants that and data may live there.
 */
export function replicationFor(construct: IConstruct): string {
  const { hasZones, environment } = Workload.of(construct);
  if (environment.profile.geoRedundant && allowedPairOf(construct) !== undefined) {
    return hasZones ? 'GZRS' : 'GRS';
  }
  return hasZones ? 'ZRS' : 'LRS';
}
