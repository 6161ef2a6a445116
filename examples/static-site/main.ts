// A front end on a domain of its own, with its headers and routes in the file that is released with it.
import {
  AzureProviders,
  DnsZone,
  Environment,
  StaticSite,
  StaticSiteHost,
  StaticWebAppSku,
  Workload,
} from 'azure-platform-constructs';
import { App, TerraformStack } from 'cdktf';

const app = new App();
const sites: StaticSite[] = [];

for (const environment of [Environment.DEV, Environment.PROD]) {
  const stack = new TerraformStack(app, `static-site-${environment.name}`);
  new AzureProviders(stack, 'Providers', { environment });

  const workload = new Workload(stack, 'Shop', {
    name: 'shop',
    environment,
    location: 'westeurope',
    owner: 'team-shop',
    costCenter: '4714',
    organization: 'example.com',
  });
  const production = environment === Environment.PROD;
  const site = new StaticSite(workload, 'Web', {
    publiclyReachable: true,
    host: StaticSiteHost.staticWebApp(production ? {} : { sku: StaticWebAppSku.FREE, previews: true }),
    immutablePaths: ['/assets/*'],
    config: {
      contentSecurityPolicy: "default-src 'self'; connect-src 'self' https://api.example.com; frame-ancestors 'none'",
      routes: [{ path: '/shop', redirect: '/', statusCode: 301 }],
    },
  });
  if (production) {
    const dnsZone = new DnsZone(workload, 'Zone', { zoneName: 'example.com' });
    site.addDomain('example.com', { dnsZone });
    site.addDomain('www.example.com', { dnsZone });
  }
  sites.push(site);
}

app.synth();
sites[0].writeConfig(app.outdir);
