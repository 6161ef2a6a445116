import { rmSync } from 'fs';
import { App, TerraformStack } from 'cdktf';
import { AzureProviders, Environment } from '../../src';
import { ENVIRONMENTS, workloadOn } from '../support/workload';
import * as everything from './everything';
import { Subject, SUBJECTS } from './subjects';

/** How a subject can be defined. */
export type Way = keyof Subject;

/** Every way. */
export const WAYS: readonly Way[] = ['plain', 'loaded', 'borrowed'];

/** Every family of constructs, by the name of its workload. */
const FAMILIES: { readonly [name: string]: Subject } = { billing: everything, ...SUBJECTS };

/** What of the whole is asked for. */
export interface Selection {
  /** @default - every way */
  readonly ways?: readonly Way[];
  /** @default - every environment of the table */
  readonly environments?: readonly Environment[];
}

/**
 * Writes every family, in every way and every environment, as stacks of one cdktf program into a folder, which is emptied
 * before.
 *
 * A stack is a family in one way and one environment, such as `edge-loaded-prod`: terraform takes longer for one large
 * stack than for the same in small ones. What pipelines carry is in stacks of its own, and next to nothing.
 *
 * @returns the names of the stacks that hold the families.
 */
export function synthesize(outdir: string, selection: Selection = {}): string[] {
  rmSync(outdir, { recursive: true, force: true });
  const app = new App({ outdir });
  const stacks = defineStacks(app, selection);
  app.synth();
  return stacks.map(({ node }) => node.id);
}

/** Defines what `synthesize` writes. */
export function defineStacks(app: App, { ways = WAYS, environments = ENVIRONMENTS }: Selection = {}): TerraformStack[] {
  const stacks: TerraformStack[] = [];
  for (const [family, subject] of Object.entries(FAMILIES)) {
    for (const way of ways.filter((one) => subject[one] !== undefined)) {
      for (const environment of environments) {
        const stack = new TerraformStack(app, `${family}-${way}-${environment.name}`);
        new AzureProviders(stack, 'Providers', { environment });
        subject[way]!(workloadOn(stack, family, { environment }));
        stacks.push(stack);
      }
    }
  }
  return stacks;
}
