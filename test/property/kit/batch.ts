import * as fs from 'fs';
import * as path from 'path';
import { App } from 'cdktf';
import * as fc from 'fast-check';
import { judge } from '../../../src/testing';
import { Case, casesOf, Place, shownCase, Subject } from './subject';
import { build, check, expectThat, newStack } from './trial';

/** Programs in one stack: more of them, and terraform takes more than twice as long. */
const SIDE_BY_SIDE = 100;

/** How many programs, and which ones. */
export interface Lane {
  readonly runs: number;
  readonly seed: number;
  /** Folder that stacks are written to. */
  readonly outdir: string;
}

/** Accepted programs, by their number among all. */
export type Accepted = Map<number, Case>;

/** Every program by itself; those that are accepted are returned. */
export function checkAll(subject: Subject<any>, { runs, seed, outdir }: Lane): Accepted {
  const accepted: Accepted = new Map();
  let count = 0;
  const property = fc.property(casesOf(subject), (program) => {
    if (!check(subject, program, outdir).refused && count < runs) {
      accepted.set(count, program);
    }
    count++;
  });
  report(fc.check(property, { seed, numRuns: runs }));
  return accepted;
}

/** The same programs side by side: each renders what it renders, whatever stands before it, and again the second time. */
export function checkOrder(subject: Subject<any>, accepted: Accepted, outdir: string): string[] {
  return chunksOf([...accepted], subject.alone ? 1 : SIDE_BY_SIDE).map((programs) => {
    const [forth, again] = together(subject, programs, outdir);
    const [back] = together(subject, [...programs].reverse(), outdir);
    expectThat(forth === again, 'a second synthesis of the same app writes other bytes');
    for (const [i, program] of programs) {
      const [here, there] = [forth, back].map((json) => bytesOf(json, `P${i}_`));
      expectThat(here === there, `the order of siblings changes\n${here}\nto\n${there}\n${shownCase(program)}`);
    }
    expectThat(withoutNotes(forth) === withoutNotes(back), 'the order of siblings changes what is beside them');
    return forth;
  });
}

/** Terraform judges all programs in one go; what it refuses is judged again by itself, and shrunk. */
export async function judgeAll(subject: Subject<any>, stacks: string[], lane: Lane): Promise<void> {
  const folders = stacks.map((json, i) => written(json, lane.outdir, `${subject.name.replace(/\W/g, '-')}-${i}`));
  const findings = (await judge(folders, { plan: true })).flatMap(({ findings: found }) => found);
  if (findings.length === 0) {
    return;
  }
  const words = findings.map(
    ({ address, attribute, summary, detail }) => `${address} ${attribute ?? ''}: ${summary}: ${detail}`,
  );
  const numbers = findings
    .map(({ address = '' }) => /\.P(\d+)_/.exec(address)?.[1])
    .filter((number) => number !== undefined);
  for (const number of new Set(numbers)) {
    await shrink(subject, number, lane);
  }
  throw new Error(`${subject.name}, all programs in one stack:\n${words.slice(0, 5).join('\n')}`);
}

/** The smallest program of a kind that terraform refuses. */
async function shrink(subject: Subject<any>, number: string, { seed, outdir }: Lane): Promise<void> {
  const property = fc.asyncProperty(casesOf(subject), async (program) => {
    const { refused, json } = check(subject, program, outdir);
    const verdicts = refused ? [] : await judge([written(json, outdir, 'alone')], { plan: true });
    const words = verdicts.flatMap(({ findings }) => findings).map(({ summary, detail }) => `${summary}: ${detail}`);
    expectThat(words.length === 0, `${words.join('\n')}\n\n${subject.name} in ${shownCase(program)}`);
  });
  report(await fc.check(property, { seed, path: number, numRuns: 1 }));
}

/** Fails with what the smallest program that failed has to say, and how to have it again. */
function report({ failed, errorInstance, seed, counterexamplePath }: fc.RunDetails<[Case]>): void {
  if (failed) {
    throw new Error(`${(errorInstance as Error).message}\n\nseed ${seed}, path ${counterexamplePath}`);
  }
}

/** What an app with some programs writes, twice. Tokens have other numbers each time, also with more digits. */
function together(subject: Subject<any>, programs: Array<[number, Case]>, outdir: string): string[] {
  const app = new App({ outdir: path.join(outdir, 'together') });
  const stack = newStack(app, !subject.alone);
  programs.forEach(([i, program]) => build(subject, program, new Place(stack, `P${i}`, program.home)));
  return [1, 2].map(() => {
    app.synth();
    return fs.readFileSync(path.join(app.outdir, 'stacks/stack/cdk.tf.json'), 'utf8');
  });
}

/** Without cdktf's list of overrides, which has one entry per resource, in the order of the program. */
function withoutNotes(json: string): string {
  const { '//': _, ...stack } = JSON.parse(json);
  return JSON.stringify(stack);
}

function bytesOf(json: string, prefix: string): string {
  const blocks = Object.entries<object>(JSON.parse(json).resource ?? {});
  return JSON.stringify(
    blocks.map(([type, byId]) => [type, Object.entries(byId).filter(([id]) => id.startsWith(prefix))]),
    undefined,
    1,
  );
}

function written(json: string, outdir: string, name: string): string {
  const folder = path.join(outdir, 'judged', name);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'cdk.tf.json'), json);
  return folder;
}

function chunksOf<T>(all: T[], size: number): T[][] {
  return all.length > size ? [all.slice(0, size), ...chunksOf(all.slice(size), size)] : [all];
}
