import { spawn } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { Program, stackProblems } from './programs';
import { transpile } from './transpile';

const ROOT = path.resolve(__dirname, '../..');

/** What cdktf writes about the stacks of one app; several apps that share a folder would overwrite it. */
interface Manifest {
  readonly version: string;
  readonly stacks: Record<string, object>;
}

/** What became of one program. */
export interface Synthesis {
  readonly program: string;
  readonly stacks: string[];
  readonly problems: string[];
  readonly seconds: number;
}

/**
 * Runs programs, some at a time, and gathers their stacks and one manifest in `outdir`, which is emptied before.
 *
 * Each program writes into a folder of its own first: so two stacks of one name are an error, not the last one.
 */
export async function synthesize(
  programs: readonly Program[],
  outdir: string,
  onSynthesis: (synthesis: Synthesis) => void = () => undefined,
  jobs: number = 2,
): Promise<Synthesis[]> {
  fs.rmSync(outdir, { recursive: true, force: true });
  fs.mkdirSync(path.join(outdir, 'stacks'), { recursive: true });
  const results: Synthesis[] = [];
  const manifests: Manifest[] = [];
  const waiting = programs.entries();
  const worker = async (): Promise<void> => {
    for (const [i, program] of waiting) {
      const own = path.join(outdir, `program-${program.name}`);
      const started = performance.now();
      const failure = await run(program, own);
      const manifest = failure === undefined ? manifestIn(own) : undefined;
      const stacks = Object.keys(manifest?.stacks ?? {}).sort();
      const problems = failure !== undefined ? [failure] : stackProblems(program.name, stacks);
      problems.push(...stacks.map((stack) => move(stack, own, outdir)).filter((problem) => problem !== undefined));
      keepFiles(own, path.join(outdir, 'files', program.name));
      manifests[i] = manifest ?? { version: '', stacks: {} };
      results[i] = { program: program.name, stacks, problems, seconds: (performance.now() - started) / 1000 };
      fs.rmSync(own, { recursive: true, force: true });
      onSynthesis(results[i]);
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  const merged = { ...manifests[0], stacks: Object.assign({}, ...manifests.map(({ stacks }) => stacks)) };
  fs.writeFileSync(path.join(outdir, 'manifest.json'), `${JSON.stringify(merged, undefined, 2)}\n`);
  return results;
}

/** Runs one program; answers what went wrong, if something did. */
async function run(program: Program, outdir: string): Promise<string | undefined> {
  const script = transpile(program.file, path.join(outdir, 'program'));
  // Examples work without environment variables, so nobody's settings may reach them
  const inherited = Object.entries(process.env).filter(([name]) => !/^(CDKTF|SYNTH|TF|ARM)_/.test(name));
  const child = spawn(process.execPath, [script], {
    cwd: ROOT,
    env: { ...Object.fromEntries(inherited), CDKTF_OUTDIR: outdir },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  const errors: Buffer[] = [];
  child.stderr.on('data', (chunk) => errors.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      resolve(code === 0 ? undefined : `${program.name}: failed\n${Buffer.concat(errors).toString().trim()}`),
    );
  });
}

function manifestIn(outdir: string): Manifest | undefined {
  const file = path.join(outdir, 'manifest.json');
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : undefined;
}

/** What constructs wrote for a repository: diagrams, runbooks, workflows. */
function keepFiles(own: string, target: string): void {
  const files = path.join(own, 'files');
  if (fs.existsSync(files)) {
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.renameSync(files, target);
  }
}

function move(stack: string, from: string, to: string): string | undefined {
  const [source, target] = [from, to].map((folder) => path.join(folder, 'stacks', stack));
  if (fs.existsSync(target)) {
    return `two programs made a stack "${stack}"`;
  }
  fs.renameSync(source, target);
  return undefined;
}
