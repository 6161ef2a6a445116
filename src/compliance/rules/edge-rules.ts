import { allOf, anyOf, at, custom, forAny, when } from '../checks';
import { azure, hardening, operations, OwnRule, reliability, security } from '../family';
import { referredToBy } from '../graph-checks';
import { is, isSet, matches, oneOf, orUnset } from '../predicates';
import { RuleSeverity, Verdict } from '../rule';
import { blocksAt, isComputed, valuesAt } from '../values';

const { CRITICAL, IMPORTANT, AWARENESS } = RuleSeverity;

const PROFILE = azure('cdn_frontdoor_profile');
const WAF = azure('cdn_frontdoor_firewall_policy');
const ROUTE = azure('cdn_frontdoor_route');
const ORIGIN = azure('cdn_frontdoor_origin');
const ORIGIN_GROUP = azure('cdn_frontdoor_origin_group');

/** log4shell; an override without `enabled` switches the rule off as well. */
const LOG4SHELL = custom(
  'no override of rule 944240 without enabled = true',
  ['managed_rule.override.rule.enabled'],
  ({ attributes }) => {
    const overrides = blocksAt(attributes, 'managed_rule.override.rule');
    if (
      overrides.some(
        (one) =>
          !isComputed(one) &&
          String((one as any).rule_id) === '944240' &&
          !isComputed((one as any).enabled) &&
          String((one as any).enabled) !== 'true',
      )
    ) {
      return Verdict.VIOLATED;
    }
    return overrides.some(isComputed) ? Verdict.CANNOT_BE_CHECKED : Verdict.COMPLIANT;
  },
);

/** A probe with one origin only takes the only origin away. */
const WITH_SEVERAL_ORIGINS = custom(
  'several origins',
  [],
  (group) => (group.referredToBy('azurerm_cdn_frontdoor_origin').length > 1 ? Verdict.COMPLIANT : Verdict.VIOLATED),
  ORIGIN,
);

const OUR_ORIGINS = custom('origins of App Service, Storage or API Management', ['host_name'], ({ attributes }) => {
  const [host] = valuesAt(attributes, 'host_name');
  const own =
    /azurerm_(linux_web_app|windows_web_app|linux_web_app_slot|windows_web_app_slot|storage_account|api_management)\./;
  return own.test(String(host)) || /\.(azurewebsites|blob\.core\.windows|azure-api)\.net$/.test(String(host))
    ? Verdict.COMPLIANT
    : isComputed(host)
      ? Verdict.CANNOT_BE_CHECKED
      : Verdict.VIOLATED;
});

/** Front Door. */
// prettier-ignore
export const EDGE_RULES: OwnRule[] = [
  security('EDG-001', PROFILE, IMPORTANT, 'the profile is Premium, which has managed rules and private links',
    at('sku_name', is('Premium_AzureFrontDoor')), 'WAF Front Door'),
  hardening('EDG-002', PROFILE, AWARENESS, 'addresses or query strings are scrubbed from the logs',
    at('log_scrubbing_rule.match_variable', oneOf('RequestIPAddress', 'QueryStringArgNames', 'RequestUri')), 'GDPR'),
  security('EDG-003', PROFILE, AWARENESS, 'certificates of your own are read by identity',
    when(referredToBy(azure('cdn_frontdoor_secret')), at('identity.type', isSet())), 'PSRule FrontDoor.ManagedIdentity'),
  security('EDG-010', WAF, CRITICAL, 'the firewall blocks',
    at('mode', is('Prevention')), 'PSRule FrontDoorWAF.PreventionMode'),
  security('EDG-011', WAF, CRITICAL, 'the firewall is on',
    at('enabled', orUnset(is(true))), 'PSRule FrontDoorWAF.Enabled; CKV_AZURE_123'),
  security('EDG-012', WAF, IMPORTANT, 'the firewall reads request bodies',
    at('request_body_check_enabled', orUnset(is(true))), 'CIS 6.0 7.14'),
  security('EDG-013', WAF, CRITICAL, 'the firewall has the managed rules of Microsoft, 2.1 or later',
    forAny('managed_rule', allOf(
      at('type', is('Microsoft_DefaultRuleSet')),
      at('version', matches(/^(2\.[1-9]|[3-9])/, '2.1 or later')),
    )), 'PSRule FrontDoorWAF.RuleGroups'),
  security('EDG-014', WAF, IMPORTANT, 'the firewall knows bots, 1.1 or later',
    forAny('managed_rule', allOf(
      at('type', is('Microsoft_BotManagerRuleSet')),
      at('version', matches(/^(1\.[1-9]|[2-9])/, '1.1 or later')),
    )), 'PSRule FrontDoorWAF.RuleGroups; CIS 6.0 7.15'),
  security('EDG-015', WAF, CRITICAL, 'the rule against log4shell is not switched off',
    LOG4SHELL, 'CKV_AZURE_133'),
  security('EDG-016', WAF, IMPORTANT, 'the number of requests is limited',
    forAny('custom_rule', allOf(at('type', is('RateLimitRule')), at('action', is('Block')))), 'WAF Front Door'),
  security('EDG-020', azure('cdn_frontdoor_endpoint', 'cdn_frontdoor_custom_domain'), CRITICAL,
    'every name stands behind the firewall',
    referredToBy(azure('cdn_frontdoor_security_policy')), 'PSRule FrontDoor.UseWAF; CKV_AZURE_121'),
  security('EDG-021', ROUTE, CRITICAL, 'plain HTTP is redirected to HTTPS',
    at('https_redirect_enabled', orUnset(is(true))), 'WAF Front Door'),
  security('EDG-022', ROUTE, CRITICAL, 'origins are reached by HTTPS',
    at('forwarding_protocol', is('HttpsOnly')), 'WAF Front Door'),
  security('EDG-023', ROUTE, IMPORTANT, 'the default name of Azure is no way around your own',
    when(at('cdn_frontdoor_custom_domain_ids', isSet()), at('link_to_default_domain', is(false))), 'WAF Front Door'),
  security('EDG-030', ORIGIN, CRITICAL, 'the certificate of the origin is checked',
    at('certificate_name_check_enabled', is(true)), 'WAF Front Door'),
  security('EDG-031', ORIGIN, IMPORTANT, 'the origin is reached through a private link',
    when(OUR_ORIGINS, at('private_link.private_link_target_id', isSet())), 'WAF Front Door'),
  reliability('EDG-032', ORIGIN, IMPORTANT, 'the origin is on: Azure leaves it off when nothing is said',
    at('enabled', is(true)), 'azurerm 31647'),
  reliability('EDG-040', ORIGIN_GROUP, AWARENESS, 'origins are probed by HEAD over HTTPS',
    when(at('health_probe', isSet()), allOf(
      at('health_probe.request_type', orUnset(is('HEAD'))),
      at('health_probe.protocol', is('Https')),
    )), 'APRL; PSRule FrontDoor.ProbeMethod'),
  reliability('EDG-041', ORIGIN_GROUP, IMPORTANT, 'several origins are probed',
    when(WITH_SEVERAL_ORIGINS, at('health_probe', isSet())), 'APRL; PSRule FrontDoor.Probe'),
];

/** DNS zones. */
export const DNS_RULES: OwnRule[] = [
  security(
    'DNS-001',
    azure('dns_zone'),
    AWARENESS,
    'the zone says who may issue certificates',
    referredToBy(azure('dns_caa_record'), forAny('record', at('tag', oneOf('issue', 'issuewild')))),
    'RFC 8659',
  ),
];

const EMAIL_DOMAIN = azure('email_communication_service_domain');

/** Azure's domain sends until the other one is verified, and costs nothing beside it. */
const BESIDE_YOUR_OWN = custom(
  'beside one of the same service that is',
  ['email_service_id'],
  ({ type, attributes, inStack }) =>
    inStack(type).some(
      (other) =>
        other.attributes.domain_management === 'CustomerManaged' &&
        other.attributes.email_service_id === attributes.email_service_id,
    )
      ? Verdict.COMPLIANT
      : Verdict.VIOLATED,
  EMAIL_DOMAIN,
);

/** E-mail. */
// prettier-ignore
export const EMAIL_RULES: OwnRule[] = [
  security('EML-001', azure('email_communication_service', 'communication_service'), IMPORTANT,
    'where data lives is said, and not left to a default in the United States',
    at('data_location', isSet()), 'GDPR'),
  security('EML-002', EMAIL_DOMAIN, AWARENESS, 'readers are not tracked',
    at('user_engagement_tracking_enabled', orUnset(is(false))), 'GDPR'),
  operations('EML-003', EMAIL_DOMAIN, AWARENESS, 'mail comes from a domain of your own',
    anyOf(at('domain_management', is('CustomerManaged')), BESIDE_YOUR_OWN), 'WAF Communication Services'),
];
