// What auditors ask for: nobody can change or delete it for seven years, and in prod it lies in two regions.
import {
  AzureProviders,
  Environment,
  EvidenceStore,
  ManagedIdentity,
  Principal,
  PrivateNetwork,
  Workload,
} from 'azure-platform-constructs';
import { App, TerraformStack } from 'cdktf';

const app = new App();

for (const environment of [Environment.DEV, Environment.PROD]) {
  const stack = new TerraformStack(app, `evidence-store-${environment.name}`);
  new AzureProviders(stack, 'Providers', { environment });

  const workload = new Workload(stack, 'Audit', {
    name: 'audit',
    environment,
    location: 'westeurope',
    owner: 'team-compliance',
    costCenter: '4713',
    organization: 'example.com',
  });
  const evidence = new EvidenceStore(workload, 'Evidence', {
    network: new PrivateNetwork(workload, 'Network', { addressSpace: '10.0.0.0/22' }),
    containers: { deployments: {}, contracts: { retentionDays: 3653 } },
  });
  evidence.containerNamed('deployments').grantAppend(new ManagedIdentity(workload, 'Pipeline'));
  evidence.grantRead(Principal.group(workload, 'Auditors', '00000000-0000-0000-0000-000000000006'));
}

app.synth();
