import { ChildProcess, execFileSync, spawn } from 'child_process';
import { writeFileSync } from 'fs';
import { join } from 'path';
import { DeploymentEventName, DeploymentOutcome } from '../../src/contracts/deployment-event';
import { scratch } from '../support/scratch';
import { COMMIT, KEY, ran, service, serviceBeforeEach, TOKEN } from './ingestion';

const SCRIPT = join(__dirname, '../../assets/delivery/deployment-event.cjs');
const { committedAt, outcomeOf } = jest.requireActual('../../assets/delivery/deployment-event.cjs');
let child: ChildProcess | undefined;

serviceBeforeEach();

afterEach(() => void child?.kill('SIGKILL'));

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
      ['describe', '--tags', '--abbrev=0', '--match=v[0-9]*', '--exclude=v*-*', `${COMMIT}^`],
      ['log', '--format=%ct', `v1.2.0..${COMMIT}`, '--', ':(glob)api/**'],
    ]);
  });

  test('changes of the application, as git tells them', () => {
    const cwd = scratch('history');
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
    git(['init', '--quiet']);
    const first = commit('api', 1);
    git(['tag', 'v1.0.0']);
    commit('site', 2);
    commit('api', 3);
    // of another application, which is called "2"
    git(['tag', 'v2-v1.0.0']);
    const last = commit('api', 4);
    // its own tag, of a run before this one, is not the last release
    git(['tag', 'v1.1.0']);

    expect(committedAt(git, first, only('api'))).toBe('2030-01-01T00:00:00.000Z');
    expect(committedAt(git, last, only('api'))).toBe('2030-01-03T00:00:00.000Z');
    expect(committedAt(git, last, only('*'))).toBe('2030-01-02T00:00:00.000Z');
    expect(committedAt(git, last, { ...only('api'), prefix: 'shop-v' })).toBe('2030-01-04T00:00:00.000Z');
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
