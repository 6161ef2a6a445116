import { execFileSync, spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { Failure } from './acceptance';

/** Where `cdk.tf.json` of each stack lies, below the folder of the stack. */
const FILE = 'cdk.tf.json';

/** What Checkov was told to look at, and what it found. */
export interface Scan {
  readonly passed: number;
  readonly failures: Failure[];
}

/** One entry of Checkov's report; the resource comes with or without its type, by the kind of check. */
interface Check {
  readonly check_id: string;
  readonly check_name: string;
  readonly file_path: string;
  readonly resource: string;
}

/** Runs Checkov on synthesized stacks. */
export function scan(checkov: string, stacks: string): Scan {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'checkov-'));
  try {
    const types = new Map(fs.readdirSync(stacks).map((stack) => [stack, copyStack(stacks, scratch, stack)]));
    const args = [
      '--directory',
      '.',
      '--framework',
      'terraform_json',
      '--output',
      'json',
      '--compact',
      '--skip-download',
    ];
    const { stdout, stderr } = spawnSync(checkov, args, { cwd: scratch, encoding: 'utf8', maxBuffer: 2 ** 28 });
    const { summary, results } = reportIn(stdout, stderr);
    // Checkov skips files that it cannot read, and is content with them
    if (summary.parsing_errors > 0 || summary.passed + summary.failed === 0) {
      throw new Error(`Checkov could not read what was synthesized:\n${stderr}`);
    }
    const failures = results.failed_checks.map(({ check_id, check_name, file_path, resource }: Check): Failure => {
      const stack = path.basename(path.dirname(file_path));
      const name = resource.split('.').pop() ?? resource;
      return { id: check_id, name: check_name, where: `${stack}/${types.get(stack)?.get(name)}.${name}` };
    });
    return { passed: summary.passed, failures };
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/** Copies what Checkov judges; on `terraform.required_version` its parser gives up. Answers the types by name. */
function copyStack(from: string, to: string, stack: string): Map<string, string> {
  const { data, resource } = JSON.parse(fs.readFileSync(path.join(from, stack, FILE), 'utf8'));
  fs.mkdirSync(path.join(to, stack));
  fs.writeFileSync(path.join(to, stack, FILE), JSON.stringify({ data, resource }, undefined, 2));
  return new Map(
    Object.entries<object>(resource).flatMap(([type, all]) => Object.keys(all).map((name) => [name, type] as const)),
  );
}

function reportIn(stdout: string, stderr: string): any {
  try {
    const report = JSON.parse(stdout);
    return report.summary ? report : { summary: { ...report, parsing_errors: 0 }, results: { failed_checks: [] } };
  } catch (error) {
    throw new Error(`Checkov did not answer with a report:\n${stdout}\n${stderr}`, { cause: error });
  }
}

/** Installs Checkov into a folder, unless it is there; answers the program, or nothing where Python is missing. */
export function installedCheckov(folder: string, version: string): string | undefined {
  const program = path.join(folder, 'bin', 'checkov');
  const done = path.join(folder, `installed-${version}`);
  if (fs.existsSync(done)) {
    return program;
  }
  const python = ['python3', 'python'].find((name) => spawnSync(name, ['-c', PROBE], { stdio: 'ignore' }).status === 0);
  if (python === undefined) {
    return undefined;
  }
  process.stdout.write(`Installing Checkov ${version} into ${path.relative(process.cwd(), folder)} ...\n`);
  fs.rmSync(folder, { recursive: true, force: true });
  execFileSync(python, ['-m', 'venv', folder], { stdio: 'inherit' });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `checkov==${version}`];
  execFileSync(path.join(folder, 'bin', 'python'), pip, { stdio: 'inherit' });
  fs.writeFileSync(done, '');
  return program;
}

/** Checkov wants Python 3.9, and we a virtual environment. */
const PROBE = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 9))';
