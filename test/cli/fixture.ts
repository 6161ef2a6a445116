import * as fs from 'fs';
import * as path from 'path';
import { run } from '../../src/cli/program';

/** The parts of a `cdk.tf.json` that the command reads. */
export interface StackFixture {
  readonly resource?: Record<string, Record<string, object>>;
  readonly module?: object;
  readonly moved?: object;
  readonly removed?: object;
}

/** Writes stacks the way cdktf does; answers the folder. */
export function synthesized(folder: string, stacks: Record<string, StackFixture>): string {
  const entries = Object.entries(stacks).map(([name, stack]) => {
    const synthesizedStackPath = `stacks/${name}/cdk.tf.json`;
    fs.mkdirSync(path.join(folder, 'stacks', name), { recursive: true });
    fs.writeFileSync(path.join(folder, synthesizedStackPath), JSON.stringify(stack));
    return [name, { name, synthesizedStackPath }];
  });
  fs.writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify({ stacks: Object.fromEntries(entries) }));
  return folder;
}

/** A resource at a construct path. */
export const at = (constructPath: string, body: object = {}) => ({
  ...body,
  '//': { metadata: { path: constructPath } },
});

/** What the program says to some arguments. */
export function answerTo(...args: string[]): { code: number; out: string; err: string } {
  let [out, err] = ['', ''];
  const code = run(args, { out: (text) => (out += text), err: (text) => (err += text) });
  return { code, out, err };
}

/** Resources of a stack, by type and name. */
export type Resources = Record<string, Record<string, object>>;

/** Ways to compare two versions of a stack, written to a folder. */
export function comparisonsIn(folder: string) {
  let comparisons = 0;

  /** What the command says to two versions of a stack. */
  const impactOf = (before: StackFixture, after: StackFixture, ...args: string[]) => {
    comparisons += 1;
    const [old, fresh] = [before, after].map((stack, n) =>
      synthesized(path.join(folder, `${comparisons}-${n}`), { shop: stack }),
    );
    return answerTo('plan-impact', old, fresh, ...args);
  };

  /** The same for resources, as JSON. */
  const impacts = (before: Resources, after: Resources): any[] =>
    JSON.parse(impactOf({ resource: before }, { resource: after }, '--json').out).impacts;

  /** What happens to one resource of a type. */
  const kindOf = (type: string, before: object, after: object): string =>
    impacts({ [type]: { it: before } }, { [type]: { it: after } })[0]?.kind ?? 'none';

  return { impactOf, impacts, kindOf };
}
