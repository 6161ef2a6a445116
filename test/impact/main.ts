import { execFileSync, spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { run } from '../../src/cli/program';
import { programsIn } from '../demo/programs';
import { synthesize } from '../demo/synthesis';

const ROOT = path.resolve(__dirname, '../..');
// Inside of the repository, so that the package finds itself by its name
const FRESH = path.join(ROOT, 'cdktf.out', 'impact');

/**
 * What this version would do to those who have the last release: its examples, as they are there, synthesized by both. An
 * address that is gone, or a resource that would be replaced or removed, fails.
 */
async function main(): Promise<number> {
  const tag = lastRelease();
  if (tag === undefined) {
    say('There is no release yet, so nothing to compare with.');
    return 0;
  }
  const worktree = fs.mkdtempSync(path.join(os.tmpdir(), 'release-'));
  try {
    say(`Synthesizing the examples of ${tag} with ${tag} ...`);
    execFileSync('git', ['worktree', 'add', '--detach', '--force', worktree, tag], { cwd: ROOT, stdio: 'ignore' });
    for (const args of [['ci'], ['run', 'demo']]) {
      execFileSync('npm', args, { cwd: worktree, stdio: ['ignore', 'ignore', 'inherit'] });
    }
    say('Synthesizing the same examples with this version ...');
    const problems = (await synthesize(programsIn(path.join(worktree, 'examples')), FRESH)).flatMap(
      (one) => one.problems,
    );
    problems.forEach(say);
    return Math.max(problems.length > 0 ? 1 : 0, compared(path.join(worktree, 'cdktf.out'), FRESH));
  } finally {
    execFileSync('git', ['worktree', 'remove', '--force', worktree], { cwd: ROOT });
    fs.rmSync(FRESH, { recursive: true, force: true });
  }
}

/** The command of this package, on itself. */
function compared(released: string, fresh: string): number {
  const lock = path.join(fresh, 'addresses.json');
  const streams = {
    out: (text: string) => process.stdout.write(text),
    err: (text: string) => process.stderr.write(text),
  };
  return Math.max(
    run(['lock', released, '--file', lock], streams),
    run(['lock', fresh, '--file', lock, '--check'], streams),
    run(['plan-impact', released, fresh, '--fail-on', 'replaced,removed'], streams),
  );
}

function lastRelease(): string | undefined {
  const { stdout, status } = spawnSync('git', ['describe', '--tags', '--abbrev=0', '--match', 'v*'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim() : undefined;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

main().then(
  (status) => process.exit(status),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
