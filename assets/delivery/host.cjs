'use strict';
// What a script of a pipeline needs from the machine that it runs on: its inputs, a clock, a place for what it has to say.
const { appendFileSync } = require('fs');

/** The call is wrong: nothing was done. */
class Usage extends Error {}

/** It did not work, and whoever uses the application does not notice. */
class Failed extends Error {}

/** It did not work, and somebody has to look at once. */
class Unsafe extends Error {}

/** Somebody stopped the run. */
class Cancelled extends Error {}

const EXIT_CODES = [
  [Usage, 2],
  [Unsafe, 3],
];

/** The time of the machine; tests have one of their own. */
const wallClock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer);
        reject(signal.reason);
      };
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        resolve();
      }, ms);
      signal?.addEventListener('abort', stop, { once: true });
    }),
};

/** Milliseconds that are left of a budget. */
function deadlineIn(clock, ms) {
  const end = clock.now() + ms;
  return { end, left: () => Math.max(end - clock.now(), 0) };
}

/**
 * Inputs are environment variables: nothing is pasted into a shell. An empty variable counts as one that is not set, for
 * that is what pipelines make of an input that nobody gave.
 */
function inputsOf(env) {
  const optional = (name, otherwise) => ((env[name] ?? '').trim() === '' ? otherwise : env[name].trim());
  const required = (name) => {
    const value = optional(name);
    if (value === undefined) {
      throw new Usage(`${name} must be set`);
    }
    return value;
  };
  const number = (name, otherwise, min, max) => {
    const value = Number(optional(name, otherwise));
    if (!(value >= min && value <= max)) {
      throw new Usage(`${name} must be a number from ${min} to ${max}, got ${JSON.stringify(env[name])}`);
    }
    return value;
  };
  const json = (name, otherwise) => {
    try {
      return JSON.parse(optional(name, JSON.stringify(otherwise)));
    } catch {
      throw new Usage(`${name} must be JSON`);
    }
  };
  return { optional, required, number, json };
}

/** Text on one line, so that nothing in it can pass for a command of the pipeline. */
function oneLine(text) {
  return String(text).replace(/\s+/g, ' ').trim();
}

/** Says things where people read them: the log, the summary, the outputs of the step. */
function reporter(env, { write = (text) => process.stdout.write(text), now = () => Date.now() } = {}) {
  const azureDevOps = env.TF_BUILD !== undefined;
  const issue = (kind, text) =>
    azureDevOps ? `##vso[task.logissue type=${kind}]${oneLine(text)}\n` : `::${kind}::${escaped(oneLine(text))}\n`;
  const quiet = env.TF_BUILD === undefined && env.GITHUB_ACTIONS === undefined;
  return {
    log: (text) => write(`${new Date(now()).toISOString().slice(11, 19)} ${oneLine(text)}\n`),
    warn: (text) => write(quiet ? `warning: ${oneLine(text)}\n` : issue('warning', text)),
    fail: (text) => write(quiet ? `error: ${oneLine(text)}\n` : issue('error', text)),
    output: (key, value) => {
      if (env.GITHUB_OUTPUT) {
        appendFileSync(env.GITHUB_OUTPUT, `${key}=${oneLine(value)}\n`);
      }
      if (azureDevOps) {
        write(`##vso[task.setvariable variable=${key};isOutput=true]${oneLine(value)}\n`);
      }
    },
    summary: (markdown) => {
      if (env.GITHUB_STEP_SUMMARY) {
        appendFileSync(env.GITHUB_STEP_SUMMARY, `${markdown}\n`);
      }
    },
  };
}

function escaped(text) {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

/**
 * Runs a script: its exit code says 0 fine, 1 failed, 2 called wrongly, 3 somebody has to look.
 *
 * A run that is stopped gets to know by the signal, and has seconds to leave things as they should be.
 */
async function runScript(main, { env = process.env, clock = wallClock, write } = {}) {
  const report = reporter(env, { write, now: clock.now });
  const stop = new AbortController();
  const cancel = (name) => stop.abort(new Cancelled(`stopped by ${name}`));
  process.on('SIGINT', cancel);
  process.on('SIGTERM', cancel);
  try {
    await main({ env, inputs: inputsOf(env), clock, report, signal: stop.signal });
    return 0;
  } catch (error) {
    report.fail(error.message);
    return EXIT_CODES.find(([kind]) => error instanceof kind)?.[1] ?? 1;
  } finally {
    process.removeListener('SIGINT', cancel);
    process.removeListener('SIGTERM', cancel);
  }
}

/** Runs a script and ends the process; for the file that was called. */
function start(main) {
  void runScript(main).then((code) => process.exit(code));
}

module.exports = {
  Cancelled,
  Failed,
  Unsafe,
  Usage,
  deadlineIn,
  inputsOf,
  oneLine,
  reporter,
  runScript,
  start,
  wallClock,
};
