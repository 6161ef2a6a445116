'use strict';
// Keeps the Azure CLI signed in. Its token is good for an hour, and a rollout may be watched for longer; the CLI itself cannot
// ask GitHub for another one (azure-cli issue 28708). In Azure Pipelines the task does it.
const { SECOND } = require('./az.cjs');

const MINUTE = 60 * SECOND;

/** Early enough for the next command, which may take a while, and for another attempt. */
const RENEW_AFTER = 40 * MINUTE;

const AUDIENCE = 'api://AzureADTokenExchange';

/** How to sign in anew, where the run can be asked for who it is. */
function signInOf(az, { inputs, fetch = globalThis.fetch }) {
  const [url, token, client, tenant, subscription] = [
    'ACTIONS_ID_TOKEN_REQUEST_URL',
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
    'ARM_CLIENT_ID',
    'ARM_TENANT_ID',
    'ARM_SUBSCRIPTION_ID',
  ].map((name) => inputs.optional(name));
  if ([url, token, client, tenant, subscription].includes(undefined)) {
    return undefined;
  }
  return async () => {
    const response = await fetch(`${url}&audience=${encodeURIComponent(AUDIENCE)}`, {
      headers: { authorization: `bearer ${token}` },
      signal: AbortSignal.timeout(30 * SECOND),
    });
    if (!response.ok) {
      throw new Error(`GitHub answered ${response.status}`);
    }
    const { value } = await response.json();
    const as = ['--username', client, '--tenant', tenant, '--federated-token', value];
    await az(['login', '--service-principal', ...as]);
    await az(['account', 'set', '--subscription', subscription]);
  };
}

const failedTo = (log) => (error) => log(`could not sign in anew: ${error.message}`);

/** The same `az`, which signs in anew before its token is too old. */
function keptSignedIn(az, { inputs, clock, log, fetch }) {
  const signIn = signInOf(az, { inputs, fetch });
  if (signIn === undefined) {
    return az;
  }
  let since = clock.now();
  let renewal;
  return async (args, options) => {
    if (clock.now() - since >= RENEW_AFTER) {
      // commands that run side by side wait for one sign-in; without it the old token may still do
      renewal ??= signIn()
        .then(() => (since = clock.now()))
        .catch(failedTo(log))
        .finally(() => (renewal = undefined));
      await renewal;
    }
    return az(args, options);
  };
}

/** Carries out what runs `az` by itself, and signs in anew meanwhile. */
async function whileSignedIn(action, { az, inputs, clock, log, fetch }) {
  const signIn = signInOf(az, { inputs, fetch });
  if (signIn === undefined) {
    return action();
  }
  const done = new AbortController();
  const renewals = async () => {
    await clock.sleep(RENEW_AFTER, done.signal);
    while (!done.signal.aborted) {
      await signIn().catch(failedTo(log));
      await clock.sleep(RENEW_AFTER, done.signal);
    }
  };
  // ends with the sleep that is broken off
  const renewing = renewals().catch(() => {});
  try {
    return await action();
  } finally {
    done.abort(new Error('done'));
    await renewing;
  }
}

module.exports = { keptSignedIn, whileSignedIn };
