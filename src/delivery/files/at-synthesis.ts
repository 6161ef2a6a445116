import { rmSync } from 'fs';
import { join } from 'path';
import { ISynthesisSession, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { GeneratedFile, writeFile } from '../../core/generated-files';

/** Folder beside `stacks` that files for the repository are put in. */
const FOLDER = 'files';

const TAKEN = Symbol.for('azure-platform-constructs.filesAtSynthesis');

/**
 * Has synthesis put files beside the stacks, one folder per construct, where the command line finds them.
 *
 * cdktf has no hook for files, but each stack says who writes it: we stand in front of that, once per construct. Any stack will do,
 * and as long as there is none, whoever calls has to call again.
 */
export function writeWhenSynthesized(
  construct: IConstruct,
  render: () => GeneratedFile[],
  stack = stackOf(construct),
): void {
  if (stack === undefined || TAKEN in construct) {
    return;
  }
  Object.defineProperty(construct, TAKEN, { value: true });
  const { synthesizer } = stack;
  stack.synthesizer = {
    synthesize(session: ISynthesisSession): void {
      synthesizer.synthesize(session);
      write(join(session.outdir, FOLDER, construct.node.path.replace(/\//g, '-')), render());
    },
  };
}

function stackOf({ node }: IConstruct): TerraformStack | undefined {
  const candidates = [...node.scopes.reverse(), ...node.root.node.children];
  return candidates.find(TerraformStack.isStack) as TerraformStack | undefined;
}

function write(directory: string, files: readonly GeneratedFile[]): void {
  rmSync(directory, { recursive: true, force: true });
  files.forEach((file) => writeFile(directory, file));
}
