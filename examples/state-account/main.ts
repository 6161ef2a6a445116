// Where state lives. Apply it once with local state, then add AzureState as below and run `terraform init -migrate-state`.
import { AzureProviders, AzureState, Environment, Principal, StateAccount, Workload } from 'azure-platform-constructs';
import { App, TerraformStack } from 'cdktf';

const app = new App();

for (const environment of [Environment.DEV, Environment.PROD]) {
  const stack = new TerraformStack(app, `state-account-${environment.name}`);
  new AzureProviders(stack, 'Providers', { environment });

  const workload = new Workload(stack, 'State', {
    name: 'state',
    environment,
    location: 'westeurope',
    owner: 'team-platform',
    costCenter: '4700',
    organization: 'example.com',
  });
  const account = new StateAccount(workload, 'Account', { allowedIpRules: ['203.0.113.10'] });
  account.grantReadWrite(Principal.group(workload, 'Deployers', '00000000-0000-0000-0000-000000000005'));

  new AzureState(stack, 'Backend', { environment, storageAccountName: account.storageAccountName });
}

app.synth();
