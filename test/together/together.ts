import { readdirSync } from 'fs';
import { join } from 'path';

/** What the configuration sets: patterns of paths that are left out. */
declare const IGNORED: string[];

const TEST = join(__dirname, '..');
/** Those that need a registry of modules, or snapshots, of their own. */
const ALONE: string[] = jest.requireActual('./alone.json');

/**
 * Test files one after the other, as if they were one: a share of them all.
 *
 * jest evaluates every module anew for each test file, which takes more than half of the time of the suite, and with this once for each
 * share. Neighbours in a folder stay together, since they need the same modules.
 */
export function together(share: number): void {
  const shares = readdirSync(__dirname).filter((file) => /^\d+\.ts$/.test(file)).length;
  const files = testFiles();
  const [from, to] = [share - 1, share].map((n) => Math.round((n * files.length) / shares));
  for (const file of files.slice(from, to)) {
    describe(file.replace('.test.ts', ''), () => {
      jest.requireActual(join(TEST, file));
    });
  }
}

function testFiles(): string[] {
  return readdirSync(TEST, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replace(/\\/g, '/'))
    .filter((file) => file.endsWith('.test.ts') && !ALONE.includes(file))
    .filter((file) => !IGNORED.some((pattern) => new RegExp(pattern).test(`/test/${file}`)))
    .sort();
}
