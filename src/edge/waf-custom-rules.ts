import { isIP } from 'net';
import {
  CdnFrontdoorFirewallPolicyCustomRule,
  CdnFrontdoorFirewallPolicyCustomRuleMatchCondition,
} from '@cdktf/provider-azurerm/lib/cdn-frontdoor-firewall-policy';
import { isComputed, isWholeBetween, shown } from '../core/validation';
import { FirewallOptions } from './waf-options';

const SIGN_IN_PATHS = ['/login', '/oauth/token', '/oauth2/token', '/password', '/sign-in', '/signin'];
const REQUESTS = 1000;
const SIGN_INS = 20;

/** A rate limit must look at something, and every request has an address. */
const EVERYBODY = ['0.0.0.0/0', '::/0'];

/** Most addresses of a rule, all conditions together; also of countries in our lists. */
const MOST_VALUES = 600;

/**
 * Most texts that one condition compares with.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#azure-front-door-standard-and-premium-service-limits
 */
export const MOST_TEXTS = 10;

/** The address that connects; what a client writes into `X-Forwarded-For` is not to be believed. */
const ADDRESS = 'SocketAddr';

type Condition = CdnFrontdoorFirewallPolicyCustomRuleMatchCondition;

/**
 * Rules of our own, first who may come at all, then how often.
 */
export function customRules(options: FirewallOptions): CdnFrontdoorFirewallPolicyCustomRule[] {
  const unlimited = sorted(options.unlimitedAddresses);
  const limited = unlimited.length > 0 ? [without(ADDRESS, 'IPMatch', unlimited)] : [];
  const signIns = sorted(options.signInPaths ?? SIGN_IN_PATHS);
  return [
    ...blocking('BlockedAddresses', 10, only(ADDRESS, 'IPMatch', sorted(options.blockedAddresses))),
    ...blocking('OtherAddresses', 20, without(ADDRESS, 'IPMatch', sorted(options.allowedAddresses))),
    ...blocking('BlockedCountries', 30, only(ADDRESS, 'GeoMatch', sorted(options.blockedCountries))),
    ...blocking('OtherCountries', 40, without(ADDRESS, 'GeoMatch', sorted(options.allowedCountries))),
    ...(signIns.length > 0
      ? [
          limit('SignIns', 50, options.signInRequestsPerMinute ?? SIGN_INS, [
            { ...only('RequestUri', 'Contains', signIns), transforms: ['UrlDecode', 'Lowercase'] },
            only('RequestMethod', 'Equal', ['POST']),
            ...limited,
          ]),
        ]
      : []),
    limit('Requests', 60, options.requestsPerMinute ?? REQUESTS, [only(ADDRESS, 'IPMatch', EVERYBODY), ...limited]),
  ];
}

/**
 * What is wrong with addresses, countries and limits, as clauses for `rejectIf()`.
 */
export function customRuleProblems(options: FirewallOptions): Array<string | false> {
  const rate = (prop: 'requestsPerMinute' | 'signInRequestsPerMinute') =>
    !isWholeBetween(options[prop] ?? REQUESTS, 10, 1_000_000) &&
    `'${prop}' must be a whole number from 10 to 1000000, got ${shown(options[prop])}`;
  return [
    rate('requestsPerMinute'),
    rate('signInRequestsPerMinute'),
    ...(['unlimitedAddresses', 'allowedAddresses', 'blockedAddresses'] as const).flatMap((prop) =>
      listProblems(prop, options[prop], isAddress, 'addresses or networks such as 203.0.113.0/24', {
        // beside everybody, in one rule
        most: prop === 'unlimitedAddresses' ? MOST_VALUES - EVERYBODY.length : MOST_VALUES,
        remedy: ': name networks that hold several of them',
      }),
    ),
    ...(['allowedCountries', 'blockedCountries'] as const).flatMap((prop) =>
      listProblems(prop, options[prop], (code) => /^[A-Z]{2}$/.test(code), 'ISO 3166 codes such as DE'),
    ),
    ...listProblems(
      'signInPaths',
      options.signInPaths ?? SIGN_IN_PATHS,
      (path) => /^\/[a-z0-9/._~-]{1,255}$/.test(path),
      'parts of paths in lower case, with a slash first',
      { fewest: 0, most: MOST_TEXTS, remedy: ': name a part that several of them begin with, e.g. /oauth' },
    ),
    options.allowedCountries !== undefined &&
      options.blockedCountries !== undefined &&
      "'allowedCountries' and 'blockedCountries' exclude each other: whoever is not allowed is blocked",
  ];
}

function listProblems(
  prop: string,
  values: string[] | undefined,
  fits: (value: string) => boolean,
  words: string,
  { fewest = 1, most = MOST_VALUES, remedy = '' } = {},
): Array<string | false> {
  const distinct = new Set(values).size;
  return values === undefined
    ? []
    : [
        values.length < fewest && `'${prop}' must have at least one, or be left out; got none`,
        distinct > most && `'${prop}' must have at most ${most}, got ${distinct}${remedy}`,
        ...values.map(
          (value) => !isComputed(value) && !fits(value) && `'${prop}' must be ${words}, got ${shown(value)}`,
        ),
      ];
}

function isAddress(text: string): boolean {
  const [address, prefix = '0', ...rest] = text.split('/');
  const version = isIP(address);
  return version > 0 && rest.length === 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128);
}

/** Each once; what Terraform has yet to compute comes last, as it was given: nobody knows how it is spelt. */
function sorted(values: string[] = []): string[] {
  const all = [...new Set(values)];
  return [...all.filter((value) => !isComputed(value)).sort(), ...all.filter(isComputed)];
}

function only(matchVariable: string, operator: string, matchValues: string[]): Condition {
  return { matchVariable, operator, matchValues };
}

function without(matchVariable: string, operator: string, matchValues: string[]): Condition {
  return { ...only(matchVariable, operator, matchValues), negationCondition: true };
}

function blocking(name: string, priority: number, condition: Condition): CdnFrontdoorFirewallPolicyCustomRule[] {
  return condition.matchValues.length === 0
    ? []
    : [{ name, priority, enabled: true, type: 'MatchRule', action: 'Block', matchCondition: [condition] }];
}

function limit(
  name: string,
  priority: number,
  rateLimitThreshold: number,
  matchCondition: Condition[],
): CdnFrontdoorFirewallPolicyCustomRule {
  return {
    name,
    priority,
    enabled: true,
    type: 'RateLimitRule',
    action: 'Block',
    rateLimitDurationInMinutes: 1,
    rateLimitThreshold,
    matchCondition,
  };
}
