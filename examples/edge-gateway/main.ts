// An API and a site behind one edge, on their own domains: reachable there, and in no other way.
import {
  AzureProviders,
  DnsZone,
  EdgeGateway,
  EdgeProbeMethod,
  Environment,
  FirewallField,
  FirewallRuleAction,
  SecureWebApp,
  WebAppRuntime,
  Workload,
} from 'azure-platform-constructs';
import { App, TerraformOutput, TerraformStack } from 'cdktf';

const app = new App();

for (const environment of [Environment.DEV, Environment.PROD]) {
  const stack = new TerraformStack(app, `edge-gateway-${environment.name}`);
  new AzureProviders(stack, 'Providers', { environment });

  const workload = new Workload(stack, 'Shop', {
    name: 'shop',
    environment,
    location: 'westeurope',
    owner: 'team-shop',
    costCenter: '4715',
    organization: 'example.com',
  });
  const domain = environment === Environment.PROD ? 'example.com' : `${environment.name}.example.com`;
  const api = new SecureWebApp(workload, 'Api', { runtime: WebAppRuntime.python('3.13') });
  const site = new SecureWebApp(workload, 'Site', { runtime: WebAppRuntime.node('22-lts') });

  const edge = new EdgeGateway(workload, 'Edge', {
    dnsZones: [new DnsZone(workload, 'Zone', { zoneName: domain })],
    firewall: {
      signInRequestsPerMinute: 30,
      blockedCountries: ['KP'],
      // what people write about databases looks like an attack on one
      exclusions: [{ field: FirewallField.JSON, name: 'comment', ruleId: '942430' }],
      rules: { Bot300600: FirewallRuleAction.CHALLENGE },
    },
  });
  edge.addBackend('api', api, { domains: [`api.${domain}`], probeMethod: EdgeProbeMethod.GET });
  edge.addFrontend('site', site, { domains: [domain, `www.${domain}`] });

  new TerraformOutput(stack, 'Approve', { value: edge.approvalCommands });
}

app.synth();
