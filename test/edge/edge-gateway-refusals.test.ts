import { TerraformResource, TerraformVariable } from 'cdktf';
import { EdgeOrigin } from '../../src/contracts/edge';
import { Environment } from '../../src/core/environment';
import { EdgeBackendOptions } from '../../src/edge/edge-options';
import { EdgeTier } from '../../src/edge/edge-tier';
import { Rendered } from '../support';
import { edgeIn, LOCKED, SITE } from './edge-fixtures';

describe('fails', () => {
  test('every prop, all at once', () => {
    expect(() =>
      edgeIn(Environment.DEV, {
        responseTimeoutSeconds: 10,
        responseHeaders: { 'a b': '', X: '1', x: '2', C: '', D: 'a\nb' },
      }),
    ).toThrow(
      "Billing/Edge: 'responseTimeoutSeconds' must be a whole number from 16 to 240, got 10; " +
        '\'responseHeaders\' must have literal names of letters, digits and hyphens, got "a b"; ' +
        "'responseHeaders' must name each header once, in whatever case; " +
        '\'responseHeaders\' must have values of one line, of printable characters of ASCII, and that of D is "a\\nb"',
    );
    expect(() =>
      edgeIn(Environment.DEV, { responseHeaders: { A: '1', B: '1', C: '1', D: '1', E: '1', F: '1' } }),
    ).toThrow(
      "'responseHeaders' must have at most 5 with a value, which is what one rule of Front Door can write; got 6",
    );
  });

  test('a header that is longer than Front Door writes', () => {
    const policy = (characters: number) => ({ 'Content-Security-Policy': 'x'.repeat(characters) });

    expect(() => edgeIn(Environment.DEV, { responseHeaders: policy(640) })).not.toThrow();
    expect(() => edgeIn(Environment.DEV, { responseHeaders: policy(641) })).toThrow(
      /^stack\/Billing\/Edge: 'responseHeaders' must have values of at most 640 characters, and that of Content-Security-Policy has 641: a longer policy belongs into the app, or the configuration of a StaticSite; give an empty text here$/,
    );
  });

  const KEY = "'key' must be a literal of 2 to 50 letters and digits, with single hyphens between them; got";

  test.each<[string, string, EdgeBackendOptions, Partial<EdgeOrigin>, string]>([
    ['a key that is none', 'a--b', {}, {}, `Edge: ${KEY} "a--b"`],
    ['a key in use', 'THERE', {}, {}, 'Edge: the backend "THERE" exists already'],
    [
      'a domain that is none',
      'api',
      { domains: ['*.example.com'] },
      {},
      'Edge: \'domains\' must be a literal host name in lower case, without a wildcard, for which azurerm gets no certificate; got "*.example.com"',
    ],
    ['no domains', 'api', { domains: [] }, {}, "Edge: 'domains' must name at least one, or be left out; got none"],
    ['a domain twice', 'api', { domains: ['a.de', 'a.de'] }, {}, "Edge: 'domains' must name each domain once"],
    ['no paths', 'api', { paths: [] }, {}, "Edge: 'paths' must have at least one, or be left out; got none"],
    [
      'many paths',
      'api',
      { paths: Array.from({ length: 26 }, (_, i) => `/${i}`) },
      {},
      "Edge: 'paths' must have at most 25, got 26",
    ],
    ['a path twice', 'api', { paths: ['/a', '/a'] }, {}, "Edge: 'paths' must name each path once"],
    [
      'a path that is none',
      'api',
      { immutablePaths: ['/*.js'] },
      {},
      'Edge: \'immutablePaths\' must be literal paths, exact or with * as their last part, e.g. /api/*; got "/*.js"',
    ],
    [
      'a path on both sides',
      'api',
      { paths: ['/a'], immutablePaths: ['/a'] },
      {},
      "Edge: 'immutablePaths' and 'paths' must differ, got \"/a\" in both",
    ],
    [
      'numbers out of range',
      'api',
      { healthPath: 'health', probeIntervalSeconds: 256, priority: 6, weight: 0, privateLinkLocation: 'atlantis' },
      {},
      'Edge: \'healthPath\' must be a literal path with a slash first, without query, got "health"; ' +
        "'probeIntervalSeconds' must be a whole number from 5 to 255, got 256; " +
        "'priority' must be a whole number from 1 to 5, got 6; 'weight' must be a whole number from 1 to 1000, got 0; " +
        "'privateLinkLocation' must be australiaeast, brazilsouth,",
    ],
    [
      'a private link that leads nowhere',
      'api',
      { privateLink: true },
      LOCKED,
      "Edge/Backend-api: 'privateLink' must be left out: none leads to the origin main, which tells this edge apart by its header",
    ],
    [
      'a start of no link',
      'api',
      { privateLink: false, privateLinkLocation: 'westeurope' },
      {},
      "Edge: 'privateLinkLocation' says where a private link starts, and there is none",
    ],
    [
      'a link that Front Door does not make',
      'api',
      {},
      { privateLinkTarget: 'staticSites' },
      'Edge/Backend-api: no private link of Front Door leads to "staticSites" of the origin main, only to blob, blob_secondary, Gateway, managedEnvironments, sites, web, web_secondary; say \'privateLink: false\'',
    ],
    [
      'a region without links',
      'api',
      {},
      { location: 'polandcentral' },
      "Edge/Backend-api: Front Door has no private links in polandcentral, where the origin main is: name the nearest region that has as 'privateLinkLocation', one of australiaeast,",
    ],
  ])('%s', (_, key, options, answer, message) => {
    const { edge, origin } = edgeIn();
    edge.addBackend('there', origin('there'));

    expect(() => edge.addBackend(key, origin('new', answer), options)).toThrow(`stack/Billing/${message}`);
  });

  test('origins that do not go together', () => {
    const { edge, origin } = edgeIn();
    const backend = edge.addBackend('api', origin('api'));

    expect(() => backend.addOrigin('main', origin('a'))).toThrow(
      'stack/Billing/Edge/Backend-api: the origin "main" exists already',
    );
    expect(() => backend.addOrigin('x', origin('b'))).toThrow(`stack/Billing/Edge/Backend-api: ${KEY} "x"`);
    expect(() => backend.addOrigin('other', origin('c', { healthPath: '/up' }))).toThrow(
      "stack/Billing/Edge/Backend-api: all origins are probed under one path, and other answers under /up in place of /health: give the backend a 'healthPath' that all of them have",
    );
    expect(() => backend.addOrigin('public', origin('d'), { privateLink: false })).toThrow(
      "stack/Billing/Edge/Backend-api: Azure takes no group of which some origins are reached by private link and others are not, and public differs; say 'privateLink: false' for all of them",
    );
  });

  test('a private link of STANDARD', () => {
    const { edge, origin } = edgeIn(Environment.DEV, { tier: EdgeTier.STANDARD });

    expect(() => edge.addBackend('api', origin('api'), { privateLink: true })).toThrow(
      "stack/Billing/Edge: 'privateLink' needs the tier PREMIUM; with STANDARD origins tell this edge apart by its header",
    );
  });
});

/** What only Azure would say, or nobody, of whatever an escape hatch leaves behind. */
describe('fails at synthesis', () => {
  const API = 'stack/Billing/Edge/Backend-api';
  const OWN = { name: 'Own', type: 'RateLimitRule', match_condition: [{ match_values: [''] }] };
  const NOBODY =
    "the limit \"Own\" must look at something, or everybody passes: for all requests at 'SocketAddr' by 'IPMatch' of 0.0.0.0/0 and ::/0";
  const matching = (count: number, condition: object = {}) => ({
    name: 'Own',
    type: 'MatchRule',
    match_condition: [
      { operator: 'Contains', match_values: Array.from({ length: count }, (_, i) => `${i}`), ...condition },
    ],
  });
  const drs = (rule: object) => [{ type: 'Microsoft_DefaultRuleSet', version: '2.1', override: [{ rule: [rule] }] }];
  const action = (header_action: string, i: number) => ({ header_action, header_name: `X-${i}`, value: 'x' });

  test.each<[string, string, string, unknown, string]>([
    [
      'an origin that nobody switches on',
      `${API}/Origin-main`,
      'enabled',
      undefined,
      "'enabled' must be said: left out, the provider creates the origin disabled, and the next plan wants it otherwise",
    ],
    [
      'a private link without a check of certificates',
      `${API}/Origin-main`,
      'certificate_name_check_enabled',
      false,
      "'private_link' takes 'certificate_name_check_enabled'",
    ],
    [
      'a private link to who knows what',
      `${API}/Origin-main`,
      'private_link.target_type',
      undefined,
      "'private_link' must have a 'target_type', e.g. sites, unless it leads to a private link service",
    ],
    [
      'arguments of queries that nobody specified',
      `${API}/Route`,
      'cache',
      { query_string_caching_behavior: 'IncludeSpecifiedQueryStrings' },
      "'cache' must name its 'query_strings' with the behaviour IncludeSpecifiedQueryStrings, or Azure keeps one answer for all of them",
    ],
    [
      'a sixth action',
      'stack/Billing/Edge/SecurityHeaders',
      'actions',
      { response_header_action: [action('Overwrite', 6)] },
      "'actions' must be at most 5, got 6: make another rule",
    ],
    [
      'a header that is deleted and has a value',
      'stack/Billing/Edge/ServerHeaders',
      'actions.response_header_action',
      [action('Delete', 1)],
      '\'actions\' must delete the header "X-1" without a \'value\', got "x"',
    ],
    [
      'a header that is longer than Front Door writes',
      'stack/Billing/Edge/SecurityHeaders',
      'actions.response_header_action.0.value',
      'x'.repeat(641),
      '\'actions\' must write at most 640 characters into the header "Permissions-Policy", got 641: leave a longer one to the origin',
    ],
    [
      'a firewall of another tier',
      'stack/Billing/Edge/Firewall',
      'sku_name',
      'Standard_AzureFrontDoor',
      '\'sku_name\' must be the tier of the profile, "Premium_AzureFrontDoor", got "Standard_AzureFrontDoor"',
    ],
    ['a limit that looks at an empty text', 'stack/Billing/Edge/Firewall', 'custom_rule', [OWN], NOBODY],
    [
      'a limit that looks at nothing',
      'stack/Billing/Edge/Firewall',
      'custom_rule',
      [{ name: 'Own', type: 'RateLimitRule' }],
      NOBODY,
    ],
    [
      'a rule that compares with many texts',
      'stack/Billing/Edge/Firewall',
      'custom_rule',
      [matching(11)],
      'the rule "Own" must have at most 10 \'match_values\' with Contains in one condition, got 11: make another rule',
    ],
    [
      'a rule for all but many texts',
      'stack/Billing/Edge/Firewall',
      'custom_rule',
      [matching(11, { operator: 'RegEx', negation_condition: true })],
      'the rule "Own" must have at most 10 \'match_values\' with RegEx in one condition, got 11: make another condition',
    ],
    [
      'an override that would switch its rule off',
      'stack/Billing/Edge/Firewall',
      'managed_rule',
      drs({ rule_id: '942430', action: 'Log' }),
      "the override of 942430 must say whether it is 'enabled': left out, the provider switches the rule off",
    ],
    [
      'an override that blocks by itself',
      'stack/Billing/Edge/Firewall',
      'managed_rule',
      drs({ rule_id: '942430', enabled: true, action: 'Block' }),
      'the override of 942430 must have the \'action\' AnomalyScoring or Log, got "Block": rules of Microsoft_DefaultRuleSet 2.1 add to a score',
    ],
  ])('%s', (_, path, attribute, value, message) => {
    const { workload, origin, edge } = edgeIn();
    edge.addBackend('api', origin('api'));
    const found = workload.node.findAll().find(({ node }) => node.path === path) as TerraformResource;
    found.addOverride(attribute, value);

    expect(() => new Rendered(workload)).toThrow(`${path}: ${message}\n`);
  });

  test('a private link of an origin whose profile was made STANDARD', () => {
    const { workload, origin, edge } = edgeIn();
    edge.addBackend('api', origin('api'));
    edge.resources.profile.skuName = EdgeTier.STANDARD;
    edge.resources.firewallPolicy.skuName = EdgeTier.STANDARD;

    expect(() => new Rendered(workload)).toThrow(
      `${API}/Origin-main: 'private_link' takes the tier Premium_AzureFrontDoor of the profile, got Standard_AzureFrontDoor\n`,
    );
  });

  test('but what Terraform has yet to compute passes, and a private link to a service of your own', () => {
    const { workload, origin, edge } = edgeIn();
    const { resources } = edge.addBackend('api', origin('api'));
    const token = new TerraformVariable(workload, 'Token', { type: 'any' });
    resources.route.addOverride('cache', {
      query_string_caching_behavior: 'IgnoreSpecifiedQueryStrings',
      query_strings: token.value,
    });
    resources.origins.main.addOverride('private_link', {
      private_link_target_id: `${SITE.replace('Web/sites', 'Network/privateLinkServices')}/own`,
      target_type: undefined,
    });
    edge.resources.firewallPolicy.addOverride('sku_name', token.stringValue);
    edge.resources.firewallPolicy.addOverride('custom_rule', [
      { ...OWN, match_condition: token.value },
      matching(0, { match_values: token.value }),
      matching(10),
      matching(11, { operator: 'GeoMatch' }),
    ]);
    edge.resources.headerRules[0].addOverride('actions.response_header_action.0.value', token.stringValue);

    expect(() => new Rendered(workload)).not.toThrow();
  });
});
