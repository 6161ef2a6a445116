'use strict';
// Where a pipeline writes for people: comments of pull requests and issues, one for each thing that it has to say.
const { Failed } = require('./host.cjs');

const PAGE = 100;

/** More than that is not looked through. */
const PAGES = 20;

/** One place to write, or nothing where the run has none: then what would be written is in the summary only. */
function trackerOf(env, fetch = globalThis.fetch) {
  if (env.GITHUB_TOKEN && env.GITHUB_REPOSITORY) {
    return github(env, fetch);
  }
  return env.SYSTEM_ACCESSTOKEN && env.SYSTEM_COLLECTIONURI ? azureDevOps(env, fetch) : undefined;
}

async function call(fetch, method, address, headers, body) {
  const answer = await fetch(address, {
    method,
    headers: { ...headers, 'content-type': 'application/json', 'user-agent': 'azure-platform-constructs' },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
  if (!answer.ok) {
    throw new Failed(`${method} ${new URL(address).pathname}: ${answer.status}`);
  }
  return answer.json();
}

function github(env, fetch) {
  const base = `${env.GITHUB_API_URL || 'https://api.github.com'}/repos/${env.GITHUB_REPOSITORY}`;
  const headers = {
    authorization: `Bearer ${env.GITHUB_TOKEN}`,
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
  };
  const send = (method, path, body) => call(fetch, method, `${base}${path}`, headers, body);

  /** The first one that carries the marker; those of people do not count, whoever copies the marker. */
  async function find(path, marker) {
    for (let page = 1; page <= PAGES; page++) {
      const found = await send('GET', `${path}${path.includes('?') ? '&' : '?'}per_page=${PAGE}&page=${page}`);
      const ours = found.find(({ body, user }) => user?.type === 'Bot' && body?.startsWith(marker));
      if (ours || found.length < PAGE) {
        return ours;
      }
    }
    return undefined;
  }

  return {
    async comment(number, marker, text) {
      const body = `${marker}\n${text}`;
      const there = await find(`/issues/${number}/comments`, marker);
      await (there
        ? send('PATCH', `/issues/comments/${there.id}`, { body })
        : send('POST', `/issues/${number}/comments`, { body }));
    },
    async openIssue(label, marker, title, text) {
      const body = `${marker}\n${text}`;
      const there = await find(`/issues?state=all&labels=${encodeURIComponent(label)}`, marker);
      await (there
        ? send('PATCH', `/issues/${there.number}`, { title, body, state: 'open' })
        : send('POST', '/issues', { title, body, labels: [label] }));
    },
    async closeIssue(label, marker, text) {
      const there = await find(`/issues?state=open&labels=${encodeURIComponent(label)}`, marker);
      if (there) {
        await send('POST', `/issues/${there.number}/comments`, { body: text });
        await send('PATCH', `/issues/${there.number}`, { state: 'closed', state_reason: 'completed' });
      }
      return there !== undefined;
    },
  };
}

function azureDevOps(env, fetch) {
  const project = encodeURIComponent(env.SYSTEM_TEAMPROJECT ?? '');
  const base = `${env.SYSTEM_COLLECTIONURI}${project}/_apis/git/repositories/${env.BUILD_REPOSITORY_ID}/pullRequests`;
  const headers = { authorization: `Bearer ${env.SYSTEM_ACCESSTOKEN}` };
  const send = (method, path, body) => call(fetch, method, `${base}${path}?api-version=7.1`, headers, body);
  return {
    async comment(number, marker, text) {
      const content = `${marker}\n${text}`;
      const { value: threads } = await send('GET', `/${number}/threads`);
      const thread = threads.find(({ comments }) => comments?.[0]?.content?.startsWith(marker));
      await (thread
        ? send('PATCH', `/${number}/threads/${thread.id}/comments/${thread.comments[0].id}`, { content })
        : send('POST', `/${number}/threads`, { comments: [{ content, commentType: 'text' }], status: 'closed' }));
    },
  };
}

module.exports = { trackerOf };
