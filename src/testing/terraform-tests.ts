import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { readFiles, writeFiles } from './stack-files';
import { Subject, synthesize } from './synthesis';
import { usedSchemas } from './terraform/schema/used';
import { Stack } from './terraform/stack';
import { testFiles } from './terraform-test/test-files';

/** How to write tests. */
export interface TerraformTestsOptions {
  /**
   * Where to look for the bindings that schemas are read from: `node_modules` in this folder or above it.
   *
   * @default - the working directory
   */
  readonly bindings?: string;
}

/**
 * Writes a folder for each stack in which `terraform init` and `terraform test` do the rest, with the real providers and without an
 * account: a copy of the stack without its backend, mocks for what only Azure would know, and a test that plans.
 *
 * In the place of ephemeral resources, which terraform does not mock, the copy has ephemeral variables. What else is in the folders
 * stays, such as tests of your own.
 *
 * @returns the folders
 */
export function writeTerraformTests(
  subject: Subject,
  directory: string,
  options: TerraformTestsOptions = {},
): string[] {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'terraform-tests-'));
  try {
    const { bindings = process.cwd() } = options;
    const all = synthesize(subject, scratch).map(({ folder, meant }) => {
      const stack = new Stack(folder);
      return { meant, stack, schemas: usedSchemas(stack, { bindings }) };
    });
    return all
      .filter(({ meant }) => meant)
      .map((known) => {
        const folder = path.join(directory, known.stack.name);
        writeFiles(
          folder,
          new Map<string, Buffer | string>([...readFiles(known.stack.folder), ...testFiles(known, all)]),
        );
        return folder;
      });
  } finally {
    fs.rmSync(scratch, { recursive: true });
  }
}
