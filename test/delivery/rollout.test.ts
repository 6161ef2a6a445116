import { commandsOf, DEPLOY, GATES, QUICK, RETURN } from './rollout-fixtures';

// The scripts are plain JavaScript without types: users' pipelines run them as they are
const { main } = jest.requireActual('../../assets/delivery/rollout.cjs');
const { Failed, Unsafe } = jest.requireActual('../../assets/delivery/host.cjs');
const { NEW, OLD, World, versionOf } = jest.requireActual('./fakes/world.cjs');

const MINUTE = 60_000;

/** The percentages that the slot got, in order. */
function percentages(world: any): number[] {
  const all: number[] = world.state.history.map(({ percent }: any) => percent);
  return all.filter((percent, index) => percent !== all[index - 1]);
}

describe('a release that is fine', () => {
  test('gets 10, 25, 50 and 100 % of the traffic, watched for 5, 10 and 15 minutes, and is swapped in', async () => {
    const world = new World();

    const run = await world.run(main, { ...DEPLOY, ROLLOUT_GATES: GATES });

    expect(run.error).toBeUndefined();
    expect(percentages(world)).toEqual([0, 10, 25, 50, 100, 0]);
    expect(world.serving()).toEqual([NEW]);
    expect(versionOf(world.state.slot)).toBe(OLD);
    expect(run.outputs).toEqual({ outcome: 'released', url: 'https://app-shop.example.com' });
    expect(Math.round(run.tookMs / MINUTE)).toBeGreaterThanOrEqual(30);
    expect(Math.round(run.tookMs / MINUTE)).toBeLessThan(45);
  });

  test('nobody is routed to the slot while a swap restarts it', async () => {
    const commands = (await commandsOf(QUICK)).filter((command) => command !== 'rest get');

    const swap = commands.indexOf('webapp deployment slot swap');
    expect(commands.slice(swap - 1, swap + 2)).toEqual([
      'webapp traffic-routing clear',
      'webapp deployment slot swap',
      'webapp traffic-routing clear',
    ]);
  });

  test('is left alone when it is run again', async () => {
    const world = new World();
    await world.run(main, QUICK);

    const again = await world.run(main, QUICK);

    expect(again.outputs.outcome).toBe('unchanged');
    expect(again.commands).not.toContain('webapp deployment slot swap');
    expect(versionOf(world.state.slot)).toBe(OLD);
  });

  test.each([
    ['through the slot', {}],
    ['in place', { ROLLOUT_SLOT: '' }],
  ])('is taken back when a gate fails that comes after it, %s', async (_, place) => {
    const world = new World();
    const { outcome } = (await world.run(main, { ...QUICK, ...place })).outputs;
    expect([outcome, world.serving()]).toEqual(['released', [NEW]]);

    const returned = await world.run(main, { ...RETURN, ...place, ROLLOUT_OUTCOME: outcome });
    const once = await world.run(main, { ...RETURN, ...place, ROLLOUT_OUTCOME: outcome });

    expect([returned.error, returned.outputs.outcome, once.error]).toEqual([undefined, 'returned', undefined]);
    expect(world.serving()).toEqual([OLD]);
  });

  test('stays when an outage of later makes a second run fail', async () => {
    const world = new World();
    await world.run(main, QUICK);
    world.options.ill = () => true;

    const again = await world.run(main, QUICK);
    const returned = await world.run(main, RETURN);

    expect(again.error.message).toBe(
      `smoke test: https://app-shop.example.com/health/ready answers 503; DOCKER|${NEW} was live before this run, and stays`,
    );
    expect(returned.outputs.outcome).toBe('unchanged');
    expect([...again.commands, ...returned.commands]).not.toContain('webapp deployment slot swap');
    expect(world.serving()).toEqual([NEW]);
  });

  test('goes to production in place where there is no slot', async () => {
    const world = new World({ slot: false });

    const run = await world.run(main, { ...QUICK, ROLLOUT_SLOT: '' });

    expect(run.outputs.outcome).toBe('released');
    expect(world.serving()).toEqual([NEW]);
    expect(run.commands).toContain('webapp config container set');
    expect(run.commands).not.toContain('webapp traffic-routing clear');
  });

  test('may be a package, which a setting tells apart', async () => {
    const world = new World();
    const env = { ...QUICK, ROLLOUT_ARTIFACT: 'dist/shop.zip', ROLLOUT_VERSION: 'v2' };

    const run = await world.run(main, env);

    expect(run.outputs.outcome).toBe('released');
    expect(world.state.production).toMatchObject({ package: 'dist/shop.zip', marker: 'v2' });
    expect(world.state.slot).toMatchObject({ marker: 'v1' });
  });
});

describe('a release that is not', () => {
  test.each([10, 25, 50, 100])('a metric beyond its threshold at %i % returns the traffic at once', async (percent) => {
    const measure = (metric: string, version: string, now: number) =>
      metric === 'Http5xx' && version === NEW && now >= percent ? [3, 3, 3, 3] : [0];
    const world = new World({ measure });

    const run = await world.run(main, { ...DEPLOY, ROLLOUT_GATES: GATES });

    expect(run.error).toBeInstanceOf(Failed);
    expect(run.error.message).toBe(
      `metric gate at ${percent} %: server errors is 12, bad is greater than 10; the traffic is where it was`,
    );
    expect(percentages(world)).toEqual([0, ...[10, 25, 50, 100].filter((step) => step <= percent), 0]);
    expect(world.serving()).toEqual([OLD]);
    expect(run.outputs.outcome).toBe('returned');
  });

  test('a metric that nobody can read is a bad one', async () => {
    const measure = () => {
      throw new Error('the query is gone');
    };
    const world = new World({ measure });

    const run = await world.run(main, { ...DEPLOY, ROLLOUT_GATES: GATES });

    expect(run.error).toBeInstanceOf(Error);
    expect(percentages(world)).toEqual([0, 10, 0]);
    expect(world.serving()).toEqual([OLD]);
  });

  test('never becomes ready: gets no traffic at all', async () => {
    const world = new World({ ill: (version: string) => version === NEW });

    const run = await world.run(main, DEPLOY);

    expect(run.error.message).toBe(
      'smoke test: https://app-shop-staging.example.com/health/ready answers 503; the traffic is where it was',
    );
    expect(percentages(world)).toEqual([0]);
    expect(world.serving()).toEqual([OLD]);
  });

  test.each([10, 25, 50])('falls ill at %i %', async (percent) => {
    const world = new World({
      ill: (version: string, _place: string, now: number) => version === NEW && now >= percent,
    });

    const run = await world.run(main, DEPLOY);

    expect(run.error.message).toBe(
      `the slot staging stopped being ready at ${percent} % of the traffic; the traffic is where it was`,
    );
    expect(world.serving()).toEqual([OLD]);
  });

  test('is ill in production only: swapped back', async () => {
    const world = new World({ ill: (version: string, place: string) => version === NEW && place === 'production' });

    const run = await world.run(main, QUICK);

    expect(run.error).toBeInstanceOf(Failed);
    expect(world.serving()).toEqual([OLD]);
    expect(versionOf(world.state.slot)).toBe(NEW);
  });

  test('takes too long', async () => {
    const world = new World();

    const run = await world.run(main, { ...DEPLOY, ROLLOUT_TIMEOUT_MINUTES: '12' });

    expect(run.error.message).toBe('not done within 12 min; the traffic is where it was');
    expect(percentages(world)).toEqual([0, 10, 25, 0]);
    expect(world.serving()).toEqual([OLD]);
  });

  test('in place, is replaced by what ran before', async () => {
    const world = new World({ slot: false, ill: (version: string) => version === NEW });

    const run = await world.run(main, { ...QUICK, ROLLOUT_SLOT: '' });

    expect(run.error).toBeInstanceOf(Failed);
    expect(world.serving()).toEqual([OLD]);
  });

  test('a package in place needs the one before at hand', async () => {
    const env = { ...QUICK, ROLLOUT_SLOT: '', ROLLOUT_ARTIFACT: 'new.zip', ROLLOUT_VERSION: 'v2' };
    const ill = (version: string) => version === 'new.zip';
    const [without, withPrevious] = [new World({ slot: false, ill }), new World({ slot: false, ill })];

    const first = await without.run(main, env);
    const second = await withPrevious.run(main, { ...env, ROLLOUT_PREVIOUS: 'old.zip' });

    expect(first.error).toBeInstanceOf(Unsafe);
    expect(first.error.message).toBe(
      'v2 is live, and what ran before is not at hand: name it in ROLLOUT_ARTIFACT and roll back',
    );
    expect(second.error).toBeInstanceOf(Failed);
    expect(withPrevious.state.production).toMatchObject({ package: 'old.zip', marker: 'v1' });
  });
});
