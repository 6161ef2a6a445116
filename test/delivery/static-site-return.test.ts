import * as fc from 'fast-check';
import {
  archivesBeforeAll,
  DEPLOY,
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
const { Cancelled } = jest.requireActual('../../assets/delivery/host.cjs');

const MINUTE = 60_000;

archivesBeforeAll();

describe('the way back', () => {
  test('after a gate that comes later', async () => {
    const world = await siteWith();
    const { outcome } = (await world.run(main, DEPLOY)).outputs;

    const run = await world.run(main, { ...RETURN, SITE_OUTCOME: outcome });

    expect([run.error, run.outputs.outcome, pageOf(world)]).toEqual([undefined, 'returned', 'old']);
    expect((await world.run(main, { ...RETURN, SITE_OUTCOME: 'returned' })).tookMs).toBeLessThan(MINUTE);
  });

  test('after a run that was cancelled or killed at any moment; a second run finishes the release', async () => {
    const { tookMs } = await (await siteWith()).run(main, DEPLOY);
    for (const how of ['cancelAt', 'killAt']) {
      for (let at = 1_000; at < tookMs; at += 5_000) {
        const [first, second] = [await siteWith(), await siteWith()];
        const run = await first.run(main, DEPLOY, { [how]: at });
        await second.run(main, DEPLOY, { [how]: at });
        const where = `${how} ${at}`;

        const returned = await first.run(main, { ...RETURN, SITE_OUTCOME: run.outputs.outcome ?? '' });
        const again = await second.run(main, DEPLOY);

        expect([where, run.error !== undefined]).toEqual([where, true]);
        expect([where, how === 'killAt' || run.error instanceof Cancelled]).toEqual([where, true]);
        expect([where, returned.error, pageOf(first)]).toEqual([where, undefined, 'old']);
        expect([where, again.error, pageOf(second)]).toEqual([where, undefined, 'new']);
        expect([where, second.tags['hidden-rollout-previous']]).toEqual([where, noteOf(OLD)]);
      }
    }
  });

  test('by the button, within its budget; a second time does no harm', async () => {
    const world = await siteWith();
    await world.run(main, DEPLOY);

    const first = await world.run(main, ROLLBACK);
    const second = await world.run(main, ROLLBACK);

    expect([first.error, second.error, pageOf(world)]).toEqual([undefined, undefined, 'old']);
    expect(first.outputs).toEqual({ outcome: 'rolled-back', url: 'https://web.example.com', taken: 'new' });
    expect(first.tookMs).toBeLessThan(4 * MINUTE);
  });

  test('by the button, beside a release that goes on: it sees the note, and ends as well', async () => {
    const { tookMs } = await (await siteWith()).run(main, DEPLOY);
    for (let at = 8_000; at < tookMs - 8_000; at += 4_000) {
      const world = await siteWith();
      const began = world.time;
      let pressed: Promise<any> | undefined;
      const release = await world.run(main, DEPLOY, {
        meanwhile: () => {
          if (
            pressed === undefined &&
            world.time - began >= at &&
            world.tags['hidden-rollout-candidate'] === noteOf(NEW)
          ) {
            pressed = world.run(main, ROLLBACK);
            return pressed;
          }
          return undefined;
        },
      });

      expect([at, (await pressed)?.error]).toEqual([at, undefined]);
      expect([at, pageOf(world), release.error?.message]).toEqual([
        at,
        'old',
        'somebody took the release back; the site is as it was',
      ]);
    }
  });

  test('whatever happens on the way: the site is what its notes say, and nothing is lost', async () => {
    const faults = fc
      .array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.constantFrom('refused', 'lost')), { maxLength: 3 })
      .map((entries) => Object.fromEntries(entries));
    const moment = fc.integer({ min: 0, max: 4 * MINUTE });
    const end = fc.oneof(
      fc.constant({}),
      moment.map((cancelAt) => ({ cancelAt })),
      moment.map((killAt) => ({ killAt })),
    );
    const uploads = fc.array(fc.constantFrom('done', 'done', 'failed', 'lost'), { maxLength: 4 });
    const step = fc.record({ action: fc.constantFrom('deploy', 'return', 'rollback'), faults, end });
    const schedule = fc.record({
      isIll: fc.boolean(),
      uploads,
      first: fc.record({ faults, end }),
      next: fc.array(step),
    });

    await fc.assert(
      fc.asyncProperty(schedule, async ({ isIll, uploads: upload, first, next }) => {
        const world = await siteWith({ ill: (files: any) => isIll && ill(files), upload: ['done', ...upload] });
        let { outcome = '' } = (await world.run(main, DEPLOY, { faults: first.faults, ...first.end })).outputs;
        for (const { action, faults: more, end: how } of next) {
          const options = { faults: more, ...how };
          const { outputs } = await world.run(main, { ...DEPLOY, SITE_ACTION: action, SITE_OUTCOME: outcome }, options);
          outcome = action === 'deploy' ? (outputs.outcome ?? '') : outcome;
        }

        // the step behind a release that did not end well, when Azure answers again
        world.options.upload = [];
        const last = await world.run(main, { ...RETURN, SITE_OUTCOME: outcome === 'released' ? '' : outcome });

        const { 'hidden-rollout-candidate': candidate, 'hidden-rollout-previous': previous } = world.tags;
        expect(last.error).toBeUndefined();
        expect([candidate, pageOf(world)]).toEqual([
          candidate,
          [noteOf(NEW), `released:${noteOf(NEW)}`].includes(candidate) ? 'new' : 'old',
        ]);
        expect(candidate).not.toBe(noteOf(NEW));
        expect(candidate.startsWith(`released:${noteOf(OLD)}`) || previous === noteOf(OLD)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test('by the button ends within its budget, whatever Azure does', async () => {
    for (const fault of ['refused', 'lost']) {
      for (let at = 0; at < 5; at++) {
        for (const times of [1, 50]) {
          const world = await siteWith();
          await world.run(main, DEPLOY);
          const faults = Object.fromEntries(Array.from({ length: times }, (_, index) => [at + index, fault]));

          const run = await world.run(main, ROLLBACK, { faults });

          const where = `${fault} ${times} times from ${at}: ${run.error?.message}`;
          expect([where, run.tookMs <= 5 * MINUTE]).toEqual([where, true]);
          expect([where, times > 1 || pageOf(world) === 'old']).toEqual([where, true]);
        }
      }
    }
    const hanging = await siteWith({ upload: ['done', 'done', 'hangs', 'hangs'] });
    await hanging.run(main, DEPLOY);
    const { error, tookMs } = await hanging.run(main, ROLLBACK);
    expect([error.message, tookMs <= 4 * MINUTE]).toEqual(['new is live, and could not be taken back in time', true]);
  });
});
