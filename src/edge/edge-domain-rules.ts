import { Construct } from 'constructs';
import { IDnsZone } from '../contracts/dns';
import { aDnsZone } from '../core/collaborators';
import { isComputed, isText, shown } from '../core/validation';
import type { EdgeDomain } from './edge-domain';

/** Host names that Front Door takes a managed certificate for. */
const HOST = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;

/** What a domain needs to know of its edge. */
export interface EdgeOfDomain {
  readonly scope: Construct;
  readonly profileId: string;
  readonly endpointId: string;
  readonly endpointHostName: string;
  readonly unmonitored?: boolean;
  /** Zones of the edge. */
  readonly dnsZones?: IDnsZone[];
  /** Path under which a domain answers 200, known only at synthesis. */
  readonly healthPathOf: (domain: EdgeDomain) => string;
}

/**
 * The zone that a host name lies in: of several, the one nearest to it.
 */
export function zoneOf(hostName: string, zones: IDnsZone[]): IDnsZone | undefined {
  return zones.filter((zone) => liesIn(hostName, zone)).sort((a, b) => b.zoneName.length - a.zoneName.length)[0];
}

/**
 * What is wrong with a domain, as clauses for `rejectIf()`.
 *
 * @param prop Prop or parameter that it comes from.
 */
export function domainProblems(prop: string, hostName: string, zone?: IDnsZone): Array<string | false> {
  const fits = !isComputed(hostName) && isText(hostName, HOST);
  return [
    !fits &&
      `'${prop}' must be a literal host name in lower case, without a wildcard, for which azurerm gets no certificate; got ${shown(hostName)}`,
    fits &&
      zone !== undefined &&
      (aDnsZone('dnsZone', zone) ||
        (!liesIn(hostName, zone) && `the domain ${hostName} must lie in the zone ${zone.zoneName}`)),
  ];
}

function liesIn(hostName: string, { zoneName }: IDnsZone): boolean {
  return hostName === zoneName || `${hostName}`.endsWith(`.${zoneName}`);
}
