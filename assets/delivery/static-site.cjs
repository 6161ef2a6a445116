'use strict';
// Deploys an archive to a Static Web App, and deploys the one before again when the site does not answer after it, when something that
// came later found fault with it, or when somebody presses the button. Such a site has no slots: what is deployed is live.
//
// What was deployed is noted on the site. A run that was killed at any point can be run again, and so can the way back.
const { AzError, SECOND, azure, persistently, repeatedly } = require('./az.cjs');
const { Cancelled, Failed, Unsafe, Usage, deadlineIn, start } = require('./host.cjs');
const { RELEASED, TAKEN_BACK, before } = require('./notes.cjs');
const { probe: probeOf } = require('./probe.cjs');
const { UPLOAD_TIMEOUT, command, siteOf } = require('./static-web-app.cjs');

/** Time in which a site has to answer after it was deployed, and between two attempts. */
const [START_TIMEOUT, PAUSE] = [180 * SECOND, 5 * SECOND];

/** Kept of a budget to see the old version answer, and for the last request that is waited for. */
const [PROOF, RESERVE] = [20 * SECOND, 15 * SECOND];

function contextOf({ inputs, clock, report, signal, az = azure(), run = command, fetch }) {
  const site = siteOf({ az, clock, run, inputs });
  return {
    site,
    inputs,
    clock,
    signal,
    log: report.log,
    release: {
      version: inputs.optional('SITE_VERSION'),
      run: inputs.optional('SITE_RUN'),
      sha256: inputs.optional('SITE_ARCHIVE_SHA256'),
    },
    url: inputs.optional('SITE_URL'),
    probe: probeOf({
      fetch,
      clock,
      path: inputs.optional('SITE_HEALTH_PATH', '/'),
      pauseMs: inputs.number('SITE_PROBE_SECONDS', '5', 0.1, 60) * SECOND,
    }),
    previous: inputs.optional('SITE_PREVIOUS'),
    budgetMs: inputs.number('SITE_BUDGET_SECONDS', '240', 60, 3600) * SECOND,
  };
}

/** Deploys a release, or returns its users to the version they had. */
async function deploy(context) {
  const { site, inputs, clock, signal, log, release, probe } = context;
  const archive = inputs.required('SITE_ARCHIVE');
  inputs.required('SITE_VERSION');
  const again = (action) => repeatedly(clock, action, { signal });
  const notes = await again(() => site.look({ signal }));
  const finished = notes.candidate?.version === release.version && notes.candidate.state === RELEASED;
  const good = before(notes, release.version);
  // a site that is closed to its edge answers nobody under its own name
  const url = context.url ?? `https://${notes.host}`;
  try {
    if (!finished) {
      await again(() => site.note(release, good, { signal }));
    }
    await site.put(archive, { timeoutMs: UPLOAD_TIMEOUT, signal });
    await probe.ready(url, { withinMs: START_TIMEOUT, signal });
    await stillWanted(context);
  } catch (error) {
    if (finished) {
      // the same files as before: to bring older ones back might make an outage worse
      throw new Failed(`${error.message}; ${release.version} was live before this run, and stays`);
    }
    if (error instanceof Cancelled) {
      // there are seconds left now; the step that comes after has minutes
      throw error;
    }
    log(error.message);
    const deadline = deadlineIn(clock, context.budgetMs - RESERVE);
    await goBack({ ...context, url }, good, deadline).catch((problem) => {
      throw new Unsafe(`${error.message}; ${problem.message}`);
    });
    const words = error instanceof Failed || error instanceof AzError;
    throw words ? new Failed(`${error.message}; the site is as it was`) : error;
  }
  const done = { ...release, state: RELEASED };
  await again(() => site.note(done, good, { signal })).catch((error) =>
    log(`${error.message}; it is released all the same`),
  );
  return { outcome: finished ? 'unchanged' : 'released', url };
}

/** The button may have been pressed meanwhile, in another job: it says so in the notes. */
async function stillWanted({ site, clock, signal, release }) {
  const { candidate } = await repeatedly(clock, () => site.look({ signal }), { signal });
  if (candidate?.version !== release.version || candidate.state === TAKEN_BACK) {
    throw new Failed('somebody took the release back');
  }
}

/** Makes sure that a release is not live: after a run that was ended, or a gate that it failed; that of an earlier run stays. */
async function returnSite(context) {
  const { site, inputs, clock, log, release, budgetMs } = context;
  inputs.required('SITE_VERSION');
  const deadline = deadlineIn(clock, budgetMs - RESERVE);
  const { candidate, previous, host } = await persistently(clock, deadline, () => site.look(limited(deadline)), log);
  const url = context.url ?? `https://${host}`;
  const outcome = inputs.optional('SITE_OUTCOME');
  // whoever else took it back may have been stopped on the way: to do it once more does no harm
  if (candidate?.version !== release.version || (candidate.state === TAKEN_BACK && outcome === 'returned')) {
    log(`${release.version} is not live`);
    return { outcome: 'returned', url };
  }
  if (candidate.state === RELEASED && outcome !== 'released') {
    log(`${release.version} was released by an earlier run, and stays`);
    return { outcome: 'unchanged', url };
  }
  await noteTaken(context, { candidate, previous }, deadline);
  await goBack({ ...context, url, release: candidate }, previous, deadline);
  return { outcome: 'returned', url };
}

/** One button: makes sure that the release which was put in place last is not live. A second time does the same once more. */
async function rollBack(context) {
  const { site, clock, log, budgetMs } = context;
  const deadline = deadlineIn(clock, budgetMs - RESERVE);
  const { candidate, previous, host } = await persistently(clock, deadline, () => site.look(limited(deadline)), log);
  if (candidate === undefined) {
    throw new Failed('no release left a note of what to take back: release the version to return to from its commit');
  }
  await noteTaken(context, { candidate, previous }, deadline);
  const url = context.url ?? `https://${host}`;
  await goBack({ ...context, url, release: candidate }, previous, deadline);
  return { outcome: 'rolled-back', url, taken: candidate.version };
}

/** First of all, so that a release which is under way ends as well, and that nobody takes this one for live. */
async function noteTaken({ site, clock, log }, { candidate, previous }, deadline) {
  if (previous !== undefined) {
    const taken = { ...candidate, state: TAKEN_BACK };
    await persistently(clock, deadline, () => site.note(taken, previous, limited(deadline)), log);
  }
}

/** Deploys what ran before, until it is there or the time is up. */
async function goBack({ site, inputs, clock, log, release, previous, probe, url }, good, deadline) {
  if (good === undefined) {
    throw new Unsafe(`${release.version} is live, and the first release that is noted: there is nothing to go back to`);
  }
  const at = inputs.optional('SITE_PREVIOUS_VERSION', good.version);
  if (previous === undefined || at !== good.version) {
    throw new Unsafe(
      `${release.version} is live, and the archive of ${good.version} is not at hand: release it again from its commit`,
    );
  }
  for (;;) {
    const timeoutMs = deadline.left() - PROOF;
    if (timeoutMs <= 0) {
      throw new Unsafe(`${release.version} is live, and could not be taken back in time`);
    }
    try {
      log(`deploying ${good.version} again`);
      await site.put(previous, { timeoutMs });
      break;
    } catch (error) {
      if (!(error instanceof Failed || error instanceof AzError)) {
        throw error;
      }
      log(`${error.message}; once more`);
      await clock.sleep(Math.min(PAUSE, deadline.left()));
    }
  }
  await probe.ready(url, { withinMs: Math.min(deadline.left(), START_TIMEOUT) }).catch((error) => {
    throw new Unsafe(`${good.version} is live again, but: ${error.message}`);
  });
  const taken = { ...release, state: TAKEN_BACK };
  await persistently(clock, deadline, () => site.note(taken, good, limited(deadline)), log).catch((error) =>
    log(`${error.message}; the site is as it was all the same`),
  );
  log(`${good.version} is live again`);
}

/** Options whose time limit shrinks with what is left. */
function limited(deadline) {
  return { timeoutMs: Math.min(Math.max(deadline.left(), SECOND), 45 * SECOND) };
}

const ACTIONS = { deploy, return: returnSite, rollback: rollBack };

async function main(machine) {
  const { inputs, report } = machine;
  const action = inputs.optional('SITE_ACTION', 'deploy');
  if (!Object.hasOwn(ACTIONS, action)) {
    throw new Usage(`SITE_ACTION must be deploy, return or rollback, got ${JSON.stringify(action)}`);
  }
  const context = contextOf(machine);
  const act = () =>
    ACTIONS[action](context).catch((error) => {
      throw action !== 'deploy' && error instanceof AzError ? new Unsafe(`not taken back: ${error.message}`) : error;
    });
  try {
    const { outcome, url, taken } = await act();
    report.output('outcome', outcome);
    report.output('url', url);
    if (taken !== undefined) {
      report.output('taken', taken);
    }
    report.summary(`**${context.site.name}**: ${outcome}`);
    report.log(`${context.site.name}: ${outcome}; it answers at ${url}`);
  } catch (error) {
    if (!(error instanceof Usage || error instanceof Cancelled)) {
      report.output('outcome', error instanceof Unsafe ? 'unsafe' : 'returned');
    }
    throw error;
  }
}

module.exports = { main };

if (require.main === module) {
  start(main);
}
