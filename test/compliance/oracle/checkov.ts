import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { addressOf, Check, runCheckov, typesByName } from '../../checkov/checkov';

/** What Checkov says about each resource: stack, address and check, and whether it passed. */
export type Answers = Map<string, 'passed' | 'failed'>;

/** The key of an answer. */
export const keyOf = (stack: string, address: string, check: string) => `${stack} ${address} ${check}`;

/**
 * Asks Checkov about stacks.
 *
 * @param program The program.
 * @param stacks Resources by name of the stack, as Terraform reads them.
 */
export function ask(program: string, stacks: { [stack: string]: { [type: string]: object } }): Answers {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'oracle-'));
  try {
    const answers: Answers = new Map();
    for (const [stack, resource] of Object.entries(stacks)) {
      const folder = path.join(scratch, stack);
      fs.mkdirSync(folder);
      // Checkov takes the three dots of an address apart only where a file has more than resources
      fs.writeFileSync(path.join(folder, 'cdk.tf.json'), JSON.stringify({ resource }, undefined, 2));
      const types = typesByName(resource);
      const key = (check: Check) => keyOf(stack, addressOf(check, types), check.check_id);
      const { passed, failed } = runCheckov(program, folder);
      passed.forEach((check) => answers.set(key(check), 'passed'));
      failed.forEach((check) => answers.set(key(check), 'failed'));
    }
    return answers;
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}
