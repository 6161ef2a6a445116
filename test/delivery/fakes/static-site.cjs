'use strict';
// A Static Web App and the engine that keeps what runs have built, as far as a release sees them; in a time of its own.
const { createHash } = require('crypto');
const { execFileSync } = require('child_process');
const { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } = require('fs');
const { tmpdir } = require('os');
const { join } = require('path');
const { AzError } = require('../../../assets/delivery/az.cjs');
const { Cancelled, Failed, inputsOf } = require('../../../assets/delivery/host.cjs');

const SITE_ID = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/staticSites/web';
const UPLOAD_MS = 60_000;
const COMMAND_MS = 3_000;

/** A zip of some files, as bytes. */
function zipOf(files) {
  const folder = mkdtempSync(join(tmpdir(), 'zip-'));
  try {
    Object.entries(files).forEach(([name, content]) => writeFileSync(join(folder, name), content));
    execFileSync('zip', ['-q', '-r', 'out.zip', '.'], { cwd: folder });
    return readFileSync(join(folder, 'out.zip'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const known = new Map();

/** Files of an archive; it takes a while, and is asked for again and again. */
function unzipped(archive) {
  if (!known.has(archive)) {
    const list = execFileSync('unzip', ['-Z1', archive], { encoding: 'utf8' }).trim().split('\n');
    known.set(archive, Object.fromEntries(list.map((file) => [file, execFileSync('unzip', ['-p', archive, file])])));
  }
  return known.get(archive);
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

class SiteWorld {
  /**
   * @param options.ill Whether the site is ill with a content: (files) => boolean.
   * @param options.upload What becomes of each upload: 'done', 'failed', or 'lost' after it was done.
   */
  constructor(options = {}) {
    this.options = { ill: () => false, upload: [], ...options };
    this.time = 0;
    this.tags = {};
    this.live = undefined;
    this.uploads = 0;
    this.commands = 0;
    this.history = [];
  }

  /** Runs a script; faults are by number of the command of `az`, from 0. */
  async run(main, env = {}, { faults = {}, cancelAt, killAt, meanwhile, fetch } = {}) {
    const stop = new AbortController();
    const run = { outputs: {}, lines: [], stop, cancelAt, killAt, began: this.time, commands: 0, dead: false };
    const report = {
      log: (text) => run.lines.push(text),
      warn: (text) => run.lines.push(text),
      output: (key, value) => (run.outputs[key] = value),
      summary: () => {},
    };
    const clock = { now: () => this.time, sleep: async (ms, signal) => this.pass(run, ms, signal) };
    const az = async (args, options = {}) => {
      await meanwhile?.();
      return this.az(run, args, faults[run.commands++], options);
    };
    try {
      await main({
        env,
        inputs: inputsOf({ SITE_ID, ...env }),
        clock,
        report,
        signal: stop.signal,
        az,
        run: async (program, args, _, options) => this.program(run, program, args, options),
        fetch: fetch ?? (async () => this.answer(run)),
      });
    } catch (error) {
      run.error = error;
    }
    run.outputs = run.dead ? {} : run.outputs;
    run.tookMs = this.time - run.began;
    return run;
  }

  pass(run, ms, signal) {
    const until = this.time + ms;
    if (run.killAt !== undefined && run.began + run.killAt <= until) {
      run.dead = true;
    }
    if (run.dead) {
      throw new Error('killed');
    }
    if (run.cancelAt !== undefined && run.began + run.cancelAt <= until && !run.stop.signal.aborted) {
      run.stop.abort(new Cancelled('stopped by SIGINT'));
    }
    this.time = until;
    if (signal?.aborted) {
      throw signal.reason;
    }
  }

  az(run, args, fault, { timeoutMs = 120_000, signal } = {}) {
    if (fault === 'refused') {
      this.pass(run, COMMAND_MS, signal);
      throw new AzError(args, 'ServiceUnavailable: 503');
    }
    if (fault === 'lost') {
      this.pass(run, timeoutMs, signal);
      throw new AzError(args, 'no answer', { timedOut: true });
    }
    this.pass(run, COMMAND_MS, signal);
    switch (`${args[0]} ${args[1]}`) {
      case 'rest --method':
        return { properties: { defaultHostname: 'web.example.com' }, tags: { ...this.tags } };
      case 'tag update':
        args
          .slice(args.indexOf('--tags') + 1)
          .forEach((tag) => (this.tags[tag.slice(0, tag.indexOf('='))] = tag.slice(tag.indexOf('=') + 1)));
        return {};
      case 'staticwebapp secrets':
        return { properties: { apiKey: 'key-of-the-site' } };
      default:
        throw new AzError(args, 'misspelled');
    }
  }

  program(run, program, args, { timeoutMs, signal } = {}) {
    if (program !== 'npx') {
      const [, archive, , folder] = args;
      Object.entries(unzipped(archive)).forEach(([file, content]) => writeFileSync(join(folder, file), content));
      return;
    }
    const what = this.options.upload[this.uploads++] ?? 'done';
    const ms = what === 'hangs' ? timeoutMs : UPLOAD_MS;
    const folder = args[3];
    const files = Object.fromEntries(
      readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
    );
    // what was handed over is put in place, whether anybody waits for it or not
    const put = () => {
      this.live = files;
      this.history.push({ at: this.time, files });
    };
    try {
      this.pass(run, Math.min(ms, timeoutMs), signal);
    } catch (error) {
      put();
      throw error;
    }
    if (what === 'hangs' || ms > timeoutMs) {
      throw new Failed('npx did not end');
    }
    if (what === 'failed') {
      throw new Failed('npx --yes ended with 1');
    }
    put();
    if (what === 'lost') {
      throw new Failed('npx --yes ended with 1');
    }
  }

  answer(run) {
    this.pass(run, 100);
    return {
      status: this.live === undefined || this.options.ill(this.live) ? 503 : 200,
      headers: new Headers(),
      body: null,
    };
  }
}

/** An engine that keeps artifacts by run: answers what its interface would. */
function engineOf(artifacts, { azureDevOps = false, expired = [] } = {}) {
  const seen = [];
  const json = (body) => ({ status: 200, json: async () => body });
  const bytes = (content) => ({ status: 200, arrayBuffer: async () => content });
  async function fetch(address, { headers = {} } = {}) {
    seen.push({ address: String(address), token: headers.authorization });
    const { pathname, hostname } = new URL(address);
    const [, number] = /(?:runs|builds|blob)\/(\w+)/.exec(pathname) ?? [];
    const there = artifacts[number] ?? [];
    if (hostname === 'blobs.example.com') {
      return headers.authorization === undefined ? bytes(there[0].content) : { status: 400 };
    }
    if (azureDevOps) {
      const downloadUrl = `https://blobs.example.com/blob/${number}`;
      return pathname.endsWith('/artifacts')
        ? json({
            value: there.map(({ name }) => ({
              name,
              resource: { downloadUrl: `https://dev.example.com/dl/builds/${number}` },
            })),
          })
        : { status: 302, headers: new Headers({ location: downloadUrl }) };
    }
    return pathname.endsWith('/artifacts')
      ? json({
          artifacts: there.map(({ name }, id) => ({
            id,
            name,
            expired: expired.includes(number),
            archive_download_url: `https://api.github.com/repos/example/shop/actions/runs/${number}/zip`,
          })),
        })
      : { status: 302, headers: new Headers({ location: `https://blobs.example.com/blob/${number}?sig=secret` }) };
  }
  return { fetch, seen };
}

module.exports = { SITE_ID, SiteWorld, engineOf, sha256, zipOf };
