import { Token } from 'cdktf';
import { AlertRoute, ChatChannel, Environment, Severity } from '../../src';
import { workloadIn } from '../support';
import { AT, secretIn, stackIn } from './fixtures';
import { EXISTING, rendered } from './routing-fixtures';

describe('fails', () => {
  const TEAM = ['team@example.com'];

  test.each<[string, AlertRoute, string]>([
    [
      'nobody',
      {},
      '\'routes\' must reach somebody for P0 and P1, or nobody ever hears of it; route "team": must tell somebody: give it emails, phones, webhooks, channels or action groups',
    ],
    [
      'nobody for the worst',
      { emails: TEAM, severities: [Severity.P1] },
      "'routes' must reach somebody for P0, or nobody ever hears of it",
    ],
    [
      'an address',
      { emails: ['team'] },
      'route "team": \'emails\' must be addresses such as ada@example.com, got "team"',
    ],
    [
      'an address twice',
      { emails: ['a@example.com', 'A@example.com'] },
      'route "team": \'emails\' must have each once; "A@example.com" is there twice',
    ],
    [
      'a country code with a plus',
      { phones: [{ countryCode: '+49', phoneNumber: '1701234567' }] },
      'route "team": \'countryCode\' must be 1 to 3 digits without + or zeros before them, such as 49; got "+49"',
    ],
    [
      'a phone number with a zero',
      { phones: [{ countryCode: '49', phoneNumber: '0170 1234567' }] },
      'route "team": \'phoneNumber\' must be 4 to 14 digits without the country\'s code or a zero before them, got "0170 1234567"',
    ],
    [
      'a webhook without TLS',
      { webhooks: ['http://alerts.example.com'] },
      'route "team": \'webhooks\' must start with https://, got "http://alerts.example.com"',
    ],
    [
      'a secret address',
      { webhooks: ['https://alerts.example.com/x?sig=abc'] },
      "route \"team\": 'webhooks' must hold nothing secret, because whoever reads the state or the action group has it; put the address into a vault, and the secret into 'channels'",
    ],
    [
      'a group',
      { actionGroupIds: ['ag'] },
      'route "team": \'actionGroupIds\' must be Azure resource ids of action groups, got "ag"',
    ],
    [
      'many groups',
      { actionGroupIds: [1, 2, 3, 4, 5].map((i) => `${EXISTING}${i}`) },
      "'routes' must have fewer than 5 'actionGroupIds': a rule calls 5 groups at most, and one is our own",
    ],
    [
      'many phones',
      { phones: Array.from({ length: 11 }, (_, i) => ({ countryCode: '49', phoneNumber: `170123450${i}` })) },
      'route "team": \'phones\' must be 10 at most, got 11',
    ],
    [
      'a list that is not written here',
      { emails: Token.asList('${var.emails}') },
      'route "team": \'emails\' must be listed one by one, because each becomes a receiver; got a value that Terraform has yet to compute',
    ],
    [
      'no severity',
      { emails: TEAM, severities: [] },
      "'routes' must reach somebody for P0 and P1, or nobody ever hears of it; route \"team\": 'severities' must name at least one; leave it out for all",
    ],
  ])('%s', (_, team, problem) => {
    expect(() => rendered({ routes: { team } })).toThrow(new Error(AT + problem));
  });

  test('two channels of one kind in a route', () => {
    const workload = workloadIn(Environment.DEV);
    const channels = ['a', 'b'].map((name) => ChatChannel.slack(secretIn(workload, name)));
    expect(() => stackIn(workload, { routes: { team: { channels } } })).toThrow(
      new Error(
        `${AT}route "team": 'channels' must have one of each kind; put the other one into a route of its own; "Slack" is there twice`,
      ),
    );
  });

  test('a key that could be no address', () => {
    expect(() => rendered({ routes: { 'a/b': { emails: TEAM } } })).toThrow(
      new Error(
        `${AT}'routes' must have keys that start with a letter and have only letters, digits and hyphens; got "a/b"`,
      ),
    );
  });

  test('a route that is called like the escalation', () => {
    expect(() => rendered({ routes: { Escalation: { emails: TEAM } } })).toThrow(
      new Error(`${AT}'routes' must not have the key "Escalation", which stands for the prop 'escalation'`),
    );
  });

  test('an escalation that reaches nobody, or a time without one', () => {
    expect(() => rendered({ escalation: { severities: [Severity.P0] } })).toThrow(
      new Error(
        `${AT}route "escalation": must tell somebody: give it emails, phones, webhooks, channels or action groups`,
      ),
    );
    expect(() => rendered({ escalationMinutes: 15 })).toThrow(
      new Error(`${AT}'escalationMinutes' must come with an 'escalation'`),
    );
    expect(() => rendered({ escalation: { emails: TEAM }, escalationMinutes: 4 })).toThrow(
      new Error(`${AT}'escalationMinutes' must be a whole number from 5 to 1440, got 4`),
    );
  });
});
