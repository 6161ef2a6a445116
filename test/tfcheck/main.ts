import '../support/quickly';
import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { problemsOf } from '../checkov/acceptance';
import { synthesize } from '../judged/synthesis';
import { reportOf } from './report';

const ROOT = path.resolve(__dirname, '../..');
const DEMO = path.join(ROOT, 'cdktf.out');
const JUDGED = path.join(DEMO, 'judged');
// Beside the repository where it is developed; nobody else needs it, since the judge of the demo says most of the same
const TFCHECK = path.join(ROOT, '../shared/tools/tfcheck/tfcheck');

/** Answers the exit status. */
function main(): number {
  if (!fs.existsSync(TFCHECK)) {
    say(`${path.relative(ROOT, TFCHECK)} is not there: skipped.`);
    return 0;
  }
  const judged = synthesize(JUDGED).map((stack) => path.join(JUDGED, 'stacks', stack));
  const args = ['--plan', '--json', '--bindings', ROOT, DEMO, ...judged];
  const { stdout, stderr } = spawnSync(TFCHECK, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (stdout.trim() === '') {
    say(`tfcheck did not answer:\n${stderr}`);
    return 1;
  }
  const accepted = JSON.parse(fs.readFileSync(path.join(__dirname, 'accepted.json'), 'utf8'));
  const { stacks, failures, errors } = reportOf(stdout);
  const problems = [...errors, ...problemsOf(failures, accepted)];
  problems.forEach(say);
  say(
    `tfcheck --plan: ${stacks} stacks, ${errors.length} errors, ${failures.length} warnings; ${problems.length} to mend.`,
  );
  return problems.length > 0 ? 1 : 0;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

process.exit(main());
