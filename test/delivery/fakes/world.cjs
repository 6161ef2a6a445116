'use strict';
// A machine that runs a rollout against the fake App Service, in a time of its own: minutes pass in no time.
const { AzError } = require('../../../assets/delivery/az.cjs');
const { Cancelled, inputsOf } = require('../../../assets/delivery/host.cjs');
const service = require('./app-service.cjs');

/** The machine is gone: nothing runs any more. */
class Killed extends Error {}

const COMMAND_MS = 3_000;
const IMAGE = /^DOCKER\|/;

class World {
  /**
   * @param options.ill Whether a version is ill in a place: (version, 'slot' | 'production', percent) => boolean.
   * @param options.measure Values of a metric: (metric, version, percent) => number[].
   * @param options.swaps What becomes of each swap: 'done', 'none' or 'half'.
   */
  constructor(options = {}) {
    this.options = { ill: () => false, measure: () => [0, 0, 0, 0, 0], swaps: [], ...options };
    this.state = service.newState(options);
    this.time = 0;
    this.swaps = 0;
    service.note(this.state, 0);
  }

  /** Runs a script; faults are by number of the command, from 0, and something may happen before each command. */
  async run(main, env = {}, { faults = {}, cancelAt, killAt, meanwhile } = {}) {
    const stop = new AbortController();
    const began = this.time;
    const run = { commands: [], lines: [], outputs: {}, faults, stop, cancelAt, killAt, began, dead: false };
    const clock = { now: () => this.time, sleep: async (ms, signal) => this.pass(run, ms, signal) };
    const report = {
      log: (text) => run.lines.push(text),
      warn: (text) => run.lines.push(text),
      output: (key, value) => (run.outputs[key] = value),
      summary: () => {},
    };
    const inputs = inputsOf({ ROLLOUT_APP_ID: service.APP_ID, ROLLOUT_SLOT: 'staging', ...env });
    try {
      await main({
        env,
        inputs,
        clock,
        report,
        signal: stop.signal,
        az: async (args, options) => {
          await meanwhile?.();
          return this.az(run, args, options);
        },
        fetch: async (address) => this.fetch(run, address),
      });
    } catch (error) {
      run.error = error;
    }
    run.killed = run.dead;
    run.outputs = run.dead ? {} : run.outputs;
    run.tookMs = this.time - began;
    return run;
  }

  /** Lets the machine be away until a swap under way is over. */
  rest(ms = 600_000) {
    this.time += ms;
    service.settle(this.state, this.time);
  }

  pass(run, ms, signal) {
    const until = this.time + ms;
    if (run.killAt !== undefined && run.began + run.killAt <= until) {
      this.time = Math.max(this.time, run.began + run.killAt);
      run.dead = true;
    }
    if (run.dead) {
      throw new Killed('killed');
    }
    if (run.cancelAt !== undefined && run.began + run.cancelAt <= until && !run.stop.signal.aborted) {
      run.stop.abort(new Cancelled('stopped by SIGINT'));
      if (signal) {
        this.time = Math.max(this.time, run.began + run.cancelAt);
      }
    }
    if (signal?.aborted) {
      throw signal.reason;
    }
    this.time = until;
    service.settle(this.state, this.time);
  }

  az(run, args, { timeoutMs = 120_000, signal } = {}) {
    if (run.dead) {
      throw new Killed('killed');
    }
    if (signal?.aborted) {
      throw signal.reason;
    }
    const fault = run.faults[run.commands.length];
    run.commands.push(
      args
        .slice(0, 4)
        .filter((word) => !word.startsWith('--') && !/^0000/.test(word))
        .join(' '),
    );
    if (fault === 'refused') {
      this.pass(run, COMMAND_MS, signal);
      throw new AzError(args, 'ServiceUnavailable: 503');
    }
    if (fault === 'lost') {
      this.pass(run, timeoutMs, signal);
      throw new AzError(args, 'no answer', { timedOut: true });
    }
    const isSwap = args[2] === 'slot' && args[3] === 'swap';
    const swapEffect = (isSwap && this.options.swaps[this.swaps++]) || 'done';
    let answer;
    try {
      answer = service.handle(this.state, args, this.time, {
        swapEffect,
        measure: (metric, place) => this.options.measure(metric, versionOf(place), this.state.percent),
      });
    } catch (error) {
      this.pass(run, COMMAND_MS, signal);
      throw error instanceof service.Refused ? new AzError(args, error.message) : error;
    }
    if (fault === 'unanswered') {
      this.pass(run, timeoutMs, signal);
      throw new AzError(args, 'no answer', { timedOut: true });
    }
    this.pass(run, isSwap ? service.SWAP_MS : COMMAND_MS, signal);
    if (fault === 'failed' || (isSwap && swapEffect !== 'done')) {
      throw new AzError(args, 'Internal Server Error');
    }
    return answer;
  }

  fetch(run, address) {
    this.pass(run, 100);
    const { hostname, pathname } = new URL(address);
    const place = service.placeOf(this.state, hostname);
    const where = place === this.state.slot ? 'slot' : 'production';
    const ill = this.options.ill(versionOf(place), where, this.state.percent);
    const starting = this.time < place.startedAt + service.START_MS && where === 'slot';
    const status = pathname !== '/health/ready' ? 404 : ill || starting ? 503 : 200;
    return { status, headers: new Headers(), body: null };
  }

  /** Versions that serve anybody now. */
  serving() {
    const { production, slot, percent } = this.state;
    return [percent < 100 && versionOf(production), percent > 0 && versionOf(slot)].filter((version) => version);
  }
}

function versionOf(place) {
  return (place.package ?? place.image).replace(IMAGE, '');
}

module.exports = { ...service, World, versionOf };
