// Rules on what is rendered: a stack that breaks one is not synthesized, and the one exception says why it exists and until when.
import {
  AzureApp,
  AzureProviders,
  Compliance,
  Environment,
  RulePack,
  SecureWebApp,
  WebAppRuntime,
  Workload,
} from 'azure-platform-constructs';
import { TerraformStack } from 'cdktf';

const app = new AzureApp();

for (const environment of [Environment.DEV, Environment.PROD]) {
  const stack = new TerraformStack(app, `compliance-${environment.name}`);
  new AzureProviders(stack, 'Providers', { environment });

  const workload = new Workload(stack, 'Landing', {
    name: 'landing',
    environment,
    location: 'francecentral',
    owner: 'team-web',
    costCenter: '4718',
    organization: 'example.com',
  });
  const page = new SecureWebApp(workload, 'Page', {
    publiclyReachable: true,
    runtime: WebAppRuntime.php('8.4'),
  });

  Compliance.of(workload).enforce({ packs: [RulePack.SECURITY] });
  for (const ruleId of ['WEB-004', 'WEB-021']) {
    Compliance.of(page).acknowledge(ruleId, 'a public page, until it moves behind the edge', '2027-06-30');
  }
}

app.synth();
