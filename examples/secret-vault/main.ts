// A vault that Terraform writes to from inside the network: a password that nobody ever sees, a key and a certificate.
import {
  AzureProviders,
  Environment,
  ManagedIdentity,
  Principal,
  PrivateNetwork,
  SecretVault,
  Workload,
} from 'azure-platform-constructs';
import { App, TerraformStack } from 'cdktf';

const app = new App();

for (const environment of [Environment.DEV, Environment.PROD]) {
  const stack = new TerraformStack(app, `secret-vault-${environment.name}`);
  new AzureProviders(stack, 'Providers', { environment });

  const workload = new Workload(stack, 'Ledger', {
    name: 'ledger',
    environment,
    location: 'germanywestcentral',
    owner: 'team-ledger',
    costCenter: '4713',
    organization: 'example.com',
  });
  const network = new PrivateNetwork(workload, 'Network', { addressSpace: '10.50.0.0/24' });
  const vault = new SecretVault(workload, 'Vault', {
    network,
    runnerInNetwork: true,
    deployer: Principal.servicePrincipal(workload, 'Deployer', '00000000-0000-0000-0000-000000000004'),
  });

  const worker = new ManagedIdentity(workload, 'Worker');
  vault.addGeneratedSecret('legacy-api-password').grantRead(worker);
  vault.addKey('documents');
  vault.addCertificate('partners', { subject: 'CN=partners.example.com', dnsNames: ['partners.example.com'] });
  vault.grantUseKeys(worker);
}

app.synth();
