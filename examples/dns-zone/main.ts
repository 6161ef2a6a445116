// The domain of a company, delegated by its registrar, and a zone below it for each environment but production.
import { AzureProviders, DnsRecordType, DnsZone, Environment, Workload } from 'azure-platform-constructs';
import { App, TerraformOutput, TerraformStack } from 'cdktf';

const app = new App();
const zones: { [environment: string]: DnsZone } = {};

for (const environment of [Environment.PROD, Environment.DEV]) {
  const stack = new TerraformStack(app, `dns-zone-${environment.name}`);
  new AzureProviders(stack, 'Providers', { environment });

  const workload = new Workload(stack, 'Domains', {
    name: 'domains',
    environment,
    location: 'westeurope',
    owner: 'team-platform',
    costCenter: '4700',
  });
  const production = zones[Environment.PROD.name];
  const zone = new DnsZone(workload, 'Zone', {
    zoneName: production ? `${environment.name}.example.com` : 'example.com',
    contactEmail: 'hostmaster@example.com',
    parentZone: production,
  });
  zones[environment.name] = zone;

  // certificates of a partner, its mail servers, and a proof that a search engine asks for
  if (!production) {
    zone.addRecord(DnsRecordType.CAA, '@', ['0 issue letsencrypt.org']);
    zone.addRecord(DnsRecordType.CNAME, 'status', ['example.statuspage.example.net']);
    zone.addRecord(DnsRecordType.MX, '@', ['10 mx1.example.net', '20 mx2.example.net']);
    zone.addRecord(DnsRecordType.TXT, '@', ['v=spf1 include:spf.example.net -all', 'search-verification=4711']);
    zone.addRecord(DnsRecordType.TXT, '_dmarc', ['v=DMARC1; p=quarantine; rua=mailto:dmarc@example.com']);
  }
  new TerraformOutput(stack, 'NameServers', { value: zone.nameServers });
}

app.synth();
