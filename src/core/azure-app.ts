import { App, AppConfig, TerraformStack } from 'cdktf';
import { watchAddresses } from './duplicate-addresses';

/**
 * Properties for `AzureApp`.
 */
export interface AzureAppProps extends AppConfig {
  /**
   * Has cdktf remember, for every value that Terraform has yet to compute, where in your program it was made; errors in such
   * values then say so. Takes most of the time and memory of a synthesis.
   *
   * A switch of the process, not of the app: the app that was made last decides.
   *
   * @default false
   */
  readonly tokenStackTraces?: boolean;
}

/**
 * The `App` of cdktf, several times faster, and with a check of its stacks: no two constructs may share an address or a
 * folder.
 *
 * What it writes is what `App` writes, and everything else works in either.
 */
export class AzureApp extends App {
  constructor(props: AzureAppProps = {}) {
    const { tokenStackTraces = false, ...config } = props;
    super(config);
    switchTokenStackTraces(tokenStackTraces);
    this.node.addValidation({ validate: () => folderProblemsOf(this) });
  }

  public synth(): void {
    stacksOf(this).forEach(watchAddresses);
    super.synth();
  }
}

/** Functions of cdktf, and of its successor, that record a stack trace for each token and each nested block. */
const RECORDERS = ['captureStackTrace', 'captureCreationStack'];

type Recorders = Record<string, unknown>;

let originals: Recorders | undefined;

/**
 * Switches them off or on.
 *
 * No environment variable is set, though the successor would heed one: programs that this one starts would inherit it.
 */
function switchTokenStackTraces(on: boolean): void {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const recorders: Recorders = require('cdktf/lib/tokens/private/stack-trace');
    originals ??= Object.fromEntries(
      RECORDERS.filter((name) => name in recorders).map((name) => [name, recorders[name]]),
    );
    const silent = Object.fromEntries(Object.keys(originals).map((name) => [name, () => []]));
    Object.assign(recorders, on ? originals : silent);
  } catch {
    // A private module: in a cdktf that has none, or lets nobody change it, a synthesis is slower, and not wrong
  }
}

/** A stack is written to the folder of its id, wherever in the tree it is. */
function folderProblemsOf(app: App): string[] {
  const paths = new Map<string, string[]>();
  for (const { node } of stacksOf(app)) {
    paths.set(node.id, [...(paths.get(node.id) ?? []), node.path]);
  }
  return [...paths]
    .filter(([, sharing]) => sharing.length > 1)
    .map(
      ([id, sharing]) =>
        `the stacks ${sharing.join(' and ')} are written to the same folder, stacks/${id}, so that only one is left; give them different ids`,
    );
}

function stacksOf(app: App): TerraformStack[] {
  return app.node.findAll().filter(TerraformStack.isStack);
}
