import { App, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { Environment } from '../../src/core/environment';
import { GeneratedFile } from '../../src/core/generated-files';
import { DatabaseMigrations } from '../../src/delivery/database-migrations';
import { HookPoint } from '../../src/delivery/hook-point';
import { ApplicationTarget } from '../../src/delivery/pipeline-application';
import { PipelineEngine } from '../../src/delivery/pipeline-engine';
import { PipelineLanguage } from '../../src/delivery/pipeline-language';
import { PipelineStep } from '../../src/delivery/pipeline-step';
import { PromotionPipeline } from '../../src/delivery/promotion-pipeline';
import { PromotionPipelineProps } from '../../src/delivery/promotion-pipeline-props';

/** Who has the roles that the table of environments asks for. */
export const APPROVERS = { lead: ['user:lead'], security: ['team:security'], release: ['team:release'] };

/** Files of a pipeline, without a folder that they are written to. */
export function renderedFiles(pipeline: PromotionPipeline): GeneratedFile[] {
  return pipeline._files();
}

/** A pipeline in a stack of its own. */
export function pipelineIn(
  app: App = new App(),
  props: Partial<PromotionPipelineProps> = {},
  id: string = 'Pipeline',
): PromotionPipeline {
  const stack =
    (app.node.tryFindChild('delivery') as TerraformStack | undefined) ?? new TerraformStack(app, 'delivery');
  return new PromotionPipeline(stack, id, { repository: 'example/shop', approvers: APPROVERS, ...props });
}

/** A small one: two stages, an application, a stack in each. */
export function smallPipeline(props: Partial<PromotionPipelineProps> = {}): PromotionPipeline {
  const app = new App();
  const { DEV, PROD } = Environment;
  const pipeline = pipelineIn(app, { stages: [{ environment: DEV }, { environment: PROD }], ...props });
  pipeline.addApplication('api', { language: PipelineLanguage.NODE, directory: 'api' });
  for (const { name } of [DEV, PROD]) {
    pipeline.addStack(new TerraformStack(app, `shop-${name}`), { stage: name });
  }
  return pipeline;
}

/** A construct that has something left to do after each apply. */
export function unfinished(scope: Construct, id: string, method: string, commands: string[], minutes?: number): void {
  const steps = [{ key: 'Step', summary: 'does the rest', commands, minutes }];
  Object.assign(new Construct(scope, id), { [method]: () => steps });
}

/** One that uses everything, for both engines. */
export function loadedPipeline(): PromotionPipeline {
  const app = new App();
  const { DEV, TEST, STAGING, PREPROD, PROD } = Environment;
  const pipeline = pipelineIn(app, {
    engines: [PipelineEngine.GITHUB_ACTIONS, PipelineEngine.AZURE_DEVOPS],
    name: 'shop',
    stages: [
      { environment: DEV },
      { environment: TEST },
      { environment: STAGING, hotfix: true },
      { environment: PREPROD },
      {
        environment: PROD,
        changeWindow: {
          days: [1, 2, 3, 4],
          opens: '08:00',
          closes: '16:00',
          timeZone: 'Europe/Berlin',
          frozen: ['2030-12-24'],
        },
        runner: 'inside',
      },
    ],
    synthesis: { directory: 'infrastructure' },
  });
  for (const { name } of [DEV, PROD]) {
    const network = new TerraformStack(app, `network-${name}`);
    const shop = new TerraformStack(app, `shop-${name}`);
    pipeline.addStack(network, { stage: name });
    pipeline.addStack(shop, { stage: name, after: [network] });
    unfinished(shop, 'Database', 'toAccessSteps', [
      'export PGPASSWORD="$(az account get-access-token)"',
      'terraform output -raw Sql | psql "host=db.example.com"',
    ]);
    unfinished(shop, 'Email', 'toSetupSteps', ['az communication list', '[ -n "$(az account show)" ]'], 3);
  }
  const { NODE, PYTHON, GO, DOTNET, NONE } = PipelineLanguage;
  pipeline.addApplication('api', {
    language: PYTHON,
    directory: 'api',
    registry: 'example.azurecr.io',
    migrations: DatabaseMigrations.alembic(),
  });
  pipeline.addApplication('orders', { language: NODE, directory: 'orders', migrations: DatabaseMigrations.prisma() });
  pipeline.addApplication('worker', { language: GO, directory: 'worker', migrations: DatabaseMigrations.flyway() });
  pipeline.addApplication('billing', {
    language: DOTNET,
    directory: 'billing',
    buildCommands: ['dotnet publish --output dist'],
    output: 'dist',
    migrations: DatabaseMigrations.entityFramework({ withoutBackup: true }),
  });
  pipeline.addApplication('site', { language: NODE, directory: 'site', target: ApplicationTarget.STATIC_SITE });
  pipeline.addStep(HookPoint.PULL_REQUEST, PipelineStep.postman('tests/api collection.json', { advisory: true }));
  pipeline.addStep(HookPoint.AFTER_APPLY, PipelineStep.command('Warm', NONE, ['echo "$STACK"'], { stages: ['prod'] }));
  pipeline.addStep(
    HookPoint.AFTER_BUILD,
    PipelineStep.command('Bill of materials', NONE, ['echo ready'], { applications: ['api'] }),
  );
  pipeline.addStep(
    HookPoint.BEFORE_MIGRATIONS,
    PipelineStep.command('Announce', NONE, ['az account show'], { azure: true }),
  );
  pipeline.addStep(HookPoint.AFTER_ROLLOUT, PipelineStep.playwright({ directory: 'e2e', stages: ['test'] }));
  pipeline.addStep(HookPoint.AFTER_ROLLOUT, PipelineStep.cypress({ directory: 'e2e', stages: ['staging'] }));
  pipeline.addStep(
    HookPoint.PERFORMANCE_GATE,
    PipelineStep.loadTest({ stages: ['staging', 'preprod'], paths: ['/', '/search'] }),
  );
  pipeline.addStep(HookPoint.PERFORMANCE_GATE, PipelineStep.k6('load/checkout.js', { stages: ['preprod'] }));
  pipeline.addStep(
    HookPoint.PRIVACY_GATE,
    PipelineStep.command('Privacy', NONE, ['./privacy.sh'], { directory: 'privacy' }),
  );
  pipeline.addStep(HookPoint.SECURITY_GATE, PipelineStep.command('Headers', NONE, ['curl --fail "$TARGET_URL"']));
  pipeline.addStep(
    HookPoint.RESTORE_TEST,
    PipelineStep.command('Restore', NONE, ['echo rpo-minutes=3'], { azure: true }),
  );
  pipeline.addStep(HookPoint.DRILL, PipelineStep.command('Failover', NONE, ['./drill.sh'], { stages: ['staging'] }));
  return pipeline;
}
