import { writeFileSync } from 'fs';
import { join } from 'path';
import { FakeGitHub, folder, folderBeforeEach, planOf, run, script } from './reports-fixtures';

const { Failed, Usage } = script('host');
const { summaryOf } = script('plan-summary');
const { isOpen, nextOpening, windowFrom } = script('change-window');

folderBeforeEach();

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

  test('knows a rotation, which nobody has to take back', async () => {
    const github = new FakeGitHub();
    const file = join(folder, 's.json');
    const plan = planOf(['time_rotating.a', 'create'], ['azurerm_key_vault_secret.b', 'update']);
    writeFileSync(file, JSON.stringify(summaryOf('shop-prod', plan)));

    const env = { ...github.env, DRIFT_STACK: 'shop-prod', DRIFT_EXIT_CODE: '2', DRIFT_SUMMARY: file };
    await run('drift', env, { fetch: github.fetch });

    expect(github.entries[0].body).toContain(
      'A rotation is due, which only an apply carries out: run the workflow that applies the stack.\n\n' +
        'Of anything else: Take the change back, or take it over into the configuration.',
    );
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
