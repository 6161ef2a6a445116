import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { Known } from './remote-state';
import { usedSchemas } from './schema/used';
import { Stack, stackFolders } from './stack';
import { canJudge, cleanEnvironment, findTerraform } from './terraform';
import { RealLimits, Trial } from './trial';
import { StackVerdict, TerraformState } from './verdict';

/** How to judge. */
export interface JudgeOptions {
  /**
   * Also `terraform plan`, not only `validate`.
   *
   * @default false
   */
  readonly plan?: boolean;

  /**
   * Also pretend to apply, so that the verdict holds a state: ids and whatever else only Azure would know are made up.
   *
   * @default false
   */
  readonly apply?: boolean;

  /**
   * States to begin with, by the name of the stack.
   *
   * @default - nothing exists yet
   */
  readonly after?: Readonly<Record<string, TerraformState>>;

  /**
   * Attributes whose change means another resource, by type, beyond what is known of azurerm.
   *
   * @default - what the documentation of azurerm 4.55.0 says
   */
  readonly forceNew?: Readonly<Record<string, string[]>>;

  /**
   * Plan with the real providers that a registry, mirror or cache offers, as far as they plan without an account; nothing is applied.
   *
   * @default - with stand-ins that know schemas and value rules
   */
  readonly real?: RealLimits;

  /**
   * The terraform binary, 1.11 or newer.
   *
   * @default - the first one on the PATH
   */
  readonly terraform?: string;

  /**
   * Where to look for the bindings that schemas are read from: `node_modules` in this folder or above it.
   *
   * @default - the working directory
   */
  readonly bindings?: string;

  /**
   * Names of the stacks to judge; the others are only read, for what these take from them.
   *
   * @default - all
   */
  readonly only?: string[];

  /**
   * Stacks at a time.
   *
   * @default 2
   */
  readonly jobs?: number;

  /**
   * Called as soon as a stack has its verdict.
   *
   * @default - nobody is told
   */
  readonly onVerdict?: (verdict: StackVerdict) => void;
}

/**
 * Lets the real terraform judge synthesized stacks, offline: without registry, provider binaries or an account.
 *
 * In the place of providers stand schemas, read from the installed bindings, and the value rules of azurerm 4.55.0. What providers
 * check in code (CustomizeDiff), quotas, regions, names that are taken and permissions are not seen.
 *
 * @param directories folders that hold a `cdk.tf.json`, or what an app synthesized into `cdktf.out`
 * @returns the verdicts, in the order of the stacks
 */
export async function judge(directories: string[], options: JudgeOptions = {}): Promise<StackVerdict[]> {
  const terraform = options.terraform ?? findTerraform();
  if (!terraform || (options.terraform && !canJudge(options.terraform))) {
    throw new Error(`a stack is judged by terraform 1.11 or newer, got ${options.terraform ?? 'none on the PATH'}`);
  }
  const known = directories.flatMap(stackFolders).map((folder): Known => {
    const stack = new Stack(folder);
    const state = options.after?.[stack.name];
    const { bindings = process.cwd(), forceNew } = options;
    return { stack, schemas: usedSchemas(stack, { bindings, forceNew, state }), ...(state && { state }) };
  });
  const scratch = await fs.promises.mkdtemp(path.join(os.tmpdir(), 'judge-'));
  try {
    // no file is a warning, the user's own file may name mirrors and tokens
    const config = path.join(scratch, 'terraformrc');
    fs.writeFileSync(config, '');
    const env = cleanEnvironment({ TF_CLI_CONFIG_FILE: config });
    const verdicts: StackVerdict[] = [];
    // one iterator for all workers: each takes the next stack
    const waiting = known.filter(({ stack }) => options.only?.includes(stack.name) ?? true).entries();
    const worker = async (): Promise<void> => {
      for (const [i, candidate] of waiting) {
        const trial = new Trial(candidate, known, path.join(scratch, String(i)));
        const { plan = false, apply = false, real } = options;
        verdicts[i] = await trial.verdict({ terraform, env, plan, apply, real });
        options.onVerdict?.(verdicts[i]);
      }
    };
    // also after a failure the folder stays until nobody works in it
    const workers = await Promise.allSettled(Array.from({ length: Math.max(1, options.jobs ?? 2) }, worker));
    const failed = workers.find((result) => result.status === 'rejected');
    if (failed) {
      throw failed.reason;
    }
    return verdicts;
  } finally {
    await fs.promises.rm(scratch, { recursive: true, force: true });
  }
}
