import { ChildProcess, spawn } from 'child_process';
import { existsSync, readFileSync, writeFileSync } from 'fs';
import { createServer, IncomingMessage, Server } from 'http';
import { AddressInfo } from 'net';
import { join } from 'path';
import { scratch } from '../support/scratch';

const { SITE_ID, sha256, zipOf } = jest.requireActual('./fakes/static-site.cjs');

const SCRIPTS = join(__dirname, '../../assets/delivery');
const folder = scratch('site-process');
const live = join(folder, 'live');

/** Archives by version, and the artifact of the run that built each. */
const built = (version: string, builtBy: string) => {
  const content = zipOf({ 'index.html': version, 'staticwebapp.config.prod.json': `{"of":"${version}"}` });
  const archive = join(folder, `${version}.zip`);
  writeFileSync(archive, content);
  return { version, run: builtBy, archive, sha: sha256(content), artifact: zipOf({ 'site.zip': content }) };
};
const [OLD, NEW] = [built('old', '11'), built('new', '12')];
const page = () => (existsSync(live) ? readFileSync(join(live, 'index.html'), 'utf8') : undefined);

const tags: { [name: string]: string } = {};
let server: Server;
let waiting: (() => void) | undefined;
const children: ChildProcess[] = [];
const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** The command line of Azure, as far as a site is concerned. */
function azure(args: string[]): unknown {
  if (args[0] === 'rest') {
    return { properties: { defaultHostname: 'web.example.com' }, tags };
  }
  if (args[0] === 'tag') {
    const all = args.slice(args.indexOf('--tags') + 1).filter((word) => word.startsWith('hidden-'));
    all.forEach((tag) => (tags[tag.slice(0, tag.indexOf('='))] = tag.slice(tag.indexOf('=') + 1)));
    return {};
  }
  waiting?.();
  return { properties: { apiKey: 'key-of-the-site' } };
}

const bodyOf = (request: IncomingMessage) =>
  new Promise<string>((resolve) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk)).on('end', () => resolve(body));
  });

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const { url = '' } = request;
    const [, number] = /(?:runs|zip)\/(\d+)/.exec(url) ?? [];
    const artifact = [OLD, NEW].find((each) => each.run === number)?.artifact;
    if (url === '/az') {
      response.end(`ok ${JSON.stringify(azure((await bodyOf(request)).trimEnd().split('\n')))}`);
    } else if (url.includes('/artifacts')) {
      const there = { id: 1, name: 'site', expired: false, archive_download_url: `${address()}/zip/${number}` };
      response.end(JSON.stringify({ artifacts: [there] }));
    } else if (url.startsWith('/zip/')) {
      response.end(artifact);
    } else {
      response.writeHead(page() === undefined ? 503 : 200).end();
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});

afterAll(() => {
  children.forEach((child) => child.kill('SIGKILL'));
  server.closeAllConnections();
  server.close();
});

// other tests run on the same processors, and a smoke test takes a while
jest.setTimeout(90_000);

/** Runs a script as a pipeline does. */
function run(script: string, env: { [name: string]: string }) {
  const outputs = join(folder, `outputs-${children.length}`);
  const child = spawn(process.execPath, [join(SCRIPTS, script)], {
    cwd: folder,
    env: {
      PATH: `${join(__dirname, 'fakes')}:${process.env.PATH}`,
      FAKE_AZURE: address(),
      FAKE_SITE: live,
      GITHUB_ACTIONS: 'true',
      GITHUB_API_URL: address(),
      GITHUB_REPOSITORY: 'example/shop',
      GITHUB_TOKEN: 'token',
      GITHUB_OUTPUT: outputs,
      SITE_ID,
      SITE_URL: address(),
      SITE_PROBE_SECONDS: '0.1',
      SITE_CONFIG: 'site/staticwebapp.config.prod.json',
      PREVIOUS_APP_ID: SITE_ID,
      PREVIOUS_ARTIFACT: 'site',
      PREVIOUS_DIRECTORY: 'delivery-out/previous',
      ...env,
    },
  });
  children.push(child);
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const ended = new Promise<{ code: number | null; output: string; outputs: { [name: string]: string } }>((resolve) =>
    child.on('close', (code) => {
      const lines = existsSync(outputs) ? readFileSync(outputs, 'utf8').trim().split('\n') : [];
      resolve({ code, output, outputs: Object.fromEntries(lines.map((line) => line.split(/=(.*)/s))) });
    }),
  );
  return { child, ended };
}

const release = ({ version, run: number, archive, sha }: typeof OLD) => ({
  SITE_VERSION: version,
  SITE_RUN: number,
  SITE_ARCHIVE: archive,
  SITE_ARCHIVE_SHA256: sha,
});

/** What the step before a release hands to those after it. */
async function previous(version: string): Promise<{ [name: string]: string }> {
  const { outputs } = await run('previous.cjs', { PREVIOUS_VERSION: version }).ended;
  return { SITE_PREVIOUS: outputs.archive ?? '', SITE_PREVIOUS_VERSION: outputs.version ?? '' };
}

test('a release, one that is stopped and taken back, and the button', async () => {
  const first = await run('static-site.cjs', { ...release(OLD), ...(await previous('old')) }).ended;
  expect([first.code, first.outputs.outcome, page()]).toEqual([0, 'released', 'old']);
  expect(readFileSync(join(live, 'staticwebapp.config.json'), 'utf8')).toBe('{"of":"old"}');

  const beforeNew = await previous('new');
  expect(beforeNew.SITE_PREVIOUS_VERSION).toBe('old');
  const second = run('static-site.cjs', { ...release(NEW), ...beforeNew, FAKE_UPLOAD_SECONDS: '30' });
  await new Promise<void>((seen) => (waiting = seen));
  second.child.kill('SIGTERM');
  const stopped = await second.ended;
  expect([stopped.code, stopped.output.includes('::error::stopped by SIGTERM')]).toEqual([1, true]);
  const returned = await run('static-site.cjs', { ...release(NEW), ...beforeNew, SITE_ACTION: 'return' }).ended;
  expect([returned.code, returned.outputs.outcome, page()]).toEqual([0, 'returned', 'old']);

  const third = await run('static-site.cjs', { ...release(NEW), ...(await previous('new')) }).ended;
  expect([third.code, page()]).toEqual([0, 'new']);
  expect(third.output).not.toContain('key-of-the-site');

  const back = await run('static-site.cjs', { SITE_ACTION: 'rollback', ...(await previous('')) }).ended;
  expect([back.code, back.outputs, page()]).toEqual([
    0,
    { outcome: 'rolled-back', url: address(), taken: 'new' },
    'old',
  ]);
  expect(readFileSync(join(live, 'staticwebapp.config.json'), 'utf8')).toBe('{"of":"old"}');
});
