import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { parse } from 'yaml';
import { Failure } from '../checkov/acceptance';
import { Tools } from './tools';

/** Keys that hold commands for bash. */
const KEYS = ['run', 'bash', 'inlineScript'];

const OPTIONS = 'set -eo pipefail';

/** What shellcheck finds in every command of the generated files. */
export function shellFindings({ shellcheck }: Tools, tree: string): Failure[] {
  const scripts = yamlFiles(tree).flatMap((file) =>
    commandsIn(parse(fs.readFileSync(path.join(tree, file), 'utf8'))).map((script) => ({ file, script })),
  );
  if (scripts.length === 0) {
    return [];
  }
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'shell-'));
  try {
    scripts.forEach(({ script }, index) => {
      fs.writeFileSync(path.join(scratch, `${index}.bash`), `#!/usr/bin/env bash\n${OPTIONS}\n${script}`);
    });
    const files = scripts.map((_, index) => `${index}.bash`);
    const args = ['--norc', '--shell', 'bash', '--severity', 'style', '--format', 'json', ...files];
    const { stdout, stderr } = spawnSync(shellcheck, args, { cwd: scratch, encoding: 'utf8', maxBuffer: 2 ** 26 });
    if (!stdout.startsWith('[')) {
      throw new Error(`shellcheck did not answer with a report:\n${stderr}`);
    }
    const comments: Array<{ file: string; code: number; message: string; line: number }> = JSON.parse(stdout);
    const found = comments.map(({ file, code, message, line }) => {
      const { file: where, script } = scripts[Number.parseInt(file, 10)];
      return { id: `SC${code}`, name: `${message} At: ${script.split('\n')[line - 3] ?? ''}`, where };
    });
    // Jobs that are alike say the same
    return [...new Map(found.map((failure) => [JSON.stringify(failure), failure])).values()];
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/** YAML files of a tree, also in hidden folders. */
export function yamlFiles(tree: string, below: string = ''): string[] {
  return fs.readdirSync(path.join(tree, below), { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(below, entry.name);
    if (entry.isDirectory()) {
      return yamlFiles(tree, file);
    }
    return /\.ya?ml$/.test(entry.name) ? [file] : [];
  });
}

function commandsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    KEYS.includes(key) && typeof inner === 'string' ? [inner] : commandsIn(inner),
  );
}
