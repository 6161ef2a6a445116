import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { scratch } from '../support/scratch';

const ASSETS = '../../assets/delivery';
const { runScript } = jest.requireActual(`${ASSETS}/host.cjs`);
const { AzError } = jest.requireActual(`${ASSETS}/az.cjs`);
const scriptOf = (name: string) => jest.requireActual(`${ASSETS}/${name}.cjs`);

const home = scratch('scripts');

/** A clock that is as fast as one likes. */
function clockAt(start: number = Date.UTC(2030, 0, 1)) {
  let time = start;
  return { now: () => time, sleep: async (ms: number) => void (time += ms) };
}

/** Runs a script with what it would find around it; answers its exit code, what it said, and what it wrote for the run. */
async function ran(name: string, env: Record<string, string>, around: object = {}, clock = clockAt()) {
  let said = '';
  const summary = path.join(home, 'summary.md');
  fs.writeFileSync(summary, '');
  const { main } = scriptOf(name);
  const code = await runScript((given: object) => main({ ...given, ...around }), {
    env: { GITHUB_STEP_SUMMARY: summary, ...env },
    clock,
    write: (text: string) => (said += text),
  });
  return { code, said, summary: fs.readFileSync(summary, 'utf8') };
}

const missing = () => Promise.reject(new AzError(['rest'], 'ResourceNotFound'));

describe('backup', () => {
  const id = '/subscriptions/s/resourceGroups/g/providers/Microsoft.DBforPostgreSQL/flexibleServers/ledger';
  const env = { BACKUP_DATABASE_ID: id, BACKUP_VERSION: 'abc/1' };

  /** A server whose backup is complete after some looks at it. */
  function serverWith({ tier = 'GeneralPurpose', looks = 2, there = false } = {}) {
    const calls: string[] = [];
    let begun = there;
    let left = looks;
    const az = async (args: string[]) => {
      calls.push(`${args[2]} ${args[4].replace(id, '').replace(/\?.*/, '')}`);
      if (!args[4].includes('/backups/')) {
        return { name: 'ledger', sku: { tier } };
      }
      if (args[2] === 'put') {
        begun = true;
        return null;
      }
      return begun ? { properties: left-- > 0 ? {} : { completedTime: '2030-01-01T00:01:00Z' } } : missing();
    };
    return { az, calls };
  }

  test('is taken, and waited for', async () => {
    const { az, calls } = serverWith();

    const { code, summary } = await ran('backup', env, { az });

    expect([code, summary]).toEqual([0, 'Backup before the migration: `before-abc-1`\n']);
    expect(calls.filter((call) => call.startsWith('put'))).toEqual(['put /backups/before-abc-1']);
  });

  test('of a version is taken once', async () => {
    const { az, calls } = serverWith({ there: true, looks: 0 });

    expect((await ran('backup', env, { az })).code).toBe(0);
    expect(calls.some((call) => call.startsWith('put'))).toBe(false);
  });

  test('that never completes stops the release', async () => {
    const { az } = serverWith({ looks: 1e6 });

    expect(await ran('backup', env, { az })).toMatchObject({
      code: 1,
      said: 'error: the backup before-abc-1 was not completed within 25 minutes: nothing was migrated\n',
    });
  });

  test('of a burstable server is a moment to go back to', async () => {
    const { az, calls } = serverWith({ tier: 'Burstable' });

    expect(await ran('backup', env, { az })).toMatchObject({
      code: 0,
      summary: 'Restore point before the migration: `2030-01-01T00:00:00.000Z`\n',
    });
    expect(calls).toEqual(['get ']);
  });

  test('needs a server, and the rights to it', async () => {
    expect((await ran('backup', { ...env, BACKUP_DATABASE_ID: '/x' })).code).toBe(2);
    const az = () => Promise.reject(new AzError(['rest'], 'AuthorizationFailed'));
    expect(await ran('backup', env, { az })).toMatchObject({
      code: 1,
      said: expect.stringContaining('AuthorizationFailed'),
    });
  });
});

describe('measure', () => {
  const env = {
    MEASURE_NAME: 'Shop/Database/RestoreTest',
    MEASURE_COMMAND: 'echo',
    MEASURE_RTO_MINUTES: '30',
    MEASURE_RPO_MINUTES: '15',
  };
  const ending = (numbers: object, exitCode: number = 0, minutes: number = 1) => {
    const clock = clockAt();
    const run = async () => {
      await clock.sleep(minutes * 60_000);
      return { exitCode, numbers };
    };
    return ran('measure', env, { run }, clock);
  };

  test('tells how long it took, and what was lost', async () => {
    expect(await ending({ rpo: 5 }, 0, 12.34)).toMatchObject({
      code: 0,
      summary: expect.stringMatching(
        /### Rehearsal passed: .*\| recovery time \| 12\.3 min \| 30 min \|\n\| data lost \| 5 min \| 15 min \|/s,
      ),
    });
  });

  test.each([
    ['took too long', {}, { rpo: 5 }, 31],
    ['was told to have taken too long', {}, { rpo: 5, rto: 31 }, 1],
    ['lost too much', {}, { rpo: 16 }, 1],
    ['did not say what was lost', {}, {}, 1],
  ])('fails when it %s', async (_, __, numbers, minutes) => {
    expect(await ending(numbers, 0, minutes)).toMatchObject({
      code: 1,
      said: expect.stringContaining('Recovery objective missed: Shop/Database/RestoreTest'),
    });
  });

  test('fails when the rehearsal fails', async () => {
    expect(await ending({ rpo: 1 }, 3)).toMatchObject({ code: 1, said: expect.stringContaining('Rehearsal failed: ') });
  });

  test('reads the numbers from what the commands print', async () => {
    const { bash } = scriptOf('measure');
    const command = 'echo one; echo "rpo-minutes=4.5"; echo "xrto-minutes=1"; printf "rto-minutes=7"';

    await expect(bash(command, { write: () => undefined })).resolves.toEqual({
      exitCode: 0,
      numbers: { rpo: 4.5, rto: 7 },
    });
    await expect(bash('false; true', { write: () => undefined })).resolves.toMatchObject({ exitCode: 1 });
  });
});

describe('release', () => {
  const repository = path.join(home, 'repository');
  const git = (...args: string[]) => execFileSync('git', args, { cwd: repository, encoding: 'utf8' }).trim();
  const commit = (title: string, file: string = 'api/main.py') => {
    fs.mkdirSync(path.dirname(path.join(repository, file)), { recursive: true });
    fs.appendFileSync(path.join(repository, file), `${title}\n`);
    git('add', '.');
    git(
      '-c',
      'user.name=n',
      '-c',
      'user.email=n@example.com',
      '-c',
      'commit.gpgsign=false',
      'commit',
      '--quiet',
      '-m',
      title,
    );
    return git('rev-parse', 'HEAD');
  };
  const released = async (head: string) => {
    const posted: Array<{ url: string; body: any }> = [];
    const fetch = async (url: string, { body }: { body: string }) => {
      posted.push({ url, body: JSON.parse(body) });
      return { ok: true };
    };
    const run = (args: string[]) => execFileSync('git', args, { cwd: repository, encoding: 'utf8' });
    const env = {
      RELEASE_PREFIX: 'api-v',
      RELEASE_PATHS: 'api/**',
      RELEASE_COMMIT: head,
      GITHUB_TOKEN: 't',
      GITHUB_REPOSITORY: 'example/shop',
    };
    return { ...(await ran('release', env, { run, fetch })), posted };
  };

  beforeAll(() => {
    fs.mkdirSync(repository);
    git('init', '--quiet', '--initial-branch=main');
  });

  test('begins with 0.1.0, raises what the titles say, and tells what is new', async () => {
    const first = commit('feat: begin');
    expect((await released(first)).posted[0].body).toMatchObject({ tag_name: 'api-v0.1.0', target_commitish: first });
    git('tag', 'api-v0.1.0');
    git('tag', 'web-v9.0.0');

    commit('fix(orders): count @everyone <once>');
    commit('feat: not ours', 'web/index.ts');
    const second = commit('no convention');
    const { posted } = await released(second);
    expect(posted[0].body.tag_name).toBe('api-v0.1.1');
    expect(posted[0].body.body).toMatch(
      /^### Fixes\n\n- \*\*orders\*\*: count @\u200beveryone once \([0-9a-f]{8}\)\n\n### Other changes\n\n- no convention \([0-9a-f]{8}\)\n$/,
    );
    expect(posted[0].url).toBe('https://api.github.com/repos/example/shop/releases');
    git('tag', 'api-v0.1.1');

    expect(await released(commit('feat: elsewhere', 'web/index.ts'))).toMatchObject({
      code: 0,
      posted: [],
      said: expect.stringContaining('nothing is new since api-v0.1.1'),
    });
    expect((await released(commit('feat: more'))).posted[0].body.tag_name).toBe('api-v0.2.0');
    expect((await released(commit('feat!: other'))).posted[0].body.tag_name).toBe('api-v0.2.0');
    git('tag', 'api-v1.4.2');
    expect((await released(commit('perf!: break'))).posted[0].body.tag_name).toBe('api-v2.0.0');

    git('checkout', '--quiet', '-b', 'hotfix/one');
    commit('fix: at once');
    git('tag', 'api-v1.4.3');
    git('checkout', '--quiet', 'main');
    expect((await released(commit('fix: later'))).posted[0].body.tag_name).toBe('api-v2.0.0');
    git('reset', '--quiet', '--hard', 'api-v1.4.2');
    expect((await released(commit('fix: other'))).posted[0].body.tag_name).toBe('api-v1.4.4');
  });

  test('fails where the tag is refused', async () => {
    const env = { RELEASE_PREFIX: 'v', RELEASE_COMMIT: 'a'.repeat(40), GITHUB_TOKEN: 't', GITHUB_REPOSITORY: 'a/b' };
    const run = (args: string[]) => (args[0] === 'log' ? `${'b'.repeat(40)}\nfeat: x\0` : '');
    const fetch = async () => ({ ok: false, status: 403 });

    expect(await ran('release', env, { run, fetch })).toMatchObject({
      code: 1,
      said: 'error: the tag was not made: 403\n',
    });
    expect((await ran('release', { ...env, RELEASE_COMMIT: 'main' }, { run })).code).toBe(2);
  });
});

describe('changed plans', () => {
  const seal = (stack: string, changed: boolean) => JSON.stringify({ stack, sha256: 'a'.repeat(64), changed });

  test.each([
    [{}, '[{"stack":"a-1","sha256":"aaaa"}]'],
    [{ TF_BUILD: 'True' }, '{"a_1":{"stack":"a-1","sha256":"aaaa"}}'],
  ])('are copies of a job, as the engine has them: %j', async (env, stacks) => {
    const folder = scratch('seals');
    fs.writeFileSync(path.join(folder, 'a-1.seal.json'), seal('a-1', true));
    fs.writeFileSync(path.join(folder, 'b.seal.json'), seal('b', false));
    const output = path.join(folder, 'output');

    const { code, said } = await ran('changed-plans', { PLAN_DIRECTORY: folder, GITHUB_OUTPUT: output, ...env });

    expect(code).toBe(0);
    expect(fs.readFileSync(output, 'utf8')).toBe(`stacks=${stacks.replace('aaaa', 'a'.repeat(64))}\nany=true\n`);
    expect(said).toContain('1 of 2 stacks change');
  });

  test('that are not sealed are none', async () => {
    const folder = scratch('seals');
    expect((await ran('changed-plans', { PLAN_DIRECTORY: folder })).code).toBe(1);
    fs.writeFileSync(path.join(folder, 'a.seal.json'), seal('$(id)', true));
    expect((await ran('changed-plans', { PLAN_DIRECTORY: folder })).code).toBe(1);
  });
});

test('stacks are copied for Checkov without what its parser gives up on', async () => {
  const [from, to] = ['stacks', 'checkov'].map((name) => path.join(home, name));
  fs.mkdirSync(path.join(from, 'shop'), { recursive: true });
  const stack = { terraform: { required_version: '>= 1.11' }, resource: { azurerm_key_vault: {} } };
  fs.writeFileSync(path.join(from, 'shop/cdk.tf.json'), JSON.stringify(stack));

  expect((await ran('checkov-input', { STACKS_DIRECTORY: from, CHECKOV_DIRECTORY: to })).code).toBe(0);

  expect(JSON.parse(fs.readFileSync(path.join(to, 'shop/cdk.tf.json'), 'utf8'))).toEqual({ resource: stack.resource });
  expect((await ran('checkov-input', { STACKS_DIRECTORY: to, CHECKOV_DIRECTORY: '' })).code).toBe(2);
});
