import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { FakeGitHub, folder, folderBeforeEach, planOf, run, script } from './reports-fixtures';

const { Usage } = script('host');
const { summaryOf } = script('plan-summary');
const { render } = script('plan-comment');

folderBeforeEach();

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
