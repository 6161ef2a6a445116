import * as fs from 'fs';
import * as path from 'path';
import { problemsOf } from './acceptance';
import { installedCheckov, scan } from './scan';

const ROOT = path.resolve(__dirname, '../..');
const STACKS = path.join(ROOT, 'cdktf.out', 'stacks');
const VERSION = '3.3.30';

/** Answers the exit status. */
function main(): number {
  if (!fs.existsSync(STACKS)) {
    say('There is nothing to scan: npm run demo synthesizes the examples.');
    return 1;
  }
  const checkov = installedCheckov(path.join(ROOT, '.venv', 'checkov'), VERSION);
  if (checkov === undefined) {
    say('Checkov needs Python 3.9 or newer with venv and pip, which is not on the PATH: nothing was scanned.');
    return process.env.CI ? 1 : 0;
  }
  const { passed, failures } = scan(checkov, STACKS);
  const accepted = JSON.parse(fs.readFileSync(path.join(__dirname, 'accepted.json'), 'utf8'));
  const problems = problemsOf(failures, accepted);
  problems.forEach(say);
  say(`Checkov ${VERSION}: ${passed} checks passed, ${failures.length} failed; ${problems.length} to mend.`);
  return problems.length > 0 ? 1 : 0;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

process.exit(main());
