import { execFileSync, spawn } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';

/** Write-only arguments and ephemeral resources are complete since this version. */
const OLDEST = [1, 11];

/** What one run of terraform has left. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Finds a terraform that can judge: the first one on the PATH, as an absolute path, if it runs and is 1.11 or newer.
 */
export function findTerraform(): string | undefined {
  const names = process.platform === 'win32' ? ['terraform.exe'] : ['terraform'];
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const first = folders
    .flatMap((folder) => names.map((name) => path.resolve(folder, name)))
    .find((file) => fs.existsSync(file));
  return first && canJudge(first) ? first : undefined;
}

/** Asking takes a moment, and a suite of tests judges often. */
const asked = new Map<string, boolean>();

/** Whether a file is a terraform that runs and is new enough. */
export function canJudge(file: string): boolean {
  const answer = asked.get(file) ?? isNewTerraform(file);
  asked.set(file, answer);
  return answer;
}

function isNewTerraform(file: string): boolean {
  try {
    const options = { env: cleanEnvironment(), encoding: 'utf8' as const, stdio: ['ignore', 'pipe', 'ignore'] as any };
    const [major, minor] = JSON.parse(execFileSync(file, ['version', '-json'], options)).terraform_version.split('.');
    return Number(major) > OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) >= OLDEST[1]);
  } catch {
    return false;
  }
}

/**
 * The environment of terraform: ours, without what would change how it works. Values for the stack's variables stay. Memory is
 * collected late, since the process soon ends: that alone took a fifth of the time of large stacks.
 */
export function cleanEnvironment(additions: Record<string, string> = {}): NodeJS.ProcessEnv {
  const ours = Object.entries(process.env).filter(([name]) => !/^TF_(?!VAR_)/.test(name));
  const { GOGC = '400' } = process.env;
  return { ...Object.fromEntries(ours), GOGC, TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1', ...additions };
}

/** What finds providers, in the words of the user: mirrors and tokens of registries, and a cache. */
const INSTALLATION = ['TF_CLI_CONFIG_FILE', 'TF_PLUGIN_CACHE_DIR'];

/** The environment in which real providers are installed and plan: with the user's registries, without the user's account. */
export function installingEnvironment(additions: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const settings = INSTALLATION.filter((name) => process.env[name]).map((name) => [name, process.env[name]!]);
  const clean = cleanEnvironment(Object.fromEntries(settings));
  const ours = Object.entries(clean).filter(([name]) => !/^(ARM|AZURE)_/.test(name));
  return { ...Object.fromEntries(ours), ...additions };
}

/** Runs terraform; the caller goes on serving providers meanwhile. */
export async function runTerraform(
  file: string,
  args: string[],
  options: { cwd: string; env: NodeJS.ProcessEnv; seconds?: number },
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const { seconds, ...where } = options;
    const child = spawn(file, args, { ...where, stdio: ['ignore', 'pipe', 'pipe'] });
    const limit = seconds === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
    const [stdout, stderr]: Buffer[][] = [[], []];
    child.stdout.on('data', (chunk) => stdout.push(chunk));
    child.stderr.on('data', (chunk) => stderr.push(chunk));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(limit);
      const tooLong = signal === 'SIGKILL' ? `terraform ${args[0]} was given up after ${seconds} seconds. ` : '';
      resolve({ code, stdout: Buffer.concat(stdout).toString(), stderr: tooLong + Buffer.concat(stderr).toString() });
    });
  });
}
