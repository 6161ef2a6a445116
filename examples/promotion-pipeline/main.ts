// From commit to production: two applications and their stacks, past approvals and gates, and back by one button.
import {
  ApplicationTarget,
  AzureProviders,
  AzureState,
  DatabaseMigrations,
  Environment,
  HookPoint,
  PipelineLanguage,
  PipelineStep,
  PrivateNetwork,
  PromotionPipeline,
  SecureWebApp,
  WebAppRuntime,
  Workload,
} from 'azure-platform-constructs';
import { App, TerraformStack } from 'cdktf';

const app = new App();
const stages = [Environment.DEV, Environment.STAGING, Environment.PROD];

const pipeline = new PromotionPipeline(app, 'Delivery', {
  repository: 'example/shop',
  // The applications are private: these machines are in their networks
  stages: stages.map((environment) => ({ environment, runner: `shop-${environment.name}` })),
  approvers: { release: ['team:release-managers'] },
  synthesis: { directory: 'infrastructure' },
});

for (const environment of stages) {
  const stack = new TerraformStack(app, `promotion-pipeline-${environment.name}`);
  new AzureProviders(stack, 'Providers', { environment });
  new AzureState(stack, 'State', { environment, storageAccountName: `stshopstate${environment.name}` });
  const workload = new Workload(stack, 'Shop', {
    name: 'shop',
    environment,
    location: 'westeurope',
    owner: 'team-shop',
    costCenter: '4714',
    organization: 'example.com',
  });
  const network = new PrivateNetwork(workload, 'Network', { addressSpace: '10.70.0.0/24' });
  new SecureWebApp(workload, 'Api', { network, runtime: WebAppRuntime.python('3.13') });
  pipeline.addStack(stack);
}

pipeline.addApplication('api', {
  language: PipelineLanguage.PYTHON,
  directory: 'api',
  migrations: DatabaseMigrations.alembic(),
});
pipeline.addApplication('web', {
  language: PipelineLanguage.NODE,
  directory: 'web',
  target: ApplicationTarget.STATIC_SITE,
});
pipeline.addStep(HookPoint.AFTER_ROLLOUT, PipelineStep.playwright({ directory: 'e2e', stages: ['staging'] }));
pipeline.addStep(HookPoint.PERFORMANCE_GATE, PipelineStep.loadTest({ stages: ['staging'], applications: ['api'] }));

app.synth();
