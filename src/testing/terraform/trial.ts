import * as fs from 'fs';
import * as path from 'path';
import { Findings } from './diagnostics';
import { Positions } from './positions';
import { schemaOnlyProvider } from './provider';
import { plansOffline, realObstacles, withoutCalls } from './real/rewriting';
import { tokenEndpoint } from './real/token-endpoint';
import { Known } from './remote-state';
import { Session } from './session';
import { namesIn } from './stack';
import { installingEnvironment } from './terraform';
import { Finding, StackVerdict } from './verdict';
import { listen, Listener } from './wire';
import { copyStack } from './workspace';

/** How terraform is run. */
export interface Court {
  readonly terraform: string;
  readonly env: NodeJS.ProcessEnv;
  readonly plan: boolean;
  readonly apply: boolean;

  /** With the real providers, as far as they plan without calling anybody. */
  readonly real?: RealLimits;
}

/** How long to wait, in seconds. */
export interface RealLimits {
  readonly initSeconds: number;
  readonly planSeconds: number;
}

/** terraform could not install the real providers. */
export class NoProviders extends Error {}

/** What a trial brings to light. */
type Hearing = Pick<StackVerdict, 'findings' | 'plan' | 'state'>;

/** One stack before terraform. */
export class Trial {
  /**
   * @param others the stacks of the call, for what this one reads of them
   * @param folder where a copy of the stack may be made
   */
  constructor(
    private readonly known: Known,
    private readonly others: Known[],
    private readonly folder: string,
  ) {}

  public async verdict(court: Court): Promise<StackVerdict> {
    const start = process.hrtime.bigint();
    const obstacles = this.obstacles(court);
    const { findings, ...made } = obstacles.length > 0 ? { findings: obstacles } : await this.hear(court);
    return {
      stack: this.known.stack.name,
      accepted: !findings.some(({ severity }) => severity === 'error'),
      findings,
      seconds: Number(process.hrtime.bigint() - start) / 1e9,
      ...made,
    };
  }

  private obstacles(court: Court): Finding[] {
    const { stack, schemas } = this.known;
    return [
      ...schemas.missing.map((address) => {
        const remedy = `npm install --save-dev @cdktf/provider-${address.split('/').pop()}`;
        const detail = `Schemas are read from the installed bindings of a provider. Install them: ${remedy}`;
        return obstacle(`No bindings for ${address}`, detail);
      }),
      ...(court.real ? realObstacles(stack) : []).map((detail) => obstacle('Not with real providers', detail)),
      ...namesIn(stack.json.module).map((name) =>
        obstacle('Modules are not judged', `Terraform would have to download module "${name}".`),
      ),
    ];
  }

  private async hear(court: Court): Promise<Hearing> {
    const { text } = await copyStack(this.known, this.folder, this.others);
    if (court.real) {
      return this.hearReal(court, court.real, text);
    }
    const findings = new Findings(this.known.stack, new Positions(text));
    return this.withStandIns(
      () => true,
      async (reattach) => {
        const session = new Session(court.terraform, { ...court.env, ...reattach }, this.folder, findings);
        const plan = court.plan ? await session.plan() : await session.validate();
        const state = court.apply && !findings.refused ? await session.apply() : undefined;
        return { findings: findings.sorted(), ...(plan && { plan }), ...(state && { state }) };
      },
    );
  }

  // providers that would call somebody keep their stand-ins
  private async hearReal({ terraform }: Court, limits: RealLimits, text: string): Promise<Hearing> {
    const judged = JSON.stringify(withoutCalls(JSON.parse(text), this.known, this.folder), null, 1);
    await fs.promises.writeFile(path.join(this.folder, 'cdk.tf.json'), judged);
    const findings = new Findings(this.known.stack, new Positions(judged));
    const endpoint = await tokenEndpoint();
    try {
      return await this.withStandIns(
        (address) => !plansOffline(address),
        async (reattach) => {
          const env = installingEnvironment({ ...endpoint.environment, ...reattach });
          const session = new Session(terraform, env, this.folder, findings, limits.planSeconds);
          const failure = await session.init(limits.initSeconds);
          if (failure !== undefined) {
            throw new NoProviders(failure);
          }
          const plan = await session.plan('-refresh=false');
          return { findings: findings.sorted(), ...(plan && { plan }) };
        },
      );
    } finally {
      endpoint.close();
    }
  }

  private async withStandIns<T>(
    replaced: (address: string) => boolean,
    work: (environment: { TF_REATTACH_PROVIDERS: string }) => Promise<T>,
  ): Promise<T> {
    const { stack, schemas } = this.known;
    const listeners: Listener[] = [];
    const reattach: Record<string, object> = {};
    try {
      for (const [address, schema] of [...schemas.providers].filter(([name]) => replaced(name))) {
        const provider = schemaOnlyProvider(schema, (kind, type, attribute) => stack.readsOf(kind, type, attribute));
        const listener = await listen(provider);
        listeners.push(listener);
        reattach[address] = attachment(listener.address);
      }
      return await work({ TF_REATTACH_PROVIDERS: JSON.stringify(reattach) });
    } finally {
      listeners.forEach((listener) => listener.close());
    }
  }
}

function obstacle(summary: string, detail: string): Finding {
  return { severity: 'error', summary, detail, phase: 'setup' };
}

function attachment(address: string): object {
  return {
    Protocol: 'grpc',
    ProtocolVersion: 5,
    Pid: process.pid,
    Test: true,
    Addr: { Network: 'tcp', String: address },
  };
}
