// What to do when it breaks, and what it looks like: both drawn from the program, so they are true for as long as it is.
import { join } from 'path';
import {
  AzureProviders,
  Diagram,
  Environment,
  ManagedPostgres,
  Principal,
  PrivateNetwork,
  Runbook,
  SecretVault,
  SecureWebApp,
  TenantStorageAccount,
  WebAppRuntime,
  Workload,
} from 'azure-platform-constructs';
import { App, TerraformStack } from 'cdktf';

const app = new App();

for (const environment of [Environment.DEV, Environment.PROD]) {
  const stack = new TerraformStack(app, `runbook-${environment.name}`);
  new AzureProviders(stack, 'Providers', { environment });

  const workload = new Workload(stack, 'Booking', {
    name: 'booking',
    environment,
    location: 'westeurope',
    owner: 'team-booking',
    costCenter: '4714',
    organization: 'example.com',
  });
  const network = new PrivateNetwork(workload, 'Network', { addressSpace: '10.62.0.0/22' });
  const vault = new SecretVault(workload, 'Vault', { network });
  const files = new TenantStorageAccount(workload, 'Files', { network, tenants: { acme: {}, globex: {} } });
  const database = new ManagedPostgres(workload, 'Database', {
    network,
    administrator: {
      principal: Principal.group(workload, 'Administrators', '00000000-0000-0000-0000-000000000006'),
      principalName: 'booking-administrators',
    },
  });
  if (environment.profile.geoRedundant) {
    database.addReplica('abroad', { location: 'northeurope' });
  }

  const api = new SecureWebApp(workload, 'Api', { network, runtime: WebAppRuntime.node('22-lts') });
  api.addConnection('DB', database);
  api.addConnection('FILES', files);
  api.addSecret('PAYMENT_TOKEN', vault.secretNamed('payment-token'));

  const documents = join(app.outdir, 'files', 'documents', 'docs', environment.name);
  Diagram.of(workload).write(documents);
  Runbook.of(workload, {
    contacts: [
      { name: 'Operations on call', role: 'leads the recovery', reach: 'oncall@example.com' },
      { name: 'Head of Booking', role: 'decides on failover', reach: 'booking@example.com' },
    ],
  }).write(documents);
}

app.synth();
