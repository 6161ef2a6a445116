import { execFileSync, spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { parse } from 'yaml';
import { scratch } from '../support/scratch';
import { renderedFiles, smallPipeline } from './pipelines';

type Step = Readonly<Record<string, any>>;

/** A terraform that notes what it was asked for, and plans what it is told to. */
const TERRAFORM = `#!/usr/bin/env bash
echo "$*" >> "$CALLS"
folder=\${1#-chdir=}
case "$2" in
  init) [ -z "$INIT_FAILS" ] && echo locked > "$folder/.terraform.lock.hcl" ;;
  plan) for each in "$@"; do case "$each" in -out=*) echo "plan of $folder" > "\${each#-out=}" ;; esac; done; exit "$PLAN_EXIT" ;;
  show) echo '{"format_version":"1.2","resource_changes":[]}' ;;
  apply) cat "\${@: -1}" >> "$CALLS" ;;
esac
`;

const workflows = Object.fromEntries(
  renderedFiles(smallPipeline())
    .filter(({ path: file }) => file.startsWith('.github/workflows/'))
    .map(({ path: file, content }) => [path.basename(file, '.yml'), parse(content)]),
);
const folder = scratch('shell');
const home = path.join(folder, 'repository');
const calls = path.join(folder, 'calls');

beforeAll(() => {
  smallPipeline().write(home);
  fs.mkdirSync(path.join(folder, 'bin'));
  fs.writeFileSync(path.join(folder, 'bin/terraform'), TERRAFORM, { mode: 0o755 });
});

beforeEach(() => {
  fs.rmSync(path.join(home, 'stacks'), { recursive: true, force: true });
  fs.rmSync(path.join(home, 'delivery-out'), { recursive: true, force: true });
  fs.mkdirSync(path.join(home, 'stacks/shop-dev'), { recursive: true });
  fs.writeFileSync(calls, '');
});

/** Runs a step the way GitHub does. */
function run(workflow: string, job: string, name: string, env: Record<string, string> = {}, cwd: string = home) {
  const step: Step = workflows[workflow].jobs[job].steps.find((each: Step) => each.name === name);
  const output = path.join(folder, 'output');
  fs.writeFileSync(output, '');
  const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], {
    cwd,
    encoding: 'utf8',
    env: {
      PATH: `${path.join(folder, 'bin')}:${process.env.PATH}`,
      GITHUB_OUTPUT: output,
      CALLS: calls,
      PLAN_EXIT: '2',
      INIT_FAILS: '',
      ...literals(step.env),
      ...env,
    },
  });
  const outputs = fs.readFileSync(output, 'utf8').split('\n').filter(Boolean);
  return {
    status,
    said: stdout + stderr,
    outputs: Object.fromEntries(outputs.map((line) => line.split(/=(.*)/s).slice(0, 2))),
  };
}

function literals(env: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => !value.includes('${{')));
}

/** Plans and seals a stack, as far as that goes, and answers what is to be applied. */
function planned(env: Record<string, string> = {}) {
  const plan = run('infrastructure', 'plan-dev', 'Plan', { STACK: 'shop-dev', VISIBILITY: 'private', ...env });
  if (plan.status !== 0) {
    return { plan };
  }
  run('infrastructure', 'plan-dev', 'Seal', { STACK: 'shop-dev', CHANGES: plan.outputs.ended });
  fs.renameSync(path.join(home, 'delivery-out/seal'), path.join(home, 'delivery-out/seals'));
  return { plan, list: run('infrastructure', 'review-dev', 'List what changes').outputs };
}

const apply = (SHA256: string) =>
  run('infrastructure', 'apply-dev', 'Apply exactly this plan', { STACK: 'shop-dev', SHA256 });
const applied = () =>
  fs
    .readFileSync(calls, 'utf8')
    .split('\n')
    .filter((line) => / apply |^plan of/.test(line));

describe('a plan', () => {
  test('that changes something is applied, and it alone', () => {
    const { list } = planned();
    const [{ stack, sha256 }] = JSON.parse(list!.stacks);
    expect([list!.any, stack]).toEqual(['true', 'shop-dev']);

    expect(apply(sha256).status).toBe(0);

    expect(applied()).toEqual([
      `-chdir=stacks/shop-dev apply -input=false -no-color -lock-timeout=10m ${home}/delivery-out/plan/plan.bin`,
      'plan of stacks/shop-dev',
    ]);
    expect(fs.existsSync(path.join(home, 'delivery-out/plan.json'))).toBe(false);
  });

  test('that somebody changed after the review is not applied', () => {
    const [{ sha256 }] = JSON.parse(planned().list!.stacks);
    fs.appendFileSync(path.join(home, 'delivery-out/plan/plan.bin'), 'and more');

    expect(apply(sha256)).toMatchObject({
      status: 1,
      said: expect.stringContaining('delivery-out/plan/plan.bin: FAILED'),
    });
    expect(applied()).toEqual([]);
  });

  test('that changes nothing asks nobody', () => {
    expect(planned({ PLAN_EXIT: '0' }).list).toEqual({ stacks: '[]', any: 'false' });
  });

  test('that fails ends there', () => {
    expect(planned({ PLAN_EXIT: '1' }).plan).toMatchObject({ status: 1, outputs: { ended: '1' } });
  });

  test('of a stack without a state says what to do', () => {
    expect(planned({ INIT_FAILS: 'yes' }).plan).toMatchObject({
      status: 1,
      said: 'Is the stack new? Then run the workflow "initialise" once: only who applies may write its first state.\n',
    });
  });

  test('is not kept where everybody could read it', () => {
    expect(planned({ VISIBILITY: 'public' }).plan).toMatchObject({
      status: 1,
      said: expect.stringContaining('not kept'),
    });
    expect(fs.readFileSync(calls, 'utf8')).toBe('');
  });

  test('that fails at night is reported, and fails nothing', () => {
    const found = (env: Record<string, string>) => run('drift', 'drift-dev', 'Plan', { STACK: 'shop-dev', ...env });

    expect(found({ PLAN_EXIT: '1' })).toMatchObject({ status: 0, outputs: { ended: '1' } });
    expect(found({ INIT_FAILS: 'yes' })).toMatchObject({ status: 0, outputs: { ended: '1' } });
    expect(found({ PLAN_EXIT: '2' })).toMatchObject({ status: 0, outputs: { ended: '2' } });
    expect(found({ PLAN_EXIT: '0' })).toMatchObject({ status: 0, outputs: { ended: '0' } });
  });
});

/** Git in a folder, where it knows nobody. */
function gitIn(cwd: string): (...args: string[]) => string {
  const settings = ['user.name=n', 'user.email=n@example.com', 'commit.gpgsign=false'].flatMap((one) => ['-c', one]);
  return (...args) => execFileSync('git', [...settings, ...args], { cwd, encoding: 'utf8' }).trim();
}

describe('a pull request', () => {
  const repository = path.join(folder, 'changes');
  const git = gitIn(repository);
  const commit = (file: string) => {
    fs.mkdirSync(path.dirname(path.join(repository, file)), { recursive: true });
    fs.appendFileSync(path.join(repository, file), 'x\n');
    git('add', '.');
    git('commit', '--quiet', '-m', file);
  };

  test.each([
    ['api/main.ts', { api: 'true', all_stacks: 'false' }],
    ['main.ts', { api: 'false', all_stacks: 'true' }],
    ['apis/main.ts', { api: 'false', all_stacks: 'true' }],
  ])('that touches %s checks what that belongs to', (file, areas) => {
    fs.mkdirSync(repository);
    git('init', '--quiet', '--initial-branch=main');
    commit('README.md');
    git('checkout', '--quiet', '-b', 'change');
    commit(file);
    git('checkout', '--quiet', 'main');
    commit('docs/other.md');
    git('merge', '--quiet', '--no-edit', 'change');

    expect(run('pull-request', 'changes', 'Compare with the target', {}, repository).outputs).toEqual(areas);
    fs.rmSync(repository, { recursive: true });
  });

  test.each([
    ['success skipped success', 0],
    ['success failure skipped', 1],
    ['success cancelled', 1],
  ])('whose checks ended with "%s" ends with %d', (RESULTS, status) => {
    expect(run('pull-request', 'required', 'All checks passed, or had nothing to do', { RESULTS }).status).toBe(status);
  });
});

test('an approval that comes late takes nobody back', () => {
  const repository = path.join(folder, 'late');
  const git = gitIn(repository);
  const guard = (COMMIT: string) =>
    run('promotion-api', 'deploy-prod', 'Nothing newer was released', { COMMIT }, repository);
  fs.mkdirSync(repository);
  git('init', '--quiet', '--initial-branch=main');
  const [older, newer] = ['one', 'two'].map((title) => {
    git('commit', '--quiet', '--allow-empty', '-m', title);
    return git('rev-parse', 'HEAD');
  });

  // of other applications, whose names begin alike
  git('tag', 'v2-v1.0.0', newer);
  git('tag', 'viewer-v1.0.0', newer);
  expect(guard(older).status).toBe(0);
  git('tag', 'v1.0.0', newer);

  expect(guard(older)).toMatchObject({ status: 1, said: expect.stringContaining('v1.0.0 is newer than this run') });
  expect(guard(newer).status).toBe(0);
});

test('an archive holds what was built, and is told by its hash', () => {
  fs.mkdirSync(path.join(home, 'api/dist'), { recursive: true });
  fs.writeFileSync(path.join(home, 'api/dist/main.js'), 'main');

  const { status, outputs } = run('promotion-api', 'build', 'Archive');

  expect([status, outputs.sha256]).toEqual([0, expect.stringMatching(/^[0-9a-f]{64}$/)]);
  expect(run('promotion-api', 'deploy-dev', 'Verify the archive', { SHA256: outputs.sha256 }).status).toBe(0);
  expect(run('promotion-api', 'deploy-dev', 'Verify the archive', { SHA256: '0'.repeat(64) }).status).toBe(1);
});
