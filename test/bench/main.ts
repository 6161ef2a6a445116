import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { tableOf } from '../demo/table';
import { transpile } from '../demo/transpile';
import { Bar, chartOf } from './chart';
import { resourcesIn, strays } from './compare';

const ROOT = path.resolve(__dirname, '../..');
// Inside of the repository, so that the package finds itself by its name
const SCRATCH = path.join(ROOT, 'cdktf.out', 'bench');
const REPORT = path.join(ROOT, 'docs', 'benchmark');
const RUNS = 5;
const COMPARED = 'web apps';
/** How many of them, and how often; 27, 90, 720 and 7,020 resources. */
const SIZES = [
  [1, 5],
  [10, 5],
  [100, 5],
  [1000, 3],
];
/** What has no raw program beside it: how it grows is what counts. */
const OTHERS: ReadonlyArray<readonly [string, number]> = [
  ['watched web apps', 10],
  ['watched web apps', 100],
  ['stacks of one web app', 1],
  ['stacks of one web app', 100],
  ['tenants in one account', 10],
  ['tenants in one account', 1000],
];

interface Measured {
  readonly milliseconds: number;
  readonly megabytes: number;
  readonly outdir: string;
}

function main(): void {
  fs.rmSync(SCRATCH, { recursive: true, force: true });
  fs.mkdirSync(SCRATCH, { recursive: true });
  const child = transpile(path.join(__dirname, 'child', 'main.ts'), path.join(SCRATCH, 'child'));
  const bars: Bar[] = [];
  const rows = [...imports(), ...compared(child, bars), ...others(child, bars)];
  const table = tableOf([['processor time', 'resources', 'ours', 'raw', 'ratio', 'memory'], ...rows]);
  fs.rmSync(SCRATCH, { recursive: true, force: true });
  say(`\n${table}`);
  if (process.argv.includes('--write')) {
    fs.writeFileSync(`${REPORT}.svg`, chartOf(bars));
    fs.writeFileSync(`${REPORT}.md`, reportOf(table));
    say('\nWrote docs/benchmark.md and docs/benchmark.svg.');
  }
}

function imports(): string[][] {
  const quickstart = transpile(path.join(ROOT, 'examples/quickstart/main.ts'), path.join(SCRATCH, 'quickstart'));
  say(`Importing, ${RUNS} fresh processes each ...`);
  const bare = median(() => imported('cdktf'));
  const ours = median(() => imported('azure-platform-constructs', 'cdktf'));
  const synth = median(() => imported(quickstart, 'cdktf', 'azure-platform-constructs'));
  return [
    ['import of cdktf', '', ms(bare), '', '', ''],
    ['import of the package after that of cdktf', '', ms(ours), '', '', ''],
    ['synth of the quickstart, with what it loads', '', ms(synth), '', '', ''],
  ];
}

/** Ours in both kinds of app, and the raw program for the same resources. */
function compared(child: string, bars: Bar[]): string[][] {
  const once = path.join(SCRATCH, 'once.json');
  fs.copyFileSync(path.join(synthesized(child, COMPARED, 1, 'plain').outdir, 'stacks/bench/cdk.tf.json'), once);
  return SIZES.flatMap(([size, runs]) => {
    const what = counted(size, COMPARED);
    say(`Synthesizing ${what}, ours and raw, ${runs} times ...`);
    const triples = times(runs, () => [
      synthesized(child, COMPARED, size, 'plain'),
      synthesized(child, COMPARED, size, 'azure'),
      synthesized(child, COMPARED, size, 'plain', once),
    ]);
    const [{ outdir }, , { outdir: rawOutdir }] = triples[0];
    if (strays(outdir, rawOutdir).length > 0) {
      throw new Error(`only one program emits these resources:\n${strays(outdir, rawOutdir).slice(0, 10).join('\n')}`);
    }
    const [plain, azure, raw] = [0, 1, 2].map((which) => middle(triples.map((run) => run[which].milliseconds)));
    bars.push({ label: `${what}, App`, ours: plain, raw }, { label: `${what}, AzureApp`, ours: azure, raw });
    return [['App', plain, 0] as const, ['AzureApp', azure, 1] as const].map(([app, own, which]) => [
      `synth of ${what} in an ${app}`,
      String(resourcesIn(outdir)),
      ms(own),
      ms(raw),
      (own / raw).toFixed(2),
      `${middle(triples.map((run) => run[which].megabytes)).toFixed(0)} MB`,
    ]);
  });
}

function others(child: string, bars: Bar[]): string[][] {
  return OTHERS.map(([scenario, size]) => {
    const what = counted(size, scenario);
    say(`Synthesizing ${what} ...`);
    const runs = times(3, () => synthesized(child, scenario, size, 'azure'));
    const own = middle(runs.map(({ milliseconds }) => milliseconds));
    bars.push({ label: what, ours: own });
    const memory = middle(runs.map(({ megabytes }) => megabytes));
    return [`synth of ${what}`, String(resourcesIn(runs[0].outdir)), ms(own), '', '', `${memory.toFixed(0)} MB`];
  });
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

function synthesized(child: string, scenario: string, size: number, app: 'plain' | 'azure', raw?: string): Measured {
  const outdir = path.join(SCRATCH, `${raw === undefined ? app : 'raw'}-${scenario.replace(/ /g, '-')}-${size}`);
  const args = [child, scenario, String(size), outdir, app, ...(raw === undefined ? [] : [raw])];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' }));
}

function reportOf(table: string): string {
  return `# Benchmark

Processor time, median of several runs, each in a process of its own; memory is the most that the process held. \`raw\` is a
program of provider classes alone that emits the same resources. Figures of one machine with Node ${process.versions.node.split('.')[0]}:
compare them with each other, and run \`npx projen bench\` for those of yours.

![Bars of the table below](benchmark.svg)

\`\`\`text
${table}
\`\`\`
`;
}

/** A number of things that are named in the plural. */
function counted(size: number, things: string): string {
  return `${size} ${size === 1 ? things.replace(/^(stack|web app)s/, '$1') : things}`;
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
