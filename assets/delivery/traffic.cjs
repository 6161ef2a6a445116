'use strict';
// How traffic comes back to the version that served it before. It rests on one rule, which every step of a rollout keeps:
// as long as anything is routed to the slot, production runs the old version. So to clear the routing is always right; and
// where the new version is in production already, the old one is in the slot, and a swap brings it back.
const { AzError, SECOND, persistently } = require('./az.cjs');
const { Unsafe } = require('./host.cjs');
const { MINUTE, isOf } = require('./web-app.cjs');

/** How long one attempt may take: a command that hangs must not use up the time that is left. */
const ATTEMPT = 45 * SECOND;

/** How long a swap or a deployment may take until Azure is asked what became of it: it goes on there, also when nobody waits. */
const REPLACEMENT = 100 * SECOND;

/** What is kept of the time to see the old version answer. */
const PROOF = 20 * SECOND;

/** Kept of a budget for the last request that is waited for. */
const RESERVE = 15 * SECOND;

/** What Azure writes in front of the image of a container. */
const IMAGE = /^DOCKER\|/;

/**
 * Makes sure that a version is not live, and that the one that is answers; both before the deadline.
 *
 * @param bad Version that must not serve anybody.
 * @param good Version that served before, if it is known.
 * @param previousPackage Zip of the version before, for an app without a slot.
 * @param previousVersion Version of that zip, where it is known.
 */
async function bringBack(context) {
  const { app, clock, deadline, log, bad } = context;
  const options = optionsUntil(deadline);
  const insist = (action) => persistently(clock, deadline, action, log);
  for (let attempt = 0; ; attempt++) {
    if (app.slot !== undefined) {
      // refused while a swap is under way: what is read after it does not change any more
      await insist(() => app.clearRouting(options));
      log('all traffic goes to production');
    }
    const state = await insist(() => app.observe(options));
    if (!isOf(state.production.version, bad)) {
      await prove(context, state.production, attempt > 0);
      return state;
    }
    await replace(context, state);
  }
}

/** Puts the old version in production, in the way that is left; one attempt, after which Azure is asked again. */
async function replace(context, { slot }) {
  const { app, clock, deadline, log, bad, good, previousPackage, previousVersion } = context;
  const timeoutMs = Math.min(deadline.left() - PROOF, REPLACEMENT);
  if (timeoutMs <= 0) {
    throw new Unsafe(`${bad} is live, and could not be taken back in time`);
  }
  try {
    if (slot !== undefined && !isOf(slot.version, bad)) {
      log(`swapping ${slot.version || 'the slot'} back`);
      await app.swap({ timeoutMs });
    } else if (app.kind === 'container' && IMAGE.test(good ?? '') && good !== bad) {
      log(`putting ${good} back in place`);
      await app.deploy(undefined, { kind: 'container', artifact: good.replace(IMAGE, '') }, { timeoutMs });
    } else if (app.kind === 'package' && previousPackage !== undefined) {
      log(`putting ${previousPackage} back in place`);
      const release = { kind: 'package', artifact: previousPackage, version: previousVersion ?? (good || 'previous') };
      await app.deploy(undefined, release, { timeoutMs });
    } else {
      throw new Unsafe(`${bad} is live, and what ran before is not at hand: name it in ROLLOUT_ARTIFACT and roll back`);
    }
  } catch (error) {
    if (!(error instanceof AzError)) {
      throw error;
    }
    log(`${error.message}; looking again`);
    await clock.sleep(Math.min(5 * SECOND, deadline.left()));
  }
}

async function prove({ app, probe, clock, deadline, url, settleMs = 0 }, production, touched) {
  if (touched && app.slot === undefined) {
    await clock.sleep(Math.min(settleMs, deadline.left() / 2));
  }
  const withinMs = Math.min(deadline.left(), 2 * MINUTE);
  await probe.ready(url ?? `https://${production.host}`, { withinMs }).catch((error) => {
    throw new Unsafe(`${production.version || 'the old version'} is live again, but: ${error.message}`);
  });
}

/** Options whose time limit shrinks with what is left; none is started when the time is up. */
function optionsUntil(deadline) {
  return {
    get timeoutMs() {
      if (deadline.left() <= 0) {
        throw new Unsafe('the time is up');
      }
      return Math.min(deadline.left(), ATTEMPT);
    },
  };
}

module.exports = { IMAGE, RESERVE, bringBack, optionsUntil };
