import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import * as ts from 'typescript';
import { run } from '../../src/cli/program';
import { scratch } from '../support/scratch';
import { answerTo } from './fixture';

const ROOT = path.resolve(__dirname, '../..');
const folder = scratch('cli');

describe('help', () => {
  test.each([
    [['--help']],
    [['-h']],
    [['help']],
    [['lock', '--help']],
    [['plan-impact', '-h']],
    [['acknowledgements', '-h']],
    [['files', '-h']],
  ])('%j fits a screen', (args) => {
    const { code, out, err } = answerTo(...args);

    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^Usage: azure-platform-constructs /);
    expect(out.trimEnd().split('\n').length).toBeLessThanOrEqual(24);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test('names every command, and the exit codes', () => {
    const { out } = answerTo('--help');

    expect(out).toContain('  lock              write or check');
    expect(out).toContain('  plan-impact       compare two');
    for (const command of ['lock', 'plan-impact', 'acknowledgements']) {
      expect(answerTo(command, '--help').out).toMatch(/Exit codes: 0 fine, 1 .*, 2 wrong usage/);
    }
  });

  test.each(['--version', '-v'])('%s is that of the package', (flag) => {
    const { version } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));

    expect(answerTo(flag)).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });
});

describe('fails', () => {
  test.each([
    [[], "which command? lock, plan-impact, acknowledgements, files; see 'azure-platform-constructs --help'"],
    [['unlock'], "no such command: unlock; see 'azure-platform-constructs --help'"],
    [['--lock'], "no such option: --lock; see 'azure-platform-constructs --help'"],
    [['lock', '--lock'], "Unknown option '--lock'; see 'azure-platform-constructs lock --help'"],
    [['lock', '--file'], "Option '--file <value>' argument missing; see 'azure-platform-constructs lock --help'"],
    [['lock', '--check=1'], "Option '--check' does not take an argument; see 'azure-platform-constructs lock --help'"],
    [['lock', 'a', 'b'], "lock takes 0 to 1 arguments, got 2; see 'azure-platform-constructs lock --help'"],
    [['lock', '--frozen'], "'--frozen' goes with '--check' only"],
    [
      ['acknowledgements', 'a', 'b'],
      "acknowledgements takes 1 argument, got 2; see 'azure-platform-constructs acknowledgements --help'",
    ],
    [['plan-impact', 'a'], "plan-impact takes 2 arguments, got 1; see 'azure-platform-constructs plan-impact --help'"],
    [
      ['plan-impact', 'a', 'b', '--fail-on', 'replaced,lost'],
      "'--fail-on' takes added, changed, replaced, unclear, removed, forgotten, got lost",
    ],
  ])('%j', (args, problem) => {
    expect(answerTo(...args)).toEqual({ code: 2, out: '', err: `azure-platform-constructs: ${problem}\n` });
  });

  test('in one line, also when the mistake is ours', () => {
    const out = () => {
      throw new Error('first\nsecond');
    };
    let err = '';

    expect(run(['--help'], { out, err: (text) => (err += text) })).toBe(2);
    expect(err).toBe('azure-platform-constructs: internal error: first\n');
  });
});

test('runs as a command of its own, compiled', () => {
  fs.copyFileSync(path.join(ROOT, 'package.json'), path.join(folder, 'package.json'));
  compile('cli/main');
  const main = path.join(folder, 'lib/cli/main.js');
  fs.chmodSync(main, 0o755);

  expect(fs.readFileSync(main, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  // what the package bundles lies beside it, and here in the repository
  const env = { ...process.env, NODE_PATH: path.join(ROOT, 'node_modules') };
  expect(execFileSync(main, ['--help'], { encoding: 'utf8', env })).toBe(answerTo('--help').out);
});

/** Compiles a module and all of ours that it imports, one by one. */
function compile(module: string): void {
  const target = path.join(folder, 'lib', `${module}.js`);
  if (fs.existsSync(target)) {
    return;
  }
  const { outputText } = ts.transpileModule(fs.readFileSync(path.join(ROOT, 'src', `${module}.ts`), 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
  });
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(target, outputText);
  for (const [, imported] of outputText.matchAll(/require\("(\.[^"]+)"\)/g)) {
    compile(path.posix.join(path.posix.dirname(module), imported));
  }
}
