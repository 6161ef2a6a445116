import { ChatChannel, Environment, MaintenanceWindow, SecretVault, Severity, Weekday } from '../../src';
import { Rendered, workloadIn } from '../support';
import { AT, GROUP, secretIn, stackIn, Widget } from './fixtures';
import { EXISTING, rendered } from './routing-fixtures';

const GROUPS = 'azurerm_monitor_action_group';
const RULE = 'azurerm_monitor_scheduled_query_rules_alert_v2';
const WINDOW = 'azurerm_monitor_alert_processing_rule_suppression';

describe('routes', () => {
  const found = rendered({
    routes: {
      team: {
        emails: ['Team@example.com', 'ops@example.com'],
        webhooks: ['https://alerts.example.com/azure'],
        actionGroupIds: [EXISTING],
      },
      'on-call': {
        severities: [Severity.P0, Severity.P1],
        emails: ['team@example.com'],
        phones: [{ countryCode: '49', phoneNumber: '1701234567' }],
      },
    },
  });

  test('tell everybody by e-mail, and those on call by text message as well, each once', () => {
    const emails = (group: any) => group.email_receiver.map((receiver: any) => receiver.email_address);
    const [p0, p2] = ['P0', 'P2'].map((severity) => found.at(GROUPS, `ActionGroups/${severity}/Resource`));
    expect(emails(p0)).toEqual(['ops@example.com', 'team@example.com']);
    expect(emails(p2)).toEqual(['ops@example.com', 'Team@example.com']);
    expect(p0.sms_receiver).toEqual([{ country_code: '49', name: 'sms-49-1701234567', phone_number: '1701234567' }]);
    expect(p2.sms_receiver).toEqual([]);
    expect(p0.short_name).toBe('billing-P0');
    expect(p0.email_receiver[0].use_common_alert_schema).toBe(true);
    expect(p0.webhook_receiver[0]).toMatchObject({
      service_uri: 'https://alerts.example.com/azure',
      use_common_alert_schema: true,
    });
  });

  test('call existing action groups beside our own', () => {
    const { action } = found.at('azurerm_monitor_metric_alert', 'one/Busy/Resource');
    expect(action.map((called: any) => called.action_group_id)).toEqual([
      expect.stringContaining('ActionGroups_P2'),
      EXISTING,
    ]);
    const { action: logAction } = found.at(RULE, 'ErrorRate/Resource');
    expect(logAction.action_groups).toEqual([expect.stringContaining('ActionGroups_P1'), EXISTING]);
  });

  test('make no group that would call nobody', () => {
    const only = rendered({ routes: { team: { actionGroupIds: [EXISTING], severities: [Severity.P0, Severity.P1] } } });
    expect(only.all(GROUPS)).toEqual([]);
    expect(only.at('azurerm_monitor_metric_alert', 'one/Busy/Resource').action).toEqual([]);
  });

  test('the short name of a group has twelve characters at most', () => {
    const workload = workloadIn(Environment.DEV, { name: 'longworkload' });
    stackIn(workload, { escalation: { emails: ['boss@example.com'] } });
    const names = new Rendered(workload).all(GROUPS).map(({ short_name: name }) => name);
    expect(names.sort()).toEqual(['longwork-ESC', 'longworkl-P0', 'longworkl-P1', 'longworkl-P2', 'longworkl-P3']);
  });
});

describe('channels', () => {
  const workload = workloadIn(Environment.DEV);
  const secret = (name: string) => secretIn(workload, name);
  const stack = stackIn(workload, {
    routes: {
      chat: {
        channels: [
          ChatChannel.teams(secret('teams')),
          ChatChannel.slack(secret('slack')),
          ChatChannel.pagerDuty(secret('pagerduty')),
          ChatChannel.webhook(secret('webhook')),
        ],
      },
    },
  });
  const found = new Rendered(workload);
  const bodyOf = (kind: string, step: string) =>
    JSON.parse(found.at('azurerm_logic_app_action_custom', `chat/${kind}/${step}`).body);

  test('are workflows that read the address in the vault under an identity of their own, each time', () => {
    expect(bodyOf('Teams', 'Read')).toMatchObject({
      inputs: {
        method: 'GET',
        uri: expect.stringMatching(/^https:\/\/kv-shared\.vault\.azure\.net\/secrets\/teams\?api-version=7\.4$/),
        authentication: { type: 'ManagedServiceIdentity', audience: 'https://vault.azure.net' },
      },
      runtimeConfiguration: { secureData: { properties: ['outputs'] } },
    });
    const grants = found.all('azurerm_role_assignment').map(({ role_definition_name: role, scope }) => [role, scope]);
    expect(grants).toContainEqual(['Key Vault Secrets User', expect.stringMatching(/\/secrets\/teams$/)]);
    expect(found.at('azurerm_logic_app_workflow', 'chat/Teams/Resource').identity.type).toBe('UserAssigned');
  });

  test.each([
    ['Teams', 'application/vnd.microsoft.card.adaptive'],
    ['Slack', '"text":"*@{'],
    ['PagerDuty', '"@triggerBody()"'],
    ['Webhook', '"@triggerBody()"'],
  ])('%s gets what it understands, at an address that no history of runs shows', (kind, part) => {
    const { inputs, runtimeConfiguration, runAfter } = bodyOf(kind, 'Post');
    expect(JSON.stringify(inputs.body)).toContain(part);
    expect(inputs.uri).toBe("@{body('ReadAddress')?['value']}");
    expect(runtimeConfiguration.secureData.properties).toEqual(['inputs']);
    expect(runAfter).toEqual({ ReadAddress: ['Succeeded'] });
  });

  test('are called by action groups, and the rest of the definition is written one step at a time', () => {
    const [receiver] = found.at(GROUPS, 'ActionGroups/P0/Resource').logic_app_receiver;
    expect(receiver).toMatchObject({ name: 'chat-PagerDuty', use_common_alert_schema: true });
    expect(receiver.callback_url).toMatch(/^\$\{azurerm_logic_app_trigger_http_request\..*\.callback_url\}$/);
    expect(found.at('azurerm_logic_app_action_custom', 'Teams/Post').depends_on).toHaveLength(1);
    expect(found.at('azurerm_logic_app_action_custom', 'Teams/Read').depends_on).toHaveLength(1);
  });

  test('raise an alert themselves when they do not deliver', () => {
    expect(Object.keys(stack.resources.metricAlerts)).toContain('Channel/chat/Teams/Undelivered');
    expect(Object.keys(stack.resources.channelWorkflows).sort()).toEqual([
      'chat/PagerDuty',
      'chat/Slack',
      'chat/Teams',
      'chat/Webhook',
    ]);
  });
});

describe('escalation', () => {
  test('tells others of alerts that are still new after a quarter of an hour', () => {
    const found = rendered({ escalation: { emails: ['boss@example.com'] } });
    const rule = found.at(RULE, 'Observability/Escalation/Resource');
    expect(rule).toMatchObject({ severity: 0, evaluation_frequency: 'PT5M', identity: { type: 'UserAssigned' } });
    const { query, dimension } = rule.criteria[0];
    expect(query).toContain('arg("").alertsmanagementresources');
    expect(query).toContain('in ("Sev0", "Sev1")');
    expect(query).toContain('ago(15m)');
    expect(query).toContain(`Alert !endswith "${rule.name}"`);
    expect(dimension.map(({ name }: { name: string }) => name)).toEqual(['Alert', 'AlertId']);
    expect(rule.action.action_groups).toEqual([expect.stringContaining('Escalation')]);
    expect(found.only('azurerm_role_assignment')).toMatchObject({ role_definition_name: 'Monitoring Reader' });
    expect(rule.depends_on).toHaveLength(1);
  });

  test('reads a workspace that lies elsewhere, too; and can be about other severities and times', () => {
    const found = rendered({
      workspaceId: `${GROUP}/providers/Microsoft.OperationalInsights/workspaces/log`,
      escalation: { severities: [Severity.P0], actionGroupIds: [EXISTING] },
      escalationMinutes: 30,
    });
    const rule = found.at(RULE, 'Observability/Escalation/Resource');
    expect(rule.criteria[0].query).toContain('in ("Sev0")');
    expect(rule.criteria[0].query).toContain('ago(30m)');
    expect(rule.action.action_groups).toEqual([EXISTING]);
    expect(found.all('azurerm_role_assignment').map(({ scope }) => scope)).toContain(
      `${GROUP}/providers/Microsoft.OperationalInsights/workspaces/log`,
    );
  });

  test('can be disabled by key', () => {
    const found = rendered({
      escalation: { emails: ['boss@example.com'] },
      alerts: { Escalation: { disabled: true } },
    });
    expect(JSON.stringify(found.all(RULE))).not.toContain('alertsmanagementresources');
    expect(found.all('azurerm_role_assignment')).toEqual([]);
  });
});

describe('maintenance', () => {
  const windows: { [key: string]: MaintenanceWindow } = {
    night: { timeZone: 'Europe/Berlin' },
    weekend: { days: [Weekday.SUNDAY, Weekday.SATURDAY], from: '02:00', to: '04:30', severities: [Severity.P1] },
    move: { startsAt: '2027-01-02T18:00:00', endsAt: '2027-01-03T06:00:00' },
  };
  const found = rendered({ maintenance: windows });

  test('is from six to six unless one says otherwise, and only about what can wait', () => {
    const { condition, schedule, scopes } = found.at(WINDOW, 'Maintenance/night/Resource');
    expect(condition.severity).toEqual({ operator: 'Equals', values: ['Sev2', 'Sev3'] });
    expect(condition.description).toEqual({ operator: 'DoesNotContain', values: ['expires soon'] });
    expect(schedule).toEqual({
      time_zone: 'W. Europe Standard Time',
      recurrence: { daily: [{ start_time: '18:00:00', end_time: '06:00:00' }] },
    });
    expect(scopes).toEqual([expect.stringContaining('azurerm_resource_group.')]);
  });

  test('can be on some days', () => {
    const { condition, schedule } = found.at(WINDOW, 'Maintenance/weekend/Resource');
    expect(condition.severity.values).toEqual(['Sev1']);
    expect(condition.description.values).toEqual(['expires soon']);
    expect(schedule.recurrence.weekly).toEqual([
      { days_of_week: ['Saturday', 'Sunday'], start_time: '02:00:00', end_time: '04:30:00' },
    ]);
  });

  test('lets through what is raised once: the description of its rules has the words', () => {
    const workload = workloadIn(Environment.DEV);
    new SecretVault(workload, 'Vault');
    new Widget(workload, 'one', { healthUrls: { Health: 'https://one.example.com' } });
    stackIn(workload, { maintenance: windows });
    const [{ description: nearExpiry }, { description: certificate }] = [
      new Rendered(workload).at('azurerm_monitor_scheduled_query_rules_alert_v2', 'Vault/NearExpiry/Resource'),
      new Rendered(workload).at('azurerm_monitor_metric_alert', 'one/Certificate/Alert'),
    ];
    expect(nearExpiry).toBe(
      'P2 billing dev: Something in vault expires soon (Vault). Runbook: https://runbooks.example.com/billing/vault-near-expiry',
    );
    expect(certificate).toBe(
      'P2 billing dev: Certificate expires soon, within 30 days (one). Runbook: https://runbooks.example.com/billing/certificate-ends',
    );
  });

  test('can be once', () => {
    expect(found.at(WINDOW, 'Maintenance/move/Resource').schedule).toEqual({
      time_zone: 'UTC',
      effective_from: '2027-01-02T18:00:00',
      effective_until: '2027-01-03T06:00:00',
    });
  });

  test.each<[MaintenanceWindow, string]>([
    [{ from: '25:00' }, '\'from\' must be a time as HH:MM, got "25:00"'],
    [{ to: '6' }, '\'to\' must be a time as HH:MM, got "6"'],
    [{ from: '06:00', to: '06:00' }, "'from' and 'to' must differ: nobody would ever be told of anything"],
    [{ startsAt: '2027-01-02T18:00:00' }, "'startsAt' and 'endsAt' need each other"],
    [
      { startsAt: '2027-01-02', endsAt: '2027-01-03T06:00:00' },
      '\'startsAt\' must be a time as YYYY-MM-DDTHH:MM:SS, without a zone; got "2027-01-02"',
    ],
    [
      { startsAt: '2027-01-02T06:00:00', endsAt: '2027-02-30T06:00:00' },
      '\'endsAt\' must be a time as YYYY-MM-DDTHH:MM:SS, without a zone; got "2027-02-30T06:00:00"',
    ],
    [
      { startsAt: '2027-01-03T06:00:00', endsAt: '2027-01-02T06:00:00' },
      "'endsAt' must be after 'startsAt', got 2027-01-02T06:00:00 and 2027-01-03T06:00:00",
    ],
    [
      { startsAt: '2027-01-02T06:00:00', endsAt: '2027-01-03T06:00:00', from: '01:00' },
      "'startsAt' and 'endsAt' are for once; leave out 'from', 'to' and 'days'",
    ],
    [{ days: [] }, "'days' must name at least one; leave it out for every day"],
    [{ severities: [] }, "'severities' must name at least one"],
    [
      { timeZone: 'Europe/Berln' },
      '\'timeZone\' must be a time zone of the IANA data base that Azure has a name for, such as Europe/Berlin; got "Europe/Berln"',
    ],
  ])('%j is refused', (window, problem) => {
    expect(() => rendered({ maintenance: { x: window } })).toThrow(new Error(`${AT}maintenance "x": ${problem}`));
  });

  test('a key that could be no address is refused', () => {
    expect(() => rendered({ maintenance: { 'a b': {} } })).toThrow(
      new Error(
        `${AT}maintenance "a b": must have a key that starts with a letter and has only letters, digits and hyphens`,
      ),
    );
  });
});
