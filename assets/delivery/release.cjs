'use strict';
// The next version from the titles of what was merged, as a tag with its changelog.
const { execFileSync } = require('child_process');
const { Failed, Usage, start } = require('./host.cjs');

const TITLE = /^(?<type>[a-z]+)(?:\((?<scope>[^)]*)\))?(?<breaking>!)?: (?<text>.+)$/;
const SECTIONS = [
  ['breaking', 'Breaking changes'],
  ['feat', 'Features'],
  ['fix', 'Fixes'],
  ['perf', 'Performance'],
  ['other', 'Other changes'],
];

/** What commits say, by section; a title that follows no convention is a change like any other. */
function changesIn(log) {
  return log
    .split('\0')
    .filter((entry) => entry.trim() !== '')
    .map((entry) => {
      const [hash, title, ...body] = entry.trim().split('\n');
      const { type, scope, breaking, text } = TITLE.exec(title)?.groups ?? {};
      const breaks = breaking !== undefined || /^BREAKING[ -]CHANGE: /m.test(body.join('\n'));
      const known = SECTIONS.some(([key]) => key === type);
      return {
        hash,
        section: breaks ? 'breaking' : known ? type : 'other',
        text: `${scope ? `**${scope}**: ` : ''}${text ?? title}`,
      };
    });
}

/** The version after another one: breaking changes raise the first number, features the second. */
function versionAfter(last, changes) {
  const [major, minor, patch] = last;
  const has = (section) => changes.some((change) => change.section === section);
  if (has('breaking')) {
    return major === 0 ? [0, minor + 1, 0] : [major + 1, 0, 0];
  }
  return has('feat') ? [major, minor + 1, 0] : [major, minor, patch + 1];
}

/** The changelog of one version; what people wrote is shown, and mentions nobody. */
function notesOf(changes) {
  const harmless = (text) => text.replace(/[<>]/g, '').replace(/@/g, '@\u200b');
  return SECTIONS.flatMap(([key, title]) => {
    const lines = changes
      .filter(({ section }) => section === key)
      .map(({ text, hash }) => `- ${harmless(text)} (${hash.slice(0, 8)})`);
    return lines.length === 0 ? [] : [`### ${title}`, '', ...lines, ''];
  }).join('\n');
}

function git(args) {
  return execFileSync('git', args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
}

/** The highest version among some tags, and its tag. */
function highest(tags, prefix) {
  const versions = tags
    .split('\n')
    .map((tag) => [tag, /^(\d+)\.(\d+)\.(\d+)$/.exec(tag.slice(prefix.length))])
    .flatMap(([tag, match]) => (match ? [{ tag, version: match.slice(1).map(Number) }] : []));
  return versions.sort((a, b) => compare(b.version, a.version))[0];
}

function compare(a, b) {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

async function main({ env, inputs, report, run = git, fetch = globalThis.fetch }) {
  const prefix = inputs.required('RELEASE_PREFIX');
  const commit = inputs.required('RELEASE_COMMIT');
  if (!/^[0-9a-f]{40}$/.test(commit)) {
    throw new Usage('RELEASE_COMMIT must be a full hash');
  }
  const paths = inputs
    .optional('RELEASE_PATHS', '**')
    .split(',')
    .map((path) => `:(glob)${path}`);
  const tags = (...which) => highest(run(['tag', '--list', `${prefix}*`, ...which]), prefix);
  const last = tags('--merged', commit);
  const range = last ? `${last.tag}..${commit}` : commit;
  const changes = changesIn(run(['log', '--first-parent', '--format=%H%n%B%x00', range, '--', ...paths]));
  if (changes.length === 0) {
    report.log(`nothing is new since ${last?.tag ?? 'the beginning'}`);
    return;
  }
  // A hotfix is tagged beside the branch that comes after it: its version is taken all the same
  const taken = tags();
  const version = (taken ? versionAfter(taken.version, changes) : [0, 1, 0]).join('.');
  const tag = `${prefix}${version}`;
  const notes = notesOf(changes);
  await publish(env, fetch, { tag, commit, notes });
  report.output('tag', tag);
  report.output('version', version);
  report.summary(`## ${tag}\n\n${notes}`);
  report.log(`released ${tag}`);
}

async function publish(env, fetch, { tag, commit, notes }) {
  if (env.GITHUB_TOKEN && env.GITHUB_REPOSITORY) {
    const address = `${env.GITHUB_API_URL || 'https://api.github.com'}/repos/${env.GITHUB_REPOSITORY}/releases`;
    const headers = { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' };
    await post(fetch, address, env.GITHUB_TOKEN, headers, {
      tag_name: tag,
      target_commitish: commit,
      name: tag,
      body: notes,
    });
    return;
  }
  if (env.SYSTEM_ACCESSTOKEN && env.SYSTEM_COLLECTIONURI) {
    const project = encodeURIComponent(env.SYSTEM_TEAMPROJECT ?? '');
    const address = `${env.SYSTEM_COLLECTIONURI}${project}/_apis/git/repositories/${env.BUILD_REPOSITORY_ID}/annotatedtags?api-version=7.1`;
    await post(
      fetch,
      address,
      env.SYSTEM_ACCESSTOKEN,
      {},
      { name: tag, message: notes, taggedObject: { objectId: commit } },
    );
    return;
  }
  throw new Usage('GITHUB_TOKEN or SYSTEM_ACCESSTOKEN must be set');
}

async function post(fetch, address, token, headers, body) {
  const answer = await fetch(address, {
    method: 'POST',
    headers: {
      ...headers,
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'user-agent': 'azure-platform-constructs',
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
  if (!answer.ok) {
    throw new Failed(`the tag was not made: ${answer.status}`);
  }
}

module.exports = { changesIn, main, notesOf, versionAfter };

if (require.main === module) {
  start(main);
}
