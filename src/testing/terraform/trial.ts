import * as path from 'path';
import { Diagnostic, Findings } from './diagnostics';
import { Positions } from './positions';
import { schemaOnlyProvider } from './provider';
import { Known } from './remote-state';
import { namesIn } from './stack';
import { Outcome, runTerraform } from './terraform';
import { Finding, StackVerdict, TerraformPlan } from './verdict';
import { listen, Listener } from './wire';
import { copyStack } from './workspace';

/** How terraform is run. */
export interface Court {
  readonly terraform: string;
  readonly env: NodeJS.ProcessEnv;
  readonly plan: boolean;
}

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
    const obstacles = this.obstacles();
    const { findings, plan } = obstacles.length > 0 ? { findings: obstacles, plan: undefined } : await this.hear(court);
    return {
      stack: this.known.stack.name,
      accepted: !findings.some(({ severity }) => severity === 'error'),
      findings,
      seconds: Number(process.hrtime.bigint() - start) / 1e9,
      ...(plan && { plan }),
    };
  }

  private obstacles(): Finding[] {
    const { stack, schemas } = this.known;
    return [
      ...schemas.missing.map((address) => {
        const remedy = `npm install --save-dev @cdktf/provider-${address.split('/').pop()}`;
        const detail = `Schemas are read from the installed bindings of a provider. Install them: ${remedy}`;
        return obstacle(`No bindings for ${address}`, detail);
      }),
      ...namesIn(stack.json.module).map((name) =>
        obstacle('Modules are not judged', `Terraform would have to download module "${name}".`),
      ),
    ];
  }

  private async hear(court: Court): Promise<{ findings: Finding[]; plan?: TerraformPlan }> {
    const { stack, schemas } = this.known;
    const { text } = await copyStack(stack, this.folder, this.others);
    const findings = new Findings(stack, new Positions(text));
    const listeners: Listener[] = [];
    const reattach: Record<string, object> = {};
    try {
      for (const [address, schema] of schemas.providers) {
        const provider = schemaOnlyProvider(schema, (kind, type, attribute) => stack.readsOf(kind, type, attribute));
        const listener = await listen(provider);
        listeners.push(listener);
        reattach[address] = attachment(listener.address);
      }
      const env = { ...court.env, TF_REATTACH_PROVIDERS: JSON.stringify(reattach) };
      const plan = await this.ask({ ...court, env }, findings);
      return { findings: findings.sorted(), ...(plan && { plan }) };
    } finally {
      listeners.forEach((listener) => listener.close());
    }
  }

  // a plan begins with validation: only when it complains is it worth a second run to know which of the two did
  private async ask({ terraform, env, plan }: Court, findings: Findings): Promise<TerraformPlan | undefined> {
    const run = (...args: string[]): Promise<Outcome> => runTerraform(terraform, args, { cwd: this.folder, env });
    const file = path.join(this.folder, 'judged.tfplan');
    const complaints = plan
      ? diagnosticsOf(await run('plan', '-json', '-input=false', '-lock=false', `-out=${file}`), diagnosticLines)
      : [];
    if (!plan || complaints.length > 0) {
      const validated = diagnosticsOf(await run('validate', '-json'), (output) => JSON.parse(output).diagnostics);
      validated.forEach((diagnostic) => findings.add('validate', diagnostic));
    }
    if (!findings.refused) {
      complaints.forEach((diagnostic) => findings.add('plan', diagnostic));
    }
    return plan && !findings.refused ? JSON.parse((await run('show', '-json', file)).stdout) : undefined;
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

// with a failure that terraform does not put into a diagnostic, what it printed is all there is
function diagnosticsOf({ code, stdout, stderr }: Outcome, read: (output: string) => Diagnostic[]): Diagnostic[] {
  let diagnostics: Diagnostic[] = [];
  try {
    diagnostics = read(stdout);
  } catch {
    // not JSON: reported below
  }
  return code === 0 || diagnostics.some(({ severity }) => severity === 'error')
    ? diagnostics
    : [...diagnostics, { severity: 'error', summary: 'terraform failed', detail: stderr || stdout }];
}

function diagnosticLines(output: string): Diagnostic[] {
  const lines = output.split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line).diagnostic).filter((diagnostic) => diagnostic !== undefined);
}
