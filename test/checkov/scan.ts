import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { Failure } from './acceptance';
import { addressOf, Check, runCheckov, typesByName } from './checkov';

/** Where `cdk.tf.json` of each stack lies, below the folder of the stack. */
const FILE = 'cdk.tf.json';

/** What Checkov was told to look at, and what it found. */
export interface Scan {
  readonly stacks: number;
  readonly passed: number;
  readonly failures: Failure[];
}

/**
 * Runs Checkov on synthesized stacks, once for all of them: it takes seconds to start.
 *
 * @param checkov The program.
 * @param folders Folders that hold a folder per stack; no stack is in two of them.
 */
export function scan(checkov: string, folders: readonly string[]): Scan {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'checkov-'));
  try {
    const stacks = folders.flatMap((folder) => fs.readdirSync(folder).map((stack) => path.join(folder, stack)));
    const types = new Map(stacks.map((stack) => [path.basename(stack), copyStack(stack, scratch)]));
    const { passed, failed } = runCheckov(checkov, scratch);
    const failures = failed.map((check: Check): Failure => {
      const stack = path.basename(path.dirname(check.file_path));
      return {
        id: check.check_id,
        name: check.check_name,
        where: `${stack}/${addressOf(check, types.get(stack) ?? new Map())}`,
      };
    });
    return { stacks: types.size, passed: passed.length, failures };
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * Copies what Checkov judges; on `terraform.required_version`, and where there is nothing, its parser gives up.
 *
 * @returns the types by name.
 */
function copyStack(from: string, to: string): Map<string, string> {
  const { data, resource } = JSON.parse(fs.readFileSync(path.join(from, FILE), 'utf8'));
  if (!resource) {
    return new Map();
  }
  const folder = path.join(to, path.basename(from));
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, FILE), JSON.stringify({ data, resource }, undefined, 2));
  return typesByName(resource);
}
