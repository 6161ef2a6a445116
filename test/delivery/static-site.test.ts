import * as fs from 'fs';
import * as path from 'path';
import { scratch } from '../support/scratch';
import {
  archivesBeforeAll,
  built,
  Built,
  DEPLOY,
  envOf,
  ill,
  NEW,
  noteOf,
  OLD,
  pageOf,
  RETURN,
  ROLLBACK,
  siteWith,
} from './static-site-fixtures';

const { main } = jest.requireActual('../../assets/delivery/static-site.cjs');
const { main: fetchPrevious } = jest.requireActual('../../assets/delivery/previous.cjs');
const { main: rollOut } = jest.requireActual('../../assets/delivery/rollout.cjs');
const { Cancelled, Failed, Unsafe, Usage } = jest.requireActual('../../assets/delivery/host.cjs');
const { SITE_ID, SiteWorld, engineOf, sha256, zipOf } = jest.requireActual('./fakes/static-site.cjs');
const { World } = jest.requireActual('./fakes/world.cjs');

archivesBeforeAll();

describe('a release', () => {
  test('is put in place, answers, and is noted with the run that built it', async () => {
    const world = await siteWith();

    const run = await world.run(main, { ...DEPLOY, SITE_URL: 'https://www.example.com' });

    expect(run.error).toBeUndefined();
    expect(run.outputs).toEqual({ outcome: 'released', url: 'https://www.example.com' });
    expect(pageOf(world)).toBe('new');
    expect(world.tags).toEqual({
      'hidden-rollout-candidate': `released:${noteOf(NEW)}`,
      'hidden-rollout-previous': noteOf(OLD),
    });
  });

  test('once more changes nothing about what it would return to', async () => {
    const world = await siteWith();
    await world.run(main, DEPLOY);
    const { tags } = world;

    expect((await world.run(main, DEPLOY)).outputs.outcome).toBe('unchanged');
    expect(world.tags).toEqual(tags);
  });

  test('brings its settings along, those of its stage, closed to its edge', async () => {
    const settings = (csp: string) => `{"csp":"${csp}","X-Azure-FDID":"%FRONT_DOOR_ID%"}`;
    const names = ['dev', 'prod'].map((stage) => `staticwebapp.config.${stage}.json`);
    const archive = built('settings', { [names[0]]: settings('dev'), [names[1]]: settings('carried') });
    const checkedOut = path.join(scratch('site'), names[1]);
    fs.writeFileSync(checkedOut, settings('of another commit'));
    const env = { SITE_CONFIG: checkedOut, SITE_EDGE_ID: '00000000-0000-0000-0000-000000000009' };
    const world = await siteWith();

    await world.run(main, { ...envOf(archive, OLD), ...env });
    expect(world.live).toEqual({
      'index.html': 'settings',
      'staticwebapp.config.json': '{"csp":"carried","X-Azure-FDID":"00000000-0000-0000-0000-000000000009"}',
    });

    await world.run(main, { ...DEPLOY, ...env });
    expect(world.live['staticwebapp.config.json']).toContain('of another commit');

    const { error } = await world.run(main, { ...envOf(archive), SITE_CONFIG: checkedOut });
    expect(error.message).toContain(
      'staticwebapp.config.json closes the site to an edge whose id is missing: set the variable that SITE_EDGE_ID comes from',
    );
  });

  test('hands the token over where no list of processes shows it', async () => {
    const given: unknown[][] = [];
    const world = await siteWith();
    await world.run(
      (machine: any) => main({ ...machine, run: async (...all: unknown[]) => void given.push(all) }),
      DEPLOY,
    );

    const [, [program, args, env]] = given as Array<[string, string[], object]>;
    expect([program, args.slice(0, 3)]).toEqual([
      'npx',
      ['--yes', expect.stringMatching(/^@azure\/static-web-apps-cli@[\d.]+$/), 'deploy'],
    ]);
    expect(env).toEqual({ SWA_CLI_DEPLOYMENT_TOKEN: 'key-of-the-site' });
    expect(args.join()).not.toContain('key-of-the-site');
  });

  test.each([
    ['that does not answer', { ill }],
    ['whose upload fails', { upload: ['done', 'failed'] }],
    ['whose upload fails after it came through', { upload: ['done', 'lost'] }],
  ])('%s is replaced by the one before, at once', async (_, options) => {
    const world = await siteWith(options);

    const run = await world.run(main, DEPLOY);

    expect(run.error).toBeInstanceOf(Failed);
    expect(run.error.message).toMatch(/; the site is as it was$/);
    expect([pageOf(world), run.outputs.outcome]).toEqual(['old', 'returned']);
    expect(world.tags['hidden-rollout-candidate']).toBe(`taken-back:${noteOf(NEW)}`);
    expect((await world.run(main, { ...RETURN, SITE_OUTCOME: 'returned' })).outputs.outcome).toBe('returned');
    expect(world.uploads).toBe(3);
  });

  test('that was live before this run stays, whatever happened to it since', async () => {
    const world = await siteWith();
    await world.run(main, DEPLOY);
    world.options.ill = ill;

    const { error } = await world.run(main, DEPLOY);

    expect(error.message).toBe(
      'smoke test: https://web.example.com/ answers 503; new was live before this run, and stays',
    );
    expect((await world.run(main, RETURN)).outputs.outcome).toBe('unchanged');
    expect(pageOf(world)).toBe('new');
  });

  test('with nothing to return to says so, and that somebody has to look', async () => {
    const { SITE_PREVIOUS: _, ...without } = DEPLOY;
    const [world, first] = [await siteWith({ ill }), new SiteWorld({ ill })];

    const [gone, none] = [await world.run(main, without), await first.run(main, DEPLOY)];

    expect([gone.error, none.error].map((error) => error instanceof Unsafe)).toEqual([true, true]);
    expect(gone.error.message).toBe(
      'smoke test: https://web.example.com/ answers 503; new is live, and the archive of old is not at hand: release it again from its commit',
    );
    expect(none.error.message).toMatch(
      /; new is live, and the first release that is noted: there is nothing to go back to$/,
    );
    expect(gone.outputs.outcome).toBe('unsafe');
  });
});

describe('what ran before', () => {
  const GITHUB = { GITHUB_TOKEN: 't', GITHUB_REPOSITORY: 'example/shop' };
  const AZURE = {
    SYSTEM_ACCESSTOKEN: 't',
    SYSTEM_COLLECTIONURI: 'https://dev.example.com/org/',
    SYSTEM_TEAMPROJECT: 'a b',
  };
  const env = {
    PREVIOUS_APP_ID: SITE_ID,
    PREVIOUS_ARTIFACT: 'web',
    PREVIOUS_DIRECTORY: path.join(scratch('site'), 'previous'),
  };
  const kept = (name: string, content: Buffer) => ({ name, content: zipOf({ [`${name}.zip`]: content }) });
  const artifacts = { [OLD.run]: [kept('web', OLD.content)], [NEW.run]: [kept('web', NEW.content)] };
  const fetched = async (world: any, more: object, options: object = {}, there: object = artifacts) => {
    const engine = engineOf(there, options);
    const run = await world.run(fetchPrevious, { ...env, ...GITHUB, ...more }, { fetch: engine.fetch });
    const { archive, version } = run.outputs;
    return { run, engine, version, page: archive && sha256(fs.readFileSync(archive)) };
  };

  test('is fetched from the run that built it, by either engine, and nobody else gets the token', async () => {
    const world = await siteWith();
    for (const [engine, azureDevOps] of [
      [{}, false],
      [{ GITHUB_TOKEN: '', ...AZURE }, true],
    ] as const) {
      const {
        version,
        page,
        engine: { seen },
      } = await fetched(world, { PREVIOUS_VERSION: 'new', ...engine }, { azureDevOps });

      expect([version, page]).toEqual(['old', OLD.sha]);
      expect(seen.map(({ token }: { token?: string }) => token)).toEqual(['Bearer t', 'Bearer t', undefined]);
      expect(seen[0].address).toBe(
        azureDevOps
          ? `https://dev.example.com/org/a%20b/_apis/build/builds/${OLD.run}/artifacts?api-version=7.1`
          : `https://api.github.com/repos/example/shop/actions/runs/${OLD.run}/artifacts?per_page=100&name=web`,
      );
    }
  });

  test('is the one before: of a new release, of the one that is run again, and of the one that is taken back', async () => {
    const world = await siteWith();
    await world.run(main, DEPLOY);
    expect((await fetched(world, { PREVIOUS_VERSION: 'newest' })).version).toBe('new');
    expect((await fetched(world, { PREVIOUS_VERSION: 'new' })).version).toBe('old');
    expect((await fetched(world, {})).version).toBe('old');

    await world.run(main, ROLLBACK);
    expect((await fetched(world, { PREVIOUS_VERSION: 'newest' })).version).toBe('old');
  });

  test('is not there where nothing was released yet', async () => {
    const { run } = await fetched(new SiteWorld(), { PREVIOUS_VERSION: 'new' });

    expect([run.error, run.outputs]).toEqual([undefined, {}]);
    expect(run.lines).toEqual(['no release is noted yet: there is nothing to go back to']);
  });

  test.each([
    [
      'that is kept no more',
      {},
      { expired: [OLD.run] },
      `there is no way back to old: the run ${OLD.run} keeps no artifact web any more`,
    ],
    [
      'that is another',
      { [OLD.run]: [kept('web', NEW.content)] },
      {},
      `there is no way back to old: the artifact web of the run ${OLD.run} is not the archive that was released`,
    ],
  ])('%s is no way back', async (_, there, options, message) => {
    const { run } = await fetched(await siteWith(), { PREVIOUS_VERSION: 'new' }, options, { ...artifacts, ...there });

    expect([run.error instanceof Failed, run.error.message]).toEqual([true, message]);
  });

  test('cannot be found where nobody noted the run', async () => {
    const world = await siteWith();
    world.tags['hidden-rollout-candidate'] = 'released:old';

    const { run } = await fetched(world, { PREVIOUS_VERSION: 'new' });

    expect(run.error.message).toBe('there is no way back to old: nobody noted which run built it');
    expect((await world.run(fetchPrevious, { ...env, PREVIOUS_APP_ID: '/x' })).error).toBeInstanceOf(Usage);
  });

  test('brings a package back that has no slot', async () => {
    const world = new World({ slot: false, ill: (version: string) => version === 'new.zip' });
    const release = ({ version, run, sha }: Built) => ({
      ROLLOUT_SLOT: '',
      ROLLOUT_KIND: 'package',
      ROLLOUT_VERSION: version,
      ROLLOUT_ARTIFACT: `${version}.zip`,
      ROLLOUT_ARTIFACT_SHA256: sha,
      ROLLOUT_RUN: run,
    });
    await world.run(rollOut, release(OLD));
    expect(world.state.production.tags['hidden-rollout-candidate']).toBe(`released:${noteOf(OLD)}`);

    const app = world.state.production.tags;
    const tagged = Object.assign(new SiteWorld(), { tags: app });
    const { run } = await fetched(tagged, { PREVIOUS_VERSION: 'new' });
    const previous = { ROLLOUT_PREVIOUS: run.outputs.archive, ROLLOUT_PREVIOUS_VERSION: run.outputs.version };
    const failed = await world.run(rollOut, { ...release(NEW), ...previous });

    expect(failed.error.message).toMatch(/; the traffic is where it was$/);
    expect(world.state.production).toMatchObject({ package: run.outputs.archive, marker: 'old' });
    expect(world.state.production.tags['hidden-rollout-previous']).toBe(noteOf(OLD));
  });
});

test.each([
  [{ SITE_ACTION: 'undo' }, 'SITE_ACTION must be deploy, return or rollback, got "undo"'],
  [{ SITE_ID: '/x' }, 'SITE_ID must be the resource id of a Static Web App'],
  [{ SITE_VERSION: '' }, 'SITE_VERSION must be set'],
  [{ SITE_ARCHIVE: '' }, 'SITE_ARCHIVE must be set'],
])('refuses %j', async (env, message) => {
  const world = new SiteWorld();
  const run = await world.run(main, { ...DEPLOY, ...env });

  expect([run.error instanceof Usage, run.error.message, world.tags]).toEqual([true, message, {}]);
  expect((await world.run(main, ROLLBACK)).error.message).toBe(
    'no release left a note of what to take back: release the version to return to from its commit',
  );
});

test('programs end with what they started, and say how', async () => {
  const { command } = jest.requireActual('../../assets/delivery/static-web-app.cjs');
  const sh = (script: string, options: object = {}) => command('sh', ['-c', script], { WORD: 'x' }, options);
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Cancelled('stopped')), 50);

  await expect(sh('test "$WORD" = x')).resolves.toBeUndefined();
  await expect(sh('exit 3')).rejects.toThrow(new Failed('sh -c ended with 3'));
  await expect(command('no-such-program', [], {})).rejects.toThrow('no-such-program: spawn no-such-program ENOENT');
  await expect(sh('sleep 60 & wait', { timeoutMs: 50 })).rejects.toThrow('sh: no end within 0 s');
  await expect(sh('sleep 60 & wait', { signal: stop.signal })).rejects.toThrow('stopped');
});
