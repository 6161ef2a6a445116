import * as fs from 'fs';
import * as path from 'path';
import { Diagnostic, Findings } from './diagnostics';
import { Outcome, runTerraform } from './terraform';
import { TerraformPlan, TerraformState } from './verdict';

/** Runs terraform in the copy of a stack, and collects what it says. */
export class Session {
  /**
   * @param seconds after which a run is given up; nothing waits for a registry or for Azure for ever
   */
  constructor(
    private readonly terraform: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly folder: string,
    private readonly findings: Findings,
    private readonly seconds?: number,
  ) {}

  /** Installs providers; answers what was in the way, if anything. */
  public async init(seconds: number): Promise<string | undefined> {
    const { code, stdout, stderr } = await this.run(['init', '-input=false', '-no-color'], seconds);
    return code === 0 ? undefined : (stderr || stdout).replace(/[\s│╷╵]+/g, ' ').trim() || 'no answer';
  }

  public async validate(): Promise<void> {
    const diagnostics = diagnosticsOf(
      await this.run(['validate', '-json']),
      (output) => JSON.parse(output).diagnostics,
    );
    diagnostics.forEach((diagnostic) => this.findings.add('validate', diagnostic));
  }

  /** A plan begins with validation: only when it complains is it worth a second run to know which of the two did. */
  public async plan(...options: string[]): Promise<TerraformPlan | undefined> {
    const file = path.join(this.folder, 'judged.tfplan');
    const args = ['plan', '-json', '-input=false', '-lock=false', `-out=${file}`, ...options];
    const complaints = diagnosticsOf(await this.run(args), diagnosticLines);
    if (complaints.length > 0) {
      await this.validate();
    }
    if (!this.findings.refused) {
      complaints.forEach((diagnostic) => this.findings.add('plan', diagnostic));
    }
    return this.findings.refused ? undefined : JSON.parse((await this.run(['show', '-json', file])).stdout);
  }

  public async apply(): Promise<TerraformState | undefined> {
    const outcome = await this.run(['apply', '-json', '-input=false', '-lock=false', '-auto-approve']);
    diagnosticsOf(outcome, diagnosticLines).forEach((diagnostic) => this.findings.add('apply', diagnostic));
    const file = path.join(this.folder, 'terraform.tfstate');
    return outcome.code === 0 ? JSON.parse(await fs.promises.readFile(file, 'utf8')) : undefined;
  }

  private async run(args: string[], seconds = this.seconds): Promise<Outcome> {
    return runTerraform(this.terraform, args, { cwd: this.folder, env: this.env, seconds });
  }
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
