import { parse } from 'yaml';
import { HookPoint, PipelineLanguage, PipelineStep } from '../../src';
import { Job, jobOf, jobs, loaded, parsed, Step, stepOf } from './github-fixtures';
import { renderedFiles, smallPipeline } from './pipelines';

describe('promotion', () => {
  test('builds once, and carries the digest to every stage', () => {
    const builds = Object.keys(parsed['promotion-api'].jobs).filter((key) => key.startsWith('build'));
    expect(builds).toEqual(['build']);
    for (const stage of loaded.stageNames) {
      expect(stepOf('promotion-api', `deploy-${stage}`, 'Roll out').env.ROLLOUT_ARTIFACT).toBe(
        '${{ needs.build.outputs.image }}',
      );
      expect(stepOf('promotion-orders', `deploy-${stage}`, 'Roll out').env.ROLLOUT_ARTIFACT_SHA256).toBe(
        '${{ needs.build.outputs.sha256 }}',
      );
      expect(stepOf('promotion-orders', `deploy-${stage}`, 'Verify the archive').run).toContain(
        'sha256sum --check --strict',
      );
    }
    expect(stepOf('promotion-api', 'build', 'Build and push').run).toContain(
      'output image "example.azurecr.io/api@$digest"',
    );
  });

  test('goes one way, past each approval', () => {
    expect(
      Object.entries<Job>(parsed['promotion-api'].jobs).map(([key, { needs, environment }]) => [
        key,
        needs,
        environment,
      ]),
    ).toEqual([
      ['build', undefined, 'shop-build'],
      ['deploy-dev', ['build'], 'shop-dev'],
      ['deploy-test', ['build', 'deploy-dev'], 'shop-test'],
      ['deploy-staging', ['build', 'deploy-test'], 'shop-staging'],
      ['approve-preprod-lead', ['deploy-staging'], 'shop-preprod-lead'],
      ['deploy-preprod', ['build', 'approve-preprod-lead'], 'shop-preprod'],
      ['deploy-prod', ['build', 'deploy-preprod'], 'shop-prod'],
      ['release', ['deploy-prod'], undefined],
    ]);
  });

  test('backs up and migrates before traffic moves, and returns after whatever fails', () => {
    const names = jobOf('promotion-api', 'deploy-preprod').steps.map(({ name }: Step) => name);
    const order = [
      'Announce',
      'Back up the database',
      'Migrate the database',
      'Roll out',
      'Headers',
      'Load test',
      'Load test (k6)',
      'Privacy',
    ];
    expect(names.filter((name: string) => order.includes(name))).toEqual(order);
    expect(names.slice(-3)).toEqual(['Return to the old version', 'Sign in to Azure', 'Tell of the deployment']);
    expect(stepOf('promotion-api', 'deploy-preprod', 'Return to the old version')).toMatchObject({
      if: "${{ !success() && steps.rollout.outcome != 'skipped' }}",
      env: { ROLLOUT_ACTION: 'return' },
      'timeout-minutes': 7,
    });
    expect(jobOf('promotion-billing', 'deploy-prod').steps.map(({ name }: Step) => name)).not.toContain(
      'Back up the database',
    );
  });

  test('signs in anew before each part, since a token is good for an hour', () => {
    const names = jobOf('promotion-api', 'deploy-preprod').steps.map(({ name }: Step) => name);
    const before = (name: string) => names[names.indexOf(name) - 1];
    expect([before('Roll out'), before('Return to the old version')]).toEqual(['Sign in to Azure', 'Sign in to Azure']);
  });

  test('moves traffic in steps where there are slots, and in place where there are none', () => {
    const rollout = (stage: string) => stepOf('promotion-api', `deploy-${stage}`, 'Roll out').env;
    expect(rollout('prod')).toMatchObject({ ROLLOUT_SLOT: 'staging', ROLLOUT_STEPS: '10:5,25:10,50:15,100:0' });
    expect(rollout('dev').ROLLOUT_SLOT).toBe('');
    expect(JSON.parse(rollout('prod').ROLLOUT_GATES)).toMatchObject([
      {
        name: 'ServerErrors',
        metric: 'Http5xx',
        aggregation: 'Total',
        comparison: 'GreaterThan',
        threshold: 5,
        windowMinutes: 5,
      },
      { name: 'SlowAnswers', metric: 'HttpResponseTime', aggregation: 'Average', threshold: 3 },
    ]);
  });

  test('gives every rollout more time than its soaks and steps may take', () => {
    for (const [key, job] of jobs.filter(([name]) => /\/deploy-/.test(name))) {
      const sum = job.steps.reduce((all: number, step: Step) => all + (step['timeout-minutes'] ?? 0), 0);
      expect([key, job['timeout-minutes'] > sum]).toEqual([key, true]);
    }
  });

  test('runs steps of the user where they belong', () => {
    const has = (stage: string, name: string) =>
      jobOf('promotion-api', `deploy-${stage}`).steps.some((step: Step) => step.name === name);
    expect(['test', 'staging'].map((stage) => has(stage, 'End-to-end tests (Playwright)'))).toEqual([true, false]);
    expect(['test', 'staging'].map((stage) => has(stage, 'End-to-end tests (Cypress)'))).toEqual([false, true]);
    expect(stepOf('promotion-api', 'build', 'Bill of materials')).toBeDefined();
    expect(stepOf('promotion-orders', 'build', 'Bill of materials')).toBeUndefined();
  });
});

describe('hotfix', () => {
  test('has the same security, one approval, and no window', () => {
    const { jobs: all } = parsed['hotfix-api'];
    expect(Object.keys(all)).toEqual([
      'quality',
      'secrets',
      'patterns',
      'configuration',
      'sonarqube',
      'build',
      'deploy-staging',
      'deploy-prod',
      'release',
    ]);
    expect(all.build.needs).toEqual(['quality', 'secrets', 'patterns', 'configuration', 'sonarqube']);
    expect(all['deploy-prod'].environment).toBe('shop-prod-hotfix');
    expect(all['deploy-prod'].steps.map(({ name }: Step) => name)).not.toContain('Change window');
  });

  test('is not stopped by a check that was skipped, and by one that failed it is', () => {
    expect(jobOf('hotfix-api', 'build').if).toBe('${{ !failure() && !cancelled() }}');
    expect(jobOf('hotfix-api', 'deploy-staging').if).toBe("${{ !cancelled() && needs.build.result == 'success' }}");
  });
});

describe('rollback', () => {
  test('is one button of five minutes, waits for nobody, and knows no terraform', () => {
    const { on, jobs: all } = parsed.rollback;
    expect(on.workflow_dispatch.inputs).toMatchObject({
      stage: { type: 'choice', options: ['prod', 'preprod', 'staging', 'test', 'dev'] },
      application: { type: 'choice', options: ['api', 'billing', 'orders', 'site', 'worker'] },
    });
    const job = all['prod-api'];
    expect(job).toMatchObject({
      if: "${{ inputs.stage == 'prod' && inputs.application == 'api' }}",
      environment: 'shop-prod-rollback',
      'timeout-minutes': 5,
    });
    expect(job.steps.map(({ name }: Step) => name)).toEqual([
      'Checkout',
      'Set up Node.js',
      'Sign in to Azure',
      'Begin',
      'Roll back',
      'Tell of the deployment',
    ]);
    expect(JSON.stringify(all)).not.toContain('terraform');
  });

  test('deploys the version before where no slot holds it, fetched within the five minutes', () => {
    for (const job of ['prod-site', 'dev-orders']) {
      const [fetch, back] = ['Fetch what to return to', 'Roll back'].map((name) => stepOf('rollback', job, name));
      const budget = back.env.SITE_BUDGET_SECONDS ?? back.env.ROLLOUT_BUDGET_SECONDS;
      expect([job, Number(fetch.env.PREVIOUS_SECONDS) + Number(budget)]).toEqual([job, 240]);
      expect(fetch).toMatchObject({ 'continue-on-error': true, env: { GITHUB_TOKEN: '${{ github.token }}' } });
      expect(fetch.env).not.toHaveProperty('PREVIOUS_VERSION');
      expect(back.env.SITE_PREVIOUS ?? back.env.ROLLOUT_PREVIOUS).toBe('${{ steps.previous.outputs.archive }}');
      expect(jobOf('rollback', job).permissions).toMatchObject({ actions: 'read' });
    }
    for (const job of ['prod-api', 'prod-orders']) {
      expect(jobOf('rollback', job).permissions).not.toHaveProperty('actions');
    }
  });
});

describe('by hand', () => {
  test('new stacks get their first state, and locks go, with the approvals of the stage and never beside an apply', () => {
    for (const workflow of ['initialise', 'unlock']) {
      expect(parsed[workflow].concurrency).toEqual(parsed.infrastructure.concurrency);
      expect(jobOf(workflow, `${workflow}-prod`)).toMatchObject({
        if: "${{ inputs.stage == 'prod' }}",
        environment: 'shop-prod',
      });
    }
    expect(parsed.unlock.on.workflow_dispatch.inputs.lock).toMatchObject({ required: true, type: 'string' });
    expect(stepOf('unlock', 'unlock-prod', 'Unlock').env).toEqual({
      STACK: '${{ inputs.stack }}',
      LOCK: '${{ inputs.lock }}',
    });
  });
});

describe('scheduled', () => {
  test('drift is looked for each night, as who may only read', () => {
    expect(parsed.drift.on).toEqual({ schedule: [{ cron: '17 4 * * *' }], workflow_dispatch: {} });
    expect(jobOf('drift', 'drift-prod')).toMatchObject({
      permissions: { 'id-token': 'write', issues: 'write' },
      env: { ARM_CLIENT_ID: '${{ vars.SHOP_PROD_PLAN_CLIENT_ID }}' },
    });
    expect(stepOf('drift', 'drift-prod', 'Report').env).toMatchObject({
      DRIFT_EXIT_CODE: '${{ steps.plan.outputs.ended }}',
    });
  });

  test('rehearsals are measured', () => {
    expect(stepOf('restore-test', 'restore-test-prod', 'Restore')).toMatchObject({
      run: 'node .delivery/shop/measure.cjs',
      env: { MEASURE_COMMAND: 'cd .\necho rpo-minutes=3' },
    });
    expect(Object.keys(parsed.drill.jobs)).toEqual(['drill-staging']);
  });

  test('steps that call Azure sign in by themselves: a token is good for an hour, and what a run knows of itself for minutes', () => {
    const pipeline = smallPipeline();
    ['Probe', 'Look'].forEach((name) =>
      pipeline.addStep(
        HookPoint.SECURITY_GATE,
        PipelineStep.command(name, PipelineLanguage.NONE, ['az version'], { azure: true, advisory: name === 'Look' }),
      ),
    );
    const [file] = renderedFiles(pipeline).filter(({ path }) => path.endsWith('promotion-api.yml'));
    const { steps } = parse(file.content).jobs['deploy-prod'];
    const named = (name: string) => steps.findIndex((step: { name?: string }) => step.name === name);

    expect(steps[named('Probe') - 1]).toMatchObject({ name: 'Sign in to Azure' });
    expect(steps[named('Look') - 1]).toMatchObject({ name: 'Sign in to Azure', 'continue-on-error': true });
  });
});
