import { commandsOf, DEPLOY, GATES, QUICK, RETURN } from './rollout-fixtures';

const { main } = jest.requireActual('../../assets/delivery/rollout.cjs');
const { Unsafe } = jest.requireActual('../../assets/delivery/host.cjs');
const { NEW, OLD, World, versionOf } = jest.requireActual('./fakes/world.cjs');

describe('Azure that does not cooperate', () => {
  test.each(['refused', 'failed', 'lost', 'unanswered'])('any command %s, once or again and again', async (fault) => {
    const commands = await commandsOf(QUICK);
    for (let at = 0; at < commands.length; at++) {
      for (const times of [1, 4]) {
        const world = new World();
        const faults = Object.fromEntries(Array.from({ length: times }, (_, index) => [at + index, fault]));

        const run = await world.run(main, QUICK, { faults });

        const where = `${fault} ${times} times from ${at} (${commands[at]}): ${run.error?.message}`;
        expect([where, run.error instanceof Unsafe]).toEqual([where, false]);
        expect([where, world.serving()]).toEqual([where, [run.error ? OLD : NEW]]);
        expect([where, world.state.percent]).toEqual([where, 0]);
      }
    }
  });

  test('a missing slot is noticed before anything is touched', async () => {
    const world = new World({ slot: false });

    const run = await world.run(main, DEPLOY);

    expect(run.error.message).toBe('app-shop has no slot staging; deploy its infrastructure first, or set no slot');
    expect(world.state.history).toHaveLength(1);
  });

  test('a stopped app is noticed before anything is touched', async () => {
    const world = new World();
    world.state.running = false;

    const run = await world.run(main, DEPLOY);

    expect(run.error.message).toBe('app-shop is stopped');
    expect(world.state.history).toHaveLength(1);
  });

  test('a swap that fails without effect leaves the old version', async () => {
    const world = new World({ swaps: ['none'] });

    const run = await world.run(main, QUICK);

    expect(run.error.message).toMatch(
      /^the swap did not happen: .*Internal Server Error; the traffic is where it was$/,
    );
    expect(world.serving()).toEqual([OLD]);
  });

  test('a swap that fails half-way: the new version counts if it is there and well, else the old one is put back', async () => {
    const well = new World({ swaps: ['half'] });
    const ill = new World({
      swaps: ['half'],
      ill: (version: string, place: string) => version === NEW && place === 'production',
    });

    expect((await well.run(main, QUICK)).outputs.outcome).toBe('released');
    expect((await ill.run(main, QUICK)).outputs.outcome).toBe('returned');

    expect(well.serving()).toEqual([NEW]);
    expect(ill.serving()).toEqual([OLD]);
  });

  test('somebody else changes the routing: the rollout stops', async () => {
    const world = new World();
    world.options.measure = () => {
      world.state.percent = 0;
      return [0];
    };

    const run = await world.run(main, { ...DEPLOY, ROLLOUT_GATES: GATES });

    expect(run.error.message).toBe(
      '0 % of the traffic is routed to the slot instead of 10 %: somebody else changed it; the traffic is where it was',
    );
  });
});

describe('a run that is stopped', () => {
  test('cancelled at any moment: the old version, unless the new one was there already', async () => {
    const { tookMs } = await new World().run(main, QUICK);
    for (let cancelAt = 1_000; cancelAt < tookMs; cancelAt += 7_000) {
      const world = new World();

      const run = await world.run(main, QUICK, { cancelAt });

      expect([cancelAt, world.serving()]).toEqual([cancelAt, [run.error ? OLD : NEW]]);
      expect([cancelAt, run.error instanceof Unsafe]).toEqual([cancelAt, false]);
    }
  });

  test('killed at any moment: the step behind it returns the traffic, a second run finishes the release', async () => {
    const { tookMs } = await new World().run(main, QUICK);
    for (let killAt = 1_000; killAt < tookMs; killAt += 7_000) {
      const [first, second] = [new World(), new World()];
      await first.run(main, QUICK, { killAt });
      await second.run(main, QUICK, { killAt });

      const returned = await first.run(main, RETURN);
      const again = await second.run(main, QUICK);

      // the last thing that a release does is to say that it is one
      const live = returned.outputs.outcome === 'unchanged' ? NEW : OLD;
      expect([killAt, returned.error, first.serving()]).toEqual([killAt, undefined, [live]]);
      expect([killAt, live === NEW && killAt < tookMs - 5_000]).toEqual([killAt, false]);
      expect([killAt, again.error, second.serving()]).toEqual([killAt, undefined, [NEW]]);
      expect([killAt, versionOf(second.state.slot)]).toEqual([killAt, OLD]);
    }
  });
});
