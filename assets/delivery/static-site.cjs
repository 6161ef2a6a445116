'use strict';
// Deploys an archive to a Static Web App, and fails unless the site answers after it.
const { execFile } = require('child_process');
const { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } = require('fs');
const { tmpdir } = require('os');
const { join } = require('path');
const { SECOND, azure, repeatedly } = require('./az.cjs');
const { Failed, Usage, start } = require('./host.cjs');
const { probe: probeOf } = require('./probe.cjs');

const CLI = '@azure/static-web-apps-cli@2.0.10';
const SITE = /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Web\/staticSites\/([^/]+)$/i;

/** How the site answers: its headers, its routes, and that it answers to its edge alone. */
const CONFIG = 'staticwebapp.config.json';

/** Stands for the id of the edge, which only Terraform knows. */
const EDGE_ID = '%FRONT_DOOR_ID%';

/** Puts the settings of the stage beside the site, where there are some; without the id of the edge they would let nobody in. */
function configure(folder, { inputs }) {
  const [given, target] = [inputs.optional('SITE_CONFIG'), join(folder, CONFIG)];
  if (given !== undefined && existsSync(given)) {
    copyFileSync(given, target);
  }
  const text = existsSync(target) ? readFileSync(target, 'utf8') : '';
  if (!text.includes(EDGE_ID)) {
    return;
  }
  const edge = inputs.optional('SITE_EDGE_ID', '');
  if (!/^[0-9a-f-]{36}$/i.test(edge)) {
    throw new Failed(`${CONFIG} closes the site to an edge whose id is missing: set the variable that SITE_EDGE_ID comes from`);
  }
  writeFileSync(target, text.split(EDGE_ID).join(edge));
}

/** Runs a program; its output goes to the log. */
function command(program, args, env) {
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, { env: { ...process.env, ...env }, timeout: 20 * 60 * SECOND }, (error) =>
      error ? reject(new Failed(`${program} ${args[0]} ended with ${error.code ?? error.signal}`)) : resolve(),
    );
    child.stdout?.pipe(process.stdout);
    child.stderr?.pipe(process.stderr);
  });
}

async function main({ inputs, clock, report, signal, az = azure(), run = command, fetch }) {
  const id = inputs.required('SITE_ID');
  const [, group, name] = SITE.exec(id) ?? [];
  if (name === undefined) {
    throw new Usage('SITE_ID must be the resource id of a Static Web App');
  }
  const archive = inputs.required('SITE_ARCHIVE');
  const at = ['--resource-group', group, '--name', name];
  const site = await repeatedly(clock, () => az(['staticwebapp', 'show', ...at], { signal }), { signal });
  const secrets = await repeatedly(clock, () => az(['staticwebapp', 'secrets', 'list', ...at], { signal }), { signal });
  const folder = mkdtempSync(join(tmpdir(), 'site-'));
  try {
    await run('unzip', ['-q', archive, '-d', folder], {});
    configure(folder, { inputs });
    // By the environment, which no list of processes shows
    const token = { SWA_CLI_DEPLOYMENT_TOKEN: secrets.properties.apiKey };
    await run('npx', ['--yes', CLI, 'deploy', folder, '--env', 'production', '--no-use-keychain'], token);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  // a site that is closed to its edge answers nobody under its own name
  const url = inputs.optional('SITE_URL') ?? `https://${site.defaultHostname}`;
  const probe = probeOf({ fetch, clock, path: inputs.optional('SITE_HEALTH_PATH', '/'), pauseMs: 5 * SECOND });
  await probe.ready(url, { withinMs: 180 * SECOND, signal });
  report.output('url', url);
  report.log(`${name} answers at ${url}`);
}

module.exports = { main };

if (require.main === module) {
  start(main);
}
