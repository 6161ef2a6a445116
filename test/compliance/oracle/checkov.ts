import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

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
      const types = new Map(
        Object.entries(resource).flatMap(([type, all]) => Object.keys(all).map((name) => [name, type] as const)),
      );
      for (const { check_id, check_result, resource: name } of run(program, folder)) {
        const id = name.split('.').pop() ?? name;
        const answer = check_result.result === 'PASSED' ? 'passed' : 'failed';
        answers.set(keyOf(stack, `${types.get(id)}.${id}`, check_id), answer);
      }
    }
    return answers;
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

interface Check {
  readonly check_id: string;
  readonly check_result: { readonly result: string };
  readonly resource: string;
}

function run(program: string, folder: string): Check[] {
  const args = [
    '--directory',
    '.',
    '--framework',
    'terraform_json',
    '--output',
    'json',
    '--compact',
    '--skip-download',
  ];
  const { stdout, stderr, signal } = spawnSync(program, args, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 29 });
  const report = stdout ? JSON.parse(stdout) : {};
  if (!report.results || report.summary.parsing_errors > 0) {
    throw new Error(`Checkov could not read the corpus${signal ? `, ended by ${signal}` : ''}:\n${stderr}`);
  }
  return [...report.results.passed_checks, ...report.results.failed_checks];
}
