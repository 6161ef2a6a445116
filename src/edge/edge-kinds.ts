import { IConstruct } from 'constructs';
import { IEdgeOrigin } from '../contracts/edge';
import { aDnsZone, anEdgeOrigin } from '../core/collaborators';
import { aListOf, aMapOf, aStruct, aText, aTextMap, checkKinds, Kinds, oneOf, someTexts } from '../core/kinds';
import { rejectIf } from '../core/validation';
import { EdgeBackendOptions, EdgeGatewayProps, EdgeProbeMethod } from './edge-options';
import { EdgeTier } from './edge-tier';
import { FirewallExclusion, FirewallField, FirewallMatch, FirewallOptions, FirewallRuleAction } from './waf-options';

/** What an edge takes. */
export const EDGE_KINDS: Kinds<EdgeGatewayProps> = {
  'dnsZones?': aListOf(aDnsZone),
  'firewall?': aStruct<FirewallOptions>({
    'allowedAddresses?': someTexts,
    'allowedCountries?': someTexts,
    'blockedAddresses?': someTexts,
    'blockedCountries?': someTexts,
    'exclusions?': aListOf(
      aStruct<FirewallExclusion>({ field: oneOf(FirewallField), name: aText, 'match?': oneOf(FirewallMatch) }),
    ),
    'rules?': aMapOf(oneOf(FirewallRuleAction)),
    'signInPaths?': someTexts,
    'unlimitedAddresses?': someTexts,
  }),
  'responseHeaders?': aTextMap,
  'tier?': oneOf(EdgeTier),
};

const BACKEND_KINDS: Kinds<EdgeBackendOptions> = {
  'domains?': someTexts,
  'paths?': someTexts,
  'immutablePaths?': someTexts,
  'probeMethod?': oneOf(EdgeProbeMethod),
};

/** Refuses what is no backend, before anybody looks into it. */
export function checkBackend(scope: IConstruct, key: string, origin: IEdgeOrigin, options: EdgeBackendOptions): void {
  rejectIf(scope, aText('key', key), anEdgeOrigin('origin', origin));
  checkKinds(scope, options, BACKEND_KINDS);
}
