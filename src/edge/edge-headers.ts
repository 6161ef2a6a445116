import { CdnFrontdoorRule } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-rule';
import { CdnFrontdoorRuleSet } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-rule-set';
import { Lazy } from 'cdktf';
import { Construct } from 'constructs';
import { hasForm, isComputed, shown } from '../core/validation';

/** Most actions of one rule; Azure refuses more in the middle of an apply, and azurerm does not look. */
export const MOST_ACTIONS = 5;

/**
 * Most characters of a value that a rule writes.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#azure-front-door-standard-and-premium-service-limits
 */
export const MOST_CHARACTERS = 640;

/** Headers that browsers act on; left of nothing that a page loads by itself. */
const SECURITY: Headers = {
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Strict-Transport-Security': 'max-age=31536000',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

/** Headers that tell strangers what an origin is made of; an empty text stands for taking them away. */
const TELLTALES: Headers = { Server: '', 'X-AspNet-Version': '', 'X-Powered-By': '' };

interface Headers {
  readonly [name: string]: string;
}

/** The rule set that every answer goes through. */
export interface HeaderRules {
  readonly ruleSet: CdnFrontdoorRuleSet;
  readonly rules: CdnFrontdoorRule[];
}

/**
 * Defines what is written into, and taken out of, the headers of every answer.
 *
 * @param scope The edge.
 * @param profileId Azure resource id of the profile.
 * @param own Headers that win over ours; an empty text leaves a header as the origin has it.
 * @param originAddresses Terraform addresses of origins and their groups, which rules have to wait for.
 */
export function defineHeaders(
  scope: Construct,
  profileId: string,
  own: Headers,
  originAddresses: () => string[],
): HeaderRules {
  const ruleSet = new CdnFrontdoorRuleSet(scope, 'Headers', { name: 'Headers', cdnFrontdoorProfileId: profileId });
  const groups: Array<[string, Headers]> = [
    ['SecurityHeaders', without(SECURITY, own)],
    ['ServerHeaders', without(TELLTALES, own)],
    ['OwnHeaders', Object.fromEntries(Object.entries(own).filter(([, value]) => value !== ''))],
  ];
  const rules = groups
    .map(([name, headers], index) => ({ name, headers, order: index + 1 }))
    .filter(({ headers }) => Object.keys(headers).length > 0)
    .map(({ name, headers, order }) => {
      const rule = new CdnFrontdoorRule(scope, name, {
        name,
        cdnFrontdoorRuleSetId: ruleSet.id,
        order,
        actions: {
          responseHeaderAction: Object.keys(headers)
            .sort()
            .map((header) => actionOf(header, headers[header])),
        },
      });
      rule.dependsOn = Lazy.listValue({ produce: originAddresses }, { omitEmpty: true });
      return rule;
    });
  return { ruleSet, rules };
}

/**
 * What is wrong with headers of one's own, as clauses for `rejectIf()`.
 */
export function headerProblems(own: Headers): Array<string | false> {
  const names = Object.keys(own);
  const lower = names.map((name) => name.toLowerCase());
  return [
    ...names.map(
      (name) =>
        (isComputed(name) || !/^[A-Za-z0-9-]{1,64}$/.test(name)) &&
        `'responseHeaders' must have literal names of letters, digits and hyphens, got ${shown(name)}`,
    ),
    new Set(lower).size < lower.length && "'responseHeaders' must name each header once, in whatever case",
    names.filter((name) => own[name] !== '').length > MOST_ACTIONS &&
      `'responseHeaders' must have at most ${MOST_ACTIONS} with a value, which is what one rule of Front Door can write; got ${names.length}`,
    ...names.map(
      (name) =>
        !hasForm(own[name], /^[\x20-\x7e]*$/) &&
        `'responseHeaders' must have values of one line, of printable characters of ASCII, and that of ${name} is ${shown(own[name])}`,
    ),
    ...names.map(
      (name) =>
        !hasForm(own[name], new RegExp(`^[^]{0,${MOST_CHARACTERS}}$`)) &&
        `'responseHeaders' must have values of at most ${MOST_CHARACTERS} characters, and that of ${name} has ${own[name].length}: a longer policy belongs into the app, or the configuration of a StaticSite; give an empty text here`,
    ),
  ];
}

function without(headers: Headers, own: Headers): Headers {
  const taken = Object.keys(own).map((name) => name.toLowerCase());
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !taken.includes(name.toLowerCase())));
}

function actionOf(headerName: string, value: string) {
  return value === '' ? { headerAction: 'Delete', headerName } : { headerAction: 'Overwrite', headerName, value };
}
