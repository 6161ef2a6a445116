import {
  Aggregation,
  ChatChannel,
  Comparison,
  MissingData,
  ObservabilityStack,
  SecretVault,
  SecureWebApp,
  Severity,
  SignalInterval,
  WebAppRuntime,
  Weekday,
  Workload,
} from '../../../src';

const GUID = '00000000-0000-0000-0000-000000000001';
const GROUP = `/subscriptions/${GUID}/resourceGroups/rg-shared`;
const RUNBOOKS = 'https://runbooks.example.com/billing';

/** A stack as it is when nothing is said, and an app that is watched. */
export function plain(workload: Workload): void {
  const telemetry = new ObservabilityStack(workload, 'Observability', {
    routes: { team: { emails: ['team@example.com'] } },
    runbookUrl: RUNBOOKS,
  });
  const runtime = WebAppRuntime.node('22-lts');
  new SecureWebApp(workload, 'WatchedApi', { runtime, telemetry, publiclyReachable: true });
}

/** A stack with every prop that adds something. */
export function loaded(workload: Workload): void {
  const vault = SecretVault.fromVaultId(
    workload,
    'ChannelVault',
    `${GROUP}/providers/Microsoft.KeyVault/vaults/kv-shared`,
  );
  const address = (name: string) => vault.secretNamed(name);
  const stack = new ObservabilityStack(workload, 'Observability', {
    runbookUrl: RUNBOOKS,
    routes: {
      team: {
        emails: ['team@example.com'],
        webhooks: ['https://alerts.example.com/azure'],
        channels: [ChatChannel.teams(address('teams')), ChatChannel.slack(address('slack'))],
      },
      'on-call': {
        severities: [Severity.P0, Severity.P1],
        phones: [{ countryCode: '49', phoneNumber: '1701234567' }],
        channels: [ChatChannel.pagerDuty(address('pagerduty')), ChatChannel.webhook(address('webhook'))],
        actionGroupIds: [`${GROUP}/providers/Microsoft.Insights/actionGroups/ag`],
      },
    },
    escalation: { emails: ['boss@example.com'] },
    escalationMinutes: 20,
    slos: { api: { availability: 99.9, latencyP95Milliseconds: 200, latencyP99Milliseconds: 800 } },
    maintenance: {
      night: { timeZone: 'Europe/Berlin' },
      weekend: { days: [Weekday.SATURDAY], from: '02:00', to: '04:00' },
      move: { startsAt: '2027-01-02T18:00:00', endsAt: '2027-01-03T06:00:00' },
    },
    availability: { contentMatch: 'ok', certificateDays: 21 },
    alerts: { ErrorRate: { threshold: 2 }, '*/ServerErrors': { severity: Severity.P0 }, DailyCap: { disabled: true } },
    logDays: 180,
    dailyCapGigabytes: 8,
    basicTables: ['AppTraces', 'ContainerLogV2'],
    samplingPercentage: 50,
    jobMinutes: 30,
    businessEvents: ['invoice-sent'],
  });
  stack.addAlert({
    key: 'Backlog',
    summary: 'too many jobs wait',
    query: { query: 'AppEvents | where Name == "job-waits"', splitBy: ['AppRoleName'] },
    comparison: Comparison.GREATER_THAN,
    threshold: 100,
    window: SignalInterval.FIFTEEN_MINUTES,
    frequency: SignalInterval.FIVE_MINUTES,
    severity: Severity.P2,
    missingData: MissingData.IS_GOOD,
    runbook: 'backlog',
  });
  stack.monitorResource('gateway', {
    resourceId: `${GROUP}/providers/Microsoft.Network/applicationGateways/agw`,
    metricNamespace: 'Microsoft.Network/applicationGateways',
    logSources: { Gateway: `${GROUP}/providers/Microsoft.Network/applicationGateways/agw` },
    signals: [
      {
        key: 'Unhealthy',
        summary: 'hosts behind the gateway unhealthy',
        metric: { metricName: 'UnhealthyHostCount', aggregation: Aggregation.AVERAGE },
        comparison: Comparison.GREATER_THAN,
        threshold: 0,
        window: SignalInterval.FIVE_MINUTES,
        frequency: SignalInterval.ONE_MINUTE,
        severity: Severity.P1,
        missingData: MissingData.IS_BAD,
        runbook: 'gateway-unhealthy',
      },
    ],
    healthUrls: { Health: 'https://gateway.example.com/health' },
  });
  const runtime = WebAppRuntime.node('22-lts');
  new SecureWebApp(workload, 'WatchedApi', { runtime, telemetry: stack, publiclyReachable: true });
}

/** A stack on somebody else's workspace, in a subscription that somebody else watches. */
export function borrowed(workload: Workload): void {
  new ObservabilityStack(workload, 'Observability', {
    routes: {
      team: { actionGroupIds: [`${GROUP}/providers/Microsoft.Insights/actionGroups/ag`] },
    },
    runbookUrl: RUNBOOKS,
    workspaceId: `${GROUP}/providers/Microsoft.OperationalInsights/workspaces/log`,
    subscriptionUnwatched: true,
    escalation: { actionGroupIds: [`${GROUP}/providers/Microsoft.Insights/actionGroups/ag-late`] },
  });
}
