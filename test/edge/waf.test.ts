import { Environment } from '../../src/core/environment';
import { EdgeGateway } from '../../src/edge/edge-gateway';
import { FirewallField, FirewallMatch, FirewallOptions, FirewallRuleAction } from '../../src/edge/waf-options';
import { Rendered, workloadIn } from '../support';
import { addresses } from './edge-fixtures';

const { ALLOW, CHALLENGE, LOG, OFF, SCORE } = FirewallRuleAction;

function define(firewall?: FirewallOptions) {
  const workload = workloadIn(Environment.PROD);
  new EdgeGateway(workload, 'Edge', { firewall });
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

  test('as many addresses as a rule holds, and texts as a condition does', () => {
    const { custom_rule } = policy({
      blockedAddresses: [...addresses(600), ...addresses(1)],
      allowedAddresses: addresses(600),
      unlimitedAddresses: addresses(598),
      signInPaths: Array.from({ length: 10 }, (_, i) => `/login${i}`),
    });
    const counted = (operator: string) =>
      custom_rule.map(({ name, match_condition }: any) => [
        name,
        ...match_condition.filter((x: any) => x.operator === operator).map((x: any) => x.match_values.length),
      ]);

    expect(counted('IPMatch')).toEqual([
      ['BlockedAddresses', 600],
      ['OtherAddresses', 600],
      ['SignIns', 598],
      ['Requests', 2, 598],
    ]);
    expect(counted('Contains')).toContainEqual(['SignIns', 10]);
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
