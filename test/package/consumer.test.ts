import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { readmeBlocks, readmeCommands, ROOT } from './readme';

/** What `npm pack --json` says. */
interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: Array<{ readonly path: string }>;
}

const ENV = { ...process.env, CI: '1', CHECKPOINT_DISABLE: '1', DISABLE_VERSION_CHECK: '1' };
// A user's shell has none of what npm and projen leave behind
const CLEAN = Object.fromEntries(Object.entries(ENV).filter(([name]) => !/^(npm_|CDKTF_)/.test(name)));

let folder: string;
let packed: Packed;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'consumer-'));
  const json = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], { cwd: ROOT, encoding: 'utf8' });
  [packed] = Object.values<Packed>(JSON.parse(json));

  // Nothing is here but what the README says
  fs.writeFileSync(path.join(folder, 'package.json'), '{ "private": true }');
  fs.writeFileSync(path.join(folder, 'main.ts'), readmeBlocks('ts')[0]);
  ['tsconfig.json', 'cdktf.json'].forEach((name, n) =>
    fs.writeFileSync(path.join(folder, name), readmeBlocks('json')[n]),
  );
  for (const command of readmeCommands().filter((line) => line.startsWith('npm install '))) {
    const [npm, ...args] = command
      .split(' ')
      .map((word) => (word === 'azure-platform-constructs' ? `./${packed.filename}` : word));
    run(npm, ...args, '--no-audit', '--no-fund', '--prefer-offline');
  }
}, 300_000);

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function run(command: string, ...args: string[]): string {
  return execFileSync(command, args, { cwd: folder, env: CLEAN, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

describe('the tarball', () => {
  test('is small, and holds neither tests nor source maps nor sources', () => {
    // npm packs what is bundled as its authors published it
    const own = packed.files.filter(({ path: file }) => !file.startsWith('node_modules/'));
    const unwanted = own.filter(({ path: file }) => /(^|\/)tests?\/|\.map$|(?<!\.d)\.ts$|^(src|examples)\//.test(file));

    expect(unwanted).toEqual([]);
    expect(packed.size).toBeLessThan(2 * 1024 * 1024);
    expect(packed.files.map(({ path: file }) => file)).toEqual(
      expect.arrayContaining([
        ...['package.json', 'README.md', 'LICENSE', '.jsii', 'lib/index.js', 'lib/index.d.ts'],
        ...['assets/delivery/rollout.cjs', 'lib/sas/index.js'],
      ]),
    );
    expect(fs.readFileSync(path.join(installed('azure-platform-constructs'), 'lib/index.js'), 'utf8')).not.toContain(
      'sourceMappingURL',
    );
  });

  test('can be required: the library, the testing kit, and what tools look for', () => {
    const names = ['', '/sas', '/testing', '/package.json', '/.jsii', '/lib/core/workload'];
    const resolved = names.map((name) => `require.resolve('azure-platform-constructs${name}')`).join();
    const loaded =
      "[require('azure-platform-constructs').Workload, require('azure-platform-constructs/testing').Rendered]";

    expect(run('node', '-e', `console.log([${resolved}].length, ${loaded}.map((found) => typeof found).join())`)).toBe(
      '6 function,function\n',
    );
  });

  test('can be imported by name where modules are ECMAScript modules', () => {
    const source = `import { Workload } from 'azure-platform-constructs';
      import { Rendered } from 'azure-platform-constructs/testing';
      console.log(typeof Workload, typeof Rendered);`;

    expect(run('node', '--input-type=module', '-e', source)).toBe('function function\n');
  });

  test('loads what is used: no class of a provider before a construct is built, and no package that is optional', () => {
    const source = `const { ManagedRedis } = require('azure-platform-constructs');
      const loaded = () => Object.keys(require.cache).filter((file) => /@cdktf.provider-/.test(file)).length;
      console.log(loaded(), typeof ManagedRedis, loaded(), Object.keys(require('azure-platform-constructs')).length > 100);`;

    expect(run('node', '-e', source)).toBe('0 function 0 true\n');
    expect(fs.existsSync(path.join(folder, 'node_modules/@cdktf/provider-github'))).toBe(false);
  });

  test('has types, whether the compiler knows about exports or not', () => {
    const source = `import { Workload } from 'azure-platform-constructs';
      import { Rendered } from 'azure-platform-constructs/testing';
      export const ours: unknown[] = [Workload.of, Rendered];`;
    fs.writeFileSync(path.join(folder, 'types.ts'), source);
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022', 'types.ts'];

    run('npx', 'tsc', ...options, '--module', 'commonjs', '--moduleResolution', 'node10');
    run('npx', 'tsc', ...options, '--module', 'node16', '--moduleResolution', 'node16');
  });
});

test('there is one cdktf and one constructs for the library and the providers', () => {
  const packages = [
    'azure-platform-constructs',
    ...fs
      .readdirSync(installed('@cdktf'))
      .filter((name) => name.startsWith('provider-'))
      .map((name) => `@cdktf/${name}`),
  ];
  const copies = ['cdktf', 'constructs'].map(
    (name) => new Set(packages.map((from) => require.resolve(`${name}/package.json`, { paths: [installed(from)] }))),
  );

  expect(packages.length).toBeGreaterThan(3);
  expect(copies.map((found) => [...found])).toEqual([
    [path.join(installed('cdktf'), 'package.json')],
    [path.join(installed('constructs'), 'package.json')],
  ]);
});

test('cdktf synth turns the quickstart of the README into Terraform', () => {
  run('npx', 'cdktf', 'synth');

  const stacks = fs.readdirSync(path.join(folder, 'cdktf.out/stacks')).sort();
  expect(stacks).toEqual(['quickstart-dev', 'quickstart-prod']);
  const { resource } = JSON.parse(
    fs.readFileSync(path.join(folder, 'cdktf.out/stacks/quickstart-prod/cdk.tf.json'), 'utf8'),
  );
  expect(Object.keys(resource)).toContain('azurerm_resource_group');
}, 120_000);

/** Folder of an installed package. */
function installed(name: string): string {
  return fs.realpathSync(path.join(folder, 'node_modules', name));
}
