import type { EdgeBackend } from './edge-backend';
import type { EdgeDomain } from './edge-domain';

/**
 * What is wrong with what an edge serves, as sentences: domains that lead nowhere, and paths that lead to two backends.
 *
 * @param backends What it serves, by key.
 * @param domains Its domains.
 * @param domainsOf The domains that lead to a backend; none where it is the address that Azure gives.
 */
export function conflictsIn(
  backends: Array<[string, EdgeBackend]>,
  domains: EdgeDomain[],
  domainsOf: (backend: EdgeBackend) => EdgeDomain[],
): string[] {
  const served = new Set(backends.flatMap(([, backend]) => domainsOf(backend)));
  const unserved = domains.filter((domain) => !served.has(domain));
  const claims = new Map<string, string[]>();
  for (const [key, backend] of backends) {
    const hosts = domainsOf(backend).map(({ hostName }) => hostName);
    for (const host of hosts.length > 0 ? hosts : ['the address that Azure gives']) {
      for (const path of backend._allPaths) {
        const claim = `${path} of ${host}`;
        claims.set(claim, [...(claims.get(claim) ?? []), key]);
      }
    }
  }
  return [
    ...unserved.map(({ hostName }) => `nothing is served under ${hostName}: name it in the 'domains' of a backend`),
    ...[...claims]
      .filter(([, keys]) => keys.length > 1)
      .map(([claim, keys]) => `${claim} leads to ${keys.join(' and ')}: give them 'domains' or 'paths' of their own`),
  ];
}
