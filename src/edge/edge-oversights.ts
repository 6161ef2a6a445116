import { TerraformResource } from 'cdktf';
import { IConstruct } from 'constructs';
import { blockOf, problemsAt, renderedOf, RenderedBlock as Block } from '../core/rendered-block';
import { isComputed, shown } from '../core/validation';
import { MOST_ACTIONS, MOST_CHARACTERS } from './edge-headers';
import { EdgeTier } from './edge-tier';
import { MOST_TEXTS } from './waf-custom-rules';

type Problem = string | false;

/** Operators that compare with texts; others compare with addresses, countries or sizes. */
const TEXTUAL = ['BeginsWith', 'Contains', 'EndsWith', 'Equal', 'RegEx'];

/** What is looked at, by type; tier is that of the profile. */
const LOOKS: { readonly [type: string]: (resource: Block, tier: unknown) => Problem[] } = {
  azurerm_cdn_frontdoor_firewall_policy: firewallProblems,
  azurerm_cdn_frontdoor_origin: originProblems,
  azurerm_cdn_frontdoor_route: ({ cache }) => cacheProblems(blockOf(cache)),
  azurerm_cdn_frontdoor_rule: ({ actions }) => actionProblems(blockOf(actions)),
};

/**
 * What Azure would refuse in the middle of an apply, or take without doing it, whoever wrote it: the last look at an edge, escape
 * hatches included.
 *
 * @param edge The edge.
 * @param profile Its profile.
 */
export function edgeOversights(edge: IConstruct, profile: TerraformResource): string[] {
  const tier = renderedOf(profile).sku_name;
  return edge.node
    .findAll()
    .filter((x): x is TerraformResource => TerraformResource.isTerraformResource(x))
    .flatMap((resource) =>
      problemsAt(resource, LOOKS[resource.terraformResourceType]?.(renderedOf(resource), tier) ?? []),
    );
}

function originProblems(origin: Block, tier: unknown): Problem[] {
  const link = origin.private_link === undefined ? undefined : blockOf(origin.private_link);
  return [
    origin.enabled === undefined &&
      "'enabled' must be said: left out, the provider creates the origin disabled, and the next plan wants it otherwise",
    link !== undefined &&
      tier === EdgeTier.STANDARD &&
      `'private_link' takes the tier ${EdgeTier.PREMIUM} of the profile, got ${tier}`,
    link !== undefined &&
      origin.certificate_name_check_enabled === false &&
      "'private_link' takes 'certificate_name_check_enabled'",
    link !== undefined &&
      link.target_type === undefined &&
      !/privateLinkServices|private_link_service/.test(String(link.private_link_target_id)) &&
      "'private_link' must have a 'target_type', e.g. sites, unless it leads to a private link service",
  ];
}

function cacheProblems({ query_string_caching_behavior: behavior, query_strings: names }: Block): Problem[] {
  return [
    /Specified/.test(String(behavior)) &&
      !isComputed(names) &&
      (names ?? []).length === 0 &&
      `'cache' must name its 'query_strings' with the behaviour ${behavior}, or Azure keeps one answer for all of them`,
  ];
}

function actionProblems(actions: Block): Problem[] {
  const all: Block[] = Object.values(actions).flat();
  return [
    all.length > MOST_ACTIONS && `'actions' must be at most ${MOST_ACTIONS}, got ${all.length}: make another rule`,
    ...all.map(
      ({ header_action: action, header_name: name, value }) =>
        action === 'Delete' &&
        value !== undefined &&
        `'actions' must delete the header ${shown(name)} without a 'value', got ${shown(value)}`,
    ),
    ...all.map(
      ({ header_name: name, value }) =>
        typeof value === 'string' &&
        !isComputed(value) &&
        value.length > MOST_CHARACTERS &&
        `'actions' must write at most ${MOST_CHARACTERS} characters into the header ${shown(name)}, got ${value.length}: leave a longer one to the origin`,
    ),
  ];
}

function firewallProblems(policy: Block, tier: unknown): Problem[] {
  const { sku_name: own, custom_rule: custom, managed_rule: managed } = policy;
  return [
    own !== tier &&
      !isComputed(own) &&
      !isComputed(tier) &&
      `'sku_name' must be the tier of the profile, ${shown(tier)}, got ${shown(own)}`,
    ...listOf(custom).flatMap(limitProblems),
    ...listOf(custom).flatMap(textProblems),
    ...listOf(managed).flatMap(overrideProblems),
  ];
}

/** A limit that looks at nothing limits nobody. */
function limitProblems({ name, type, match_condition: conditions }: Block): Problem[] {
  const looks = listOf(conditions).every(
    ({ match_values: values }) => isComputed(values) || listOf(values).some((value: unknown) => value !== ''),
  );
  return [
    type === 'RateLimitRule' &&
      !isComputed(conditions) &&
      !(looks && listOf(conditions).length > 0) &&
      `the limit ${shown(name)} must look at something, or everybody passes: for all requests at 'SocketAddr' by 'IPMatch' of 0.0.0.0/0 and ::/0`,
  ];
}

function textProblems({ name, match_condition: conditions }: Block): Problem[] {
  return listOf(conditions).map(({ operator, match_values: values, negation_condition: negated }) => {
    const count = listOf(values).length;
    return (
      TEXTUAL.includes(operator) &&
      count > MOST_TEXTS &&
      // conditions of a rule hold all together
      `the rule ${shown(name)} must have at most ${MOST_TEXTS} 'match_values' with ${operator} in one condition, got ${count}: make another ${negated ? 'condition' : 'rule'}`
    );
  });
}

function overrideProblems({ type, version, override }: Block): Problem[] {
  const scores = type === 'Microsoft_DefaultRuleSet' && /^2\./.test(String(version));
  return listOf(override)
    .flatMap(({ rule }) => listOf(rule))
    .flatMap(({ rule_id: id, enabled, action }) => [
      enabled === undefined &&
        `the override of ${id} must say whether it is 'enabled': left out, the provider switches the rule off`,
      scores &&
        !isComputed(action) &&
        !['AnomalyScoring', 'Log'].includes(action) &&
        `the override of ${id} must have the 'action' AnomalyScoring or Log, got ${shown(action)}: rules of ${type} ${version} add to a score`,
    ]);
}

/** A list; of one that Terraform has yet to compute, nothing is known. */
function listOf(value: any): any[] {
  return Array.isArray(value) ? value : value === undefined || typeof value === 'string' ? [] : [value];
}
