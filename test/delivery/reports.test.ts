import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

const script = (name: string) => jest.requireActual(`../../assets/delivery/${name}.cjs`);
const { inputsOf, Failed, Usage } = script('host');
const { summaryOf } = script('plan-summary');
const { render } = script('plan-comment');
const { isOpen, nextOpening, windowFrom } = script('change-window');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reports-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the main function of a script, with what it says instead of an exit code. */
async function run(name: string, env: { [key: string]: string }, machine: object = {}) {
  const outputs: { [key: string]: string } = {};
  const lines: string[] = [];
  const report = {
    log: (text: string) => lines.push(text),
    warn: (text: string) => lines.push(text),
    output: (key: string, value: string) => (outputs[key] = value),
    summary: () => {},
  };
  const clock = { now: () => Date.parse('2026-01-05T10:00:00Z'), sleep: async () => {} };
  let error: Error | undefined;
  await script(name)
    .main({ env, inputs: inputsOf(env), clock, report, ...machine })
    .catch((caught: Error) => (error = caught));
  return { outputs, lines, error };
}

/** GitHub as far as comments and issues go. */
class FakeGitHub {
  public readonly env = {
    GITHUB_TOKEN: 't',
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_API_URL: 'https://api.example.com',
  };
  public readonly calls: string[] = [];
  public readonly entries: any[] = [];

  public readonly fetch = async (address: string, { method, body }: { method: string; body?: string }) => {
    const { pathname, searchParams } = new URL(address);
    const path = pathname.replace('/repos/acme/shop', '');
    const given = body === undefined ? {} : JSON.parse(body);
    this.calls.push(`${method} ${path}`);
    return { ok: true, status: 200, json: async () => this.answer(method, path, searchParams, given) };
  };

  private answer(method: string, path: string, query: URLSearchParams, body: any): unknown {
    const id = Number(path.split('/').pop());
    if (method === 'GET') {
      const wanted = this.entries.filter(({ state }) => query.get('state') !== 'open' || state === 'open');
      const [page, size] = [Number(query.get('page')), Number(query.get('per_page'))];
      return wanted.slice((page - 1) * size, page * size);
    }
    if (method === 'PATCH') {
      return Object.assign(
        this.entries.find((entry) => entry.id === id),
        body,
      );
    }
    if (!path.endsWith('/comments') || !('state' in (this.entries[0] ?? {}))) {
      const number = this.entries.length + 1;
      const state = path === '/issues' ? { state: 'open' } : {};
      this.entries.push({ id: number, number, user: { type: 'Bot' }, ...state, ...body });
    }
    return {};
  }
}

const CHANGE = {
  create: { actions: ['create'], before: null, after: { name: 'x' } },
  update: { actions: ['update'], before: { sku: 'hunter2', size: 1 }, after: { sku: 'hunter3', size: 1 } },
  delete: { actions: ['delete'], before: { password: 'hunter2' }, after: null },
  replace: {
    actions: ['delete', 'create'],
    before: { location: 'hunter2' },
    after: { location: 'hunter3' },
    replace_paths: [['location'], ['tags', 'Müller & Sons'], ['site_config', 0, 'always_on']],
  },
};

function planOf(...resources: Array<[string, keyof typeof CHANGE, string?]>) {
  return {
    resource_changes: resources.map(([address, change, type = 'azurerm_subnet']) => ({
      address,
      type,
      mode: 'managed',
      change: CHANGE[change],
    })),
  };
}

describe('summary of a plan', () => {
  const plan = planOf(
    ['azurerm_subnet.a', 'create'],
    ['azurerm_subnet.b', 'update'],
    ['azurerm_subnet.c', 'replace'],
    ['azurerm_storage_account.d', 'delete', 'azurerm_storage_account'],
  );

  test('names what happens, what hurts most first, and no value', () => {
    const summary = summaryOf('shop-prod', plan);

    expect(summary.counts).toMatchObject({ create: 1, update: 1, replace: 1, delete: 1 });
    expect(summary.changes).toEqual([
      { address: 'azurerm_storage_account.d', action: 'delete', holdsData: true },
      { address: 'azurerm_subnet.c', action: 'replace', because: ['location', 'site_config.always_on', 'tags'] },
      { address: 'azurerm_subnet.b', action: 'update', attributes: ['sku'] },
      { address: 'azurerm_subnet.a', action: 'create' },
    ]);
    expect(JSON.stringify(summary)).not.toMatch(/hunter|Müller/);
  });

  test('what does nothing, what is only read, moved, imported and forgotten', () => {
    const change = (address: string, actions: string[], more: object = {}) => ({
      address,
      type: 'azurerm_subnet',
      mode: 'managed',
      change: { actions, ...more },
    });
    const { changes } = summaryOf('s', {
      resource_changes: [
        change('a', ['no-op']),
        { ...change('b', ['read']), mode: 'data' },
        { ...change('c', ['no-op']), previous_address: 'old' },
        change('d', ['no-op'], { importing: { id: 'x' } }),
        change('e', ['forget']),
      ],
    });

    expect(changes.map(({ address, action }: any) => `${address} ${action}`)).toEqual([
      'd import',
      'c move',
      'e forget',
    ]);
  });

  test('is written for the next job; the loss of data can fail it', async () => {
    const file = join(folder, 'plan.json');
    writeFileSync(file, JSON.stringify(plan));
    const env = { PLAN_JSON: file, PLAN_STACK: 'shop-prod', PLAN_OUTPUT: join(folder, 'shop.summary.json') };

    const fine = await run('plan-summary', env);
    const failed = await run('plan-summary', { ...env, PLAN_PROTECTED: '1' });

    expect(fine.outputs).toEqual({ changes: '4', destroys: '2' });
    expect(JSON.parse(readFileSync(env.PLAN_OUTPUT, 'utf8')).stack).toBe('shop-prod');
    expect(failed.error?.message).toBe('shop-prod: the plan destroys what holds data: azurerm_storage_account.d');
  });

  test('of a file that is none says so without quoting it', async () => {
    const file = join(folder, 'plan.json');
    writeFileSync(file, 'password = hunter2');

    const { error } = await run('plan-summary', { PLAN_JSON: file, PLAN_STACK: 's', PLAN_OUTPUT: 'x' });

    expect(error?.message).toBe('PLAN_JSON must name a file that `terraform show -json` wrote');
  });
});

describe('comment on a pull request', () => {
  test('says what is lost first, then counts, then the rest, folded', () => {
    const text = render(
      [
        summaryOf('shop-dev', planOf(['azurerm_subnet.b', 'update'])),
        summaryOf(
          'shop-prod',
          planOf(['azurerm_key_vault.v', 'replace', 'azurerm_key_vault'], ['azurerm_subnet.a', 'create']),
        ),
      ],
      'https://ci.example.com/1',
    );

    expect(text).toMatchInlineSnapshot(`
     "### Plan

     > [!CAUTION]
     > 1 of what is destroyed or replaced holds data.

     #### Replaced (destroyed and created again)

     - \`shop-prod\` \`azurerm_key_vault.v\` **(holds data)** because of \`location\`, \`site_config.always_on\`, \`tags\`

     | stack | delete | replace | update | create |
     |---|---:|---:|---:|---:|
     | \`shop-prod\` | 0 | **1** | 0 | **1** |
     | \`shop-dev\` | 0 | 0 | **1** | 0 |

     <details><summary>1 to update</summary>

     - \`shop-dev\` \`azurerm_subnet.b\`: \`sku\`

     </details>

     <details><summary>1 to create</summary>

     - \`shop-prod\` \`azurerm_subnet.a\`

     </details>

     Values are left out.
     [Run](https://ci.example.com/1)"
    `);
  });

  test('of a thousand stacks with names that want to be more than names stays below the limit and closes what it opens', () => {
    const hostile = '</details>`|\n@everyone ![x](https://evil.example.com) ' + 'ü'.repeat(400);
    const summaries = Array.from({ length: 1000 }, (_, index) =>
      summaryOf(
        `stack-${index}`,
        planOf(
          [`azurerm_subnet.x["${hostile}"]`, 'update'],
          [`azurerm_subnet.y["${index}"]`, index === 999 ? 'replace' : 'create'],
        ),
      ),
    );

    const text = render(summaries);

    expect(Buffer.byteLength(text)).toBeLessThan(65_536);
    expect(text.indexOf('stack-999')).toBeLessThan(200);
    expect(text.split('<details>').length).toBe(text.split('\n</details>').length);
    expect(text).toMatch(/\*\*\d+ more lines did not fit; they are in the log of the run\.\*\*/);
    // every line of a list is one code span after the other, so nothing in a name is interpreted
    const outside = text.replace(/`[^`\n]*`/g, '');
    expect(outside).not.toMatch(/@everyone|!\[|evil/);
  });

  test('is one: the second run writes over the first, also on a later page; copies of people are left alone', async () => {
    const github = new FakeGitHub();
    const marker = '<!-- azure-platform-constructs: plan pipeline -->';
    github.entries.push({ id: 1, user: { type: 'User' }, body: `${marker}\nmine` });
    for (let id = 2; id <= 130; id++) {
      github.entries.push({ id, user: { type: 'User' }, body: 'talk' });
    }
    writeFileSync(
      join(folder, 'a.summary.json'),
      JSON.stringify(summaryOf('shop', planOf(['azurerm_subnet.a', 'create']))),
    );
    const env = { ...github.env, PLAN_DIRECTORY: folder, PULL_REQUEST: '7' };

    await run('plan-comment', env, { fetch: github.fetch });
    await run('plan-comment', env, { fetch: github.fetch });

    expect(github.entries).toHaveLength(131);
    expect(github.entries[0].body).toBe(`${marker}\nmine`);
    expect(github.entries[130].body).toContain('`shop` `azurerm_subnet.a`');
    expect(github.calls.filter((call) => !call.startsWith('GET'))).toEqual([
      'POST /issues/7/comments',
      'PATCH /issues/comments/131',
    ]);
  });

  test('in Azure DevOps is a thread', async () => {
    const calls: string[] = [];
    let threads: any[] = [];
    const fetch = async (address: string, { method, body }: any) => {
      calls.push(`${method} ${new URL(address).pathname}`);
      if (method === 'POST') {
        threads = [{ id: 3, comments: [{ id: 1, ...JSON.parse(body).comments[0] }] }];
      }
      return { ok: true, json: async () => ({ value: threads }) };
    };
    const env = {
      SYSTEM_ACCESSTOKEN: 't',
      SYSTEM_COLLECTIONURI: 'https://dev.example.com/acme/',
      SYSTEM_TEAMPROJECT: 'My shop',
      BUILD_REPOSITORY_ID: 'r',
      PLAN_DIRECTORY: folder,
      PULL_REQUEST: '7',
    };

    await run('plan-comment', env, { fetch });
    await run('plan-comment', env, { fetch });

    const base = '/acme/My%20shop/_apis/git/repositories/r/pullRequests/7/threads';
    expect(calls).toEqual([`GET ${base}`, `POST ${base}`, `GET ${base}`, `PATCH ${base}/3/comments/1`]);
  });

  test('takes a number and an address for nothing else', async () => {
    const { error } = await run('plan-comment', { PLAN_DIRECTORY: folder, PULL_REQUEST: '7/../1' });
    const { error: second } = await run('plan-comment', { PLAN_DIRECTORY: folder, RUN_URL: 'javascript:x' });

    expect(error?.message).toBe('PULL_REQUEST must be a number, got "7/../1"');
    expect(second?.message).toBe('RUN_URL must be an address');
  });
});

describe('drift', () => {
  test('has one issue per stack: opened, written over, closed, opened again', async () => {
    const github = new FakeGitHub();
    const file = join(folder, 's.json');
    writeFileSync(file, JSON.stringify(summaryOf('shop-prod', planOf(['azurerm_subnet.b', 'update']))));
    const drift = (code: string) =>
      run(
        'drift',
        { ...github.env, DRIFT_STACK: 'shop-prod', DRIFT_EXIT_CODE: code, DRIFT_SUMMARY: file },
        { fetch: github.fetch },
      );

    await drift('2');
    expect(github.entries[0]).toMatchObject({ title: 'Drift: shop-prod', state: 'open', labels: ['drift'] });
    expect(github.entries[0].body).toContain('- update `azurerm_subnet.b`: `sku`');
    await drift('1');
    expect(github.entries[0].title).toBe('Drift unknown, the plan failed: shop-prod');
    await drift('0');
    expect(github.entries[0].state).toBe('closed');
    await drift('2');
    expect(github.entries[0].state).toBe('open');
    expect(github.entries).toHaveLength(1);
  });

  test('without a tracker is a warning', async () => {
    const { lines, error } = await run('drift', { DRIFT_STACK: 's', DRIFT_EXIT_CODE: '2' });

    expect([lines, error]).toEqual([['Drift: s'], undefined]);
    expect((await run('drift', { DRIFT_STACK: 's', DRIFT_EXIT_CODE: '7' })).error).toBeInstanceOf(Usage);
  });
});

describe('orphans', () => {
  const GUID = '00000000-0000-0000-0000-000000000001';

  test('are listed, page by page, in one issue; nothing is deleted', async () => {
    const github = new FakeGitHub();
    const commands: string[][] = [];
    const az = async (args: string[]) => {
      commands.push(args);
      const second = args.join(' ').includes('$skipToken');
      const data = [{ id: `/subscriptions/${GUID}/disks/${second ? 'b' : 'a'}`, why: 'disk that no machine uses' }];
      return second ? { data } : { data, $skipToken: 'next' };
    };

    const { outputs } = await run(
      'orphans',
      { ...github.env, ORPHANS_SUBSCRIPTIONS: GUID },
      { az, fetch: github.fetch },
    );

    expect(outputs).toEqual({ orphans: '2' });
    expect(github.entries[0].body).toContain(`- \`/subscriptions/${GUID}/disks/b\`: disk that no machine uses`);
    expect(commands.map(([verb, , method]) => `${verb} ${method}`)).toEqual(['rest post', 'rest post']);
  });

  test('none: the issue is closed; a strange answer is no "none"', async () => {
    const github = new FakeGitHub();
    github.entries.push({
      id: 1,
      number: 1,
      state: 'open',
      user: { type: 'Bot' },
      body: '<!-- azure-platform-constructs: orphans pipeline -->',
    });
    const env = { ...github.env, ORPHANS_SUBSCRIPTIONS: GUID };

    await run('orphans', env, { az: async () => ({ data: [] }), fetch: github.fetch });
    const { error } = await run('orphans', env, { az: async () => null, fetch: github.fetch });

    expect(github.entries[0].state).toBe('closed');
    expect(error).toBeInstanceOf(Failed);
    expect((await run('orphans', { ORPHANS_SUBSCRIPTIONS: 'x' })).error?.message).toBe(
      'ORPHANS_SUBSCRIPTIONS must be GUIDs, got "x"',
    );
  });
});

describe('change window', () => {
  const office = windowFrom({
    days: [1, 2, 3, 4],
    from: '09:00',
    to: '16:00',
    timeZone: 'Europe/Berlin',
    frozen: ['2026-01-06'],
  });
  const night = windowFrom({ days: [5], from: '22:00', to: '04:00' });

  test.each([
    ['2026-01-05T08:00:00Z', true], // Monday, 9:00 in Berlin
    ['2026-01-05T07:59:00Z', false],
    ['2026-01-05T15:00:00Z', false],
    ['2026-01-06T09:00:00Z', false], // frozen
    ['2026-07-06T07:00:00Z', true], // summer time
    ['2026-01-09T10:00:00Z', false], // Friday
  ])('office hours: %s is %s', (at, open) => {
    expect(isOpen(office, Date.parse(at))).toBe(open);
  });

  test('a window over midnight belongs to the day that it begins on', () => {
    expect(
      ['2026-01-09T23:00:00Z', '2026-01-10T03:59:00Z', '2026-01-10T22:00:00Z'].map((at) =>
        isOpen(night, Date.parse(at)),
      ),
    ).toEqual([true, true, false]);
  });

  test('says when it opens next', () => {
    expect(nextOpening(office, Date.parse('2026-01-05T16:00:00Z'))).toBe('2026-01-07T08:00:00.000Z');
    expect(nextOpening(night, Date.parse('2026-01-10T05:00:00Z'))).toBe('2026-01-16T22:00:00.000Z');
  });

  test('fails outside, and where it makes no sense', async () => {
    const messageOf = async (window: object) =>
      (await run('change-window', { CHANGE_WINDOW: JSON.stringify(window) })).error?.message;

    expect(await messageOf({ days: [1], from: '09:00', to: '16:00' })).toBeUndefined();
    expect(await messageOf({ days: [2] })).toBe('outside the change window (UTC); it opens 2026-01-06T00:00:00.000Z');
    expect(await messageOf({ days: [8] })).toBe("CHANGE_WINDOW: 'days' must be 1 (Monday) to 7");
    expect(await messageOf({ timeZone: 'Mars' })).toBe('CHANGE_WINDOW: unknown time zone "Mars"');
    expect(await messageOf({ from: '9' })).toBe("CHANGE_WINDOW: 'from' and 'to' must be different times, HH:MM");
    expect(await messageOf({ frozen: ['Easter'] })).toBe("CHANGE_WINDOW: 'frozen' must be dates, YYYY-MM-DD");
  });
});

describe('plan file', () => {
  test('is sealed, and recognised only as it was', async () => {
    const file = join(folder, 'plan.bin');
    writeFileSync(file, 'plan');
    const { outputs } = await run('verify-plan', { PLAN_FILE: file, PLAN_ACTION: 'seal' });
    const env = { PLAN_FILE: file, PLAN_SHA256: outputs.sha256 };

    expect((await run('verify-plan', env)).error).toBeUndefined();
    writeFileSync(file, 'another plan');
    expect((await run('verify-plan', env)).error?.message).toMatch(
      /^the plan is not the one that was reviewed: SHA-256 [0-9a-f]{64} instead of [0-9a-f]{64}$/,
    );
    expect((await run('verify-plan', { ...env, PLAN_FILE: join(folder, 'gone') })).error?.message).toContain(
      'plan again',
    );
    expect((await run('verify-plan', { ...env, PLAN_SHA256: 'x' })).error).toBeInstanceOf(Usage);
  });
});
