import * as path from 'path';
import { parseArgs } from 'util';
import { ACKNOWLEDGEMENTS } from './acknowledgements-command';
import { Command, counted, Options } from './command';
import { FILES } from './files-command';
import { LOCK } from './lock-command';
import { PLAN_IMPACT } from './plan-impact-command';
import { InputError } from './problems';
import { readJson } from './synthesized';

const NAME = 'azure-platform-constructs';
const COMMANDS: readonly Command[] = [LOCK, PLAN_IMPACT, ACKNOWLEDGEMENTS, FILES];

const HELP = `Usage: ${NAME} COMMAND [options]

Looks after what the constructs have synthesized. Reads and writes files only:
no network, no account.

Commands:
${COMMANDS.map(({ name, summary }) => `  ${name.padEnd(18)}${summary}`).join('\n')}

Options:
  -h, --help     show this, or the help of a command
  -v, --version  show the version of the package

Every command takes --json, and ends with 0 (fine), 1 (found something) or
2 (wrong usage, or input that cannot be read).`;

/** Where the program writes to. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Runs the program; answers its exit code. */
export function run(args: readonly string[], { out, err }: Streams): number {
  try {
    const { text, failed } = outcomeOf(args);
    out(`${text}\n`);
    return failed ? 1 : 0;
  } catch (error) {
    // A mistake of the user, or of ours: one line either way
    const message = error instanceof Error ? error.message : String(error);
    err(`${NAME}: ${error instanceof InputError ? '' : 'internal error: '}${message.split('\n')[0]}\n`);
    return 2;
  }
}

function outcomeOf([first, ...rest]: readonly string[]): { text: string; failed: boolean } {
  if (first === undefined) {
    throw new InputError(`which command? ${COMMANDS.map(({ name }) => name).join(', ')}; see '${NAME} --help'`);
  }
  if (first === '--help' || first === '-h' || first === 'help') {
    return { text: HELP, failed: false };
  }
  if (first === '--version' || first === '-v') {
    return { text: versionOfPackage(), failed: false };
  }
  const command = COMMANDS.find(({ name }) => name === first);
  if (!command) {
    throw new InputError(
      `${first.startsWith('-') ? 'no such option' : 'no such command'}: ${first}; see '${NAME} --help'`,
    );
  }
  return runCommand(command, rest);
}

function runCommand(command: Command, args: readonly string[]): { text: string; failed: boolean } {
  const { positionals, values } = parsed(command, args);
  if (values.help) {
    return { text: command.help, failed: false };
  }
  const [fewest, most] = command.positionals;
  if (positionals.length < fewest || positionals.length > most) {
    const wanted = fewest === most ? counted(fewest, 'argument') : `${fewest} to ${most} arguments`;
    throw new InputError(
      `${command.name} takes ${wanted}, got ${positionals.length}; see '${NAME} ${command.name} --help'`,
    );
  }
  const { text, json, failed } = command.run(positionals, values);
  return { text: values.json ? JSON.stringify(json, undefined, 2) : text, failed };
}

function parsed(command: Command, args: readonly string[]): { positionals: string[]; values: Options } {
  const common = { help: { type: 'boolean', short: 'h' }, json: { type: 'boolean' } } as const;
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      options: { ...command.options, ...common },
      allowPositionals: true,
    });
    return { positionals, values: values as Options };
  } catch (error) {
    // Node's own words, without its advice on positional arguments
    const [problem] = (error as Error).message.split('. ');
    throw new InputError(`${problem}; see '${NAME} ${command.name} --help'`);
  }
}

function versionOfPackage(): string {
  const { version } = readJson(path.join(__dirname, '../../package.json'), 'install the package again') as {
    version: string;
  };
  return version;
}
