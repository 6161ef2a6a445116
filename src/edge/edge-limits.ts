import { shown } from '../core/validation';
import type { EdgeBackend } from './edge-backend';
import { EdgeTier } from './edge-tier';

/**
 * Most of one edge, by tier; parts are routes, origin groups and origins, each for itself.
 *
 * Domains are one less than the one security policy takes, which also names the endpoint: azurerm stops at 100 with Standard,
 * Azure at 225 with Premium.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#azure-front-door-standard-and-premium-service-limits
 */
const MOST = {
  [EdgeTier.STANDARD]: { domains: 99, parts: 100 },
  [EdgeTier.PREMIUM]: { domains: 224, parts: 200 },
};

/**
 * What is wrong with one domain more, as a clause for `rejectIf()`.
 *
 * @param count How many there are already.
 */
export function domainLimitProblem(tier: EdgeTier, hostName: string, count: number): string | false {
  return (
    count >= MOST[tier].domains &&
    `${mostOf(tier, 'domains', 'domains')}, got ${shown(hostName)} in addition; ${remedy(tier, 'it', 'domains')}`
  );
}

/**
 * Which parts of an edge are more than Front Door takes, as sentences; Azure says so only in the middle of an apply.
 */
export function partProblems(tier: EdgeTier, backends: EdgeBackend[]): string[] {
  const routes = backends.flatMap(({ _routes }) => _routes).length;
  const origins = backends.flatMap(({ _origins }) => _origins).length;
  const each = `one for each of ${backends.length} backends`;
  const immutable = routes - backends.length;
  const parts: Array<[string, number, string]> = [
    ['routes', routes, immutable > 0 ? `${each}, and one for the immutable paths of ${immutable} of them` : each],
    ['origin groups', backends.length, each],
    ['origins', origins, `those of ${backends.length} backends`],
  ];
  return parts
    .filter(([, count]) => count > MOST[tier].parts)
    .map(
      ([name, count, makers]) =>
        `${mostOf(tier, name, 'parts')}, got ${count}: ${makers}; ${remedy(tier, 'some', 'parts')}`,
    );
}

function mostOf(tier: EdgeTier, name: string, of: 'domains' | 'parts'): string {
  return `an edge of the tier ${tier === EdgeTier.PREMIUM ? 'PREMIUM' : 'STANDARD'} must have at most ${MOST[tier][of]} ${name}`;
}

function remedy(tier: EdgeTier, what: string, of: 'domains' | 'parts'): string {
  const better = tier === EdgeTier.STANDARD ? `, or take PREMIUM, which has at most ${MOST[EdgeTier.PREMIUM][of]}` : '';
  return `put ${what} behind another edge${better}`;
}
