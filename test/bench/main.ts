import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { tableOf } from '../demo/table';
import { transpile } from '../demo/transpile';
import { resourcesIn, strays } from './compare';

const ROOT = path.resolve(__dirname, '../..');
// Inside of the repository, so that the package finds itself by its name
const SCRATCH = path.join(ROOT, 'cdktf.out', 'bench');
const RUNS = 5;
/** How many of them, and how often. */
const SIZES = [
  [100, 5],
  [1000, 3],
];
const SCENARIO = 'web apps';

interface Measured {
  readonly milliseconds: number;
  readonly file: string;
}

function main(): void {
  fs.rmSync(SCRATCH, { recursive: true, force: true });
  fs.mkdirSync(SCRATCH, { recursive: true });
  const child = transpile(path.join(__dirname, 'child', 'main.ts'), path.join(SCRATCH, 'child'));
  const quickstart = transpile(path.join(ROOT, 'examples/quickstart/main.ts'), path.join(SCRATCH, 'quickstart'));

  const rows: string[][] = [];
  say(`Importing, ${RUNS} fresh processes each ...`);
  const bare = median(() => imported('cdktf'));
  const ours = median(() => imported('azure-platform-constructs'));
  rows.push(['import of cdktf', '', ms(bare), '', '']);
  rows.push(['import of the package, over that of cdktf', '', ms(ours - bare), '', '']);

  say('Synthesizing the quickstart ...');
  const synth = median(() => imported(quickstart, 'cdktf', 'azure-platform-constructs'));
  rows.push(['synth of the quickstart', '', ms(synth), '', '']);

  const once = path.join(SCRATCH, 'once.json');
  fs.copyFileSync(synthesized(child, 1, 'plain').file, once);
  for (const [size, runs] of SIZES) {
    say(`Synthesizing ${size} ${SCENARIO}, ours and raw, ${runs} times ...`);
    const triples = times(runs, () => [
      synthesized(child, size, 'plain'),
      synthesized(child, size, 'azure'),
      synthesized(child, size, 'plain', once),
    ]);
    const [{ file }, , { file: rawFile }] = triples[0];
    if (strays(file, rawFile).length > 0) {
      throw new Error(`only one program emits these resources:\n${strays(file, rawFile).slice(0, 10).join('\n')}`);
    }
    const [plain, azure, raw] = [0, 1, 2].map((which) => middle(triples.map((run) => run[which].milliseconds)));
    for (const [app, own] of [
      ['App', plain],
      ['AzureApp', azure],
    ] as const) {
      const row = `synth of ${size} ${SCENARIO} in an ${app}`;
      rows.push([row, String(resourcesIn(file)), ms(own), ms(raw), (own / raw).toFixed(2)]);
    }
  }
  fs.rmSync(SCRATCH, { recursive: true, force: true });
  say(`\n${tableOf([['processor time', 'resources', 'ours', 'raw', 'ratio'], ...rows])}`);
}

/** Milliseconds of the processor that a module takes to load in a fresh process, after others. */
function imported(module: string, ...before: string[]): number {
  const load = (name: string) => `require(${JSON.stringify(name)});`;
  const code = `${before.map(load).join('')} const started = process.cpuUsage(); ${load(module)}
    const { user, system } = process.cpuUsage(started);
    process.stdout.write(String((user + system) / 1000));`;
  const env = { ...process.env, CDKTF_OUTDIR: path.join(SCRATCH, 'out') };
  return Number(execFileSync(process.execPath, ['--eval', code], { cwd: ROOT, env, encoding: 'utf8' }));
}

function synthesized(child: string, size: number, app: 'plain' | 'azure', raw?: string): Measured {
  const outdir = path.join(SCRATCH, raw === undefined ? app : 'raw');
  const args = [child, SCENARIO, String(size), outdir, app, ...(raw === undefined ? [] : [raw])];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' }));
}

function times<T>(runs: number, run: () => T): T[] {
  return Array.from({ length: runs }, run);
}

function median(run: () => number): number {
  return middle(times(RUNS, run));
}

function middle(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function ms(milliseconds: number): string {
  return `${milliseconds.toFixed(0)} ms`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

main();
