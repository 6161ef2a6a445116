import { TerraformResource } from 'cdktf';
import { IConstruct } from 'constructs';
import { Geography } from './geography';
import { canonicalLocation, regionNamed, regionsIn, regionsLike } from './locations';
import { isComputed, shown } from './validation';
import { Workload } from './workload';

/** Locations that are nowhere in particular and hold no customer data. */
const NOWHERE = ['global'];

/**
 * Regions that the data of a workload may live in, as Terraform spells them, sorted.
 *
 * @param home Region of the workload.
 * @param locations Regions that are named.
 * @param geography Geography that is named, in addition; that of `home` where nothing is.
 */
export function allowedLocationsFor(home: string, locations?: string[], geography?: Geography): string[] {
  const around = geography ?? (locations?.length ? undefined : regionNamed(home)?.geography);
  const inside = around === undefined ? [] : regionsIn(around);
  return [...new Set([...(locations ?? []).map(canonicalLocation), ...inside])].sort();
}

/**
 * What is wrong with a region that a construct would use, as a clause for `rejectIf()`: unknown, or outside of the workload's.
 *
 * @param construct The construct.
 * @param subject What would be there, e.g. `'location'` or `the replica`.
 * @param location The region, however it is written.
 */
export function residencyProblem(construct: IConstruct, subject: string, location: string): string | false {
  const { allowedLocations } = Workload.of(construct);
  const name = canonicalLocation(location);
  if (isComputed(location) || NOWHERE.includes(name) || allowedLocations.includes(name)) {
    return false;
  }
  return (
    regionProblem(subject, location) ||
    // an allowed one that is no region is refused by its own name
    (allowedLocations.every(regionNamed) &&
      `${subject} must stay in ${allowedLocations.join(', ')}, got ${shown(name)}; allow more with 'allowedLocations' or 'geography' on the workload`)
  );
}

/**
 * The region that Azure copies geo-redundant data of a workload to, if there is one and data may live there.
 */
export function allowedPairOf(construct: IConstruct): string | undefined {
  const { location, allowedLocations } = Workload.of(construct);
  const pair = regionNamed(location)?.pair;
  return pair !== undefined && allowedLocations.includes(pair) ? pair : undefined;
}

/**
 * Resources of a workload that lie outside of its regions, however they came there, as sentences led by their path.
 */
export function straysOf(workload: Workload): string[] {
  return workload.node.findAll().flatMap((found) => {
    const location = locationOf(found);
    if (location === undefined || Workload.of(found) !== workload) {
      return [];
    }
    const problem = residencyProblem(workload, "'location'", location);
    return problem ? [`${found.node.path}: ${problem}`] : [];
  });
}

/** The two places where cdktf keeps the location of a resource. */
interface Located {
  readonly locationInput?: unknown;
  readonly rawOverrides?: { readonly location?: unknown };
}

/** Where a resource will be; an override wins over the argument, and is not seen through its getter. */
function locationOf(x: IConstruct): string | undefined {
  if (!TerraformResource.isTerraformResource(x)) {
    return undefined;
  }
  const { locationInput, rawOverrides }: Located = x as object;
  const location = rawOverrides?.location ?? locationInput;
  return typeof location === 'string' ? location : undefined;
}

/**
 * What is wrong with the name of a region, as a clause for `rejectIf()`.
 */
export function regionProblem(subject: string, location: string): string | false {
  if (isComputed(location) || regionNamed(location)) {
    return false;
  }
  const similar = regionsLike(location);
  const hint = similar.length > 0 ? `; did you mean ${similar.join(', ')}?` : '';
  return `${subject} must be a region of Azure, got ${shown(location)}${hint}`;
}
