import {
  AzureProviders,
  Environment,
  PrivateNetwork,
  SecretVault,
  SecureWebApp,
  WebAppRuntime,
  Workload,
} from 'azure-platform-constructs';
import { App, TerraformStack } from 'cdktf';

const app = new App();

for (const environment of [Environment.DEV, Environment.PROD]) {
  const stack = new TerraformStack(app, `quickstart-${environment.name}`);
  new AzureProviders(stack, 'Providers', { environment });

  const workload = new Workload(stack, 'Billing', {
    name: 'billing',
    environment,
    location: 'westeurope',
    owner: 'team-billing',
    costCenter: '4711',
    organization: 'example.com',
  });
  const network = new PrivateNetwork(workload, 'Network', { addressSpace: '10.20.0.0/22' });
  const vault = new SecretVault(workload, 'Vault', { network });
  const api = new SecureWebApp(workload, 'Api', { network, runtime: WebAppRuntime.node('22-lts') });
  api.addSecret('PAYMENT_TOKEN', vault.secretNamed('payment-token'));
}

app.synth();
