import * as fs from 'fs';
import * as path from 'path';
import { isNewer, isPinsPath, pinsIn, usesIn } from '../core/action-pins';
import { changeOf } from '../core/file-changes';
import {
  contentOf,
  differencesIn,
  FileDifference,
  filesBelow,
  GeneratedFile,
  mendFile,
  StrayFile,
  straysIn,
} from '../core/generated-files';
import { Command, counted, Outcome } from './command';
import { InputError } from './problems';

const HELP = `Usage: azure-platform-constructs files [DIR] [options]

Writes the files that constructs have for the repository (workflows, scripts,
diagrams, runbooks), or checks that those committed are what it would write.

Arguments:
  DIR            folder that cdktf wrote (default: cdktf.out)

Options:
  --to DIR       root of the repository (default: .)
  --check        write nothing; fail, with the difference, when a file is stale
  --json         report as JSON
  -h, --help     show this

What a program itself writes goes along where it lies below files/NAME of DIR:
Runbook.of(app).write(join(app.outdir, 'files', 'runbook', 'docs')) is docs/ in
the repository.

Only files that say in their first lines which pipeline they belong to are ever
removed; those of pipelines that the program has not are told of. Actions that
were updated in the repository keep their commits.

Exit codes: 0 fine, 1 a file is stale, 2 wrong usage`;

/** Keeps what is committed and what the program says the same. */
export const FILES: Command = {
  name: 'files',
  summary: 'write or check workflows, diagrams and runbooks',
  help: HELP,
  positionals: [0, 1],
  options: { to: { type: 'string' }, check: { type: 'boolean' } },
  run([folder = 'cdktf.out'], options): Outcome {
    const repository = String(options.to ?? '.');
    const wanted = generatedIn(path.join(folder, 'files'), repository);
    const differences = differencesIn(repository, wanted);
    if (!options.check) {
      differences.forEach((difference) => mend(repository, difference));
    }
    return outcomeOf(differences, straysIn(repository, wanted), wanted.length, Boolean(options.check));
  },
};

function outcomeOf(
  differences: readonly FileDifference[],
  strays: readonly StrayFile[],
  all: number,
  checked: boolean,
): Outcome {
  const stale = differences.map(({ path: file, is, shouldBe }) => ({
    file,
    state: is === undefined ? 'missing' : shouldBe === undefined ? 'no more' : 'stale',
  }));
  const failed = checked && stale.length > 0;
  const sum = `${counted(all, 'file')}, ${stale.length} ${checked ? 'stale' : 'written or removed'}`;
  const details = checked ? differences.map(changeOf) : stale.map(({ file, state }) => `  ${file}: was ${state}`);
  const advice = failed ? ['', "Run 'azure-platform-constructs files', and commit what it writes."] : [];
  const others = [...new Set(strays.map(({ owner }) => owner))].map((owner) => {
    const own = strays.filter((file) => file.owner === owner);
    return `${counted(own.length, 'file')} of the pipeline '${owner}', which this program has not, e.g. ${own[0].path}: delete what no other program writes`;
  });
  return {
    text: [...details, ...others, sum, ...advice].join('\n'),
    json: { ok: !failed, files: all, stale, others: strays },
    failed,
  };
}

/** What synthesis has put beside the stacks, by its place in the repository; actions at their newest commits. */
function generatedIn(folder: string, repository: string): GeneratedFile[] {
  if (!fs.existsSync(folder)) {
    throw new InputError(
      `${folder}: is not there; synthesize a program that has a pipeline, or name the folder that cdktf wrote`,
    );
  }
  const files = new Map<string, string>();
  for (const construct of fs.readdirSync(folder)) {
    const root = path.join(folder, construct);
    const own = filesBelow(root).map((file) => [file, fs.readFileSync(path.join(root, file), 'utf8')] as const);
    const pins = own.flatMap(([file, text]) =>
      isPinsPath(file) ? newerPins(text, contentOf(repository, file) ?? '') : [],
    );
    own.forEach(([file, text]) =>
      files.set(
        file,
        pins.reduce((all, [from, to]) => all.split(from).join(to), text),
      ),
    );
  }
  return [...files].map(([file, content]) => ({ path: file, content }));
}

/** Uses of actions that are newer in the repository than in the program, each as text before and after. */
function newerPins(generated: string, committed: string): Array<readonly [string, string]> {
  const found = pinsIn(committed);
  return usesIn(generated)
    .filter(({ action, pin, set }) => !set && action in found && isNewer(found[action], pin))
    .map(({ action, pin }) => [`${action}@${pin}`, `${action}@${found[action]}`]);
}

function mend(repository: string, difference: FileDifference): void {
  try {
    mendFile(repository, difference);
  } catch {
    throw new InputError(`${path.join(repository, difference.path)}: cannot be written`);
  }
}
