// An app, its database and its vault, watched: logs, alerts with somebody who hears of them, a promise to users, dashboards.
import {
  AzureProviders,
  ChatChannel,
  Environment,
  LoggingContract,
  ManagedPostgres,
  ObservabilityStack,
  Principal,
  PrivateNetwork,
  SecretVault,
  SecureWebApp,
  Severity,
  WebAppRuntime,
  Workload,
} from 'azure-platform-constructs';
import { App, TerraformStack } from 'cdktf';

const app = new App();

for (const environment of [Environment.DEV, Environment.PROD]) {
  const stack = new TerraformStack(app, `observability-${environment.name}`);
  new AzureProviders(stack, 'Providers', { environment });

  const workload = new Workload(stack, 'Orders', {
    name: 'orders',
    environment,
    location: 'westeurope',
    owner: 'team-orders',
    costCenter: '4715',
    organization: 'example.com',
  });
  const network = new PrivateNetwork(workload, 'Network', { addressSpace: '10.70.0.0/24' });
  // the workflows that post to channels come from the internet, so this vault lets their addresses in
  const vault = new SecretVault(workload, 'Vault', { network, allowedIpRules: ['203.0.113.0/28'] });

  const observability = new ObservabilityStack(workload, 'Observability', {
    runbookUrl: 'https://runbooks.example.com/orders',
    routes: {
      team: { emails: ['orders@example.com'], channels: [ChatChannel.teams(vault.secretNamed('teams-address'))] },
      'on-call': {
        severities: [Severity.P0, Severity.P1],
        phones: [{ countryCode: '49', phoneNumber: '1701234567' }],
        channels: [ChatChannel.pagerDuty(vault.secretNamed('pagerduty-address'))],
      },
    },
    escalation: { emails: ['head-of-orders@example.com'] },
    slos: { api: { availability: 99.9, latencyP95Milliseconds: 200 } },
    maintenance: { night: { timeZone: 'Europe/Berlin' } },
    alerts: { 'Api/ServerErrors': { threshold: 25 }, 'Database/Deadlocks': { disabled: true } },
  });

  const api = new SecureWebApp(workload, 'Api', {
    network,
    runtime: WebAppRuntime.node('22-lts'),
    telemetry: observability,
    settings: LoggingContract.settings(workload, { serviceName: 'orders-api' }),
    publiclyReachable: true,
  });
  const database = new ManagedPostgres(workload, 'Database', {
    network,
    administrator: {
      principal: Principal.group(workload, 'Administrators', '00000000-0000-0000-0000-000000000007'),
      principalName: 'orders-administrators',
    },
  });
  database.grantConnect(api.identity);
}

app.synth();
