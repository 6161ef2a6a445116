'use strict';
// The one place that runs the Azure CLI. Everything else gets a function `az(args, options)`, and so does every test.
const { spawn } = require('child_process');
const { ended } = require('./child.cjs');
const { oneLine } = require('./host.cjs');

const SECOND = 1000;

/** How long one command may take, unless the caller knows better. */
const TIMEOUT = 120 * SECOND;

/** Time between two attempts. */
const PAUSE = 5 * SECOND;

/** What the CLI prints when another operation has the application. */
const CONFLICT = /\bConflict\b|\b409\b|another operation is in progress|cannot modify this site/i;

/** What the CLI prints when there is no such thing. */
const MISSING = /ResourceNotFound|ResourceGroupNotFound|\bnot found\b|could not be found|does ?n[o']t exist/i;

/** A command of the CLI that did not work. */
class AzError extends Error {
  constructor(args, text, { timedOut = false } = {}) {
    super(`az ${args.slice(0, 4).join(' ')}: ${oneLine(text).slice(0, 500)}`);
    this.timedOut = timedOut;
    this.conflict = CONFLICT.test(text);
    this.missing = !this.conflict && MISSING.test(text);
  }
}

/**
 * Runs `az` and answers with what it printed, parsed.
 *
 * The child has a process group of its own: when a run is cancelled the whole group is told, and a command that returns
 * traffic must not be.
 */
function azure({ program = 'az' } = {}) {
  return async (args, { timeoutMs = TIMEOUT, signal } = {}) => {
    signal?.throwIfAborted();
    const child = spawn(program, [...args, '--output', 'json', '--only-show-errors'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => (out += chunk));
    child.stderr.on('data', (chunk) => (err += chunk));
    const failed = (text, timedOut) => new AzError(args, text, { timedOut });
    const { code } = await ended(child, { timeoutMs, signal, failed });
    if (code !== 0) {
      throw new AzError(args, err || `exit code ${code}`);
    }
    try {
      return out.trim() === '' ? null : JSON.parse(out);
    } catch {
      throw new AzError(args, 'the answer is not JSON');
    }
  };
}

/** Tries again what may be tried again, a few times; not what is missing, that stays missing. */
async function repeatedly(clock, action, { times = 3, pauseMs = PAUSE, signal } = {}) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof AzError) || error.missing || attempt >= times) {
        throw error;
      }
      await clock.sleep(pauseMs, signal);
    }
  }
}

/** Tries again until it works or the time is up: for what brings traffic back. */
async function persistently(clock, deadline, action, log = () => {}) {
  for (;;) {
    try {
      return await action(Math.max(deadline.left(), SECOND));
    } catch (error) {
      if (!(error instanceof AzError) || error.missing || deadline.left() <= PAUSE) {
        throw error;
      }
      log(`${error.message}; once more`);
      await clock.sleep(PAUSE);
    }
  }
}

module.exports = { AzError, SECOND, azure, persistently, repeatedly };
