'use strict';
// Brings a release to its users in steps, each of which is watched, and takes it back at the first doubt.
//
// The steps: look; deploy to the slot; smoke test; 10, 25, 50 and 100 % of the traffic, each with time to be watched; clear
// the routing; swap; clear the routing once more; smoke test. The routing is cleared before the swap because a swap restarts
// the slot: those who are routed there would notice, those on the old version in production do not.
//
// Everything that has to be known is read from Azure. A run that was killed at any point can be run again.
const { persistently, repeatedly, AzError, SECOND } = require('./az.cjs');
const { contextOf } = require('./context.cjs');
const { Cancelled, Failed, Unsafe, Usage, deadlineIn, start } = require('./host.cjs');
const { rollBack } = require('./rollback.cjs');
const { IMAGE, RESERVE, bringBack, optionsUntil } = require('./traffic.cjs');
const { MINUTE, RELEASED, TAKEN_BACK, isOf } = require('./web-app.cjs');

/** Time in which a release has to become ready after it was deployed. */
const START_TIMEOUT = 10 * MINUTE;

/** How often a release that has traffic is looked at. */
const LOOK_EVERY = MINUTE;

/** Brings a release to its users, or returns them to the version they had. */
async function rollOut(context) {
  const { app, release, clock, signal, log } = context;
  const { timeoutMs } = context;
  const deadline = deadlineIn(clock, timeoutMs);
  const goOn = () => {
    if (signal?.aborted) {
      throw signal.reason;
    }
    if (deadline.left() <= 0) {
      throw new Failed(`not done within ${timeoutMs / MINUTE} min`);
    }
  };

  const before = await app.observe({ signal });
  if (app.slot !== undefined && before.slot === undefined) {
    throw new Failed(`${app.name} has no slot ${app.slot}; deploy its infrastructure first, or set no slot`);
  }
  if (!before.production.running) {
    throw new Failed(`${app.name} is stopped`);
  }
  const live = isOf(before.production.version, release.version);
  const finished = live && before.candidate === `${RELEASED}${release.version}`;
  const good = live ? before.previous : before.production.version;
  log(live ? `${release.version} is live already` : `${before.production.version} is live`);
  try {
    const url = await (app.slot === undefined ? inPlace : throughSlot)({ ...context, goOn, before, good });
    await app
      .note(`${RELEASED}${release.version}`, good ?? '')
      .catch((error) => log(`${error.message}; it is released all the same`));
    return { outcome: finished ? 'unchanged' : 'released', url };
  } catch (error) {
    log(error.message);
    if (finished) {
      // an outage since then says nothing about the version: to swap an old one in might make it worse
      throw new Failed(`${error.message}; ${release.version} was live before this run, and stays`);
    }
    await takeBack(context, good);
    const words = error instanceof Cancelled || error instanceof Failed || error instanceof AzError;
    throw words ? new Failed(`${error.message}; the traffic is where it was`) : error;
  }
}

/** Makes sure that a release is not live; says so where that cannot be made sure of. */
async function takeBack(context, good) {
  const { clock, release, budgetMs } = context;
  try {
    return await bringBack({ ...context, deadline: deadlineIn(clock, budgetMs - RESERVE), bad: release.version, good });
  } catch (error) {
    throw error instanceof Unsafe ? error : new Unsafe(`traffic could not be returned: ${error.message}`);
  }
}

async function inPlace(context) {
  const { app, release, probe, clock, signal, log, before, good, goOn, settleMs } = context;
  const address = context.url ?? `https://${before.production.host}`;
  if (before.production.version !== release.version) {
    if (good !== undefined) {
      await app.note(release.version, good, { signal });
    }
    log(`deploying ${release.version} in place`);
    await repeatedly(clock, () => app.deploy(undefined, release, { signal }), { signal });
    goOn();
    await clock.sleep(settleMs, signal);
  }
  goOn();
  await probe.ready(address, { withinMs: START_TIMEOUT, version: release.version, signal });
  return address;
}

async function throughSlot(context) {
  const { app, release, probe, signal, log, before, good, goOn, steps } = context;
  if (!isOf(before.production.version, release.version)) {
    if (before.percent > 0 || before.candidate === release.version) {
      log(`an earlier run left ${before.percent} % of the traffic on the slot`);
      await clearRouting(context);
    }
    await app.note(release.version, good, { signal });
    const swapped = await deployToSlot(context);
    if (!swapped) {
      for (const step of steps) {
        goOn();
        await takeStep(context, step);
      }
      goOn();
      await swapIn(context);
    }
  } else {
    await clearRouting(context);
  }
  const { production, slot, percent } = await app.observe({ signal });
  if (production.version !== release.version || percent > 0) {
    throw new Failed(`production runs ${production.version}: somebody else changed it`);
  }
  goOn();
  const address = context.url ?? `https://${production.host}`;
  await probe.ready(address, { withinMs: START_TIMEOUT, version: release.version, signal });
  await keepWayBack(context, slot);
  return address;
}

/** After half a swap the slot still holds the release: what ran before goes there, so that there is a way back. */
async function keepWayBack({ app, release, good, log }, slot) {
  if (
    slot.version !== release.version ||
    release.kind !== 'container' ||
    !IMAGE.test(good ?? '') ||
    good === slot.version
  ) {
    return;
  }
  try {
    await app.deploy(app.slot, { kind: 'container', artifact: good.replace(IMAGE, '') });
  } catch (error) {
    log(`${error.message}; a rollback will have to deploy ${good}`);
  }
}

/** Deploys to the slot and waits until it is ready; says whether a swap of an earlier run got in between. */
async function deployToSlot(context) {
  const { app, release, probe, clock, signal, log, goOn, settleMs } = context;
  for (let attempt = 1; ; attempt++) {
    goOn();
    const { production, slot } = await app.observe({ signal });
    if (isOf(production.version, release.version)) {
      log('a swap of an earlier run came through');
      return true;
    }
    try {
      if (slot.version !== release.version) {
        log(`deploying ${release.version} to the slot ${app.slot}`);
        await app.deploy(app.slot, release, { signal });
        await clock.sleep(settleMs, signal);
      }
      const address = context.slotUrl ?? `https://${slot.host}`;
      await probe.ready(address, { withinMs: START_TIMEOUT, version: release.version, signal });
      context.gate.begin();
      return false;
    } catch (error) {
      if (!(error instanceof AzError) || attempt >= 3) {
        throw error;
      }
      log(`${error.message}; once more`);
      await clock.sleep(10 * SECOND, signal);
    }
  }
}

/** A rollback may be under way, in another job: it says so in the notes. */
async function stillWanted({ app, release, signal }) {
  const candidate = await app.candidate({ signal });
  if (candidate !== release.version) {
    throw new Failed(`somebody took the release back (${candidate ?? 'the note of it is gone'})`);
  }
}

/** Gives the release a share of the traffic, and watches it for a while. */
async function takeStep(context, { percent, soakMs }) {
  const { app, clock, signal, log, goOn } = context;
  await stillWanted(context);
  log(`${percent} % of the traffic, for ${soakMs / MINUTE} min`);
  await app.route(percent, { signal });
  const end = clock.now() + soakMs;
  while (clock.now() < end) {
    await clock.sleep(Math.min(LOOK_EVERY, end - clock.now()), signal);
    goOn();
    await stillFine(context, percent, clock.now() >= end);
  }
  if (soakMs === 0) {
    await stillFine(context, percent, true);
  }
  log(`${percent} %: metrics within the thresholds`);
}

/** Whether the release may keep its traffic: the routing is ours, it is ready, its metrics are good. */
async function stillFine(context, percent, complete) {
  const { app, probe, signal, before, slotUrl } = context;
  await stillWanted(context);
  const routed = await app.routed({ signal });
  if (routed !== percent) {
    throw new Failed(
      `${routed} % of the traffic is routed to the slot instead of ${percent} %: somebody else changed it`,
    );
  }
  if (!(await probe.isReady(slotUrl ?? `https://${before.slot.host}`, { signal }))) {
    throw new Failed(`the slot ${app.slot} stopped being ready at ${percent} % of the traffic`);
  }
  await passGates(context, app.slot, percent, { complete });
}

async function passGates({ app, gate, signal }, place, percent, { complete }) {
  const found = await gate.problems(app.resourceId(place), { percent, complete, signal });
  if (found.length > 0) {
    throw new Failed(`metric gate at ${percent} %: ${found.join('; ')}`);
  }
}

async function swapIn(context) {
  const { app, release, signal, log } = context;
  await clearRouting(context);
  await stillWanted(context);
  log(`swapping ${release.version} in`);
  let problem;
  try {
    await app.swap({ signal });
  } catch (error) {
    if (!(error instanceof AzError)) {
      throw error;
    }
    // what counts is where the versions are: a swap may end well after its command did not
    problem = error.message;
    log(problem);
  }
  await clearRouting(context);
  const { production } = await app.observe({ signal });
  if (production.version !== release.version) {
    throw new Failed(`the swap did not happen: ${problem ?? `production still runs ${production.version}`}`);
  }
  await stillWanted(context);
}

/** Sends everything to production; while a swap is under way Azure refuses it, and so it also waits for that. */
async function clearRouting({ app, clock, log, signal }) {
  const attempt = () => {
    if (signal?.aborted) {
      throw signal.reason;
    }
    return app.clearRouting({ signal });
  };
  await persistently(clock, deadlineIn(clock, START_TIMEOUT), attempt, log);
}

/** Makes sure that a release is not live: after a run that was ended, or a gate that it failed; that of an earlier run stays. */
async function returnTraffic(context) {
  const { app, release, released, clock, budgetMs, log } = context;
  const deadline = deadlineIn(clock, budgetMs - RESERVE);
  const state = await persistently(clock, deadline, () => app.observe(optionsUntil(deadline)), log);
  if (!released && state.candidate === `${RELEASED}${release.version}` && state.percent === 0) {
    log(`${release.version} was released by an earlier run, and stays`);
    return { outcome: 'unchanged', url: `https://${state.production.host}` };
  }
  if (released) {
    const note = () => app.note(`${TAKEN_BACK}${release.version}`, state.previous ?? '', optionsUntil(deadline));
    await persistently(clock, deadline, note, log);
  }
  const { production } = await takeBack({ ...context, budgetMs: deadline.left() + RESERVE }, state.previous);
  return { outcome: 'returned', url: `https://${production.host}` };
}

const ACTIONS = { deploy: rollOut, return: returnTraffic, rollback: rollBack };

async function main(machine) {
  const { inputs, report } = machine;
  const action = inputs.optional('ROLLOUT_ACTION', 'deploy');
  if (!Object.hasOwn(ACTIONS, action)) {
    throw new Usage(`ROLLOUT_ACTION must be deploy, return or rollback, got ${JSON.stringify(action)}`);
  }
  const context = contextOf(machine);
  if (action !== 'rollback' && context.release === undefined) {
    throw new Usage('ROLLOUT_ARTIFACT must be set');
  }
  try {
    const { outcome, url } = await ACTIONS[action](context);
    report.output('outcome', outcome);
    report.output('url', url);
    report.summary(`**${context.app.name}**: ${outcome}`);
  } catch (error) {
    report.output('outcome', error instanceof Unsafe ? 'unsafe' : 'returned');
    report.summary(`**${context.app.name}**: ${error.message.replace(/[<>|`]/g, ' ')}`);
    throw error;
  }
}

module.exports = { main, returnTraffic, rollOut };

if (require.main === module) {
  start(main);
}
