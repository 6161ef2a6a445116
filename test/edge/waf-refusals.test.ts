import { Environment } from '../../src/core/environment';
import { EdgeTier } from '../../src/edge/edge-tier';
import { FirewallField, FirewallOptions, FirewallRuleAction } from '../../src/edge/waf-options';
import { addresses, edgeIn } from './edge-fixtures';

const { BLOCK, LOG, SCORE } = FirewallRuleAction;

const define = (firewall: FirewallOptions, tier?: EdgeTier) => edgeIn(Environment.PROD, { firewall, tier });

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
      { blockedAddresses: addresses(601) },
      "'blockedAddresses' must have at most 600, got 601: name networks that hold several of them",
    ],
    [
      'many addresses beside everybody',
      { unlimitedAddresses: addresses(599) },
      "'unlimitedAddresses' must have at most 598, got 599: name networks that hold several of them",
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
    [
      'many paths',
      { signInPaths: Array.from({ length: 11 }, (_, i) => `/login${i}`) },
      "'signInPaths' must have at most 10, got 11: name a part that several of them begin with, e.g. /oauth",
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
