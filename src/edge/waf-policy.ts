import { CdnFrontdoorFirewallPolicy } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-firewall-policy';
import { CdnFrontdoorSecurityPolicy } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-security-policy';
import { Lazy } from 'cdktf';
import { Construct } from 'constructs';
import { nameOf } from '../core/naming';
import { Workload } from '../core/workload';
import { EdgeTier } from './edge-tier';
import { customRuleProblems, customRules } from './waf-custom-rules';
import { managedRuleProblems, managedRules } from './waf-managed-rules';
import { FirewallField, FirewallOptions } from './waf-options';

/** The only operator that Azure takes without a selector. */
const ANY = 'EqualsAny';

/** Parts of a request that hold what people typed, and tokens; the log shows the names of fields, and stars. */
const SCRUBBED = [FirewallField.COOKIE, FirewallField.QUERY, FirewallField.FORM, FirewallField.JSON];

/**
 * Defines the firewall in front of everything that an edge serves.
 *
 * @param scope The edge.
 * @param tier Tier of the edge, and so of the firewall: Azure takes no other.
 * @param anonymous Whether addresses of clients are left out of the log.
 */
export function defineFirewall(
  scope: Construct,
  tier: EdgeTier,
  options: FirewallOptions,
  anonymous: boolean,
): CdnFrontdoorFirewallPolicy {
  return new CdnFrontdoorFirewallPolicy(scope, 'Firewall', {
    name: nameOf(CdnFrontdoorFirewallPolicy.tfResourceType, scope),
    resourceGroupName: Workload.of(scope).resourceGroupName,
    skuName: tier,
    enabled: true,
    mode: options.detectOnly ? 'Detection' : 'Prevention',
    requestBodyCheckEnabled: true,
    customBlockResponseStatusCode: 403,
    customRule: customRules(options),
    managedRule: tier === EdgeTier.PREMIUM ? managedRules(options) : undefined,
    logScrubbing: {
      enabled: true,
      scrubbingRule: [
        { matchVariable: FirewallField.HEADER, operator: 'Equals', selector: 'Authorization', enabled: true },
        ...[...SCRUBBED, ...(anonymous ? ['RequestIPAddress'] : [])].map((matchVariable) => ({
          matchVariable,
          operator: ANY,
          enabled: true,
        })),
      ],
    },
  });
}

/**
 * Defines what puts the firewall before the address that Azure gives, and before every domain.
 *
 * @param scope The edge.
 * @param domainIds Azure resource ids of the domains, sorted; known only at synthesis.
 */
export function defineSecurityPolicy(
  scope: Construct,
  profileId: string,
  endpointId: string,
  firewallPolicyId: string,
  domainIds: () => string[],
): CdnFrontdoorSecurityPolicy {
  const domains = () => [endpointId, ...domainIds()].map((id) => ({ cdn_frontdoor_domain_id: id }));
  return new CdnFrontdoorSecurityPolicy(scope, 'SecurityPolicy', {
    name: 'firewall',
    cdnFrontdoorProfileId: profileId,
    securityPolicies: {
      firewall: {
        cdnFrontdoorFirewallPolicyId: firewallPolicyId,
        association: { patternsToMatch: ['/*'], domain: Lazy.anyValue({ produce: domains }) },
      },
    },
  });
}

/**
 * What is wrong with the options of a firewall, as clauses for `rejectIf()`.
 */
export function firewallProblems(tier: EdgeTier, options: FirewallOptions): Array<string | false> {
  const { rules = {}, exclusions = [] } = options;
  return [
    ...customRuleProblems(options),
    ...managedRuleProblems(options),
    tier === EdgeTier.STANDARD &&
      (Object.keys(rules).length > 0 || exclusions.length > 0) &&
      "'rules' and 'exclusions' must be left out with the tier STANDARD, which has none of Microsoft's rules; take PREMIUM",
  ];
}
