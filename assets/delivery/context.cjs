'use strict';
// What a rollout works with, from the inputs of the step.
const { SECOND, azure } = require('./az.cjs');
const { Usage } = require('./host.cjs');
const { gatesFrom, metricGate } = require('./metric-gate.cjs');
const { probe: probeOf } = require('./probe.cjs');
const { keptSignedIn } = require('./session.cjs');
const { MINUTE, releaseOf, webApp } = require('./web-app.cjs');

const DEFAULT_STEPS = '10:5,25:10,50:15,100:0';

/** Percentages, each with the minutes that it is watched for. */
function stepsFrom(text) {
  const steps = text.split(',').map((step) => step.split(':').map(Number));
  const rising = steps.every(([percent], index) => index === 0 || percent > steps[index - 1][0]);
  const inRange = ([percent, minutes, rest]) =>
    percent > 0 && percent <= 100 && minutes >= 0 && minutes <= 1440 && rest === undefined;
  if (!steps.every(inRange) || !rising) {
    throw new Usage(
      `ROLLOUT_STEPS must be percent:minutes, rising, e.g. ${DEFAULT_STEPS}; got ${JSON.stringify(text)}`,
    );
  }
  return steps.map(([percent, minutes]) => ({ percent, soakMs: minutes * MINUTE }));
}

/** Everything that a run needs, from its inputs. */
function contextOf({ inputs, clock, report, signal, az: once = azure(), fetch }) {
  const az = keptSignedIn(once, { inputs, clock, log: report.log, fetch });
  const slot = inputs.optional('ROLLOUT_SLOT');
  const artifact = inputs.optional('ROLLOUT_ARTIFACT');
  const sha256 = inputs.optional('ROLLOUT_ARTIFACT_SHA256', '');
  const version = inputs.optional('ROLLOUT_VERSION', sha256.slice(0, 12));
  const given = inputs.optional('ROLLOUT_KIND');
  const release = artifact === undefined ? undefined : releaseOf({ kind: given, artifact, version });
  if (release?.version === '') {
    throw new Usage('a package needs ROLLOUT_VERSION or ROLLOUT_ARTIFACT_SHA256, by which it is recognised');
  }
  const kind = release?.kind ?? given ?? 'container';
  const run = inputs.optional('ROLLOUT_RUN');
  // by which the archive is found again when the release after it fails
  const origin = run === undefined || sha256 === '' ? undefined : { version, run, sha256 };
  const app = webApp({ az, clock, id: inputs.required('ROLLOUT_APP_ID'), slot, kind, origin });
  const gates = gatesFrom(inputs.json('ROLLOUT_GATES', []));
  return {
    app,
    release,
    clock,
    signal,
    log: report.log,
    probe: probeOf({
      fetch,
      clock,
      path: inputs.optional('ROLLOUT_HEALTH_PATH', '/health/ready'),
      pauseMs: inputs.number('ROLLOUT_PROBE_SECONDS', '5', 0.1, 60) * SECOND,
    }),
    gate: metricGate({ az, clock, gates }),
    // what the step before said of this very run
    released: inputs.optional('ROLLOUT_OUTCOME') === 'released',
    steps: stepsFrom(inputs.optional('ROLLOUT_STEPS', DEFAULT_STEPS)),
    url: inputs.optional('ROLLOUT_URL'),
    slotUrl: inputs.optional('ROLLOUT_SLOT_URL'),
    previousPackage: inputs.optional('ROLLOUT_PREVIOUS'),
    previousVersion: inputs.optional('ROLLOUT_PREVIOUS_VERSION'),
    timeoutMs: inputs.number('ROLLOUT_TIMEOUT_MINUTES', '90', 1, 1440) * MINUTE,
    budgetMs: inputs.number('ROLLOUT_BUDGET_SECONDS', '300', 30, 3600) * SECOND,
    settleMs: inputs.number('ROLLOUT_SETTLE_SECONDS', '30', 0, 600) * SECOND,
  };
}

module.exports = { contextOf, stepsFrom };
