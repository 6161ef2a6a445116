// An environment of one's own: production for one country, in one region, with nothing copied anywhere else.
import {
  AzureProviders,
  Environment,
  Geography,
  SecureWebApp,
  WebAppRuntime,
  Workload,
} from 'azure-platform-constructs';
import { App, TerraformStack } from 'cdktf';

const SOVEREIGN = Environment.of('sovereign', {
  ...Environment.PROD.profile,
  geoRedundant: false,
  maxInstances: 6,
});

const app = new App();

for (const environment of [Environment.DEV, Environment.PROD, SOVEREIGN]) {
  const stack = new TerraformStack(app, `own-environment-${environment.name}`);
  new AzureProviders(stack, 'Providers', { environment, registerResourceProviders: true });

  const workload = new Workload(stack, 'Forms', {
    name: 'forms',
    environment,
    location: 'switzerlandnorth',
    geography: Geography.SWITZERLAND,
    owner: 'team-forms',
    costCenter: '4715',
    organization: 'example.com',
  });
  new SecureWebApp(workload, 'Site', { publiclyReachable: true, runtime: WebAppRuntime.python('3.13') });
}

app.synth();
