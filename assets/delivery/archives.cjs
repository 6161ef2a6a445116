'use strict';
// Archives that earlier runs have built, from where the engine keeps them. They are told by their hash, so that it does not matter
// who has had them in the meantime.
const { createHash } = require('crypto');
const { execFileSync } = require('child_process');
const { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } = require('fs');
const { basename, join } = require('path');
const { SECOND } = require('./az.cjs');
const { Failed, Usage } = require('./host.cjs');

const REQUEST_TIMEOUT = 30 * SECOND;

/** How archives of a run are asked for. */
function keeperOf(env) {
  if (env.GITHUB_TOKEN && env.GITHUB_REPOSITORY) {
    return github(env);
  }
  if (env.SYSTEM_ACCESSTOKEN && env.SYSTEM_COLLECTIONURI) {
    return azureDevOps(env);
  }
  throw new Usage('GITHUB_TOKEN or SYSTEM_ACCESSTOKEN must be set');
}

/** A run that was tried again has one for each attempt: the newest is looked at first. */
function github(env) {
  const base = `${env.GITHUB_API_URL || 'https://api.github.com'}/repos/${env.GITHUB_REPOSITORY}`;
  return {
    headers: {
      authorization: `Bearer ${env.GITHUB_TOKEN}`,
      accept: 'application/vnd.github+json',
      'x-github-api-version': '2022-11-28',
    },
    list: (run, name) => `${base}/actions/runs/${run}/artifacts?per_page=100&name=${encodeURIComponent(name)}`,
    addresses: ({ artifacts }, name) =>
      artifacts
        .filter((artifact) => artifact.name === name && !artifact.expired)
        .sort((a, b) => b.id - a.id)
        .map(({ archive_download_url: address }) => address),
  };
}

function azureDevOps(env) {
  const base = `${env.SYSTEM_COLLECTIONURI}${encodeURIComponent(env.SYSTEM_TEAMPROJECT ?? '')}/_apis/build/builds`;
  return {
    headers: { authorization: `Bearer ${env.SYSTEM_ACCESSTOKEN}` },
    list: (run) => `${base}/${run}/artifacts?api-version=7.1`,
    addresses: ({ value }, name) =>
      value.filter((artifact) => artifact.name === name).map(({ resource }) => resource.downloadUrl),
  };
}

/**
 * Fetches the archive of a run into a folder, and answers with its path; fails where it is not there, or is another one.
 *
 * @param run Number of the run, as the engine has it.
 * @param name Name of the artifact; the archive in it is called `<name>.zip`.
 * @param sha256 Hash of the archive.
 */
async function fetchArchive({ env, fetch = globalThis.fetch, signal }, { run, name, sha256, directory }) {
  const { headers, list, addresses } = keeperOf(env);
  const limited = () => AbortSignal.any([AbortSignal.timeout(REQUEST_TIMEOUT), ...(signal ? [signal] : [])]);
  const ask = async (address, more) => {
    const options = { ...more, redirect: 'manual', signal: limited() };
    const answer = await fetch(address, options).catch((error) => {
      throw signal?.aborted
        ? signal.reason
        : new Failed(`GET ${pathOf(address)}: ${error.cause?.message ?? error.message}`);
    });
    if (!(answer.status >= 200 && answer.status < 400)) {
      throw new Failed(`GET ${pathOf(address)}: ${answer.status}`);
    }
    return answer;
  };
  const found = addresses(await (await ask(list(run, name), { headers })).json(), name);
  for (const address of found) {
    let answer = await ask(address, { headers });
    for (let hops = 0; answer.status >= 300 && hops < 3; hops++) {
      // where it lies nobody gets our token: the address itself is the permission
      answer = await ask(new URL(answer.headers.get('location'), address), {});
    }
    const path = unpacked(Buffer.from(await answer.arrayBuffer()), { directory, name });
    if (path !== undefined && sha256Of(path) === sha256) {
      return path;
    }
  }
  throw new Failed(
    found.length === 0
      ? `the run ${run} keeps no artifact ${name} any more`
      : `the artifact ${name} of the run ${run} is not the archive that was released`,
  );
}

/** An artifact is a zip of its own, with the archive inside, in a folder perhaps. */
function unpacked(content, { directory, name }) {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const outer = join(directory, 'artifact');
  writeFileSync(outer, content);
  execFileSync('unzip', ['-q', '-o', outer, '-d', join(directory, 'content')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  rmSync(outer);
  const inside = readdirSync(join(directory, 'content'), { recursive: true }).map(String);
  const archive = inside.find((path) => basename(path) === `${name}.zip`);
  return archive && join(directory, 'content', archive);
}

function sha256Of(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** Addresses of downloads hold a signature, which is nobody's business. */
function pathOf(address) {
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname}`;
}

module.exports = { fetchArchive, sha256Of };
