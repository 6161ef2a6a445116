import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { App, AppConfig, TerraformStack } from 'cdktf';
import { watchAddresses } from './duplicate-addresses';
import { switchTokenStackTraces, withQuickResolve } from './faster-cdktf';
import { mangledTokensIn } from './mangled-tokens';

/**
 * Properties for `AzureApp`.
 */
export interface AzureAppProps extends AppConfig {
  /**
   * Has cdktf remember where in your program each value was made that Terraform has yet to compute, so that errors in such
   * values can say so; synthesis takes several times as long, and as much memory.
   *
   * A switch of the process, not of the app: the app that was made last decides.
   *
   * @default false
   */
  readonly tokenStackTraces?: boolean;
}

/**
 * The `App` of cdktf, several times faster, and with a check that no two stacks share a folder and no two constructs of a
 * stack an address.
 *
 * What it writes is what `App` writes, to the byte; everything else works in either.
 */
export class AzureApp extends App {
  private readonly debugging: boolean;

  constructor(props: AzureAppProps = {}) {
    const { tokenStackTraces = false, ...config } = props;
    super(config);
    this.debugging = tokenStackTraces;
    switchTokenStackTraces(tokenStackTraces);
  }

  public synth(): void {
    const stacks = this.node.findAll().filter(TerraformStack.isStack);
    refuseSharedFolders(stacks);
    stacks.forEach(watchAddresses);
    if (this.debugging) {
      super.synth();
    } else {
      withQuickResolve(() => super.synth());
    }
    refuseMangledTokens(this.outdir, stacks);
  }
}

/** A stack is written to the folder of its id, wherever in the tree it is. */
function refuseSharedFolders(stacks: TerraformStack[]): void {
  const pathOf = new Map<string, string>();
  for (const { node } of stacks) {
    const other = pathOf.get(node.id);
    if (other !== undefined) {
      throw new Error(
        `${node.path}: the stack ${other} is written to the same folder, stacks/${node.id}; give one of them another id`,
      );
    }
    pathOf.set(node.id, node.path);
  }
}

/** Looks at what was written: to render each stack once more before that would take as long again. */
function refuseMangledTokens(outdir: string, stacks: TerraformStack[]): void {
  const files = stacks.map(({ node }) => join(outdir, 'stacks', node.id, 'cdk.tf.json')).filter(existsSync);
  const problems = files.flatMap((file) => mangledTokensIn(readFileSync(file, 'utf8')));
  if (problems.length > 0) {
    throw new Error(problems.join('\n'));
  }
}
