import * as fs from 'fs';
import * as path from 'path';
import { App, TerraformStack } from 'cdktf';
import { run } from '../../src/cli/program';
import { pinsPath } from '../../src/core/action-pins';
import { AzureProviders } from '../../src/core/azure-providers';
import { Environment } from '../../src/core/environment';
import { Workload } from '../../src/core/workload';
import { ACTIONS } from '../../src/delivery/actions';
import { DatabaseMigrations } from '../../src/delivery/database-migrations';
import { roundsOf } from '../../src/delivery/model/stack-model';
import { PipelineLanguage } from '../../src/delivery/pipeline-language';
import { PromotionPipeline } from '../../src/delivery/promotion-pipeline';
import { DeploymentAccess } from '../../src/delivery/promotion-pipeline-interface';
import { scratch } from '../support/scratch';
import { loadedPipeline, pipelineIn, smallPipeline } from './pipelines';
import { filesIn, read } from './promotion-fixtures';

const { PLAN, APPLY, ROLLBACK, BUILD } = DeploymentAccess;

describe('defaults', () => {
  test('five stages, with the approvals of the table of environments', () => {
    const pipeline = pipelineIn();

    expect(pipeline.stageNames).toEqual(['dev', 'test', 'staging', 'preprod', 'prod']);
    expect(
      pipeline.environments.map(({ name, reviewers, waitMinutes, branches }) => [
        name,
        reviewers,
        waitMinutes,
        branches,
      ]),
    ).toEqual([
      ['dev', [], 0, ['main']],
      ['test', [], 0, ['main']],
      ['staging', [], 0, ['main']],
      ['preprod-lead', ['user:lead'], 0, ['main']],
      ['preprod', ['team:security'], 0, ['main']],
      ['prod', ['team:release'], 10, ['main']],
    ]);
  });

  test('applications bring a way for hotfixes, a way back, and variables that name no secret', () => {
    const pipeline = smallPipeline();

    expect(pipeline.environments.map(({ name, access, branches }) => [name, access, branches])).toEqual([
      ['dev', APPLY, ['main']],
      ['dev-rollback', ROLLBACK, ['main']],
      ['prod', APPLY, ['main']],
      ['prod-hotfix', APPLY, ['hotfix/*']],
      ['prod-rollback', ROLLBACK, ['main']],
    ]);
    expect(pipeline.environments[2].variables).toEqual([
      'AZURE_CLIENT_ID',
      'AZURE_TENANT_ID',
      'AZURE_SUBSCRIPTION_ID',
      'DEPLOYMENT_TELEMETRY',
      'API_APP_ID',
      'API_URL',
    ]);
    expect(pipeline.repositoryVariables).toEqual([
      'AZURE_TENANT_ID',
      'DEV_PLAN_CLIENT_ID',
      'DEV_SUBSCRIPTION_ID',
      'PROD_PLAN_CLIENT_ID',
      'PROD_SUBSCRIPTION_ID',
    ]);
    expect(pipeline.requiredChecks).toEqual(['Pull request']);
  });

  test('images bring an environment that builds, migrations the variables of a database', () => {
    const pipeline = pipelineIn();
    pipeline.addApplication('api', {
      language: PipelineLanguage.PYTHON,
      directory: 'api',
      registry: 'example.azurecr.io',
      migrations: DatabaseMigrations.alembic(),
    });
    const [build, dev] = pipeline.environments;

    expect([build.name, build.access, build.branches]).toEqual(['build', BUILD, ['main', 'hotfix/*']]);
    expect(dev.variables.slice(4)).toEqual([
      'API_APP_ID',
      'API_URL',
      'API_DATABASE_HOST',
      'API_DATABASE_NAME',
      'API_DATABASE_USER',
      'API_DATABASE_ID',
    ]);
  });

  test('the stage of a stack is the environment of its workload', () => {
    const app = new App();
    const stack = new TerraformStack(app, 'shop-prod');
    new Workload(stack, 'Shop', {
      name: 'shop',
      environment: Environment.PROD,
      location: 'westeurope',
      owner: 'team-shop',
      costCenter: '1',
    });
    const pipeline = pipelineIn(app);

    pipeline.addStack(stack);

    expect(pipeline.stacksOf('prod')).toEqual([stack]);
    expect(pipeline.stacksOf('dev')).toEqual([]);
  });
});

describe('subjects', () => {
  const subjectsOf = (...args: [DeploymentAccess, string?]) =>
    smallPipeline()
      .subjects(...args)
      .map(({ key, subject }) => [key, subject]);

  test('say who may sign in', () => {
    expect(subjectsOf(PLAN, 'prod')).toEqual([
      ['pull-request', 'repo:example/shop:pull_request'],
      ['default-branch', 'repo:example/shop:ref:refs/heads/main'],
    ]);
    expect(subjectsOf(APPLY, 'dev')).toEqual([['environment', 'repo:example/shop:environment:dev']]);
    expect(subjectsOf(APPLY, 'prod')).toEqual([
      ['environment', 'repo:example/shop:environment:prod'],
      ['hotfix', 'repo:example/shop:environment:prod-hotfix'],
    ]);
    expect(subjectsOf(ROLLBACK, 'prod')).toEqual([['rollback', 'repo:example/shop:environment:prod-rollback']]);
    expect(subjectsOf(BUILD)).toEqual([['build', 'repo:example/shop:environment:build']]);
  });

  test('are asked for by stages that exist', () => {
    expect(() => subjectsOf(APPLY, 'qa')).toThrow('delivery/Pipeline: \'stage\' must be one of dev, prod, got "qa"');
    expect(() => subjectsOf(APPLY)).toThrow(
      "delivery/Pipeline: 'stage' must be given for every access but 'build', got nothing for 'apply'",
    );
  });
});

describe('files', () => {
  test('are fresh once written, and written twice are the same', () => {
    const folder = scratch('pipeline');
    const pipeline = smallPipeline();
    expect(() => pipeline.check(folder)).toThrow(/\.delivery\/pipeline\/az\.cjs: is missing\n/);

    pipeline.write(folder);
    const before = filesIn(folder).map((file) => read(folder, file));
    pipeline.write(folder);

    pipeline.check(folder);
    expect(filesIn(folder).map((file) => read(folder, file))).toEqual(before);
  });

  test('that are stale are shown as a difference', () => {
    const folder = scratch('pipeline');
    smallPipeline().write(folder);
    const file = path.join(folder, '.github/workflows/rollback.yml');
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('name: Rollback', 'name: Roll'));

    expect(() => smallPipeline().check(folder)).toThrow(
      [
        'delivery/Pipeline: the committed files of the pipeline are stale; write them again:',
        '--- .github/workflows/rollback.yml\tcommitted',
        '+++ .github/workflows/rollback.yml\tgenerated',
        '@@ -1,4 +1,4 @@',
        " # Generated by azure-platform-constructs for the pipeline 'pipeline'; change the program instead.",
        '-name: Roll',
        '+name: Rollback',
        ' on:',
        '   workflow_dispatch:',
      ].join('\n'),
    );
  });

  test('that are no more go, and only ours', () => {
    const folder = scratch('pipeline');
    fs.mkdirSync(path.join(folder, '.github/workflows'), { recursive: true });
    fs.writeFileSync(path.join(folder, '.github/workflows/mine.yml'), 'name: Mine\n');
    smallPipeline().write(folder);
    const smaller = pipelineIn();

    expect(() => smaller.check(folder)).toThrow(/\.github\/workflows\/rollback\.yml: is no more; delete it/);
    smaller.write(folder);

    smaller.check(folder);
    expect(fs.readdirSync(path.join(folder, '.github/workflows'))).toEqual(['mine.yml', 'pull-request.yml']);
  });

  test('keep actions that were updated in the repository, as update tools do it', () => {
    const folder = scratch('pipeline');
    smallPipeline().write(folder);
    const newer = `${'a'.repeat(40)} # v99.0.0`;
    for (const file of filesIn(folder)) {
      fs.writeFileSync(path.join(folder, file), read(folder, file).split(ACTIONS['actions/checkout']).join(newer));
    }

    smallPipeline().check(folder);
    expect(read(folder, '.github/workflows/drift.yml')).toContain(`actions/checkout@${newer}`);
  });

  test('raise actions that are older in the repository, and take those of the program whatever is newer', () => {
    const folder = scratch('pipeline');
    smallPipeline().write(folder);
    const pins = path.join(folder, pinsPath('pipeline'));
    const older = `${'b'.repeat(40)} # v1.0.0`;
    fs.writeFileSync(pins, fs.readFileSync(pins, 'utf8').replace(ACTIONS['actions/checkout'], older));
    smallPipeline().write(folder);
    expect(fs.readFileSync(pins, 'utf8')).toContain(ACTIONS['actions/checkout']);

    smallPipeline({ actionPins: { 'actions/checkout': older } }).write(folder);
    expect(fs.readFileSync(pins, 'utf8')).toContain(`actions/checkout@${older} set\n`);
  });

  test('lie beside the stacks after synthesis', () => {
    const outdir = scratch('pipeline');
    const app = new App({ outdir, analyticsReporting: false } as object);
    const pipeline = pipelineIn(app);

    app.synth();

    expect(filesIn(path.join(outdir, 'files/delivery-Pipeline'))).toContain('.github/workflows/pull-request.yml');
    const folder = scratch('pipeline');
    const said = { out: jest.fn(), err: jest.fn() };
    expect(run(['files', outdir, '--to', folder], said)).toBe(0);
    pipeline.check(folder);
  });
});

test('files of a pipeline that carries no stack lie beside those of other constructs', () => {
  const outdir = scratch('pipeline');
  const app = new App({ outdir, analyticsReporting: false } as object);
  const pipeline = new PromotionPipeline(app, 'Pipeline', {
    repository: 'example/shop',
    stages: [{ environment: Environment.DEV }],
  });
  new AzureProviders(new TerraformStack(app, 'other'), 'Providers');
  pipeline.addApplication('api', { language: PipelineLanguage.NODE, directory: 'api' });

  app.synth();

  expect(filesIn(path.join(outdir, 'files/Pipeline'))).toContain('.github/workflows/promotion-api.yml');
});

describe('the picture', () => {
  test('shows what carries what, past whom, to where', () => {
    expect(loadedPipeline().toMermaid()).toMatchSnapshot();
  });

  test('of a pipeline with nothing to carry says so', () => {
    expect(pipelineIn().toMermaid()).toContain('main["main"] --> build["nothing to carry yet"]');
  });
});

describe('rounds', () => {
  const stack = (name: string, ...after: string[]) => ({ name, stage: 'dev', after });

  test('put each stack after those it follows, in shards an engine can take', () => {
    const rounds = roundsOf([stack('a'), stack('b'), stack('c', 'a'), stack('d'), stack('e', 'c', 'd')], 2);

    expect(rounds.map((round) => round.map(({ name }) => name))).toEqual([['a', 'b'], ['d'], ['c'], ['e']]);
  });
});
