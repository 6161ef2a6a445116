// A multi-tenant product that checks datasets: each tenant's files in a container of its own with its own retention, and links that
// last an hour, handed out by the API under its own identity.
import {
  AzureProviders,
  Environment,
  GdprClassification,
  Geography,
  ManagedIdentity,
  ManagedPostgres,
  ObservabilityStack,
  Principal,
  PrivateNetwork,
  SecretVault,
  SecureWebApp,
  TenantStorageAccount,
  WebAppRuntime,
  Workload,
} from 'azure-platform-constructs';
import { App, TerraformStack } from 'cdktf';

const TENANTS = {
  acme: { gdprClassification: GdprClassification.PERSONAL, retention: { deleteAfterDays: 90 } },
  globex: { retention: { coolAfterDays: 30, deleteAfterDays: 365 } },
  initech: {
    retention: {
      coolAfterDays: 30,
      coldAfterDays: 180,
      deleteAfterDays: 3650,
      tagged: [{ tags: { gdprClassification: GdprClassification.SPECIAL_CATEGORY }, deleteAfterDays: 365 }],
    },
  },
};

const app = new App();

for (const environment of [Environment.DEV, Environment.STAGING, Environment.PROD]) {
  const stack = new TerraformStack(app, `data-quality-saas-${environment.name}`);
  new AzureProviders(stack, 'Providers', { environment });

  const workload = new Workload(stack, 'DataQuality', {
    name: 'dataquality',
    environment,
    location: 'westeurope',
    geography: Geography.EUROPEAN_UNION,
    owner: 'team-data-quality',
    costCenter: '4714',
    organization: 'example.com',
  });
  const telemetry = new ObservabilityStack(workload, 'Observability', {
    runbookUrl: 'https://runbooks.example.com/data-quality',
    routes: { 'on-call': { emails: ['on-call@example.com'] } },
  });
  const network = new PrivateNetwork(workload, 'Network', { addressSpace: '10.80.0.0/22' });
  const vault = new SecretVault(workload, 'Vault', { network });
  const files = new TenantStorageAccount(workload, 'Files', {
    network,
    tenants: TENANTS,
    sasHours: 1,
    defender: { malwareScanGigabytesPerMonth: 500 },
  });
  const results = new ManagedPostgres(workload, 'Results', {
    network,
    administrator: {
      principal: Principal.group(workload, 'Administrators', '00000000-0000-0000-0000-000000000006'),
      principalName: 'data-quality-administrators',
    },
  });

  const api = new SecureWebApp(workload, 'Api', { network, telemetry, runtime: WebAppRuntime.python('3.13') });
  api.addConnection('FILES', files);
  api.addConnection('RESULTS', results);
  api.addSecret('LICENSE_KEY', vault.secretNamed('license-key'));
  files.tenants.forEach((tenant) => tenant.grantReadWrite(api.identity));
  files.grantIssueSas(api.identity);
  // somebody who looks into one job sees its files, and no others of the tenant
  files.tenantNamed('acme').grantReadTagged(new ManagedIdentity(workload, 'Support'), { jobId: 'import-4711' });
}

app.synth();
