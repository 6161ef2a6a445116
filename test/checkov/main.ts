import '../support/quickly';
import * as fs from 'fs';
import * as path from 'path';
import { synthesize } from '../judged/synthesis';
import { problemsOf } from './acceptance';
import { installedCheckov, VERSION } from './checkov';
import { scan } from './scan';

const DEMO = path.resolve(__dirname, '../../cdktf.out');
const JUDGED = path.join(DEMO, 'judged');

/** Answers the exit status. */
function main(): number {
  if (!fs.existsSync(path.join(DEMO, 'stacks'))) {
    say('There is nothing to scan: npm run demo synthesizes the examples.');
    return 1;
  }
  const checkov = installedCheckov();
  if (checkov === undefined) {
    say('Checkov needs Python 3.9 or newer with venv and pip, which is not on the PATH: nothing was scanned.');
    return process.env.CI ? 1 : 0;
  }
  synthesize(JUDGED);
  const { stacks, passed, failures } = scan(
    checkov,
    [DEMO, JUDGED].map((folder) => path.join(folder, 'stacks')),
  );
  const accepted = JSON.parse(fs.readFileSync(path.join(__dirname, 'accepted.json'), 'utf8'));
  const problems = problemsOf(failures, accepted);
  problems.forEach(say);
  say(
    `Checkov ${VERSION}: ${stacks} stacks, ${passed} checks passed, ${failures.length} failed; ${problems.length} to mend.`,
  );
  return problems.length > 0 ? 1 : 0;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

process.exit(main());
