import { Construct } from 'constructs';
import { EdgeOrigin } from '../contracts/edge';
import { canonicalLocation } from '../core/locations';
import { isComputed, isText, isWholeBetween, shown } from '../core/validation';
import type { EdgeBackend } from './edge-backend';
import type { EdgeDomain } from './edge-domain';
import { EdgeBackendOptions, EdgeOriginOptions } from './edge-options';
import { PRIVATE_LINK_REGIONS } from './edge-regions';
import { EdgeTier } from './edge-tier';

/** What a backend needs to know of its edge. */
export interface EdgeOfBackend {
  readonly scope: Construct;
  readonly profileId: string;
  readonly endpointId: string;
  readonly endpointHostName: string;
  readonly frontDoorGuid: string;
  readonly ruleSetId: string;
  readonly tier: EdgeTier;
  /** What somebody who approves private links reads. */
  readonly requestMessage: string;
  readonly unmonitored?: boolean;
  /** The domains that lead to a backend, sorted; none where it is the address that Azure gives. */
  readonly domainsOf: (backend: EdgeBackend) => EdgeDomain[];
}

/** Sub-resources that Front Door makes private links to; Static Web Apps are none of them. */
const LINKED = ['blob', 'blob_secondary', 'Gateway', 'managedEnvironments', 'sites', 'web', 'web_secondary'];

/** Most routes of a domain have at most this many paths, says Azure. */
const MOST_PATHS = 25;

/**
 * What is wrong with the key of a backend or an origin, as a clause for `rejectIf()`.
 */
export function keyProblem(key: string): string | false {
  return (
    (isComputed(key) || !isText(key, /^[a-z0-9](-?[a-z0-9]){1,49}$/i)) &&
    `'key' must be a literal of 2 to 50 letters and digits, with single hyphens between them; got ${shown(key)}`
  );
}

/**
 * What is wrong with the options of a backend, as clauses for `rejectIf()`; those of its first origin are not looked at.
 */
export function backendProblems(options: EdgeBackendOptions): Array<string | false> {
  const { domains, healthPath, probeIntervalSeconds = 60 } = options;
  return [
    domains?.length === 0 && "'domains' must name at least one, or be left out; got none",
    domains !== undefined && new Set(domains).size < domains.length && "'domains' must name each domain once",
    ...pathsProblems('paths', options.paths, 1),
    ...pathsProblems('immutablePaths', options.immutablePaths, 0),
    ...(options.immutablePaths ?? [])
      .filter((path) => options.paths?.includes(path))
      .map((path) => `'immutablePaths' and 'paths' must differ, got ${shown(path)} in both`),
    healthPath !== undefined &&
      (isComputed(healthPath) || !/^\/[^\s?#*]*$/.test(healthPath)) &&
      `'healthPath' must be a literal path with a slash first, without query, got ${shown(healthPath)}`,
    !isWholeBetween(probeIntervalSeconds, 5, 255) &&
      `'probeIntervalSeconds' must be a whole number from 5 to 255, got ${shown(probeIntervalSeconds)}`,
  ];
}

/**
 * What is wrong with the options of an origin, as clauses for `rejectIf()`.
 */
export function originProblems(tier: EdgeTier, options: EdgeOriginOptions): Array<string | false> {
  const { priority = 1, weight = 500, privateLink, privateLinkLocation } = options;
  return [
    !isWholeBetween(priority, 1, 5) && `'priority' must be a whole number from 1 to 5, got ${shown(priority)}`,
    !isWholeBetween(weight, 1, 1000) && `'weight' must be a whole number from 1 to 1000, got ${shown(weight)}`,
    privateLink === true &&
      tier === EdgeTier.STANDARD &&
      "'privateLink' needs the tier PREMIUM; with STANDARD origins tell this edge apart by its header",
    privateLinkLocation !== undefined &&
      !isComputed(privateLinkLocation) &&
      !hasLinks(privateLinkLocation) &&
      `'privateLinkLocation' must be ${PRIVATE_LINK_REGIONS.join(', ')}, got ${shown(privateLinkLocation)}`,
    privateLinkLocation !== undefined &&
      (privateLink === false || tier === EdgeTier.STANDARD) &&
      "'privateLinkLocation' says where a private link starts, and there is none",
  ];
}

/**
 * What is wrong with how an origin answered, as clauses for `rejectIf()`.
 *
 * @param others How the others of its group did.
 */
export function boundProblems(
  key: string,
  { privateLinkTarget, location }: EdgeOrigin,
  { privateLink, privateLinkLocation }: EdgeOriginOptions,
  others: EdgeOrigin[],
): Array<string | false> {
  const linked = privateLinkTarget !== undefined;
  return [
    privateLink === true &&
      !linked &&
      `'privateLink' must be left out: none leads to the origin ${key}, which tells this edge apart by its header`,
    linked &&
      !LINKED.includes(privateLinkTarget) &&
      `no private link of Front Door leads to ${shown(privateLinkTarget)} of the origin ${key}, only to ${LINKED.join(', ')}; say 'privateLink: false'`,
    linked &&
      privateLinkLocation === undefined &&
      !isComputed(location) &&
      !hasLinks(location) &&
      `Front Door has no private links in ${location}, where the origin ${key} is: name the nearest region that has as 'privateLinkLocation', one of ${PRIVATE_LINK_REGIONS.join(', ')}`,
    others.some((other) => (other.privateLinkTarget !== undefined) !== linked) &&
      `Azure takes no group of which some origins are reached by private link and others are not, and ${key} differs; say 'privateLink: false' for all of them`,
  ];
}

function hasLinks(location: string): boolean {
  return PRIVATE_LINK_REGIONS.includes(canonicalLocation(location));
}

function pathsProblems(prop: string, paths: string[] | undefined, fewest: number): Array<string | false> {
  return paths === undefined
    ? []
    : [
        paths.length < fewest && `'${prop}' must have at least one, or be left out; got none`,
        paths.length > MOST_PATHS && `'${prop}' must have at most ${MOST_PATHS}, got ${paths.length}`,
        new Set(paths).size < paths.length && `'${prop}' must name each path once`,
        ...paths.map(
          (path) =>
            (isComputed(path) || !/^\/([^*?#\s]*\/)?([^*?#\s/]+|\*)?$/.test(path)) &&
            `'${prop}' must be literal paths, exact or with * as their last part, e.g. /api/*; got ${shown(path)}`,
        ),
      ];
}
