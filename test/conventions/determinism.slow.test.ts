import { execFile } from 'child_process';
import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { promisify } from 'util';
import { programsIn } from '../demo/programs';
import { scratch } from '../support/scratch';

const ROOT = join(__dirname, '../..');

/** Runs programs in one process, each into a folder of its own: `node -e RUNNER <outdir> <file>...`. */
const RUNNER = `
  const [outdir, ...files] = process.argv.slice(1);
  const { readFileSync } = require('fs');
  const ts = require('typescript');
  const compilerOptions = { module: 'commonjs', target: 'es2022', esModuleInterop: true };
  require.extensions['.ts'] = (module, file) =>
    module._compile(ts.transpileModule(readFileSync(file, 'utf8'), { compilerOptions }).outputText, file);
  for (const file of files) {
    process.env.CDKTF_OUTDIR = require('path').join(outdir, file.replace(/\\W+/g, '-'));
    require(file);
  }
`;

const files = programsIn(join(ROOT, 'examples')).map(({ file }) => file);

/** Every synthesized stack as it was written, by its path. */
async function synthesizedIn(environment: NodeJS.ProcessEnv, programs: string[]): Promise<{ [path: string]: string }> {
  const outdir = scratch('determinism');
  await promisify(execFile)(process.execPath, ['-e', RUNNER, outdir, ...programs], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, ...environment },
  });
  const stacks = readdirSync(outdir, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('cdk.tf.json'),
  );
  return Object.fromEntries(stacks.sort().map((file) => [file, readFileSync(join(outdir, file), 'utf8')]));
}

test('other time zone, locale and order of programs, same bytes', async () => {
  if (!existsSync(join(ROOT, 'lib/index.js'))) {
    throw new Error("there is no lib/ for the examples to import: run 'npx projen compile' first, as 'npm test' does");
  }
  const [one, other] = await Promise.all([
    synthesizedIn({ TZ: 'UTC', LANG: 'C', LC_ALL: 'C' }, files),
    synthesizedIn({ TZ: 'Pacific/Auckland', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }, [...files].reverse()),
  ]);

  expect(Object.keys(one).length).toBeGreaterThanOrEqual(2 * files.length);
  expect(other).toEqual(one);
}, 60_000);
