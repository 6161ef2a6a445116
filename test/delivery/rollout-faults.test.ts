import * as fc from 'fast-check';

const { main } = jest.requireActual('../../assets/delivery/rollout.cjs');
const { Unsafe } = jest.requireActual('../../assets/delivery/host.cjs');
const { NEW, OLD, OLDER, World, versionOf } = jest.requireActual('./fakes/world.cjs');

const MINUTE = 60_000;
const DEPLOY = { ROLLOUT_ARTIFACT: NEW, ROLLOUT_STEPS: '10:2,25:2,50:2,100:0' };
const GATES = JSON.stringify([{ name: 'server errors', metric: 'Http5xx', aggregation: 'Total', atMost: 10 }]);

/** What a command does besides what it should. */
const FAULT = fc.constantFrom('refused', 'failed', 'lost', 'unanswered');

/** Faults here and there, by the number of the command; some in a row. */
const FAULTS = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 60 }), FAULT, fc.integer({ min: 1, max: 3 })), { maxLength: 4 })
  .map((entries) =>
    Object.fromEntries(
      entries.flatMap(([at, fault, times]) => Array.from({ length: times }, (_, index) => [at + index, fault])),
    ),
  );

const END = fc.oneof(
  fc.constant({}),
  fc.integer({ min: 0, max: 20 * MINUTE }).map((cancelAt) => ({ cancelAt })),
  fc.integer({ min: 0, max: 20 * MINUTE }).map((killAt) => ({ killAt })),
);

/** What the new version is like: fine, or ill in the slot, in production, or from some share of the traffic on. */
const ILLNESS = fc.constantFrom('none', 'none', 'slot', 'production', 'traffic', 'metrics');

const SCHEDULE = fc.record({
  illness: ILLNESS,
  slotHolds: fc.constantFrom(OLDER, NEW, OLD),
  swaps: fc.array(fc.constantFrom('done', 'done', 'none', 'half'), { maxLength: 3 }),
  first: fc.record({ faults: FAULTS, end: END }),
  next: fc.array(fc.record({ action: fc.constantFrom('deploy', 'return', 'rollback'), faults: FAULTS, end: END }), {
    maxLength: 2,
  }),
});

type Schedule = typeof SCHEDULE extends fc.Arbitrary<infer T> ? T : never;

function worldFor({ illness, slotHolds, swaps }: Schedule): any {
  return new World({
    oldInSlot: slotHolds,
    swaps,
    ill: (version: string, place: string, percent: number) =>
      version === NEW && (illness === place || (illness === 'traffic' && percent >= 25)),
    measure: (_metric: string, version: string, percent: number) =>
      illness === 'metrics' && version === NEW && percent >= 25 ? [9, 9, 9] : [0],
  });
}

/** No version that is not known to be well keeps traffic; what a rollback returns to is still there. */
function isSafe(world: any, { illness }: Schedule): boolean {
  const well = ['none', 'production'].includes(illness) ? [OLD, NEW] : [OLD];
  const wellInProduction = illness === 'production' ? [OLD] : well;
  const { production, slot, percent } = world.state;
  return (
    (percent === 100 || wellInProduction.includes(versionOf(production))) &&
    (percent === 0 || well.includes(versionOf(slot)))
  );
}

/**
 * The step that follows a rollout in its job, or the button: Azure answers again by then, though its swaps may still fail.
 * What cannot be done in time is said, and done by the next one.
 */
async function returnTraffic(world: any): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt++) {
    world.rest();
    const { error } = await world.run(main, { ...DEPLOY, ROLLOUT_ACTION: 'return' });
    if (error === undefined) {
      return;
    }
    expect(error).toBeInstanceOf(Unsafe);
  }
}

test('whatever goes wrong, and whenever: the traffic ends on a version that is well, and nothing is lost', async () => {
  const seen = { released: 0, returned: 0, unchanged: 0, killed: 0, 'rolled-back': 0 };
  await fc.assert(
    fc.asyncProperty(SCHEDULE, async (schedule) => {
      const world = worldFor(schedule);
      const runs = [{ action: 'deploy', ...schedule.first }, ...schedule.next];
      for (const { action, faults, end } of runs) {
        const env = { ...(action === 'rollback' ? {} : DEPLOY), ROLLOUT_ACTION: action, ROLLOUT_GATES: GATES };
        const run = await world.run(main, env, { faults, ...end });

        if (run.killed || run.error instanceof Unsafe) {
          seen.killed += run.killed ? 1 : 0;
          await returnTraffic(world);
        } else if (run.error === undefined) {
          seen[run.outputs.outcome as keyof typeof seen]++;
        }
        world.rest();
        expect(isSafe(world, schedule)).toBe(true);
        expect(world.state.percent).toBe(0);
        const noted = world.state.production.tags['hidden-rollout-previous'] ?? OLD;
        expect([...[world.state.production, world.state.slot].map(versionOf), noted.replace('DOCKER|', '')]).toContain(
          OLD,
        );
        expect(run.outputs.outcome === 'released' && versionOf(world.state.production)).not.toBe(OLD);
      }
    }),
    { numRuns: Number(process.env.PROPERTY_RUNS ?? 300) },
  );
  // the schedules reach all ends
  expect(Object.values(seen).every((times) => times > 0)).toBe(true);
});
