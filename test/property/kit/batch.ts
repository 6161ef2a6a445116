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

/** An accepted program, and what it renders by itself. */
interface Accepted {
  readonly number: number;
  readonly program: Case;
  readonly json: string;
}

/** Every program by itself; those that are accepted are returned. */
export function checkAll(subject: Subject<any>, { runs, seed, outdir }: Lane): Accepted[] {
  const accepted: Accepted[] = [];
  let number = 0;
  const property = fc.property(casesOf(subject), (program) => {
    const { refused, json } = check(subject, program, outdir, idOf(number));
    if (!refused && number < runs) {
      accepted.push({ number, program, json });
    }
    number++;
  });
  report(fc.check(property, { seed, numRuns: runs }));
  return accepted;
}

/** Some of them side by side: each renders what it renders, whatever stands before it, and again the second time. */
export function checkOrder(subject: Subject<any>, accepted: Accepted[], outdir: string): void {
  for (const programs of chunksOf(accepted, subject.alone ? 1 : SIDE_BY_SIDE)) {
    const [forth, again] = together(subject, programs, outdir, 2);
    const [back] = together(subject, [...programs].reverse(), outdir, 1);
    expectThat(forth === again, 'a second synthesis of the same app writes other bytes');
    const [before, after] = [forth, back].map(blocksByProgram);
    for (const { number, program } of programs) {
      const [here, there] = [before, after].map((blocks) => JSON.stringify(blocks[idOf(number)], undefined, 1));
      expectThat(here === there, `the order of siblings changes\n${here}\nto\n${there}\n${shownCase(program)}`);
    }
    expectThat(withoutNotes(forth) === withoutNotes(back), 'the order of siblings changes what is beside them');
  }
}

/** Terraform judges all programs in one go; what it refuses is judged again by itself, and shrunk. */
export async function judgeAll(subject: Subject<any>, accepted: Accepted[], lane: Lane): Promise<void> {
  const name = subject.name.replace(/\W/g, '-');
  const folders = chunksOf(accepted, SIDE_BY_SIDE).map((programs, i) =>
    written(sideBySide(programs.map(({ json }) => json)), lane.outdir, `${name}-${i}`),
  );
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

/** One stack of what several have, each under ids of its own; what is the same in all is there once. */
function sideBySide(stacks: string[]): string {
  const [first, ...others] = stacks.map((json) => JSON.parse(json));
  others.forEach((stack) => join(first, stack, ''));
  return JSON.stringify(first);
}

/** Takes over what another stack has: blocks by their names, providers where they are not there yet. */
function join(into: any, from: any, at: string): void {
  for (const [name, value] of Object.entries<any>(from)) {
    if (!(name in into)) {
      into[name] = value;
    } else if (Array.isArray(value) && !at.startsWith('/provider')) {
      into[name].push(...value);
    } else if (typeof value === 'object' && !Array.isArray(value)) {
      join(into[name], value, `${at}/${name}`);
    } else {
      expectThat(JSON.stringify(value) === JSON.stringify(into[name]), `programs disagree on ${at}/${name}`);
    }
  }
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

/** What an app with some programs writes, each time it is synthesized. Tokens have other numbers then, also with more digits. */
function together(subject: Subject<any>, programs: Accepted[], outdir: string, times: number): string[] {
  // each was valid by itself, and names of Azure that are given to several are no fault of theirs
  const app = new App({ outdir: path.join(outdir, 'together'), skipValidation: true });
  const stack = newStack(app, !subject.alone);
  programs.forEach(({ number, program }) => build(subject, program, new Place(stack, idOf(number), program.home)));
  return Array.from({ length: times }, () => {
    app.synth();
    return fs.readFileSync(path.join(app.outdir, 'stacks/stack/cdk.tf.json'), 'utf8');
  });
}

/** What the addresses of a program begin with. */
function idOf(number: number): string {
  return `P${number}`;
}

/** Without cdktf's list of overrides, which has one entry per resource, in the order of the program. */
function withoutNotes(json: string): string {
  const { '//': _, ...stack } = JSON.parse(json);
  return JSON.stringify(stack);
}

/** The blocks that each program has rendered, by its place. */
function blocksByProgram(json: string): Record<string, unknown[]> {
  const found: Record<string, unknown[]> = {};
  for (const [type, byId] of Object.entries<object>(JSON.parse(json).resource ?? {})) {
    for (const [id, block] of Object.entries(byId)) {
      (found[id.split('_')[0]] ??= []).push([type, id, block]);
    }
  }
  return found;
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
