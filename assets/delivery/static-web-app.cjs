'use strict';
// A Static Web App, in the few words that a release needs. It has no slots: what is deployed is live, once the last of it is there.
const { spawn } = require('child_process');
const { copyFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } = require('fs');
const { tmpdir } = require('os');
const { basename, join } = require('path');
const { SECOND, repeatedly } = require('./az.cjs');
const { ended } = require('./child.cjs');
const { Failed, Usage, deadlineIn } = require('./host.cjs');
const { notesOf, noting, written } = require('./notes.cjs');

const CLI = '@azure/static-web-apps-cli@2.0.10';
const API_VERSION = '2024-04-01';
const SITE = /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Web\/staticSites\/([^/]+)$/i;

/** How the site answers: its headers, its routes, and that it answers to its edge alone. */
const CONFIG = 'staticwebapp.config.json';

/** The same for one stage each: they travel in the archive, so that a version comes back with the settings that it had. */
const STAGE_CONFIG = /^staticwebapp\.config\.[^.]+\.json$/;

/** Stands for the id of the edge, which only Terraform knows. */
const EDGE_ID = '%FRONT_DOOR_ID%';

/** How long an upload may take. */
const UPLOAD_TIMEOUT = 20 * 60 * SECOND;

/** How long one question may take. */
const ASK_TIMEOUT = 45 * SECOND;

/** Puts the settings of the stage beside the site, where there are some; without the id of the edge they would let nobody in. */
function configure(folder, { inputs }) {
  const [given, target] = [inputs.optional('SITE_CONFIG'), join(folder, CONFIG)];
  const carried = given && join(folder, basename(given));
  const source = [carried, given].find((path) => path !== undefined && existsSync(path));
  if (source !== undefined) {
    copyFileSync(source, target);
  }
  readdirSync(folder)
    .filter((file) => STAGE_CONFIG.test(file))
    .forEach((file) => rmSync(join(folder, file)));
  const text = existsSync(target) ? readFileSync(target, 'utf8') : '';
  if (!text.includes(EDGE_ID)) {
    return;
  }
  const edge = inputs.optional('SITE_EDGE_ID', '');
  if (!/^[0-9a-f-]{36}$/i.test(edge)) {
    throw new Failed(
      `${CONFIG} closes the site to an edge whose id is missing: set the variable that SITE_EDGE_ID comes from`,
    );
  }
  writeFileSync(target, text.split(EDGE_ID).join(edge));
}

/** Runs a program; its output goes to the log. It ends with all that it started when the run is stopped, or when it takes too long. */
async function command(program, args, env, { timeoutMs = UPLOAD_TIMEOUT, signal } = {}) {
  signal?.throwIfAborted();
  const options = { env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'], detached: true };
  const failed = (text) => new Failed(`${program}: ${text}`);
  const { code, name } = await ended(spawn(program, args, options), { timeoutMs, signal, failed });
  if (code !== 0) {
    throw new Failed(`${program} ${args[0]} ended with ${code ?? name}`);
  }
}

/** What is left of the time, at most so much. */
function left(deadline, most = deadline.left()) {
  if (deadline.left() <= 0) {
    throw new Failed('the time is up');
  }
  return Math.min(deadline.left(), most);
}

/** The operations on one site; each is one or two commands. */
function siteOf({ az, clock, run, inputs }) {
  const id = inputs.required('SITE_ID');
  const [, subscription, group, name] = SITE.exec(id) ?? [];
  if (name === undefined) {
    throw new Usage('SITE_ID must be the resource id of a Static Web App');
  }
  const at = ['--subscription', subscription, '--resource-group', group, '--name', name];

  /** What is noted on it, and its name in the world. */
  async function look(options) {
    const { properties, tags } = await az(
      ['rest', '--method', 'get', '--url', `${id}?api-version=${API_VERSION}`],
      options,
    );
    return { ...notesOf(tags), host: properties.defaultHostname };
  }

  const note = (candidate, previous, options) =>
    az(noting(id, written(candidate), previous ? written({ ...previous, state: '' }) : ''), options);

  /** Puts an archive in place; nothing of it is live before the last of it is there. */
  async function put(archive, { timeoutMs, signal }) {
    const deadline = deadlineIn(clock, timeoutMs);
    const folder = mkdtempSync(join(tmpdir(), 'site-'));
    try {
      await run('unzip', ['-q', archive, '-d', folder], {}, { timeoutMs, signal });
      configure(folder, { inputs });
      const ask = () =>
        az(['staticwebapp', 'secrets', 'list', ...at], { timeoutMs: left(deadline, ASK_TIMEOUT), signal });
      const secrets = await repeatedly(clock, ask, { signal });
      // By the environment, which no list of processes shows
      const token = { SWA_CLI_DEPLOYMENT_TOKEN: secrets.properties.apiKey };
      const args = ['--yes', CLI, 'deploy', folder, '--env', 'production', '--no-use-keychain'];
      await run('npx', args, token, { timeoutMs: left(deadline), signal });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  return { name, look, note, put };
}

module.exports = { UPLOAD_TIMEOUT, command, siteOf };
