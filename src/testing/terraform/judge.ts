import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { Known } from './remote-state';
import { usedSchemas } from './schema/used';
import { Stack, stackFolders } from './stack';
import { canJudge, cleanEnvironment, findTerraform } from './terraform';
import { Trial } from './trial';
import { StackVerdict } from './verdict';

/** How to judge. */
export interface JudgeOptions {
  /**
   * Also `terraform plan`, not only `validate`.
   *
   * @default false
   */
  readonly plan?: boolean;

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
 * In the place of providers stand schemas, read from the installed bindings: what providers check in code is not seen.
 *
 * @param directories folders that hold a `cdk.tf.json`, or what an app synthesized into `cdktf.out`
 * @returns the verdicts, in the order of the stacks
 */
export async function judge(directories: string[], options: JudgeOptions = {}): Promise<StackVerdict[]> {
  const terraform = options.terraform ?? findTerraform();
  if (!terraform || (options.terraform && !canJudge(options.terraform))) {
    throw new Error(`judge() needs terraform 1.11 or newer: ${options.terraform ?? 'none on the PATH'} does not do`);
  }
  const known = directories.flatMap(stackFolders).map((folder): Known => {
    const stack = new Stack(folder);
    return { stack, schemas: usedSchemas(stack, options.bindings ?? process.cwd()) };
  });
  const scratch = await fs.promises.mkdtemp(path.join(os.tmpdir(), 'judge-'));
  try {
    // no file is a warning, the user's own file may name mirrors and tokens
    const config = path.join(scratch, 'terraformrc');
    fs.writeFileSync(config, '');
    const env = cleanEnvironment({ TF_CLI_CONFIG_FILE: config });
    const verdicts: StackVerdict[] = [];
    // one iterator for all workers: each takes the next stack
    const waiting = known.entries();
    const worker = async (): Promise<void> => {
      for (const [i, candidate] of waiting) {
        const trial = new Trial(candidate, known, path.join(scratch, String(i)));
        verdicts[i] = await trial.verdict({ terraform, env, plan: options.plan ?? false });
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
