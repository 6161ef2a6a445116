import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { Plan } from './plan/plan';
import { planWith, ProviderChoice } from './real-plan';
import { Files, readFiles, writeFiles } from './stack-files';
import { readStack, StackFolder, Subject, synthesize } from './synthesis';
import { judge, JudgeOptions, TerraformState } from './terraform';

/** How to plan. */
export interface OfflinePlanOptions extends Pick<JudgeOptions, 'terraform' | 'bindings' | 'jobs' | 'forceNew'> {
  /**
   * What exists already: an earlier plan, as if it had been applied, or states by the name of the stack.
   *
   * @default - nothing
   */
  readonly after?: Plan | Readonly<Record<string, TerraformState>>;

  /**
   * Who plans: `schema` are stand-ins that know schemas and value rules; `real` are the providers that a registry, mirror or cache
   * offers, which see more and need no account either; `auto` is real where they are at hand quickly, and the plan says which it was.
   *
   * With real providers, data sources of Azure are made up and imports left out, and `after` is not possible. Kubernetes, Helm and
   * others that would call somebody keep their stand-ins.
   *
   * @default 'schema'
   */
  readonly providers?: ProviderChoice;

  /**
   * Seconds that `terraform init` may take to find real providers.
   *
   * @default - 300, and 20 with `auto`
   */
  readonly initSeconds?: number;
}

/**
 * Lets the real terraform plan an app, offline: without registry, provider binaries or an account.
 *
 * The plan holds what is wrong, with construct paths, and has assertions. Seen are references, types, cycles, misspelt and missing
 * arguments, the value rules of azurerm 4.55.0, and with `after` also what would be replaced. Not seen is what providers check
 * in code, what Azure itself would say, and drift.
 *
 * It works in this process: terraform is a child of its own, and the stand-ins for providers answer it between two steps of the caller.
 * A caller that holds the process (`execSync`, a long loop) is waited for, nothing else happens to it.
 *
 * @param subject an app; a stack, or any construct in it; or a folder with what was synthesized
 */
export async function offlinePlan(subject: Subject, options: OfflinePlanOptions = {}): Promise<Plan> {
  const { after, providers = 'schema', initSeconds, ...how } = options;
  const scratch = await fs.promises.mkdtemp(path.join(os.tmpdir(), 'offline-plan-'));
  try {
    const all = synthesize(subject, scratch);
    const meant = all.filter((stack) => stack.meant);
    const files = all.map(({ folder }) => readFiles(folder));
    const judged = {
      ...how,
      only: meant.map(({ name }) => name),
      after: after instanceof Plan ? await after.applied() : after,
    };
    const judgement = await planWith(providers, folders(all), judged, initSeconds);
    return new Plan({
      stacks: Object.fromEntries(meant.map(({ name, folder }) => [name, readStack(folder)])),
      ...judgement,
      ...(after instanceof Plan && { previous: after }),
      apply: async () => applied(files, judged),
    });
  } finally {
    await fs.promises.rm(scratch, { recursive: true, force: true });
  }
}

// the constructs may change after they were planned; what was synthesized does not
async function applied(stacks: Files[], options: JudgeOptions): Promise<Record<string, TerraformState>> {
  const scratch = await fs.promises.mkdtemp(path.join(os.tmpdir(), 'offline-apply-'));
  try {
    const all = stacks.map((_, i) => path.join(scratch, String(i)));
    all.forEach((folder, i) => writeFiles(folder, stacks[i]));
    const verdicts = await judge(all, { ...options, apply: true });
    const refused = verdicts.find(({ accepted }) => !accepted);
    if (refused) {
      const [{ summary, detail }] = refused.findings;
      throw new Error(`terraform cannot pretend to apply ${refused.stack}: ${summary}: ${detail}`);
    }
    return Object.fromEntries(verdicts.map(({ stack, state }) => [stack, state!]));
  } finally {
    await fs.promises.rm(scratch, { recursive: true, force: true });
  }
}

function folders(stacks: StackFolder[]): string[] {
  return stacks.map(({ folder }) => folder);
}
