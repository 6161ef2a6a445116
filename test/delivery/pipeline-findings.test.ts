import { App, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { parse } from 'yaml';
import { Aggregation, Comparison, MissingData, Severity, Signal, SignalInterval } from '../../src/contracts/monitoring';
import { AzureProviders } from '../../src/core/azure-providers';
import { AzureState } from '../../src/core/azure-state';
import { Environment } from '../../src/core/environment';
import { Workload } from '../../src/core/workload';
import { HookPoint } from '../../src/delivery/hook-point';
import { PipelineCheck } from '../../src/delivery/pipeline-check';
import { PipelineEngine } from '../../src/delivery/pipeline-engine';
import { PipelineLanguage } from '../../src/delivery/pipeline-language';
import { PipelineStep } from '../../src/delivery/pipeline-step';
import { PromotionPipeline } from '../../src/delivery/promotion-pipeline';
import { PromotionPipelineProps } from '../../src/delivery/promotion-pipeline-props';
import { pipelineIn, renderedFiles, smallPipeline } from './pipelines';

// What random pipelines found, kept where the unit lane may not draw it again

const { NODE, NONE, DOTNET } = PipelineLanguage;
const { DEV, PROD } = Environment;
const at = 'delivery/Pipeline: ';
const AZURE = [PipelineEngine.AZURE_DEVOPS];

const refusalOf = (define: () => unknown): string => {
  try {
    define();
    return 'nothing';
  } catch (error) {
    return (error as Error).message;
  }
};
const refused = (props: Partial<PromotionPipelineProps>) => refusalOf(() => pipelineIn(new App(), props));

describe('environments', () => {
  test.each(['rollback', 'hotfix'])('of the role %s would be those of something else', (role) => {
    const stages = [{ environment: PROD, approvals: [role, 'lead'] }];

    expect(refused({ stages, approvers: { lead: ['user:lead'], [role]: ['user:x'] } })).toBe(
      `${at}'approvals' of the stage prod must not be ${role}: environments of that name are there already`,
    );
  });

  test('of roles that every object has are asked for like any other', () => {
    const stages = [{ environment: PROD, approvals: ['constructor'] }];

    expect(refused({ stages })).toBe(
      `${at}'approvers' must say who has the role constructor of the stage prod, e.g. { constructor: ['team:platform'] }; or give the stage other 'approvals'`,
    );
  });
});

describe('values that an engine or a shell would read otherwise', () => {
  test('are no commands, however Terraform spells them', () => {
    const clause = (prop: string, got: string) =>
      `${at}'${prop}' must be commands for bash, without expressions of the engine or of Terraform, got ${got}`;
    const pipeline = smallPipeline();
    const { listValue } = new TerraformVariable(pipeline, 'Lines', { type: 'list(string)' });
    const application = { language: NODE, directory: 'web' };

    expect(refusalOf(() => pipeline.addApplication('web', { ...application, testCommands: listValue }))).toBe(
      clause('testCommands', 'a value that Terraform has yet to compute'),
    );
    expect(refusalOf(() => pipeline.addApplication('web', { ...application, testCommands: ['${var.x}'] }))).toBe(
      clause('testCommands', '"${var.x}"'),
    );
    expect(refused({ synthesis: { commands: ['echo ${{ github.head_ref }}'] } })).toBe(
      clause('synthesis.commands', '"echo ${{ github.head_ref }}"'),
    );
    pipeline.addApplication('web', { ...application, testCommands: ['echo "${HOST:-example.com}"'] });
  });

  test('are no versions of languages', () => {
    const clause = (prop: string) => `${at}'${prop}' must be a version such as '22' or '3.13', got "\${{ x }}"`;
    const languageVersion = '${{ x }}';
    const pipeline = smallPipeline();

    expect(refused({ synthesis: { languageVersion } })).toBe(clause('synthesis.languageVersion'));
    expect(refusalOf(() => pipeline.addApplication('web', { language: NODE, directory: 'web', languageVersion }))).toBe(
      clause('languageVersion'),
    );
    const step = PipelineStep.command('Fine', NODE, ['true'], { languageVersion });
    expect(refusalOf(() => pipeline.addStep(HookPoint.DRILL, step))).toBe(clause('languageVersion'));
  });

  test('are no folders, registries or variables', () => {
    const pipeline = smallPipeline();
    const step = PipelineStep.command('Fine', NONE, ['true'], { variables: { TOKEN: '$(System.AccessToken)' } });

    expect(refusalOf(() => pipeline.addApplication('web', { language: NODE, directory: '-', registry: '-x' }))).toBe(
      `${at}'directory' must be a path below the root of the repository, got "-"; ` +
        `'registry' must be the login server of a registry, e.g. 'example.azurecr.io', got "-x"`,
    );
    expect(refusalOf(() => pipeline.addStep(HookPoint.DRILL, step))).toBe(
      `${at}'variables' must be literals, because they are written into a workflow; got "$(System.AccessToken)" for TOKEN`,
    );
  });
});

describe('what would fail only when it runs', () => {
  test.each(['60 4 * * *', '0 0 0 * *', '0 0 * * 7', '/ / / / /', '5-1 * * * *'])('the schedule %s', (drift) => {
    expect(refused({ schedules: { drift } })).toBe(
      `${at}'schedules.drift' must be cron with five fields of numbers, for minute, hour, day, month and weekday from 0 to 6, got "${drift}"`,
    );
  });

  test.each([{ timeZone: 'Mars/Phobos' }, { frozen: ['2030-02-30'] }])('the change window with %j', (wrong) => {
    const changeWindow = { days: [1], opens: '08:00', closes: '16:00', timeZone: 'UTC', ...wrong };

    expect(refused({ stages: [{ environment: DEV, changeWindow }] })).toContain(`'changeWindow' of the stage dev must`);
  });

  test('names that GitHub or git does not take', () => {
    expect(refused({ repository: 'example/my shop', defaultBranch: 'a..b' })).toBe(
      `${at}'repository' must be 'owner/name' for GitHub Actions, got "example/my shop"; ` +
        `'defaultBranch' must be the name of a branch, got "a..b"`,
    );
    expect(refused({ repository: '../shop' })).toBe(`${at}'repository' must be 'owner/name', got "../shop"`);
    expect(refused({ engines: AZURE, repository: 'example/my shop/code' })).toBe('nothing');
  });

  test('pins of actions that no workflow uses', () => {
    expect(refused({ actionPins: { 'action/checkout': `${'a'.repeat(40)} # v9.0.0` } })).toMatch(
      /'actionPins' must be of actions that the workflows use, actions\/checkout, .*; got "action\/checkout"$/,
    );
  });

  test('gates without a number that is known', () => {
    const gate: Signal = {
      key: 'Errors',
      summary: 'errors',
      metric: { metricName: 'Http5xx', aggregation: Aggregation.TOTAL },
      comparison: Comparison.GREATER_THAN,
      threshold: NaN,
      window: SignalInterval.FIVE_MINUTES,
      frequency: SignalInterval.ONE_MINUTE,
      severity: Severity.P1,
      missingData: MissingData.IS_GOOD,
      runbook: 'rollback',
    };
    const pipeline = smallPipeline();
    const threshold = new TerraformVariable(pipeline, 'Most', { type: 'number' }).numberValue;

    for (const each of [gate, { ...gate, threshold }]) {
      expect(refusalOf(() => pipeline.addApplication('web', { language: NODE, directory: 'web', gates: [each] }))).toBe(
        `${at}'gates' must be of literals, because they are written into a workflow; got "Errors" with others`,
      );
    }
  });

  test('steps for applications that nobody added', () => {
    const pipeline = smallPipeline();
    const step = PipelineStep.command('Scan', NONE, ['true'], { applications: ['apii'] });
    pipeline.addStep(HookPoint.SECURITY_GATE, step);

    expect(refusalOf(() => renderedFiles(pipeline))).toBe(
      `${at}'applications' of the step "Scan" must be of api, got "apii"`,
    );
  });

  test('steps that call Azure where nobody is signed in', () => {
    const pipeline = smallPipeline();
    pipeline.addStep(HookPoint.AFTER_BUILD, PipelineStep.command('Sign', NONE, ['az version'], { azure: true }));

    expect(refusalOf(() => renderedFiles(pipeline))).toBe(
      `${at}'azure' of the step "Sign" must be left out for "api": after a build only those are signed in that push an image`,
    );
  });
});

describe('applications', () => {
  test('are not deployed to the slot that is the app itself', () => {
    const pipeline = smallPipeline();

    expect(
      refusalOf(() => pipeline.addApplication('web', { language: NODE, directory: 'web', slot: 'Production' })),
    ).toBe(`${at}'slot' must not be 'production': that is the app itself, which a version reaches by a swap`);
  });

  test('have variables of their own', () => {
    const pipeline = smallPipeline();
    pipeline.addApplication('my-app', { language: NODE, directory: 'a' });

    expect(refusalOf(() => pipeline.addApplication('my--app', { language: NODE, directory: 'b' }))).toBe(
      `${at}'name' must differ from "my-app" in more than hyphens: variables are called by it`,
    );
  });

  test('and stacks have the same files, in whatever order they were added', () => {
    const filesOf = (...order: string[]) => {
      const app = new App();
      const pipeline = pipelineIn(app);
      order.forEach((name) => pipeline.addApplication(name, { language: NODE, directory: name }));
      order.forEach((name) => pipeline.addStack(new TerraformStack(app, name), { stage: 'dev' }));
      return renderedFiles(pipeline);
    };

    expect(filesOf('b1', 'c1', 'a1')).toEqual(filesOf('a1', 'b1', 'c1'));
  });
});

describe('workflows', () => {
  test('of a pipeline that carries nothing have no job that needs none', () => {
    const workflowOf = (props: Partial<PromotionPipelineProps>) => {
      const [file] = renderedFiles(pipelineIn(new App(), props)).filter(({ path }) =>
        path.endsWith('pull-request.yml'),
      );
      return parse(file.content);
    };

    expect(Object.keys(workflowOf({}).jobs)).not.toContain('changes');
    const bare = workflowOf({ withoutChecks: Object.values(PipelineCheck) });
    expect(bare.jobs).toEqual({ required: expect.objectContaining({ name: 'Pull request' }) });
    expect(bare.jobs.required.steps).toEqual([
      { name: 'All checks passed, or had nothing to do', run: 'echo Nothing to check' },
    ]);
  });

  test('of Azure Pipelines copy a job for each stack, whatever it is called', () => {
    const app = new App();
    const pipeline = pipelineIn(app, { engines: AZURE, repository: 'example/shop/code' });
    pipeline.addStack(new TerraformStack(app, '1st'), { stage: 'dev' });
    const [file] = renderedFiles(pipeline).filter(({ path }) => path.endsWith('/drift.yml'));

    expect(parse(file.content).jobs[1].strategy.matrix).toEqual({ s1st: { stack: '1st' } });
    pipeline.addStack(new TerraformStack(app, 'a-b'), { stage: 'dev' });
    expect(refusalOf(() => pipeline.addStack(new TerraformStack(app, 'A_b'), { stage: 'dev' }))).toBe(
      `${at}the stack "A_b" must differ from "a-b" in letters or digits: Azure Pipelines tells jobs apart by them`,
    );
  });

  test('of Azure Pipelines take exact versions of languages as they are', () => {
    const pipeline = smallPipeline({ engines: AZURE, repository: 'example/shop/code' });
    pipeline.addApplication('exact', { language: NODE, directory: 'x', languageVersion: '22.11.0' });
    pipeline.addApplication('net', {
      language: DOTNET,
      directory: 'y',
      languageVersion: '9.0.100',
      buildCommands: ['x'],
    });
    const text = renderedFiles(pipeline)
      .map(({ content }) => content)
      .join('\n');

    expect(text).toContain('version: 22.11.0\n');
    expect(text).toContain('version: 9.0.100\n');
    expect(text).toContain('version: 22.x\n');
  });
});
describe('a stack', () => {
  test('without a state that outlives the machine is refused at synthesis, whenever the state comes', () => {
    const app = Testing.app();
    const pipeline = new PromotionPipeline(app, 'Pipeline', {
      repository: 'example/shop',
      stages: [{ environment: DEV }],
    });
    const stack = new TerraformStack(app, 'shop-dev');
    new AzureProviders(stack, 'Providers');
    new Workload(stack, 'Shop', {
      name: 'shop',
      environment: DEV,
      location: 'westeurope',
      owner: 'team-shop',
      costCenter: '4711',
    });
    pipeline.addStack(stack);

    expect(() => Testing.synth(stack, true)).toThrow(
      '[shop-dev] the pipeline Pipeline applies this stack from machines that start empty, so its state must be kept elsewhere; give the stack an AzureState',
    );
    new AzureState(stack, 'State', { environment: DEV, storageAccountName: 'stshop' });
    expect(() => Testing.synth(stack, true)).not.toThrow();
  });
});
