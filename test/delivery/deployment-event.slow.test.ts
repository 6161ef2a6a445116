import { ChildProcess, execFileSync, spawn } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { createServer, Server } from 'http';
import { AddressInfo } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';
import { parse } from 'yaml';
import { DeploymentEventName, DeploymentOutcome } from '../../src/contracts/deployment-event';
import { loadedPipeline, renderedFiles, smallPipeline } from './pipelines';

const SCRIPT = join(__dirname, '../../assets/delivery/deployment-event.cjs');
const { committedAt, main, outcomeOf, targetOf } = jest.requireActual('../../assets/delivery/deployment-event.cjs');
const { runScript } = jest.requireActual('../../assets/delivery/host.cjs');

const KEY = '00000000-0000-0000-0000-000000000001';
const COMMIT = 'a'.repeat(40);
const TOKEN = 'made-up-token';

/** One answer of the service: status, and where else to go. */
interface Answer {
  readonly status: number;
  readonly text?: string;
  readonly location?: string;
  /** Never answers. */
  readonly silent?: boolean;
}

/** Application Insights and the Azure CLI on loopback. */
class Ingestion {
  public answers: Answer[] = [];
  public token = `ok ${JSON.stringify({ accessToken: TOKEN })}`;
  public readonly commands: string[] = [];
  public readonly received: Array<{ readonly path: string; readonly authorization?: string; readonly event: any }> = [];
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => {
        if (request.url === '/az') {
          this.commands.push(body.trimEnd().split('\n').slice(0, 4).join(' '));
          response.end(this.token);
          return;
        }
        const { url: path = '', headers } = request;
        this.received.push({ path, authorization: headers.authorization, event: JSON.parse(body) });
        const { status, text = '', location, silent } = this.answers.shift() ?? { status: 200, text: '{}' };
        if (silent !== true) {
          response.writeHead(status, location === undefined ? {} : { location }).end(text);
        }
      });
    });
  }

  public start(): Promise<void> {
    return new Promise((listening) => this.server.listen(0, '127.0.0.1', listening));
  }

  public stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  public get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public get env(): Record<string, string> {
    return {
      DEPLOYMENT_CONNECTION_STRING: `InstrumentationKey=${KEY};IngestionEndpoint=${this.address}/;ApplicationId=x`,
      DEPLOYMENT_SERVICE: 'api',
      DEPLOYMENT_ENVIRONMENT: 'prod',
      DEPLOYMENT_STATUS: 'success',
      DEPLOYMENT_RELEASE: 'released',
      DEPLOYMENT_REVISION: COMMIT,
      DEPLOYMENT_STARTED_AT: '2030-01-01T00:00:00Z',
      RUN_URL: 'https://example.com/runs/1',
    };
  }
}

// other tests run on the same processors
jest.setTimeout(60_000);

let service: Ingestion;
let child: ChildProcess | undefined;

beforeEach(async () => {
  service = new Ingestion();
  await service.start();
});

afterEach(() => {
  child?.kill('SIGKILL');
  service.stop();
});

/** Runs the script in this process, with a clock that is as fast as one likes; fetching is real. */
async function ran(env: Record<string, string> = {}, around: object = {}) {
  let said = '';
  let time = Date.UTC(2030, 0, 1, 0, 40);
  const clock = { now: () => time, sleep: async (ms: number) => void (time += ms) };
  const git = (args: string[]) => (args.includes('--max-count=1') ? `${Date.UTC(2029, 11, 31) / 1000}\n` : '');
  const az = async (args: string[]) => {
    service.commands.push(args.join(' '));
    return { accessToken: TOKEN };
  };
  const code = await runScript((machine: object) => main({ ...machine, git, az, ...around }), {
    env: { ...service.env, ...env },
    clock,
    write: (text: string) => (said += text),
  });
  return { code, said };
}

describe('tells', () => {
  test('what became of a deployment, by a token, as the process that pipelines start', async () => {
    child = spawn(process.execPath, [SCRIPT], {
      env: {
        PATH: `${join(__dirname, 'fakes')}:${process.env.PATH}`,
        FAKE_AZURE: service.address,
        GITHUB_ACTIONS: 'true',
        ...service.env,
      },
    });
    const code = await new Promise((resolve) => child?.on('close', resolve));

    expect(code).toBe(0);
    expect(service.commands).toEqual(['account get-access-token --resource https://monitor.azure.com']);
    expect(service.received).toEqual([
      {
        path: '/v2.1/track',
        authorization: `Bearer ${TOKEN}`,
        event: {
          name: 'Microsoft.ApplicationInsights.Event',
          time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
          iKey: KEY,
          data: {
            baseType: 'EventData',
            baseData: {
              ver: 2,
              name: 'deployment',
              properties: {
                service: 'api',
                environment: 'prod',
                outcome: 'succeeded',
                revision: COMMIT,
                started_at: '2030-01-01T00:00:00Z',
                run_url: 'https://example.com/runs/1',
              },
            },
          },
        },
      },
    ]);
  });

  test('by the names that dashboards and alerts read', async () => {
    await ran();

    const { name, properties } = service.received[0].event.data.baseData;
    const { EVENT, ...names } = DeploymentEventName;
    expect(name).toBe(EVENT);
    expect(Object.keys(properties).sort()).toEqual(Object.values(names).sort());
    expect(properties.committed_at).toBe('2029-12-31T00:00:00.000Z');
    expect(service.received[0].event.time).toBe('2030-01-01T00:40:00.000Z');
  });

  const { SUCCEEDED, FAILED, ROLLED_BACK } = DeploymentOutcome;
  test.each([
    ['success', 'released', undefined, SUCCEEDED],
    ['SucceededWithIssues', undefined, undefined, SUCCEEDED],
    ['Succeeded', 'rolled-back', undefined, ROLLED_BACK],
    ['failure', 'released', 'returned', ROLLED_BACK],
    ['failure', 'released', 'unchanged', FAILED],
    ['failure', 'released', undefined, FAILED],
    ['Failed', 'returned', 'returned', FAILED],
    ['failure', 'unsafe', 'unsafe', FAILED],
    ['cancelled', undefined, 'returned', FAILED],
    ['failure', undefined, undefined, FAILED],
  ])('a job that ended with %s, after %s and %s', (status, release, returned, outcome) => {
    expect(outcomeOf({ status, release, returned })).toBe(outcome);
  });
});

describe('lead time counts from', () => {
  const options = { prefix: 'v', paths: [':(glob)api/**'] };
  const at = (...times: number[]) => times.map((time) => `${time}\n`).join('');
  const withTag = (times: string) => {
    const calls: string[][] = [];
    const git = (args: string[]) => {
      calls.push(args);
      return args[0] === 'describe' ? 'v1.2.0\n' : args.includes('--max-count=1') ? at(4000) : times;
    };
    return { calls, git };
  };

  test('the oldest change since the last release', () => {
    const { calls, git } = withTag(at(3000, 1000, 2000));

    expect(committedAt(git, COMMIT, options)).toBe('1970-01-01T00:16:40.000Z');
    expect(calls).toEqual([
      ['log', '--format=%ct', '--max-count=1', COMMIT],
      ['describe', '--tags', '--abbrev=0', '--match=v[0-9]*', `${COMMIT}^`],
      ['log', '--format=%ct', `v1.2.0..${COMMIT}`, '--', ':(glob)api/**'],
    ]);
  });

  test('changes of the application, as git tells them', () => {
    const cwd = mkdtempSync(join(tmpdir(), 'history-'));
    const git = (args: string[], day: number = 1) => {
      const date = `2030-01-0${day}T00:00:00Z`;
      const env = { PATH: process.env.PATH, HOME: cwd, GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: date };
      return execFileSync('git', args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    };
    const commit = (file: string, day: number) => {
      writeFileSync(join(cwd, file), String(day));
      git(['add', file]);
      git(['-c', 'user.name=x', '-c', 'user.email=x@example.com', 'commit', '--quiet', '--message', 'x'], day);
      return git(['rev-parse', 'HEAD']).trim();
    };
    const only = (file: string) => ({ prefix: 'v', paths: [`:(glob)${file}`] });
    try {
      git(['init', '--quiet']);
      const first = commit('api', 1);
      git(['tag', 'v1.0.0']);
      commit('site', 2);
      commit('api', 3);
      const last = commit('api', 4);
      // its own tag, of a run before this one, is not the last release
      git(['tag', 'v1.1.0']);

      expect(committedAt(git, first, only('api'))).toBe('2030-01-01T00:00:00.000Z');
      expect(committedAt(git, last, only('api'))).toBe('2030-01-03T00:00:00.000Z');
      expect(committedAt(git, last, only('*'))).toBe('2030-01-02T00:00:00.000Z');
      expect(committedAt(git, last, { ...only('api'), prefix: 'shop-v' })).toBe('2030-01-04T00:00:00.000Z');
    } finally {
      rmSync(cwd, { recursive: true, force: true });
    }
  });

  test('the commit, where nothing is known of those before it', () => {
    const shallow = (args: string[]) => {
      if (args.includes('--max-count=1')) {
        return at(4000);
      }
      throw new Error('fatal: no such commit');
    };

    expect(committedAt(shallow, COMMIT, options)).toBe('1970-01-01T01:06:40.000Z');
    expect(committedAt(withTag('').git, COMMIT, options)).toBe('1970-01-01T01:06:40.000Z');
    expect(committedAt(withTag(at(1)).git, COMMIT, {})).toBe('1970-01-01T01:06:40.000Z');
  });

  test('nothing, without git or a commit', () => {
    const none = () => {
      throw new Error('ENOENT');
    };

    expect(committedAt(none, COMMIT, options)).toBeUndefined();
    expect(committedAt(withTag(at(1)).git, 'registry.example.com/api@sha256:1', options)).toBeUndefined();
    expect(committedAt(withTag(at(1)).git, undefined, options)).toBeUndefined();
  });
});

describe('never fails a release', () => {
  const WARNED = 'warning: nobody was told of this deployment: ';

  test('where there is nobody to tell', async () => {
    const { code, said } = await ran({ DEPLOYMENT_CONNECTION_STRING: '' });

    expect([code, said]).toEqual([0, '00:40:00 no DEPLOYMENT_CONNECTION_STRING: nobody is told of this deployment\n']);
    expect([service.commands, service.received]).toEqual([[], []]);
  });

  test.each([
    [403, 'answered 403 (does the identity have Monitoring Metrics Publisher?) no'],
    [400, 'answered 400 no'],
    [206, 'answered 206 no'],
  ])('when the service answers %d', async (status, problem) => {
    service.answers = [{ status, text: 'no' }];

    expect(await ran()).toEqual({ code: 0, said: `${WARNED}${problem}\n` });
    expect(service.received).toHaveLength(1);
  });

  test('when the service is busy: three attempts', async () => {
    service.answers = [429, 503, 500, 200].map((status) => ({ status }));

    expect(await ran()).toEqual({ code: 0, said: `${WARNED}answered 500\n` });
    expect(service.received).toHaveLength(3);

    service.answers = [{ status: 503 }, { status: 200 }];
    expect(await ran()).toEqual({ code: 0, said: '00:40:01 api in prod: succeeded\n' });
  });

  test('when nobody answers, within the time that it has', async () => {
    service.answers = [{ status: 0, silent: true }];
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('stopped')), 50);

    expect(await ran({}, { signal: stop.signal })).toEqual({ code: 0, said: `${WARNED}stopped\n` });
    const nobody = { DEPLOYMENT_CONNECTION_STRING: `InstrumentationKey=${KEY};IngestionEndpoint=http://127.0.0.1:1` };
    expect(await ran(nobody)).toMatchObject({ code: 0, said: expect.stringContaining(WARNED) });
  });

  test('without a token, or with inputs that are missing', async () => {
    const az = (_args: string[], { timeoutMs }: { timeoutMs: number }) => {
      expect(timeoutMs).toBe(19_000);
      return Promise.reject(new Error('az account get-access-token: sign in first'));
    };

    expect(await ran({}, { az })).toEqual({
      code: 0,
      said: `${WARNED}az account get-access-token: sign in first\n`,
    });
    expect(await ran({ DEPLOYMENT_SERVICE: '' })).toEqual({
      code: 0,
      said: `${WARNED}DEPLOYMENT_SERVICE must be set\n`,
    });
    expect(service.received).toEqual([]);
  });
});

describe('the token goes to the service only', () => {
  const connection = (endpoint: string, more: string = '') =>
    `InstrumentationKey=${KEY};IngestionEndpoint=${endpoint}${more}`;

  test.each([
    ['https://westeurope-5.in.applicationinsights.azure.com/', '', 'https://monitor.azure.com'],
    [
      'https://usgovvirginia-0.in.applicationinsights.azure.us/',
      ';AADAudience=https://monitor.azure.us/',
      'https://monitor.azure.us',
    ],
    ['https://dc.services.visualstudio.com', '', 'https://monitor.azure.com'],
  ])('%s', (endpoint, more, audience) => {
    expect(targetOf(connection(endpoint, more))).toEqual({
      key: KEY,
      audience,
      address: `${endpoint.replace(/\/$/, '')}/v2.1/track`,
    });
  });

  test.each([
    'http://westeurope-5.in.applicationinsights.azure.com',
    'https://example.com',
    'https://applicationinsights.azure.com.example.com',
    'https://user@example.com#.applicationinsights.azure.com',
    'https://example.com/.applicationinsights.azure.com',
    'http://127.0.0.1:80@example.com',
    '',
  ])('not to %j', (endpoint) => {
    expect(() => targetOf(connection(endpoint))).toThrow(
      'IngestionEndpoint of DEPLOYMENT_CONNECTION_STRING must be an address of Application Insights',
    );
  });

  test('and is made for nobody else', () => {
    expect(() => targetOf('whatever')).toThrow(
      'DEPLOYMENT_CONNECTION_STRING must be a connection string of Application Insights',
    );
    expect(() =>
      targetOf(connection('https://x.in.applicationinsights.azure.com', ';AADAudience=https://management.azure.com')),
    ).toThrow('AADAudience of DEPLOYMENT_CONNECTION_STRING must be an address of Azure Monitor');
  });

  test('also where the service points elsewhere', async () => {
    const other = new Ingestion();
    await other.start();
    try {
      service.answers = [{ status: 308, location: `${other.address}/v2.1/track` }];
      expect(await ran()).toMatchObject({ code: 0, said: '00:40:00 api in prod: succeeded\n' });
      expect(other.received.map(({ authorization }) => authorization)).toEqual([`Bearer ${TOKEN}`]);
    } finally {
      other.stop();
    }
    service.answers = [{ status: 308, location: 'https://example.com/v2.1/track' }];
    expect(await ran()).toMatchObject({
      code: 0,
      said: 'warning: nobody was told of this deployment: answered 308\n',
    });
  });
});

describe('pipelines', () => {
  const NAME = 'Tell of the deployment';
  const files = renderedFiles(loadedPipeline());
  const filesOf = (folder: string) =>
    Object.fromEntries(
      files
        .filter(({ path }) => path.startsWith(`${folder}/`) && /-(promotion|hotfix|rollback|infrastructure)/.test(path))
        .map(({ path, content }) => [path.slice(folder.length + 1, -4), parse(content)]),
    );
  const github = filesOf('.github/workflows');

  /** Names of the workflows and jobs that tell, with the steps of each. */
  const telling = Object.entries<any>(github).flatMap(([file, { jobs }]) =>
    Object.entries<any>(jobs).flatMap(([job, { steps }]) =>
      steps.some(({ name }: any) => name === NAME) ? [{ file, job, steps }] : [],
    ),
  );

  test('tell of each rollout, rollback and apply, last of all, once it has begun, and where somebody is to be told', () => {
    const expected = Object.entries<any>(github).flatMap(([file, { jobs }]) =>
      Object.keys(jobs)
        .filter(
          (job) =>
            /^(deploy|apply)-/.test(job) || (file === 'shop-rollback' && jobs[job].environment?.endsWith('-rollback')),
        )
        .map((job) => `${file}/${job}`),
    );

    expect(telling.map(({ file, job }) => `${file}/${job}`)).toEqual(expected);
    for (const { steps } of telling) {
      const last = steps[steps.length - 1];
      expect([last.name, last.if, last['continue-on-error']]).toEqual([
        NAME,
        "${{ always() && steps.begin.outputs.at != '' && vars.DEPLOYMENT_TELEMETRY != '' }}",
        true,
      ]);
      expect(steps.filter(({ id }: any) => id === 'begin')).toHaveLength(1);
    }
  });

  test('sign in again first, since what was signed in an hour ago gets no new token; the rollback has no time for it', () => {
    for (const { file, steps } of telling) {
      const before = steps[steps.length - 2];
      const { if: condition } = steps[steps.length - 1];
      const signIn = { name: 'Sign in to Azure', if: condition, 'continue-on-error': true };
      expect(before).toMatchObject(file === 'shop-rollback' ? { name: 'Roll back' } : signIn);
    }
  });

  test('count no deployment that its change window or a newer release has stopped', () => {
    const { steps } = telling.find(({ file, job }) => file === 'shop-promotion-api' && job === 'deploy-prod')!;
    const names = steps.map(({ name }: any) => name);

    expect(names.slice(names.indexOf('Nothing newer was released')).slice(0, 3)).toEqual([
      'Nothing newer was released',
      'Change window',
      'Begin',
    ]);
  });

  test('say what was released, returned and taken back', () => {
    const told = (file: string, job: string) =>
      telling.find((each) => each.file === file && each.job === job)!.steps.slice(-1)[0].env;

    expect(told('shop-promotion-api', 'deploy-prod')).toEqual({
      DEPLOYMENT_CONNECTION_STRING: '${{ vars.DEPLOYMENT_TELEMETRY }}',
      DEPLOYMENT_SERVICE: 'api',
      DEPLOYMENT_ENVIRONMENT: 'prod',
      DEPLOYMENT_STATUS: '${{ job.status }}',
      DEPLOYMENT_RELEASE: '${{ steps.rollout.outputs.outcome }}',
      DEPLOYMENT_RETURN: '${{ steps.return.outputs.outcome }}',
      DEPLOYMENT_REVISION: '${{ github.sha }}',
      DEPLOYMENT_SINCE: 'shop-api-v',
      DEPLOYMENT_PATHS: 'api/**',
      DEPLOYMENT_STARTED_AT: '${{ steps.begin.outputs.at }}',
      RUN_URL: expect.stringContaining('github.run_id'),
    });
    expect(told('shop-promotion-api', 'deploy-dev').DEPLOYMENT_SINCE).toBeUndefined();
    expect(told('shop-rollback', 'prod-api')).toMatchObject({
      DEPLOYMENT_RELEASE: '${{ steps.rollback.outputs.outcome }}',
      DEPLOYMENT_REVISION: '${{ steps.rollback.outputs.taken }}',
    });
    expect(told('shop-infrastructure', 'apply-prod')).toMatchObject({
      DEPLOYMENT_SERVICE: '${{ matrix.stack }}',
      DEPLOYMENT_ENVIRONMENT: 'prod',
    });
    expect(told('shop-promotion-site', 'deploy-prod').DEPLOYMENT_RETURN).toBe('${{ steps.return.outputs.outcome }}');
    expect(told('shop-rollback', 'prod-site').DEPLOYMENT_REVISION).toBe('${{ steps.rollback.outputs.taken }}');
  });

  test('of Azure DevOps tell the same', () => {
    const azure = filesOf('azure-pipelines');
    const jobs = Object.entries<any>(azure).flatMap(([file, { jobs: list = [] }]) =>
      list.map((job: any) => ({
        name: `${file}/${job.job ?? job.deployment}`.replace(/_/g, '-'),
        steps: job.steps ?? job.strategy.runOnce.deploy.steps,
      })),
    );
    const found = jobs.filter(({ steps }) => steps.some(({ displayName }: any) => displayName === NAME));

    expect(found.map(({ name }) => name)).toEqual(telling.map(({ file, job }) => `${file}/${job}`));
    for (const { steps } of found) {
      const last = steps[steps.length - 1];
      expect(last).toMatchObject({
        task: 'AzureCLI@2',
        displayName: NAME,
        continueOnError: true,
        condition: "and(always(), ne(variables['begin.at'], ''), ne(variables['DEPLOYMENT_TELEMETRY'], ''))",
        env: { DEPLOYMENT_STATUS: '$(Agent.JobStatus)', DEPLOYMENT_STARTED_AT: '$(begin.at)' },
      });
      if (last.env.DEPLOYMENT_RETURN !== undefined) {
        expect(last.inputs.inlineScript).toContain(
          'case "$DEPLOYMENT_RETURN" in \\$\\(*) export DEPLOYMENT_RETURN=\'\' ;; esac\n',
        );
      }
    }
  });

  test('name the variable in the environments that deploy and roll back', () => {
    const names = smallPipeline()
      .environments.filter(({ variables }) => variables.includes('DEPLOYMENT_TELEMETRY'))
      .map(({ name }) => name);

    expect(names).toEqual(['dev', 'dev-rollback', 'prod', 'prod-hotfix', 'prod-rollback']);
  });
});
