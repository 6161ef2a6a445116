// An app that sends e-mail under its own identity: from Azure's domain in dev, from our own in production, once that is verified.
import {
  AzureProviders,
  DmarcPolicy,
  DmarcRecord,
  DnsZone,
  EmailService,
  Environment,
  PrivateNetwork,
  SecureWebApp,
  WebAppRuntime,
  Workload,
} from 'azure-platform-constructs';
import { App, TerraformStack } from 'cdktf';

const app = new App();

for (const environment of [Environment.DEV, Environment.PROD]) {
  const stack = new TerraformStack(app, `email-service-${environment.name}`);
  new AzureProviders(stack, 'Providers', { environment });

  const workload = new Workload(stack, 'Donations', {
    name: 'donations',
    environment,
    location: 'westeurope',
    owner: 'team-donations',
    costCenter: '4715',
    organization: 'example.com',
  });
  const domain = () => ({
    domainName: 'mail.example.com',
    dnsZone: new DnsZone(workload, 'Zone', { zoneName: 'example.com' }),
    dmarc: DmarcRecord.of({ policy: DmarcPolicy.REJECT, reportsTo: ['dmarc@example.com'] }),
    senders: { receipts: 'Donation receipts' },
    defaultSender: 'receipts',
    // said after the second of email.toSetupSteps() has run
    verified: true,
  });
  const email = new EmailService(workload, 'Email', environment === Environment.PROD ? { domain: domain() } : {});

  new SecureWebApp(workload, 'Api', {
    network: new PrivateNetwork(workload, 'Network', { addressSpace: '10.70.0.0/22' }),
    runtime: WebAppRuntime.python('3.12'),
  }).addConnection('EMAIL', email);
}

app.synth();
