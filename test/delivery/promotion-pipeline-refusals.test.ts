import { App, TerraformStack } from 'cdktf';
import { Environment } from '../../src/core/environment';
import { DatabaseMigrations } from '../../src/delivery/database-migrations';
import { HookPoint } from '../../src/delivery/hook-point';
import { ApplicationArtifact, ApplicationTarget } from '../../src/delivery/pipeline-application';
import { PipelineEngine } from '../../src/delivery/pipeline-engine';
import { PipelineLanguage } from '../../src/delivery/pipeline-language';
import { PipelineStep } from '../../src/delivery/pipeline-step';
import { scratch } from '../support/scratch';
import { pipelineIn, smallPipeline } from './pipelines';
import { filesIn, read } from './promotion-fixtures';

describe('several pipelines in one repository', () => {
  test('share neither files nor environments, locks or variables', () => {
    const app = new App();
    const [shop, billing] = ['shop', 'billing'].map((name) => {
      const pipeline = pipelineIn(app, { name }, name);
      pipeline.addApplication('api', { language: PipelineLanguage.NODE, directory: `${name}/api` });
      pipeline.addStack(new TerraformStack(app, `${name}-prod`), { stage: 'prod' });
      return pipeline;
    });
    const folder = scratch('pipeline');

    shop.write(folder);
    const first = filesIn(folder);
    billing.write(folder);
    const second = filesIn(folder).filter((file) => !first.includes(file));

    shop.check(folder);
    billing.check(folder);
    expect(second).toHaveLength(first.length);
    const names = [shop, billing].map(({ environments }) => environments.map(({ name }) => name));
    expect(names[0].filter((name) => names[1].includes(name))).toEqual([]);
    const locks = (files: string[]) => files.flatMap((file) => read(folder, file).match(/^ *group: .*$/gm) ?? []);
    expect(locks(first).filter((lock) => locks(second).includes(lock))).toEqual([]);
    const shared = shop.repositoryVariables.filter((name) => billing.repositoryVariables.includes(name));
    expect(shared).toEqual([]);
  });

  test('need names', () => {
    const app = new App();
    pipelineIn(app);

    expect(() => pipelineIn(app, {}, 'Other')).toThrow(
      'delivery/Other: \'name\' must differ from that of the other pipeline in example/shop, got ""',
    );
    expect(() => pipelineIn(app, { repository: 'example/other' }, 'Elsewhere')).not.toThrow();
  });
});

describe('fails', () => {
  const at = 'delivery/Pipeline: ';

  test('with everything that is wrong at once', () => {
    expect(() =>
      pipelineIn(new App(), {
        repository: 'shop',
        name: 'Pipeline',
        engines: [],
        coveragePercent: 101,
        defaultBranch: 'a branch',
        runner: 'a runner',
        synthesis: { language: PipelineLanguage.PYTHON, terraformVersion: '1.11', directory: '$x', output: '*' },
        schedules: { drift: 'daily' },
        actionPins: { 'actions/checkout': 'v7' },
      }),
    ).toThrow(
      new Error(
        `${at}'repository' must be 'owner/name', got "shop"; 'engines' must not be empty: nothing would be written; ` +
          `'name' must be 2 to 20 lower-case letters, digits or hyphens, a letter first, and none of promotion, hotfix, pipeline, pull, build, got "Pipeline"; ` +
          `'defaultBranch' must be the name of a branch, got "a branch"; 'coveragePercent' must be 0 to 100, got 101; ` +
          `'runner' must be the label of a machine, got "a runner"; ` +
          `'synthesis.commands' must be given for any language but Node.js, e.g. those that install and 'cdktf synth'; ` +
          `'synthesis.directory' must be a path below the root of the repository, got "$x"; ` +
          `'synthesis.output' must be a path below the root of the repository, got "*"; ` +
          `'synthesis.terraformVersion' must be exact, e.g. '1.11.4', got "1.11"; ` +
          `'schedules.drift' must be cron with five fields of numbers, for minute, hour, day, month and weekday from 0 to 6, got "daily"; ` +
          `'actionPins' must be a commit and its version, e.g. '<40 digits> # v4.1.0', got "v7" for actions/checkout`,
      ),
    );
  });

  test('with stages that nobody may approve, or that are none', () => {
    const { PREPROD, PROD } = Environment;
    expect(() => pipelineIn(new App(), { approvers: {}, stages: [{ environment: PREPROD }] })).toThrow(
      new Error(
        `${at}'approvers' must say who has the role lead, security of the stage preprod, e.g. { lead: ['team:platform'] }; or give the stage other 'approvals'`,
      ),
    );
    expect(() => pipelineIn(new App(), { stages: [] })).toThrow(new Error(`${at}'stages' must not be empty`));
    expect(() => pipelineIn(new App(), { stages: [{ environment: PROD }, { environment: PROD }] })).toThrow(
      new Error(`${at}'stages' must be of different environments, got prod, prod`),
    );
    expect(() =>
      pipelineIn(new App(), {
        approvers: { release: ['release'], lead: [] },
        stages: [
          {
            environment: PROD,
            approvals: ['release', 'release', 'No'],
            waitMinutes: 1.5,
            runner: '$x',
            changeWindow: { days: [8], opens: '9:00', closes: '8:00', timeZone: 'here' },
          },
        ],
      }),
    ).toThrow(
      new Error(
        `${at}'approvals' of the stage prod must be roles of 2 to 24 lower-case letters or digits, got "No"; ` +
          `'approvals' of the stage prod must be different roles, got release, release, No; ` +
          `'approvers' must say who has the role No of the stage prod, e.g. { No: ['team:platform'] }; or give the stage other 'approvals'; ` +
          `'waitMinutes' of the stage prod must be a whole number from 0 to 43200, got 1.5; ` +
          `'runner' must be the label of a machine, got "$x"; ` +
          `'changeWindow' of the stage prod must have days of 1 to 7, times as HH:MM, the later one last, a time zone such as 'Europe/Berlin', and frozen days as YYYY-MM-DD; ` +
          `'approvers.release' must be 'team:slug' or 'user:login', got "release"; ` +
          `'approvers.lead' must be 1 to 6 teams or users, got 0`,
      ),
    );
  });

  test('with repositories of the other engine', () => {
    const engines = [PipelineEngine.AZURE_DEVOPS];
    expect(() => pipelineIn(new App(), { engines })).toThrow(
      new Error(`${at}'repository' must be 'organization/project/name' for Azure DevOps, got "example/shop"`),
    );
    expect(() => pipelineIn(new App(), { repository: 'example/shop/code' })).toThrow(
      new Error(`${at}'repository' must be 'owner/name' for GitHub Actions, got "example/shop/code"`),
    );
    expect(() => pipelineIn(new App(), { engines, repository: 'example/shop/code' })).not.toThrow();
  });

  test('with applications that cannot be built or rolled out', () => {
    const pipeline = smallPipeline();
    const { NODE, DOTNET } = PipelineLanguage;
    expect(() =>
      pipeline.addApplication('A', {
        language: DOTNET,
        directory: '../api',
        healthPath: 'health',
        slot: '-',
        output: '/dist',
        alsoWhen: ['$(id)'],
        testCommands: ['echo ${{ github.head_ref }}'],
        rollout: [
          { percent: 50, minutes: 121 },
          { percent: 10, minutes: 0 },
        ],
        migrations: DatabaseMigrations.command(NODE, [], { timeoutMinutes: 0 }),
      }),
    ).toThrow(
      new Error(
        `${at}'name' must be 2 to 20 lower-case letters, digits or hyphens, a letter first, got "A"; ` +
          `'directory' must be a path below the root of the repository, got "../api"; ` +
          `'alsoWhen' must be a path below the root of the repository, got "$(id)"; ` +
          `'output' must be a path below the root of the repository, got "/dist"; ` +
          `'healthPath' must be a path, e.g. '/health/ready', got "health"; ` +
          `'slot' must be 2 to 40 letters, digits or hyphens, got "-"; ` +
          `'rollout' must rise in whole percents and end at 100, got 50, 10; ` +
          `'rollout' must stay 0 to 120 whole minutes at each step, got 121, 0; ` +
          `'testCommands' must be commands for bash, without expressions of the engine or of Terraform, got "echo \${{ github.head_ref }}"; ` +
          `'buildCommands' must be given: there are no ready-made steps for the language 'dotnet'; ` +
          `'timeoutMinutes' of the migrations must be a whole number from 1 to 120, got 0`,
      ),
    );
    expect(() => pipeline.addApplication('api', { language: NODE, directory: 'api' })).toThrow(
      new Error(`${at}there is an application "api" already`),
    );
    const rollout = [1, 2, 3, 100].map((percent) => ({ percent, minutes: 61 }));
    expect(() => pipeline.addApplication('web', { language: NODE, directory: 'web', rollout })).toThrow(
      new Error(
        `${at}'rollout' must take 240 minutes at most, since a job has six hours for it and all around it; got 244`,
      ),
    );
    const artifact = ApplicationArtifact.CONTAINER;
    expect(() => pipeline.addApplication('web', { language: NODE, directory: 'web', artifact })).toThrow(
      new Error(
        `${at}'registry' must be given for an image, e.g. 'example.azurecr.io': it is pushed there once, and promoted by digest`,
      ),
    );
    const site = { language: NODE, directory: 'web', target: ApplicationTarget.STATIC_SITE };
    expect(() => pipeline.addApplication('web', { ...site, registry: 'Example' })).toThrow(
      new Error(
        `${at}'registry' must be the login server of a registry, e.g. 'example.azurecr.io', got "Example"; 'artifact' must be a package for a static site: it runs no containers`,
      ),
    );
  });

  test('with load that is none', () => {
    expect(() => PipelineStep.loadTest({ users: 0, seconds: 1, p95Milliseconds: 0.5, paths: ['a,b'] })).toThrow(
      new Error(
        "load test: 'users' must be a whole number from 1 to 1000, got 0; 'seconds' must be a whole number from 10 to 3600, got 1; 'p95Milliseconds' must be a whole number from 1 to 60000, got 0.5; 'paths' must begin with a slash and hold no comma, got a,b",
      ),
    );
  });

  test('with stacks of no stage, and steps of no place', () => {
    const app = new App();
    const pipeline = pipelineIn(app);
    const stack = new TerraformStack(app, 'shop');
    const other = new TerraformStack(app, 'other');
    expect(() => pipeline.addStack(stack)).toThrow(
      new Error(
        `${at}'stage' must be given for the stack "shop": it has no workload yet, or several of different environments`,
      ),
    );
    expect(() => pipeline.addStack(stack, { stage: 'qa', after: [other] })).toThrow(
      new Error(
        `${at}'stage' of the stack "shop" must be one of dev, test, staging, preprod, prod, got "qa"; 'after' of the stack "shop" must name stacks that were added before`,
      ),
    );
    pipeline.addStack(stack, { stage: 'dev' });
    expect(() => pipeline.addStack(stack, { stage: 'dev' })).toThrow(
      new Error(`${at}the stack "shop" was added already`),
    );
    expect(() => pipeline.addStack(other, { stage: 'prod', after: [stack] })).toThrow(
      new Error(
        `${at}'after' of the stack "other" must name stacks of the same stage; earlier stages come first anyway`,
      ),
    );
    const { NONE } = PipelineLanguage;
    const step = PipelineStep.command('No: "quotes"', NONE, [], {
      stages: ['qa'],
      directory: '/',
      azure: true,
      variables: { lower: '${{ x }}' },
      timeoutMinutes: 121,
    });
    expect(() => pipeline.addStep(HookPoint.PULL_REQUEST, step)).toThrow(
      new Error(
        `${at}'name' must be 1 to 60 letters, digits, spaces or ( ) . , : / -, got "No: \\"quotes\\""; ` +
          `'commands' must not be empty; 'stages' must be of dev, test, staging, preprod, prod, got "qa"; ` +
          `'directory' must be a path below the root of the repository, got "/"; ` +
          `'azure' must be left out at 'pull-request': code that nobody has reviewed gets no identity that writes; ` +
          `'variables' must have names of capitals, digits and underscores, got "lower"; ` +
          `'variables' must be literals, because they are written into a workflow; got "\${{ x }}" for lower; ` +
          `'timeoutMinutes' must be a whole number from 1 to 120, got 121`,
      ),
    );
    const fine = PipelineStep.command('Fine', NONE, ['true']);
    pipeline.addStep(HookPoint.DRILL, fine);
    expect(() => pipeline.addStep(HookPoint.DRILL, fine)).toThrow(
      new Error(`${at}there is a step "Fine" at 'drill' already`),
    );
  });
});
