'use strict';
// One button: makes sure that the release which was put in place last is not live. It runs no Terraform, touches no data, and
// ends within its budget. A second time, or beside a rollout that is being stopped, it finds nothing left to do.
const { AzError, persistently } = require('./az.cjs');
const { contextOf } = require('./context.cjs');
const { Failed, Unsafe, deadlineIn, start } = require('./host.cjs');
const { RESERVE, bringBack, optionsUntil } = require('./traffic.cjs');
const { TAKEN_BACK, notedVersion } = require('./web-app.cjs');

/** Takes the last release back, or puts the one in place that was asked for. */
async function rollBack(context) {
  try {
    return await attempt(context);
  } catch (error) {
    throw error instanceof AzError ? new Unsafe(`not rolled back: ${error.message}`) : error;
  }
}

async function attempt(context) {
  const { app, release, clock, budgetMs, log } = context;
  const deadline = deadlineIn(clock, budgetMs - RESERVE);
  const state = await persistently(clock, deadline, () => app.observe(optionsUntil(deadline)), log);
  const step = { ...context, deadline };
  const { production } = await (release === undefined ? takeLastBack(step, state) : putInPlace(step, state));
  log(`${production.version} is live`);
  const taken = (release === undefined ? notedVersion(state.candidate) : state.production.version) ?? '';
  return { outcome: 'rolled-back', url: context.url ?? `https://${production.host}`, taken };
}

async function takeLastBack(context, { candidate, previous, percent }) {
  if (candidate === undefined && percent === 0) {
    throw new Failed('no rollout left a note of what to take back: name the version to return to in ROLLOUT_ARTIFACT');
  }
  const bad = notedVersion(candidate);
  if (bad !== undefined && !candidate.startsWith(TAKEN_BACK)) {
    const { app, clock, deadline, log } = context;
    await persistently(
      clock,
      deadline,
      () => app.note(`${TAKEN_BACK}${bad}`, previous ?? '', optionsUntil(deadline)),
      log,
    );
  }
  return bringBack({ ...context, bad, good: previous });
}

async function putInPlace(context, { production, slot }) {
  const { app, release, probe, clock, deadline, log, settleMs } = context;
  const options = optionsUntil(deadline);
  const insist = (action) => persistently(clock, deadline, action, log);
  if (production.version === release.version) {
    log(`${release.version} is live already`);
    return bringBack({ ...context, bad: undefined });
  }
  // from now on what is live counts as the one to take back: a second run finds the same
  await insist(() => app.note(production.version, release.version, options));
  if (slot !== undefined && slot.version !== release.version) {
    await insist(() => app.clearRouting(options));
    log(`deploying ${release.version} to the slot ${app.slot}`);
    await insist(() => app.deploy(app.slot, release, { timeoutMs: deadline.left() }));
    await clock.sleep(Math.min(settleMs, deadline.left() / 4));
    const address = context.slotUrl ?? `https://${slot.host}`;
    await probe.ready(address, { withinMs: deadline.left() / 2, version: release.version });
  }
  const previousPackage = release.kind === 'package' ? release.artifact : undefined;
  const { version } = release;
  return bringBack({ ...context, bad: production.version, good: version, previousPackage, previousVersion: version });
}

module.exports = { rollBack };

if (require.main === module) {
  start(async (machine) => {
    const { outcome, url, taken } = await rollBack(contextOf(machine));
    machine.report.output('outcome', outcome);
    machine.report.output('taken', taken.replace('DOCKER|', ''));
    machine.report.output('url', url);
    machine.report.summary(`Rolled back: ${url}`);
  });
}
