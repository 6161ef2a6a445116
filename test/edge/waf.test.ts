import { Environment } from '../../src/core/environment';
import { EdgeGateway } from '../../src/edge/edge-gateway';
import { EdgeTier } from '../../src/edge/edge-tier';
import { FirewallField, FirewallMatch, FirewallOptions, FirewallRuleAction } from '../../src/edge/waf-options';
import { Rendered, workloadIn } from '../support';

const { ALLOW, BLOCK, CHALLENGE, LOG, OFF, SCORE } = FirewallRuleAction;

function define(firewall?: FirewallOptions, tier?: EdgeTier) {
  const workload = workloadIn(Environment.PROD);
  new EdgeGateway(workload, 'Edge', { firewall, tier });
  return workload;
}

const policy = (firewall?: FirewallOptions) =>
  new Rendered(define(firewall)).only('azurerm_cdn_frontdoor_firewall_policy');

const EVERYBODY = { match_variable: 'SocketAddr', operator: 'IPMatch', match_values: ['0.0.0.0/0', '::/0'] };

describe('defaults', () => {
  const found = policy();

  test('prevention, request bodies included, under a name of letters and digits', () => {
    expect(found).toMatchObject({
      name: expect.stringMatching(/^fdfpbillingprod[a-z0-9]+$/),
      enabled: true,
      mode: 'Prevention',
      request_body_check_enabled: true,
      custom_block_response_status_code: 403,
    });
  });

  test('rules of Microsoft about attacks and bots', () => {
    expect(found.managed_rule).toEqual([
      { type: 'Microsoft_DefaultRuleSet', version: '2.1', action: 'Block' },
      { type: 'Microsoft_BotManagerRuleSet', version: '1.1', action: 'Block' },
    ]);
  });

  test('limits that look at something, or everybody would pass', () => {
    const limit = { type: 'RateLimitRule', action: 'Block', enabled: true, rate_limit_duration_in_minutes: 1 };
    expect(found.custom_rule).toEqual([
      {
        ...limit,
        name: 'SignIns',
        priority: 50,
        rate_limit_threshold: 20,
        match_condition: [
          {
            match_variable: 'RequestUri',
            operator: 'Contains',
            match_values: ['/login', '/oauth/token', '/oauth2/token', '/password', '/sign-in', '/signin'],
            transforms: ['UrlDecode', 'Lowercase'],
          },
          { match_variable: 'RequestMethod', operator: 'Equal', match_values: ['POST'] },
        ],
      },
      { ...limit, name: 'Requests', priority: 60, rate_limit_threshold: 1000, match_condition: [EVERYBODY] },
    ]);
  });

  test('no tokens and nothing that people typed in its log', () => {
    expect(found.log_scrubbing).toEqual({
      enabled: true,
      scrubbing_rule: [
        { match_variable: 'RequestHeaderNames', operator: 'Equals', selector: 'Authorization', enabled: true },
        ...['RequestCookieNames', 'QueryStringArgNames', 'RequestBodyPostArgNames', 'RequestBodyJsonArgNames'].map(
          (match_variable) => ({ match_variable, operator: 'EqualsAny', enabled: true }),
        ),
      ],
    });
  });
});

describe('choices', () => {
  test('who may call, and how often', () => {
    const found = policy({
      detectOnly: true,
      blockedAddresses: ['203.0.113.7', '198.51.100.0/24', '203.0.113.7'],
      allowedAddresses: ['192.0.2.0/24', '2001:db8::/32'],
      allowedCountries: ['DE', 'AT'],
      unlimitedAddresses: ['192.0.2.1'],
      signInPaths: ['/session'],
      signInRequestsPerMinute: 10,
      requestsPerMinute: 1_000_000,
    });

    const unlimited = {
      match_variable: 'SocketAddr',
      operator: 'IPMatch',
      match_values: ['192.0.2.1'],
      negation_condition: true,
    };
    expect(found.mode).toBe('Detection');
    expect(found.custom_rule).toMatchObject([
      {
        name: 'BlockedAddresses',
        type: 'MatchRule',
        action: 'Block',
        priority: 10,
        match_condition: [
          { match_variable: 'SocketAddr', operator: 'IPMatch', match_values: ['198.51.100.0/24', '203.0.113.7'] },
        ],
      },
      {
        name: 'OtherAddresses',
        priority: 20,
        match_condition: [
          { operator: 'IPMatch', match_values: ['192.0.2.0/24', '2001:db8::/32'], negation_condition: true },
        ],
      },
      {
        name: 'OtherCountries',
        priority: 40,
        match_condition: [
          { match_variable: 'SocketAddr', operator: 'GeoMatch', match_values: ['AT', 'DE'], negation_condition: true },
        ],
      },
      { name: 'SignIns', rate_limit_threshold: 10, match_condition: [{ match_values: ['/session'] }, {}, unlimited] },
      { name: 'Requests', rate_limit_threshold: 1_000_000, match_condition: [EVERYBODY, unlimited] },
    ]);
  });

  test('countries that may not call, and nobody signs in', () => {
    const { custom_rule } = policy({ blockedCountries: ['KP'], signInPaths: [] });

    expect(custom_rule).toMatchObject([
      { name: 'BlockedCountries', priority: 30, match_condition: [{ operator: 'GeoMatch', match_values: ['KP'] }] },
      { name: 'Requests' },
    ]);
    expect(custom_rule[0].match_condition[0]).not.toHaveProperty('negation_condition');
  });

  test('rules that do something else say that they are on, in whatever order they come', () => {
    const rules = {
      Bot300600: CHALLENGE,
      Bot100100: ALLOW,
      '99031001': SCORE,
      '942430': LOG,
      '941100': OFF,
      '200003': LOG,
    };
    const reversed = Object.fromEntries(Object.entries(rules).reverse());

    const found = policy({ rules }).managed_rule;

    expect(found[0].override).toEqual([
      { rule_group_name: 'General', rule: [{ rule_id: '200003', action: 'Log', enabled: true }] },
      {
        rule_group_name: 'MS-ThreatIntel-SQLI',
        rule: [{ rule_id: '99031001', action: 'AnomalyScoring', enabled: true }],
      },
      { rule_group_name: 'SQLI', rule: [{ rule_id: '942430', action: 'Log', enabled: true }] },
      { rule_group_name: 'XSS', rule: [{ rule_id: '941100', action: 'Log', enabled: false }] },
    ]);
    expect(found[1].override).toEqual([
      { rule_group_name: 'BadBots', rule: [{ rule_id: 'Bot100100', action: 'Allow', enabled: true }] },
      { rule_group_name: 'UnknownBots', rule: [{ rule_id: 'Bot300600', action: 'JSChallenge', enabled: true }] },
    ]);
    expect(policy({ rules: reversed }).managed_rule).toEqual(found);
  });

  test('fields that rules do not look into, all of them or one', () => {
    const [attacks, bots] = policy({
      exclusions: [
        { field: FirewallField.JSON, name: 'comment', ruleId: '942430' },
        { field: FirewallField.HEADER, name: 'X-Trace', match: FirewallMatch.CONTAINS },
        { field: FirewallField.COOKIE, name: 'session', match: FirewallMatch.STARTS_WITH },
      ],
    }).managed_rule;

    expect(attacks.exclusion).toEqual([
      { match_variable: 'RequestCookieNames', operator: 'StartsWith', selector: 'session' },
      { match_variable: 'RequestHeaderNames', operator: 'Contains', selector: 'X-Trace' },
    ]);
    expect(attacks.override).toEqual([
      {
        rule_group_name: 'SQLI',
        rule: [
          {
            rule_id: '942430',
            action: 'AnomalyScoring',
            enabled: true,
            exclusion: [{ match_variable: 'RequestBodyJsonArgNames', operator: 'Equals', selector: 'comment' }],
          },
        ],
      },
    ]);
    expect(bots).not.toHaveProperty('override');
  });

  test('no addresses of clients in the log', () => {
    const workload = workloadIn(Environment.DEV);
    new EdgeGateway(workload, 'Edge', { anonymousLogs: true });

    const { log_scrubbing } = new Rendered(workload).only('azurerm_cdn_frontdoor_firewall_policy');

    // azurerm refuses another operator
    expect(log_scrubbing.scrubbing_rule).toContainEqual({
      match_variable: 'RequestIPAddress',
      operator: 'EqualsAny',
      enabled: true,
    });
  });
});

describe('fails', () => {
  const UNKNOWN =
    'must name rules of Microsoft_DefaultRuleSet 2.1 or Microsoft_BotManagerRuleSet 1.1 by their literal ids, e.g. 942430 or Bot300600; got';

  test.each<[string, FirewallOptions, string]>([
    ['few requests', { requestsPerMinute: 9 }, "'requestsPerMinute' must be a whole number from 10 to 1000000, got 9"],
    [
      'half sign-ins',
      { signInRequestsPerMinute: 10.5 },
      "'signInRequestsPerMinute' must be a whole number from 10 to 1000000, got 10.5",
    ],
    ['no addresses', { blockedAddresses: [] }, "'blockedAddresses' must have at least one, or be left out; got none"],
    [
      'no address',
      { allowedAddresses: ['203.0.113.0/33'] },
      '\'allowedAddresses\' must be addresses or networks such as 203.0.113.0/24, got "203.0.113.0/33"',
    ],
    [
      'many addresses',
      { unlimitedAddresses: Array.from({ length: 601 }, (_, i) => `10.0.${Math.floor(i / 256)}.${i % 256}`) },
      "'unlimitedAddresses' must have at most 600, got 601",
    ],
    [
      'no country',
      { blockedCountries: ['Germany'] },
      '\'blockedCountries\' must be ISO 3166 codes such as DE, got "Germany"',
    ],
    [
      'both lists of countries',
      { allowedCountries: ['DE'], blockedCountries: ['KP'] },
      "'allowedCountries' and 'blockedCountries' exclude each other: whoever is not allowed is blocked",
    ],
    [
      'no path',
      { signInPaths: ['Login'] },
      '\'signInPaths\' must be parts of paths in lower case, with a slash first, got "Login"',
    ],
    ['an unknown rule', { rules: { '123456': LOG } }, `'rules' ${UNKNOWN} "123456"`],
    ['an unknown rule about bots', { rules: { Bot900000: LOG } }, `'rules' ${UNKNOWN} "Bot900000"`],
    [
      'a rule about attacks that blocks by itself',
      { rules: { '942430': BLOCK } },
      '\'rules\' about attacks add to a score, so that 942430 must be SCORE, LOG or OFF; got "Block"',
    ],
    [
      'a rule about bots that scores',
      { rules: { Bot100100: SCORE } },
      '\'rules\' about bots have no score, so that Bot100100 must be ALLOW, BLOCK, CHALLENGE, LOG or OFF; got "AnomalyScoring"',
    ],
    [
      'an exclusion without a name',
      { exclusions: [{ field: FirewallField.FORM, name: '' }] },
      '\'exclusions\' must have names of 1 to 256 characters, got ""',
    ],
    [
      'an exclusion of an unknown rule',
      { exclusions: [{ field: FirewallField.FORM, name: 'a', ruleId: 'x' }] },
      `'exclusions' ${UNKNOWN} "x"`,
    ],
    [
      'an exclusion of a rule about bots',
      { exclusions: [{ field: FirewallField.FORM, name: 'a', ruleId: 'Bot100100' }] },
      '\'exclusions\' must be of rules about attacks: those about bots look into no fields, got "Bot100100"',
    ],
    [
      'many exclusions',
      { exclusions: Array.from({ length: 101 }, (_, i) => ({ field: FirewallField.FORM, name: `a${i}` })) },
      "'exclusions' must be at most 100, got 101",
    ],
  ])('%s', (_, firewall, message) => {
    expect(() => define(firewall)).toThrow(`stack/Billing/Edge: ${message}`);
  });

  test('rules of Microsoft with STANDARD, which has none', () => {
    expect(() => define({ rules: { '942430': LOG } }, EdgeTier.STANDARD)).toThrow(
      "stack/Billing/Edge: 'rules' and 'exclusions' must be left out with the tier STANDARD, which has none of Microsoft's rules; take PREMIUM",
    );
  });
});
