import { ChildProcess, spawn } from 'child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'fs';
import { createServer, Server } from 'http';
import { AddressInfo } from 'net';
import { join } from 'path';
import { scratch } from '../support/scratch';

const { azure: runnerOf } = jest.requireActual('../../assets/delivery/az.cjs');
const { APP_ID, NEW, OLD, handle, newState, note } = jest.requireActual('./fakes/app-service.cjs');

const SCRIPTS = join(__dirname, '../../assets/delivery');

/** Azure, the app and its metrics, all on loopback; the state is that of the in-process tests. */
class Loopback {
  public readonly state = newState();
  public errors: number[] = [0];
  public readonly commands: string[] = [];
  private server!: Server;
  private waiting?: { readonly command: string; readonly tell: () => void };

  constructor() {
    note(this.state, 0);
  }

  public async start(): Promise<void> {
    this.server = createServer((request, response) => {
      if (request.url !== '/az') {
        response.end('ready');
        return;
      }
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => response.end(this.answer(body.trimEnd().split('\n'))));
    });
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
  }

  public stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  public get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public seen(command: string): Promise<void> {
    return new Promise((tell) => (this.waiting = { command, tell }));
  }

  private answer(args: string[]): string {
    const command = args.slice(0, 4).join(' ');
    this.commands.push(command);
    try {
      const answer = handle(this.state, args, Date.now(), { swapMs: 0, measure: () => this.errors });
      if (command.startsWith(this.waiting?.command ?? ' ')) {
        this.waiting?.tell();
      }
      return `ok ${JSON.stringify(answer)}`;
    } catch (error) {
      return `ERROR: ${(error as Error).message}`;
    }
  }
}

// other tests run on the same processors
jest.setTimeout(60_000);

let azure: Loopback;
let children: ChildProcess[] = [];

beforeEach(async () => {
  azure = new Loopback();
  await azure.start();
});

afterEach(() => {
  children.forEach((child) => child.kill('SIGKILL'));
  children = [];
  azure.stop();
});

/** Runs a script as a pipeline does. */
function run(script: string, env: { [name: string]: string }) {
  const child = spawn(process.execPath, [join(SCRIPTS, script)], {
    env: {
      PATH: `${join(__dirname, 'fakes')}:${process.env.PATH}`,
      FAKE_AZURE: azure.address,
      GITHUB_ACTIONS: 'true',
      ROLLOUT_APP_ID: APP_ID,
      ROLLOUT_SLOT: 'staging',
      ROLLOUT_ARTIFACT: NEW,
      ROLLOUT_URL: azure.address,
      ROLLOUT_SLOT_URL: azure.address,
      ROLLOUT_STEPS: '25:0,100:0',
      ROLLOUT_SETTLE_SECONDS: '0',
      ROLLOUT_PROBE_SECONDS: '0.1',
      ROLLOUT_GATES: JSON.stringify([{ name: 'server errors', metric: 'Http5xx', aggregation: 'Total', atMost: 10 }]),
      ...env,
    },
  });
  children.push(child);
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const ended = new Promise<{ code: number | null; output: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, output })),
  );
  return { child, ended };
}

test('a release, and the button that takes it back', async () => {
  const { code, output } = await run('rollout.cjs', { ROLLOUT_STEPS: '100:0' }).ended;

  expect([code, output.includes('100 %: metrics within the thresholds')]).toEqual([0, true]);
  expect([azure.state.production.image, azure.state.slot.image]).toEqual([`DOCKER|${NEW}`, `DOCKER|${OLD}`]);

  const back = await run('rollback.cjs', { ROLLOUT_ARTIFACT: '' }).ended;

  expect([back.code, azure.state.production.image]).toEqual([0, `DOCKER|${OLD}`]);
});

test('a metric beyond its threshold: exit code 1, one line that says why, nothing routed', async () => {
  azure.errors = [3];

  const { code, output } = await run('rollout.cjs', {}).ended;

  expect(code).toBe(1);
  expect(output).toContain(
    '::error::metric gate at 25 %25: server errors is 3, bad is greater than 2.5; the traffic is where it was',
  );
  expect([azure.state.production.image, azure.state.percent]).toEqual([`DOCKER|${OLD}`, 0]);
});

test('stopped while it watches: returns the traffic before it ends', async () => {
  const { child, ended } = run('rollout.cjs', { ROLLOUT_STEPS: '25:5' });
  await azure.seen('webapp traffic-routing set');

  child.kill('SIGTERM');
  const { code, output } = await ended;

  expect([code, output.includes('stopped by SIGTERM; the traffic is where it was')]).toEqual([1, true]);
  expect([azure.state.production.image, azure.state.percent]).toEqual([`DOCKER|${OLD}`, 0]);
});

describe('the command line of Azure', () => {
  const folder = scratch('az');
  const program = join(folder, 'az');
  const ends = (script: string) => {
    writeFileSync(program, `#!/bin/sh\n${script}\n`);
    chmodSync(program, 0o755);
    return (options: object = {}) => runnerOf({ program })(['webapp', 'show'], options);
  };

  test('answers in JSON, or says what went wrong on one line', async () => {
    expect(await ends(`echo '{"a":1}'`)()).toEqual({ a: 1 });
    expect(await ends('true')()).toBeNull();
    await expect(ends('echo sign in first')()).rejects.toThrow('az webapp show: the answer is not JSON');
    await expect(ends('printf "Conflict:\\nbusy" >&2; exit 1')()).rejects.toMatchObject({
      message: 'az webapp show: Conflict: busy',
      conflict: true,
      missing: false,
    });
    await expect(ends('echo "(ResourceNotFound) gone" >&2; exit 3')()).rejects.toMatchObject({ missing: true });
    await expect(runnerOf({ program: join(folder, 'none') })(['webapp'])).rejects.toThrow('ENOENT');
  });

  test('is ended with all that it started when it takes too long, or when the run is stopped', async () => {
    const pid = join(folder, 'pid');
    const slow = ends(`sleep 60 &\necho $! > ${pid}\nwait`);
    const isGone = async () => {
      for (let attempt = 0; attempt < 100; attempt++) {
        // a zombie is gone too, whoever may still have to collect it
        const status = `/proc/${readFileSync(pid, 'utf8').trim()}/status`;
        if (!existsSync(status) || /State:\s+Z/.test(readFileSync(status, 'utf8'))) {
          return true;
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return false;
    };

    await expect(slow({ timeoutMs: 500 })).rejects.toMatchObject({ timedOut: true });
    expect(await isGone()).toBe(true);

    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('stopped')), 500);
    await expect(slow({ signal: stop.signal })).rejects.toThrow('stopped');
    expect(await isGone()).toBe(true);
    await expect(slow({ signal: stop.signal })).rejects.toThrow('stopped');
  });
});
