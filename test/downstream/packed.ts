import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';

export const ROOT = path.resolve(__dirname, '../..');

/**
 * Packs the library as npm would publish it, and unpacks it where npm would install it.
 *
 * @returns its folder
 */
export function installPacked(repository: string): string {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', repository];
  const json = execFileSync('npm', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const [{ filename }] = Object.values<{ filename: string }>(JSON.parse(json));
  const installed = path.join(repository, 'node_modules/azure-platform-constructs');
  fs.mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', path.join(repository, filename), '-C', installed, '--strip-components=1']);
  return installed;
}

/**
 * Lends a repository packages that are installed here. Node looks for what those need beside where they really are, so there is
 * one copy of each, as npm would see to.
 */
export function lend(repository: string, names: string[]): void {
  for (const name of names) {
    const place = path.join(repository, 'node_modules', name);
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.symlinkSync(path.join(ROOT, 'node_modules', name), place, 'junction');
  }
}
