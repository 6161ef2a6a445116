import * as fs from 'fs';
import { AddressLock, check, LockCheck, lockOf, LostAddress, LostStack, readLock, textOf } from './address-lock';
import { Command, counted, Options, Outcome } from './command';
import { LockFixes, SharedLine } from './lock-fixes';
import { InputError } from './problems';
import { readSynthesized } from './synthesized';

const HELP = `Usage: azure-platform-constructs lock [DIR] [options]

Writes the address of every resource and module that cdktf has synthesized to a
lock file, or checks them against it. Terraform destroys what loses its address.

Arguments:
  DIR            folder that cdktf wrote (default: cdktf.out)

Options:
  --file FILE    the lock file (default: addresses.lock.json)
  --check        write nothing; fail when an address is gone, unless a 'moved'
                 or 'removed' block says where to. New ones are fine, and named
  --frozen       with --check: fail for new addresses as well
  --json         report as JSON
  -h, --help     show this

Commit the lock file, run --check in CI, and write it again when addresses are
new or meant to go: the review then sees each of them as a line.

Exit codes: 0 fine, 1 an address is gone (or new, with --frozen), 2 wrong usage`;

/** Keeps addresses from being lost without anybody noticing. */
export const LOCK: Command = {
  name: 'lock',
  summary: 'write or check the addresses that must not move',
  help: HELP,
  positionals: [0, 1],
  options: { file: { type: 'string' }, check: { type: 'boolean' }, frozen: { type: 'boolean' } },
  run([folder = 'cdktf.out'], options) {
    if (options.frozen && !options.check) {
      throw new InputError("'--frozen' goes with '--check' only");
    }
    const file = String(options.file ?? 'addresses.lock.json');
    const stacks = readSynthesized(folder);
    return options.check
      ? report(check(readLock(file), stacks), new LockFixes(stacks), file, options)
      : write(file, lockOf(stacks));
  },
};

function write(file: string, lock: AddressLock): Outcome {
  const before = fs.existsSync(file) ? lineSetOf(readLock(file)) : new Set<string>();
  const after = lineSetOf(lock);
  const added = [...after].filter((line) => !before.has(line));
  const gone = [...before].filter((line) => !after.has(line));
  try {
    fs.writeFileSync(file, textOf(lock));
  } catch {
    throw new InputError(`${file}: cannot be written`);
  }
  const sums = `${counted(after.size, 'address', 'addresses')} in ${counted(lock.size, 'stack')}`;
  return {
    text: [`${file}: ${sums}, ${added.length} new, ${gone.length} gone`, ...gone.map((line) => `  - ${line}`)].join(
      '\n',
    ),
    json: { file, addresses: after.size, added: added.length, gone },
    failed: false,
  };
}

function lineSetOf(lock: AddressLock): Set<string> {
  return new Set([...lock].flatMap(([stack, addresses]) => addresses.map((address) => `${stack}  ${address}`)));
}

function report(found: LockCheck, fixes: LockFixes, file: string, { frozen }: Options): Outcome {
  const { lost, lostStacks, added, intended } = found;
  const failed = lost.length + lostStacks.length > 0 || (Boolean(frozen) && added.length > 0);
  return {
    text: textFor(found, fixes, file),
    json: {
      file,
      ok: !failed,
      lostStacks,
      lost: lost.map((one) => ({ ...one, line: fixes.lineFor(one, lost) })),
      intended,
      added,
    },
    failed,
  };
}

function textFor({ lost, lostStacks, added, intended }: LockCheck, fixes: LockFixes, file: string): string {
  const gone = lost.length + lostStacks.reduce((sum, { addresses }) => sum + addresses, 0);
  const news = added.map(({ stack, address }) => `  + ${stack}  ${address}`);
  const stale = added.length + intended.length > 0;
  return [
    `${file}: ${gone} lost, ${intended.length} moved or removed on purpose, ${added.length} new`,
    ...lostStacks.map(stackText),
    ...lost.map((one) => addressText(one, fixes)),
    ...fixes.sharedBy(lost).map(sharedText),
    ...(news.length > 0 ? ['', 'New, and not locked yet:', ...news] : []),
    ...(stale && gone === 0 ? ['', "Run 'azure-platform-constructs lock' to write them down."] : []),
    ...(gone > 0 ? ['', "What is meant to go: run 'azure-platform-constructs lock', and let the review see it."] : []),
  ].join('\n');
}

function stackText({ stack, addresses, likely }: LostStack): string {
  const lines = [
    `The stack ${stack} is gone, with ${counted(addresses, 'address', 'addresses')}.`,
    likely &&
      `  Probably renamed to ${likely}, which has another state: give it its id back, or move the state with it.`,
  ];
  return ['', ...lines.filter((line) => line)].join('\n');
}

function addressText(lost: LostAddress, fixes: LockFixes): string {
  const { stack, address, likely, construct, movedTo } = lost;
  const own = fixes.ownLineFor(lost);
  const lines = [
    `${stack}  ${address} is gone.`,
    movedTo && `  A 'moved' block takes it to ${movedTo}, which is not there either.`,
    likely && `  Probably renamed to ${likely}${construct ? `, at ${construct}` : ''}.`,
    likely
      ? `  Terraform would destroy it, and create that one. Keep it, with ${own ? 'this line' : 'the line below'} in the program${own ? ':' : '.'}`
      : '  Terraform would destroy it. Should that be, say so with the line below in the program, or write the lock again.',
    own && `    ${own}`,
  ];
  return ['', ...lines.filter((line) => line)].join('\n');
}

function sharedText({ stack, kind, line, isThere }: SharedLine): string {
  return [
    '',
    `For the stack ${stack}, all that is to be ${kind}, in one line: another one would replace it.`,
    ...(isThere ? [`  It has '${kind}' blocks already: where they come from such a line, add them to this one.`] : []),
    ...line.split('\n').map((part) => `    ${part}`),
  ].join('\n');
}
