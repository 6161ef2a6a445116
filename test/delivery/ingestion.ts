import { createServer, Server } from 'http';
import { AddressInfo } from 'net';

const { main } = jest.requireActual('../../assets/delivery/deployment-event.cjs');
const { runScript } = jest.requireActual('../../assets/delivery/host.cjs');

export const KEY = '00000000-0000-0000-0000-000000000001';
export const COMMIT = 'a'.repeat(40);
export const TOKEN = 'made-up-token';

/** One answer of the service: status, and where else to go. */
interface Answer {
  readonly status: number;
  readonly text?: string;
  readonly location?: string;
  /** Never answers. */
  readonly silent?: boolean;
}

/** Application Insights and the Azure CLI on loopback. */
export class Ingestion {
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

/** The service of the test that runs, in files that call `serviceBeforeEach`: each test has its own. */
export let service: Ingestion;

export function serviceBeforeEach(): void {
  // other tests run on the same processors
  jest.setTimeout(60_000);
  beforeEach(async () => {
    service = new Ingestion();
    await service.start();
  });
  afterEach(() => service.stop());
}

/** Runs the script in this process, with a clock that is as fast as one likes; fetching is real. */
export async function ran(env: Record<string, string> = {}, around: object = {}) {
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
