import {
  BackupVault,
  ChatChannel,
  DmarcPolicy,
  DmarcRecord,
  DnsZone,
  EdgeGateway,
  EdgeProbeMethod,
  EmailService,
  LoggingContract,
  ManagedPostgres,
  ManagedRedis,
  ObservabilityStack,
  Owner,
  Principal,
  PrivateNetwork,
  SecretVault,
  SecureWebApp,
  Severity,
  StaticSite,
  WebAppRuntime,
  Weekday,
  Workload,
} from 'azure-platform-constructs';
import { defineBudgets } from './budgets';

/** People, and the identities that apply: after each apply they give the clients of the database their roles. */
const ADMINISTRATORS = '00000000-0000-0000-0000-000000000006';
const DEPLOYERS = '00000000-0000-0000-0000-000000000007';
const WORKFLOWS = '203.0.113.0/28';
const REGISTRY = {
  registryUrl: 'https://crfundraising.azurecr.io',
  registryId:
    '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-shared/providers/Microsoft.ContainerRegistry/registries/crfundraising',
};
/** No donation may come from here. */
const EMBARGOED = ['IR', 'KP', 'SY'];
const NIGHT = {
  days: Object.values(Weekday),
  from: '20:00',
  to: '06:00',
  timeZone: 'Europe/Berlin',
  minInstances: 2,
  maxInstances: 4,
};

/** What differs between the environments, and is no default of the library: a domain, addresses, and money. */
export interface Place {
  readonly domain: string;
  readonly addressSpace: string;
  readonly monthlyBudget: number;
}

/** The whole product in one environment: what it needs, and who talks to whom. */
export function definePlatform(workload: Workload, { domain, addressSpace, monthlyBudget }: Place) {
  const { profile } = workload.environment;
  const scales = profile.maxInstances > 1;
  const network = new PrivateNetwork(workload, 'Network', { addressSpace });
  const zone = new DnsZone(workload, 'Zone', { zoneName: domain });

  const vault = new SecretVault(workload, 'Vault', {
    network,
    runnerInNetwork: true,
    deployer: Principal.group(workload, 'Deployers', DEPLOYERS),
  });
  const email = new EmailService(workload, 'Email', {
    domain: {
      domainName: domain,
      dnsZone: zone,
      senders: { receipts: 'Donation receipts' },
      defaultSender: 'receipts',
      dmarc: DmarcRecord.of({ policy: DmarcPolicy.REJECT, reportsTo: [`dmarc@${domain}`] }),
      // said after the second step of email.toSetupSteps() has run, in each stage
      verified: true,
    },
  });
  const database = new ManagedPostgres(workload, 'Database', {
    network,
    administrator: {
      principal: Principal.group(workload, 'Administrators', ADMINISTRATORS),
      principalName: 'fundraising-administrators',
    },
    pgBouncer: scales,
    parameters: { log_min_duration_statement: '2000' },
  });
  database.addDatabase('reports');
  if (profile.geoRedundant) {
    database.addReplica('abroad', { location: 'northeurope' });
  }
  const cache = new ManagedRedis(workload, 'Cache', { network });

  // Azure's own workflows read these from outside of the network
  const channels = new SecretVault(workload, 'Channels', { allowedIpRules: [WORKFLOWS] });
  const observability = new ObservabilityStack(workload, 'Observability', {
    runbookUrl: 'https://runbooks.example.com/fundraising',
    routes: {
      team: { emails: ['fundraising@example.com'], channels: [ChatChannel.teams(channels.secretNamed('teams'))] },
      'on-call': {
        severities: [Severity.P0, Severity.P1],
        phones: [{ countryCode: '49', phoneNumber: '1701234567' }],
        channels: [
          ChatChannel.pagerDuty(channels.secretNamed('pagerduty')),
          ChatChannel.slack(channels.secretNamed('slack')),
        ],
      },
    },
    escalation: { emails: ['head-of-fundraising@example.com'] },
    maintenance: { night: { timeZone: 'Europe/Berlin' } },
    availability: { contentMatch: 'fundraising' },
    slos: { api: { availability: 99.9, latencyP95Milliseconds: 200 } },
    businessEvents: ['donation-made', 'campaign-started'],
  });

  const api = new SecureWebApp(workload, 'Api', {
    network,
    telemetry: observability,
    runtime: WebAppRuntime.container({ image: 'fundraising/api:1.0.0', ...REGISTRY }),
    port: 8000,
    imageManagedBy: Owner.PIPELINE,
    settings: LoggingContract.settings(workload, { serviceName: 'fundraising-api' }),
    corsOrigins: [`https://${domain}`],
    requestsPerInstance: 600,
    schedules: scales ? { night: NIGHT } : undefined,
  });
  api.addConnection('DB', database);
  api.addConnection('CACHE', cache);
  api.addConnection('EMAIL', email);
  api.addSecret('PAYMENT_TOKEN', vault.secretNamed('payment-token'));
  api.addSecret('SESSION_KEY', vault.addGeneratedSecret('session-key'));

  const site = new StaticSite(workload, 'Site', {
    immutablePaths: ['/assets/*'],
    config: {
      contentSecurityPolicy: `default-src 'self'; connect-src 'self' https://api.${domain}; frame-ancestors 'none'`,
    },
  });
  const edge = new EdgeGateway(workload, 'Edge', { dnsZones: [zone], firewall: { blockedCountries: EMBARGOED } });
  edge.addBackend('api', api, { domains: [`api.${domain}`, `admin.${domain}`], probeMethod: EdgeProbeMethod.GET });
  edge.addFrontend('site', site, { domains: [domain, `www.${domain}`] });

  new BackupVault(workload, 'Backups', { postgresPolicy: { keepDays: 90, keepYears: 7 } }).addBackup(
    'database',
    database,
  );
  defineBudgets(workload, monthlyBudget);
  return { api, database, edge, observability, site };
}
