import { parse } from 'yaml';
import { PipelineEngine } from '../../src/delivery/pipeline-engine';
import { loadedPipeline, renderedFiles, smallPipeline } from './pipelines';

type Step = Readonly<Record<string, any>>;
type Job = Readonly<Record<string, any>>;

const files = renderedFiles(loadedPipeline()).filter(({ path }) => path.startsWith('azure-pipelines/'));
const parsed = Object.fromEntries(
  files.map(({ path, content }) => [path.slice('azure-pipelines/shop-'.length, -'.yml'.length), parse(content)]),
);
const keyOf = (job: Job): string => job.job ?? job.deployment;
const stepsOf = (job: Job): Step[] => job.steps ?? job.strategy.runOnce.deploy.steps;
const scriptOf = (step: Step): string | undefined => step.bash ?? step.inputs?.inlineScript;
const jobs: Array<[string, Job]> = Object.entries(parsed).flatMap(([file, { jobs: all }]) =>
  all.map((job: Job): [string, Job] => [`${file}/${keyOf(job)}`, job]),
);
const jobOf = (file: string, key: string): Job => parsed[file].jobs.find((job: Job) => keyOf(job) === key);
const stepOf = (file: string, key: string, name: string): Step =>
  stepsOf(jobOf(file, key)).find(({ displayName }) => displayName === name)!;

test('has the same workflows as the other engine', () => {
  const github = renderedFiles(loadedPipeline()).filter(({ path }) => path.startsWith('.github/workflows/'));

  expect(files.map(({ path }) => path.slice('azure-pipelines/'.length))).toEqual(
    github.map(({ path }) => path.slice('.github/workflows/'.length)),
  );
});

test('pastes nothing into commands', () => {
  const pasted = jobs.flatMap(([key, job]) =>
    stepsOf(job).flatMap((step) =>
      scriptOf(step)?.match(/\$\{\{|\$\[ |\$\((Build|System|Agent)\.[^)]*\)/) ? [key] : [],
    ),
  );

  expect(pasted).toEqual([]);
});

test('every job ends, and every job names what it takes from others', () => {
  for (const [key, job] of jobs) {
    expect([key, job.timeoutInMinutes > 0]).toEqual([key, true]);
    const [file] = key.split('/');
    const references = [...JSON.stringify(job).matchAll(/dependencies\.(\w+)\.outputs\['(\w+)\.(\w+)'\]/g)];
    for (const [, from, step, output] of references) {
      const source = jobOf(file, from);
      const found = stepsOf(source).find(({ name }) => name === step);
      const script = found && scriptOf(found);
      expect([key, from, step, output, script === undefined]).toEqual([key, from, step, output, false]);
      expect(script).toMatch(
        /changed-plans\.cjs/.test(script ?? '') ? /changed-plans/ : new RegExp(`(output|touches) "?${output}\\b`),
      );
      expect(job.dependsOn).toContain(from);
    }
  }
});

test('signs in with the service connection of its stage, and only where it calls Azure', () => {
  const connections = new Map<string, Set<string>>();
  for (const [key, job] of jobs) {
    for (const step of stepsOf(job).filter(({ task }) => task === 'AzureCLI@2')) {
      const kind = key
        .replace(/^(promotion|hotfix)-\w+/, '$1')
        .replace(/_(dev|test|staging|preprod|prod).*/, '_$1')
        .replace(/\/(\w+?)_\w+$/, '/$1_');
      connections.set(
        step.inputs.azureSubscription,
        new Set([...(connections.get(step.inputs.azureSubscription) ?? []), kind]),
      );
    }
  }

  expect([...(connections.get('shop-dev-plan') ?? [])].sort()).toEqual([
    'drift/drift_',
    'infrastructure/plan_',
    'orphans/orphans_',
    'pull-request/plan_',
  ]);
  expect([...(connections.get('shop-build') ?? [])]).toEqual(['hotfix/build', 'promotion/build']);
  expect([...connections.keys()].filter((name) => name.endsWith('-rollback'))).toHaveLength(5);
});

test('waits for approvals in environments, also before copies of a job', () => {
  expect(jobOf('promotion-api', 'deploy_prod')).toMatchObject({ deployment: 'deploy_prod', environment: 'shop-prod' });
  expect(jobOf('infrastructure', 'approve_apply_prod')).toMatchObject({
    environment: 'shop-prod',
    dependsOn: ['review_prod'],
  });
  expect(jobOf('infrastructure', 'apply_prod')).toMatchObject({
    dependsOn: ['review_prod', 'approve_apply_prod'],
    strategy: { matrix: "$[ dependencies.review_prod.outputs['list.stacks'] ]" },
  });
});

test('applies exactly the plan that was sealed', () => {
  const { inputs } = stepOf('infrastructure', 'apply_prod', 'Apply exactly this plan');

  expect(inputs.inlineScript).toContain('echo "$SHA256  delivery-out/plan/plan.bin" | sha256sum --check --strict\n');
  expect(inputs.inlineScript).toContain('export ARM_USE_OIDC=true');
  expect(inputs.inlineScript).not.toContain('auto-approve');
});

test('returns after a failure, once a rollout had begun', () => {
  expect(stepOf('promotion-api', 'deploy_prod', 'Roll out').inputs.inlineScript).toContain(
    "echo '##vso[task.setvariable variable=ROLLOUT_STARTED]true'\n",
  );
  expect(stepOf('promotion-api', 'deploy_prod', 'Return to the old version').condition).toBe(
    "and(or(failed(), canceled()), ne(variables['ROLLOUT_STARTED'], ''))",
  );
});

test('variables that nobody has set are empty', () => {
  expect(stepOf('rollback', 'prod_api', 'Roll back').inputs.inlineScript).toContain(
    'case "$ROLLOUT_URL" in \\$\\(*) export ROLLOUT_URL=\'\' ;; esac\n',
  );
});

test('forks plan nothing', () => {
  expect(jobOf('pull-request', 'plan_prod').condition).toContain("ne(variables['System.PullRequest.IsFork'], 'True')");
});

test('is started by branch and path, by hand, and on schedule', () => {
  expect(parsed['promotion-api']).toMatchObject({
    trigger: { branches: { include: ['main'] }, paths: { include: ['api'] } },
    pr: 'none',
  });
  expect(parsed['pull-request']).toMatchObject({ trigger: 'none', pr: { branches: { include: ['main'] } } });
  expect(parsed.rollback.parameters).toMatchObject([
    { name: 'stage', type: 'string', values: ['prod', 'preprod', 'staging', 'test', 'dev'] },
    { name: 'application' },
  ]);
  expect(parsed.drift.schedules).toMatchObject([{ cron: '17 4 * * *', branches: { include: ['main'] }, always: true }]);
});

test('a small pipeline, whole', () => {
  const engines = [PipelineEngine.AZURE_DEVOPS];
  const small = renderedFiles(smallPipeline({ engines, repository: 'example/shop/code' }));

  expect(small.filter(({ path }) => path.startsWith('.github'))).toEqual([]);
  const yaml = small.filter(({ path }) => path.endsWith('.yml')).map(({ path, content }) => [path, content]);
  expect(Object.fromEntries(yaml)).toMatchSnapshot();
});
