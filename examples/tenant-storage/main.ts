// Three tenants in one account, each with rights and a retention of its own; one of them is on its way out, one has left.
import {
  AzureProviders,
  Environment,
  GdprClassification,
  ManagedIdentity,
  PrivateNetwork,
  TenantState,
  TenantStorageAccount,
  Workload,
} from 'azure-platform-constructs';
import { App, TerraformStack } from 'cdktf';

const app = new App();

for (const environment of [Environment.DEV, Environment.PROD]) {
  const stack = new TerraformStack(app, `tenant-storage-${environment.name}`);
  new AzureProviders(stack, 'Providers', { environment });

  const workload = new Workload(stack, 'Reports', {
    name: 'reports',
    environment,
    location: 'westeurope',
    owner: 'team-reports',
    costCenter: '4712',
    organization: 'example.com',
  });
  const files = new TenantStorageAccount(workload, 'Files', {
    network: new PrivateNetwork(workload, 'Network', { addressSpace: '10.0.0.0/22' }),
    containerNaming: '{tenant}-{environment}',
    retention: { coolAfterDays: 30, deleteAfterDays: 365 },
    tenants: {
      acme: { gdprClassification: GdprClassification.PERSONAL },
      globex: { retention: { coldAfterDays: 7, deleteAfterDays: 3650 } },
      initech: { state: TenantState.RETAINED },
    },
    releasedTenants: ['hooli'],
  });
  const api = new ManagedIdentity(workload, 'Api');
  files.tenants.forEach((tenant) => tenant.grantReadWrite(api));
  files.grantIssueSas(api);
}

app.synth();
