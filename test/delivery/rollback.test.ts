const { main } = jest.requireActual('../../assets/delivery/rollout.cjs');
const { rollBack } = jest.requireActual('../../assets/delivery/rollback.cjs');
const { contextOf } = jest.requireActual('../../assets/delivery/context.cjs');
const { gatesFrom, metricGate } = jest.requireActual('../../assets/delivery/metric-gate.cjs');
const { Unsafe, Usage } = jest.requireActual('../../assets/delivery/host.cjs');
const { APP_ID, NEW, OLD, OLDER, World } = jest.requireActual('./fakes/world.cjs');

const MINUTE = 60_000;
const DEPLOY = { ROLLOUT_ARTIFACT: NEW };
const ROLLBACK = { ROLLOUT_ACTION: 'rollback' };
const QUICK = { ...DEPLOY, ROLLOUT_STEPS: '10:1,25:1,50:1,100:0' };

/** All versions that got traffic since a moment. */
function servedSince(world: any, at: number): string[] {
  const shares = world.state.history
    .filter((entry: any) => entry.at >= at)
    .flatMap((entry: any) => Object.keys(entry.shares));
  return [...new Set<string>(shares)].map((image) => image.replace('DOCKER|', '')).sort();
}

describe('rollback', () => {
  async function released(options: object = {}): Promise<any> {
    const world = new World(options);
    await world.run(main, QUICK);
    return world;
  }

  test('brings the version before back, within minutes', async () => {
    const world = await released();

    const run = await world.run(main, ROLLBACK);

    expect(run.error).toBeUndefined();
    expect(run.outputs.outcome).toBe('rolled-back');
    expect(world.serving()).toEqual([OLD]);
    expect(run.tookMs).toBeLessThan(3 * MINUTE);
  });

  test('says what it took back: the release of before, or what was live when another version was asked for', async () => {
    for (const env of [{}, { ROLLOUT_ARTIFACT: OLD }]) {
      const world = await released();
      let taken: string | undefined;
      await world.run(async (machine: object) => ({ taken } = await rollBack(contextOf(machine))), env);

      expect([taken, world.serving()]).toEqual([`DOCKER|${NEW}`, [OLD]]);
    }
  });

  test('a second time changes nothing', async () => {
    const world = await released();
    await world.run(main, ROLLBACK);

    const run = await world.run(main, ROLLBACK);

    expect(run.error).toBeUndefined();
    expect(world.serving()).toEqual([OLD]);
  });

  test('while a rollout is under way or was killed: the old version stays, the new one is not swapped in', async () => {
    const { tookMs } = await new World().run(main, QUICK);
    for (let killAt = 60_000; killAt < tookMs; killAt += 11_000) {
      const world = new World();
      await world.run(main, QUICK, { killAt });

      const run = await world.run(main, ROLLBACK);

      expect([killAt, run.error, world.serving()]).toEqual([killAt, undefined, [OLD]]);
    }
  });

  test('in another job beside a rollout that goes on: it sees the note, and stops', async () => {
    const { tookMs } = await new World().run(main, QUICK);
    for (let seconds = 30; seconds < tookMs / 1000 - 20; seconds += 4) {
      const world = new World();
      let pressed: Promise<any> | undefined;
      const rollout = await world.run(main, QUICK, {
        meanwhile: () => {
          if (pressed === undefined && world.time >= seconds * 1000) {
            pressed = world.run(main, ROLLBACK);
            return pressed;
          }
          return undefined;
        },
      });

      expect([seconds, (await pressed)?.error, rollout.error instanceof Unsafe]).toEqual([seconds, undefined, false]);
      expect([seconds, rollout.error?.message ?? '', world.serving()]).toEqual([seconds, expect.any(String), [OLD]]);
    }
  });

  test('in place', async () => {
    const world = new World({ slot: false });
    await world.run(main, { ...QUICK, ROLLOUT_SLOT: '' });

    const run = await world.run(main, { ...ROLLBACK, ROLLOUT_SLOT: '' });

    expect(run.error).toBeUndefined();
    expect(world.serving()).toEqual([OLD]);
    expect(run.tookMs).toBeLessThan(5 * MINUTE);
  });

  test('to a version of longer ago, by name; and again', async () => {
    const world = await released();
    const env = { ...ROLLBACK, ROLLOUT_ARTIFACT: OLDER };

    const first = await world.run(main, env);
    const second = await world.run(main, env);

    expect([first.error, second.error]).toEqual([undefined, undefined]);
    expect(first.tookMs).toBeLessThan(5 * MINUTE);
    expect(second.commands).not.toContain('webapp deployment slot swap');
    expect(world.serving()).toEqual([OLDER]);
    expect(servedSince(world, world.time - first.tookMs - second.tookMs)).not.toContain(OLD);
  });

  test('of an app that nobody rolled out says what is missing', async () => {
    const world = new World();

    const run = await world.run(main, ROLLBACK);

    expect(run.error.message).toBe(
      'no rollout left a note of what to take back: name the version to return to in ROLLOUT_ARTIFACT',
    );
    expect(world.serving()).toEqual([OLD]);
  });

  test('ends within its budget, whatever Azure does', async () => {
    const { commands } = await (await released()).run(main, ROLLBACK);
    for (const fault of ['refused', 'failed', 'lost', 'unanswered']) {
      for (let at = 0; at < commands.length; at++) {
        for (const times of [1, 2, 50]) {
          const world = await released();
          const faults = Object.fromEntries(Array.from({ length: times }, (_, index) => [at + index, fault]));

          const run = await world.run(main, ROLLBACK, { faults });

          const where = `${fault} ${times} times from ${at}: ${run.error?.message}`;
          expect([where, run.tookMs <= 5 * MINUTE]).toEqual([where, true]);
          if (times < 50) {
            expect([where, world.serving()]).toEqual([where, [OLD]]);
          }
          expect([where, run.error === undefined || run.error instanceof Unsafe]).toEqual([where, true]);
          expect([where, times > 1 || run.error === undefined]).toEqual([where, true]);
        }
      }
    }
  });
});

describe('metric gate', () => {
  const SITE = `${APP_ID}/slots/staging`;

  /** A gate over one metric that has these values, one a minute; nothing for a minute without data. */
  function gateOver(values: Array<number | undefined>, gate: object) {
    const commands: string[][] = [];
    const az = async (args: string[]) => {
      commands.push(args);
      const key = args[args.indexOf('--aggregation') + 1].toLowerCase();
      return { value: [{ timeseries: [{ data: values.map((value) => ({ timeStamp: 'x', [key]: value })) }] }] };
    };
    const clock = { now: () => Date.parse('2026-01-05T10:00:00Z'), sleep: async () => {} };
    const gates = gatesFrom([{ name: 'it', metric: 'M', ...gate }]);
    return { commands, gate: metricGate({ az, clock, gates }) };
  }

  test.each`
    aggregation  | comparison              | threshold | values       | bad
    ${'Total'}   | ${'GreaterThan'}        | ${10}     | ${[5, 5]}    | ${false}
    ${'Total'}   | ${'GreaterThanOrEqual'} | ${10}     | ${[5, 5]}    | ${true}
    ${'Count'}   | ${'GreaterThan'}        | ${1}      | ${[1, 1]}    | ${true}
    ${'Average'} | ${'GreaterThan'}        | ${3}      | ${[2, 6]}    | ${true}
    ${'Average'} | ${'LessThan'}           | ${80}     | ${[100, 50]} | ${true}
    ${'Average'} | ${'LessThanOrEqual'}    | ${80}     | ${[81, 81]}  | ${false}
    ${'Maximum'} | ${'GreaterThan'}        | ${5}      | ${[1, 6]}    | ${true}
    ${'Minimum'} | ${'LessThan'}           | ${5}      | ${[6, 5]}    | ${false}
  `('$aggregation of $values, bad if $comparison $threshold: $bad', async ({ values, bad, ...definition }) => {
    const { gate } = gateOver(values, definition);

    expect(await gate.problems(SITE)).toHaveLength(bad ? 1 : 0);
  });

  test('compares a part of the traffic with a part of what grows with it', async () => {
    const { gate } = gateOver([2], { aggregation: 'Total', atMost: 10 });

    expect(await gate.problems(SITE, { percent: 10 })).toEqual(['it is 2, bad is greater than 1']);
    expect(await gate.problems(SITE, { percent: 25 })).toEqual([]);
  });

  test('no data is good or bad as the alert says, and bad only once there was time for it', async () => {
    const { gate: good } = gateOver([undefined], { atMost: 1 });
    const { gate: bad } = gateOver([], { atMost: 1, missingData: 'bad' });

    expect(await good.problems(SITE)).toEqual([]);
    expect(await bad.problems(SITE, { complete: false })).toEqual([]);
    expect(await bad.problems(SITE)).toEqual(['it: no data within 5 min']);
  });

  test('asks for its window and dimensions, whatever they are called', async () => {
    const { commands, gate } = gateOver([], {
      atMost: 1,
      windowMinutes: 15,
      dimensions: { Instance: ["a'b", 'c'], Zone: ['1'] },
    });

    await gate.problems(SITE);

    const after = (flag: string) => commands[0][commands[0].indexOf(flag) + 1];
    expect([after('--start-time'), after('--end-time')]).toEqual(['2026-01-05T09:45:00Z', '2026-01-05T10:00:00Z']);
    expect(after('--filter')).toBe("(Instance eq 'a''b' or Instance eq 'c') and (Zone eq '1')");
    expect(after('--resource')).toBe(SITE);
  });

  test('looks at nothing that was before the release could take traffic', async () => {
    let now = Date.parse('2026-01-05T10:00:00Z');
    const asked: string[] = [];
    const az = async (args: string[]) => {
      asked.push(args[args.indexOf('--start-time') + 1]);
      return { value: [] };
    };
    const clock = { now: () => now, sleep: async () => {} };
    const gates = gatesFrom([{ name: 'it', metric: 'M', atMost: 1, windowMinutes: 5, missingData: 'bad' }]);
    const gate = metricGate({ az, clock, gates });

    gate.begin();
    const found = [];
    for (const seconds of [10, 170, 300]) {
      now += seconds * 1000;
      found.push(await gate.problems(SITE));
    }

    expect(asked).toEqual(['2026-01-05T09:59:10Z', '2026-01-05T10:00:00Z', '2026-01-05T10:03:00Z']);
    expect(found).toEqual([[], [], ['it: no data within 5 min']]);
  });

  test('reads logs too: the rows, or the largest value of a column', async () => {
    const rows = [{ slow: '7' }, { slow: '3' }];
    const clock = { now: () => 0, sleep: async () => {} };
    const problems = (gate: object) =>
      metricGate({
        az: async () => rows,
        clock,
        gates: gatesFrom([{ name: 'it', query: 'q', workspace: 'w', ...gate }]),
      }).problems(SITE);

    expect(await problems({ atMost: 1 })).toEqual(['it is 2, bad is greater than 1']);
    expect(await problems({ atMost: 5, measureColumn: 'slow' })).toEqual(['it is 7, bad is greater than 5']);
  });
});

describe('fails', () => {
  test.each([
    [{ ROLLOUT_ACTION: 'undo' }, 'ROLLOUT_ACTION must be deploy, return or rollback, got "undo"'],
    [{ ROLLOUT_ARTIFACT: '' }, 'ROLLOUT_ARTIFACT must be set'],
    [{ ROLLOUT_APP_ID: 'shop' }, 'ROLLOUT_APP_ID must be the Azure resource id of a web app, got "shop"'],
    [
      { ROLLOUT_ARTIFACT: 'registry.example.com/shop:latest', ROLLOUT_KIND: 'container' },
      'an image must be named by digest, registry/name@sha256:<64 hex>, got "registry.example.com/shop:latest"',
    ],
    [
      { ROLLOUT_ARTIFACT: 'shop.zip' },
      'a package needs ROLLOUT_VERSION or ROLLOUT_ARTIFACT_SHA256, by which it is recognised',
    ],
    [
      { ROLLOUT_STEPS: '50:5,10:5' },
      'ROLLOUT_STEPS must be percent:minutes, rising, e.g. 10:5,25:10,50:15,100:0; got "50:5,10:5"',
    ],
    [
      { ROLLOUT_STEPS: '150:5' },
      'ROLLOUT_STEPS must be percent:minutes, rising, e.g. 10:5,25:10,50:15,100:0; got "150:5"',
    ],
    [{ ROLLOUT_BUDGET_SECONDS: 'x' }, 'ROLLOUT_BUDGET_SECONDS must be a number from 30 to 3600, got "x"'],
    [{ ROLLOUT_GATES: '{' }, 'ROLLOUT_GATES must be JSON'],
    [{ ROLLOUT_GATES: '[{"name":"errors","metric":"Http5xx"}]' }, 'ROLLOUT_GATES: the gate "errors" has no threshold'],
    [
      { ROLLOUT_GATES: '[{"name":"errors","atMost":1}]' },
      `ROLLOUT_GATES: the gate "errors" needs one of 'metric' and 'query'`,
    ],
  ])('%j', async (env, message) => {
    const run = await new World().run(main, { ROLLOUT_APP_ID: APP_ID, ...DEPLOY, ...env });

    expect(run.error).toBeInstanceOf(Usage);
    expect(run.error.message).toBe(message);
    expect(run.commands).toEqual([]);
  });
});
