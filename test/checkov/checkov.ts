import { execFileSync, spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';

/** The version that the accepted failures and the comparison with our rules are true of. */
export const VERSION = '3.3.30';

/** Where the scan and the comparison share an installation. */
const FOLDER = path.resolve(__dirname, '../../.venv/checkov');

const ARGUMENTS = [
  ...['--directory', '.', '--framework', 'terraform_json'],
  ...['--output', 'json', '--compact', '--skip-download'],
];

/** Checkov wants Python 3.9, and we a virtual environment. */
const PROBE = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 9))';

/** One entry of Checkov's report. */
export interface Check {
  readonly check_id: string;
  readonly check_name: string;
  readonly file_path: string;
  /** Comes with or without its type, by the kind of check. */
  readonly resource: string;
}

/** What Checkov says about the files of a folder. */
export interface Report {
  readonly passed: Check[];
  readonly failed: Check[];
}

/** Runs Checkov on a folder of files that Terraform reads. */
export function runCheckov(program: string, folder: string): Report {
  const options = { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 29 } as const;
  const { stdout, stderr, signal } = spawnSync(program, ARGUMENTS, options);
  const { summary, results } = parsed(stdout, stderr + (signal ?? ''));
  // Checkov skips files that it cannot read, and is content with them
  if (!summary || summary.parsing_errors > 0 || summary.passed + summary.failed === 0) {
    throw new Error(`Checkov could not read what it was given:\n${results?.parsing_errors?.join('\n')}\n${stderr}`);
  }
  return { passed: results.passed_checks, failed: results.failed_checks };
}

function parsed(stdout: string, problem: string): any {
  try {
    return JSON.parse(stdout);
  } catch (error) {
    throw new Error(`Checkov did not answer with a report:\n${stdout}\n${problem}`, { cause: error });
  }
}

/** The types of resources by name: Checkov leaves them out at will. */
export function typesByName(resources: { readonly [type: string]: object } = {}): Map<string, string> {
  return new Map(
    Object.entries(resources).flatMap(([type, all]) => Object.keys(all).map((name) => [name, type] as const)),
  );
}

/** The address of the resource that an entry of the report is about. */
export function addressOf({ resource }: Check, types: Map<string, string>): string {
  const name = resource.split('.').pop() ?? resource;
  return `${types.get(name)}.${name}`;
}

/** Installs Checkov, unless it is there; answers the program, or nothing where Python is missing. */
export function installedCheckov(): string | undefined {
  const program = path.join(FOLDER, 'bin', 'checkov');
  const done = path.join(FOLDER, `installed-${VERSION}`);
  if (fs.existsSync(done)) {
    return program;
  }
  const python = ['python3', 'python'].find((name) => spawnSync(name, ['-c', PROBE], { stdio: 'ignore' }).status === 0);
  if (python === undefined) {
    return undefined;
  }
  process.stdout.write(`Installing Checkov ${VERSION} into ${path.relative(process.cwd(), FOLDER)} ...\n`);
  fs.rmSync(FOLDER, { recursive: true, force: true });
  execFileSync(python, ['-m', 'venv', FOLDER], { stdio: 'inherit' });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `checkov==${VERSION}`];
  execFileSync(path.join(FOLDER, 'bin', 'python'), pip, { stdio: 'inherit' });
  fs.writeFileSync(done, '');
  return program;
}
