import {
  CdnFrontdoorFirewallPolicyManagedRule,
  CdnFrontdoorFirewallPolicyManagedRuleOverride,
} from '@cdktf/provider-azurerm/lib/cdn-frontdoor-firewall-policy';
import { hasForm, isComputed, shown } from '../core/validation';
import { FirewallExclusion, FirewallMatch, FirewallOptions, FirewallRuleAction } from './waf-options';

const { ALLOW, BLOCK, CHALLENGE, LOG, OFF, SCORE } = FirewallRuleAction;

const ATTACKS = { type: 'Microsoft_DefaultRuleSet', version: '2.1' };
const BOTS = { type: 'Microsoft_BotManagerRuleSet', version: '1.1' };

/** How ids of rules begin, and the group that they are in; those of eight digits begin with five of them. */
const ATTACK_GROUPS: Array<[string, string]> = [
  ['99001', 'MS-ThreatIntel-CVEs'],
  ['99005', 'MS-ThreatIntel-WebShells'],
  ['99030', 'MS-ThreatIntel-AppSec'],
  ['99031', 'MS-ThreatIntel-SQLI'],
  ['200', 'General'],
  ['911', 'METHOD-ENFORCEMENT'],
  ['920', 'PROTOCOL-ENFORCEMENT'],
  ['921', 'PROTOCOL-ATTACK'],
  ['930', 'LFI'],
  ['931', 'RFI'],
  ['932', 'RCE'],
  ['933', 'PHP'],
  ['934', 'NODEJS'],
  ['941', 'XSS'],
  ['942', 'SQLI'],
  ['943', 'FIX'],
  ['944', 'JAVA'],
];
const BOT_GROUPS: Array<[string, string]> = [
  ['Bot100', 'BadBots'],
  ['Bot200', 'GoodBots'],
  ['Bot300', 'UnknownBots'],
];

/** What Azure takes in each set; others it refuses in the middle of an apply. */
const ATTACK_ACTIONS = [SCORE, LOG, OFF];
const BOT_ACTIONS = [ALLOW, BLOCK, CHALLENGE, LOG, OFF];

/** Most exclusions of a policy. */
const MOST_EXCLUSIONS = 100;

interface RuleChange {
  readonly ruleId: string;
  readonly action: FirewallRuleAction;
  readonly exclusions: FirewallExclusion[];
}

/**
 * Microsoft's rule sets, with what differs from them, in an order that does not depend on how it was said.
 */
export function managedRules({
  rules = {},
  exclusions = [],
}: FirewallOptions): CdnFrontdoorFirewallPolicyManagedRule[] {
  const ids = [...new Set([...Object.keys(rules), ...exclusions.map(({ ruleId }) => ruleId ?? '')])].filter((id) => id);
  const changes = ids.sort().map((ruleId) => ({
    ruleId,
    action: rules[ruleId] ?? SCORE,
    exclusions: exclusions.filter((exclusion) => exclusion.ruleId === ruleId),
  }));
  const everywhere = exclusions.filter(({ ruleId }) => ruleId === undefined);
  return [
    {
      ...ATTACKS,
      action: 'Block',
      exclusion: everywhere.length > 0 ? exclusionBlocks(everywhere) : undefined,
      override: overridesOf(changes, ATTACK_GROUPS),
    },
    { ...BOTS, action: 'Block', override: overridesOf(changes, BOT_GROUPS) },
  ];
}

/**
 * What is wrong with rules and exclusions, as clauses for `rejectIf()`.
 */
export function managedRuleProblems({ rules = {}, exclusions = [] }: FirewallOptions): Array<string | false> {
  return [
    ...Object.entries(rules).flatMap(([ruleId, action]) => [
      unknownRuleProblem('rules', ruleId),
      groupOf(ruleId, ATTACK_GROUPS) !== undefined &&
        !ATTACK_ACTIONS.includes(action) &&
        `'rules' about attacks add to a score, so that ${ruleId} must be SCORE, LOG or OFF; got ${shown(action)}`,
      groupOf(ruleId, BOT_GROUPS) !== undefined &&
        !BOT_ACTIONS.includes(action) &&
        `'rules' about bots have no score, so that ${ruleId} must be ALLOW, BLOCK, CHALLENGE, LOG or OFF; got ${shown(action)}`,
    ]),
    ...exclusions.flatMap(({ name, ruleId }) => [
      !hasForm(name, /^.{1,256}$/) && `'exclusions' must have names of 1 to 256 characters, got ${shown(name)}`,
      ruleId !== undefined && unknownRuleProblem('exclusions', ruleId),
      ruleId !== undefined &&
        groupOf(ruleId, BOT_GROUPS) !== undefined &&
        `'exclusions' must be of rules about attacks: those about bots look into no fields, got ${shown(ruleId)}`,
    ]),
    exclusions.length > MOST_EXCLUSIONS && `'exclusions' must be at most ${MOST_EXCLUSIONS}, got ${exclusions.length}`,
  ];
}

function unknownRuleProblem(prop: string, ruleId: string): string | false {
  const known = !isComputed(ruleId) && (groupOf(ruleId, ATTACK_GROUPS) ?? groupOf(ruleId, BOT_GROUPS)) !== undefined;
  return (
    !known &&
    `'${prop}' must name rules of ${ATTACKS.type} ${ATTACKS.version} or ${BOTS.type} ${BOTS.version} by their literal ids, e.g. 942430 or Bot300600; got ${shown(ruleId)}`
  );
}

function groupOf(ruleId: string, groups: Array<[string, string]>): string | undefined {
  const digits = groups === BOT_GROUPS ? /^Bot\d{6}$/ : /^(200\d{3}|9\d{5}|99\d{6})$/;
  const length = ruleId.length === 8 ? 5 : 3;
  return digits.test(ruleId)
    ? groups.find(([start]) => ruleId.startsWith(start) && (groups === BOT_GROUPS || start.length === length))?.[1]
    : undefined;
}

function overridesOf(
  changes: RuleChange[],
  groups: Array<[string, string]>,
): CdnFrontdoorFirewallPolicyManagedRuleOverride[] | undefined {
  const names = [...new Set(changes.map(({ ruleId }) => groupOf(ruleId, groups)))].filter((name) => name !== undefined);
  const overrides = names.sort().map((ruleGroupName) => ({
    ruleGroupName,
    rule: changes
      .filter(({ ruleId }) => groupOf(ruleId, groups) === ruleGroupName)
      .map(({ ruleId, action, exclusions }) => ({
        ruleId,
        // left out, it would be false: the provider would switch the rule off
        enabled: action !== OFF,
        action: action === OFF ? LOG : action,
        exclusion: exclusions.length > 0 ? exclusionBlocks(exclusions) : undefined,
      })),
  }));
  return overrides.length > 0 ? overrides : undefined;
}

function exclusionBlocks(exclusions: FirewallExclusion[]) {
  return exclusions
    .map(({ field, name, match = FirewallMatch.EQUALS }) => ({
      matchVariable: field,
      operator: match,
      selector: name,
      // nobody knows how a name is spelt that Terraform has yet to compute
      text: [field, match, isComputed(name) ? '' : name].join(' '),
    }))
    .sort((a, b) => Number(a.text > b.text) - Number(a.text < b.text))
    .map(({ matchVariable, operator, selector }) => ({ matchVariable, operator, selector }));
}
