'use strict';
// Whether an application is ready to be used, asked the way its users would.
const { SECOND } = require('./az.cjs');
const { Failed } = require('./host.cjs');

/** How long one request may take. */
const REQUEST_TIMEOUT = 10 * SECOND;

/** One good answer may come from the one instance that is up. */
const ANSWERS_IN_A_ROW = 3;

/** Answered by apps that tell their version; what runs before is not taken for what was deployed then. */
const VERSION_HEADER = 'x-release-version';

/** Asks an address for readiness: 200 and nothing else, for a redirect leads to a page that says nothing of the app. */
function probe({ fetch = globalThis.fetch, clock, path = '/health/ready', pauseMs = 5 * SECOND }) {
  async function once(base, version) {
    const address = new URL(path, base);
    try {
      const answer = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(REQUEST_TIMEOUT) });
      const told = answer.headers?.get?.(VERSION_HEADER) ?? undefined;
      await answer.body?.cancel?.();
      if (answer.status !== 200) {
        return `${address} answers ${answer.status}`;
      }
      return version !== undefined && told !== undefined && !version.includes(told)
        ? `${address} is still version ${told}`
        : undefined;
    } catch (error) {
      return `${address} does not answer: ${error.cause?.message ?? error.message}`;
    }
  }

  /** Waits until the address has answered well several times in a row. */
  async function ready(base, { withinMs, version, signal, times = ANSWERS_IN_A_ROW } = {}) {
    const end = clock.now() + withinMs;
    let inARow = 0;
    for (;;) {
      const problem = await once(base, version);
      inARow = problem === undefined ? inARow + 1 : 0;
      if (inARow >= times) {
        return;
      }
      if (clock.now() + pauseMs > end) {
        throw new Failed(`smoke test: ${problem ?? `${base} did not answer well ${times} times in a row`}`);
      }
      await clock.sleep(pauseMs, signal);
    }
  }

  /** Whether it is ready now; a single bad answer is asked about again. */
  const isReady = (base, { version, signal } = {}) =>
    ready(base, { withinMs: 2 * pauseMs, times: 1, version, signal }).then(
      () => true,
      (error) => {
        if (error instanceof Failed) {
          return false;
        }
        throw error;
      },
    );

  return { ready, isReady };
}

module.exports = { probe };
