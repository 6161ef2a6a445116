// Whom a pipeline signs in as, without a secret: applied by hand once, before the pipeline runs for the first time.
import {
  AzureProviders,
  AzureState,
  DeploymentIdentities,
  Environment,
  GithubEnvironments,
  ManagedIdentity,
  PromotionPipeline,
  StateAccount,
  Workload,
} from 'azure-platform-constructs';
import { App, TerraformStack } from 'cdktf';

const app = new App();
const common = { name: 'donations', location: 'westeurope', owner: 'team-donations', costCenter: '4715' };
const organization = 'example.com';
const storageAccountName = 'stdonationsstate';
const stages = [Environment.DEV, Environment.PROD];

const pipeline = new PromotionPipeline(app, 'Pipeline', {
  repository: 'example/donations',
  stages: stages.map((environment) => ({ environment })),
  approvers: { release: ['team:release-managers'] },
});
for (const environment of stages) {
  const stack = new TerraformStack(app, `deployment-identities-${environment.name}`);
  new AzureProviders(stack, 'Providers', { environment });
  new AzureState(stack, 'State', { environment, storageAccountName });
  const resourceGroupName = `rg-donations-${environment.name}`;
  new ManagedIdentity(new Workload(stack, 'Donations', { ...common, environment, resourceGroupName }), 'Api');
  pipeline.addStack(stack);
}

const stack = new TerraformStack(app, 'deployment-identities-bootstrap');
new AzureProviders(stack, 'Providers');
const workload = new Workload(stack, 'Bootstrap', { ...common, organization, environment: Environment.PROD });
const states = new StateAccount(workload, 'States', { storageAccountName, allowedIpRules: ['203.0.113.7'] });
const identities = stages.map(
  ({ name: stage }) =>
    new DeploymentIdentities(workload, `Deploy-${stage}`, { pipeline, stage, stateAccountId: states.storageAccountId }),
);
new GithubEnvironments(workload, 'Github', { pipeline, identities });

app.synth();
