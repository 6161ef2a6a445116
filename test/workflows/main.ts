import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { problemsOf } from '../checkov/acceptance';
import { loadedPipeline } from '../delivery/pipelines';
import { schemaFindings } from './azure-schema';
import { shellFindings } from './shell';
import { installed } from './tools';
import { zizmorFindings } from './zizmor';

const ROOT = path.resolve(__dirname, '../..');

/** Answers the exit status. */
function main(): number {
  const tools = installed(path.join(ROOT, '.venv', 'workflows'));
  if (tools === undefined) {
    say(
      'zizmor and shellcheck need Python 3.9 or newer with venv and pip, which is not on the PATH: nothing was checked.',
    );
    return process.env.CI ? 1 : 0;
  }
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'workflows-'));
  try {
    // zizmor looks at what git knows, or at all where there is no git
    loadedPipeline().write(scratch);
    const trees = [scratch, ...committedTrees()];
    const failures = trees.flatMap((tree) => [
      ...zizmorFindings(tools, tree),
      ...shellFindings(tools, tree),
      ...schemaFindings(tools, tree),
    ]);
    const accepted = JSON.parse(fs.readFileSync(path.join(__dirname, 'accepted.json'), 'utf8'));
    const problems = problemsOf(failures, accepted);
    problems.forEach(say);
    say(`${trees.length} trees of workflows: ${failures.length} findings; ${problems.length} to mend.`);
    return problems.length > 0 ? 1 : 0;
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/** Examples whose files are committed beside them. */
function committedTrees(): string[] {
  const examples = path.join(ROOT, 'examples');
  return fs
    .readdirSync(examples)
    .map((name) => path.join(examples, name))
    .filter(
      (folder) => fs.existsSync(path.join(folder, '.github')) || fs.existsSync(path.join(folder, 'azure-pipelines')),
    );
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

process.exit(main());
