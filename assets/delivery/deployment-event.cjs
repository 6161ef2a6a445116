'use strict';
// Tells Application Insights what became of a deployment; dashboards and alerts count from it. Whatever goes wrong here is a
// warning within seconds: a release that went well does not fail because nobody heard of it.
const { execFileSync } = require('child_process');
const { SECOND, azure } = require('./az.cjs');
const { deadlineIn, runScript } = require('./host.cjs');

/** Seconds in all; the command line needs some before it answers. */
const BUDGET = 25 * SECOND;

/** Seconds for one attempt to send. */
const ATTEMPT = 6 * SECOND;

const PAUSE = SECOND;

/** How often it is sent at most. */
const ATTEMPTS = 3;

/** Answers after which another attempt may work. */
const PASSING = [408, 429, 439, 500, 502, 503, 504];

/** What engines call a job in which nothing failed. */
const WENT_WELL = ['success', 'succeeded', 'succeededwithissues'];

/** Who gets a token: the service itself, in each of its clouds. */
const ENDPOINT = /\.(applicationinsights\.azure\.(com|us|cn)|applicationinsights\.us|services\.visualstudio\.com)$/;

/** A listener on the machine itself. */
const LOOPBACK = /^http:\/\/127\.0\.0\.1:\d+$/;

const AUDIENCE = /^https:\/\/monitor\.azure\.(com|us|cn)$/;
const KEY = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The parts of a connection string: where to send, under which key, and whom the token is for. */
function targetOf(text) {
  const parts = text
    .split(';')
    .map((part) => [part.slice(0, part.indexOf('=')).trim(), part.slice(part.indexOf('=') + 1)]);
  const part = (name) => parts.find(([key]) => key.toLowerCase() === name)?.[1].trim() ?? '';
  const key = part('instrumentationkey');
  const endpoint = part('ingestionendpoint').replace(/\/+$/, '');
  const audience = part('aadaudience').replace(/\/+$/, '') || 'https://monitor.azure.com';
  if (!KEY.test(key)) {
    throw new Error('DEPLOYMENT_CONNECTION_STRING must be a connection string of Application Insights');
  }
  if (!isService(endpoint)) {
    throw new Error('IngestionEndpoint of DEPLOYMENT_CONNECTION_STRING must be an address of Application Insights');
  }
  if (!AUDIENCE.test(audience)) {
    throw new Error('AADAudience of DEPLOYMENT_CONNECTION_STRING must be an address of Azure Monitor');
  }
  return { key, audience, address: `${endpoint}/v2.1/track` };
}

function isService(endpoint) {
  if (LOOPBACK.test(endpoint)) {
    return true;
  }
  const { protocol, hostname, origin } = URL.canParse(endpoint) ? new URL(endpoint) : {};
  return protocol === 'https:' && origin === endpoint.toLowerCase() && ENDPOINT.test(hostname);
}

/**
 * What became of the deployment.
 *
 * @param status What the engine says of the job.
 * @param release Outcome of the rollout, or of the rollback; undefined where it did not come to that.
 * @param returned Outcome of what runs after a failure.
 */
function outcomeOf({ status, release, returned }) {
  if (WENT_WELL.includes(status.toLowerCase())) {
    return release === 'rolled-back' ? 'rolled-back' : 'succeeded';
  }
  // It was in use, and something that came after found fault with it
  return release === 'released' && returned === 'returned' ? 'rolled-back' : 'failed';
}

/**
 * Time of the oldest change since the last tag before this commit; of the commit itself, where there is no such tag or no
 * history. Nothing where there is no git: then the lead time is not counted.
 */
function committedAt(git, commit, { prefix, paths }) {
  const times = (...args) =>
    git(['log', '--format=%ct', ...args])
      .split('\n')
      .filter((line) => /^\d+$/.test(line))
      .map(Number);
  if (!/^[0-9a-f]{40}$/.test(commit ?? '')) {
    return undefined;
  }
  const oldest = (seconds) => new Date(Math.min(...seconds) * SECOND).toISOString();
  const own = attempt(() => times('--max-count=1', commit)) ?? [];
  // not those of an application whose name goes on from there
  const which = [`--match=${prefix}[0-9]*`, `--exclude=${prefix}*-*`];
  const tag = prefix && attempt(() => git(['describe', '--tags', '--abbrev=0', ...which, `${commit}^`]));
  const since = tag ? (attempt(() => times(`${tag.trim()}..${commit}`, '--', ...paths)) ?? []) : [];
  const all = [...own, ...since];
  return all.length === 0 ? undefined : oldest(all);
}

function attempt(action) {
  try {
    return action();
  } catch {
    return undefined;
  }
}

function gitOf(timeout) {
  const options = { encoding: 'utf8', timeout, maxBuffer: 2 ** 24, stdio: ['ignore', 'pipe', 'ignore'] };
  return (args) => execFileSync('git', args, options);
}

/** The event as the service reads it. */
function envelopeOf(key, time, properties) {
  const known = Object.entries(properties).filter(([, value]) => value !== undefined);
  return {
    name: 'Microsoft.ApplicationInsights.Event',
    time: new Date(time).toISOString(),
    iKey: key,
    data: {
      baseType: 'EventData',
      baseData: { ver: 2, name: 'deployment', properties: Object.fromEntries(known) },
    },
  };
}

async function main({
  inputs,
  clock,
  report,
  signal,
  az = azure(),
  fetch = globalThis.fetch,
  git = gitOf(5 * SECOND),
}) {
  const connection = inputs.optional('DEPLOYMENT_CONNECTION_STRING');
  if (connection === undefined) {
    report.log('no DEPLOYMENT_CONNECTION_STRING: nobody is told of this deployment');
    return;
  }
  const deadline = deadlineIn(clock, BUDGET);
  const { key, audience, address } = targetOf(connection);
  const revision = inputs.optional('DEPLOYMENT_REVISION');
  const returns = inputs.optional('DEPLOYMENT_RETURN');
  const release = inputs.optional('DEPLOYMENT_RELEASE');
  const outcome = outcomeOf({ status: inputs.required('DEPLOYMENT_STATUS'), release, returned: returns });
  const properties = {
    service: inputs.required('DEPLOYMENT_SERVICE'),
    environment: inputs.required('DEPLOYMENT_ENVIRONMENT'),
    outcome,
    revision,
    committed_at: committedAt(git, revision, {
      prefix: inputs.optional('DEPLOYMENT_SINCE'),
      paths: inputs
        .optional('DEPLOYMENT_PATHS', '**')
        .split(',')
        .map((path) => `:(glob)${path}`),
    }),
    started_at: inputs.required('DEPLOYMENT_STARTED_AT'),
    run_url: inputs.optional('RUN_URL'),
  };
  const body = JSON.stringify(envelopeOf(key, clock.now(), properties));
  const token = await az(['account', 'get-access-token', '--resource', audience], {
    timeoutMs: Math.max(deadline.left() - ATTEMPT, SECOND),
    signal,
  });
  await send({ clock, deadline, fetch, signal }, address, token.accessToken, body);
  report.log(`${properties.service} in ${properties.environment}: ${outcome}`);
}

/** Sends it; once more where that may help, as long as there is time. */
async function send({ clock, deadline, fetch, signal }, address, token, body) {
  let to = address;
  for (let count = 1; ; count++) {
    const problem = await post(fetch, to, token, body, { signal, timeoutMs: Math.min(deadline.left(), ATTEMPT) });
    if (problem === undefined) {
      return;
    }
    if (!problem.passing || count === ATTEMPTS || deadline.left() < 2 * PAUSE) {
      throw new Error(problem.text);
    }
    to = problem.to ?? to;
    await clock.sleep(problem.to === undefined ? PAUSE : 0, signal);
  }
}

/** What kept the event from getting there, if anything did. */
async function post(fetch, address, token, body, { signal, timeoutMs }) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const limit = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]);
  try {
    const answer = await fetch(address, { method: 'POST', headers, body, signal: limit, redirect: 'manual' });
    if (answer.status === 200) {
      return undefined;
    }
    // By itself it would be followed without the token; which nobody else gets
    const to = [307, 308].includes(answer.status) ? answer.headers.get('location') : null;
    if (to !== null && URL.canParse(to) && isService(new URL(to).origin)) {
      return { passing: true, to, text: `answered ${answer.status}` };
    }
    const text = (await answer.text()).slice(0, 300);
    const hint = [401, 403].includes(answer.status) ? ' (does the identity have Monitoring Metrics Publisher?)' : '';
    return { passing: PASSING.includes(answer.status), text: `answered ${answer.status}${hint} ${text}` };
  } catch (error) {
    return { passing: !signal?.aborted, text: error.cause?.message ?? error.message };
  }
}

/** The same, and it never fails. */
async function tell(machine) {
  try {
    await main(machine);
  } catch (error) {
    machine.report.warn(`nobody was told of this deployment: ${error.message}`);
  }
}

module.exports = { committedAt, main: tell, outcomeOf, targetOf };

if (require.main === module) {
  void runScript(tell).then(() => process.exit(0));
}
