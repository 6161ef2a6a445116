import { execFileSync, spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { describeJudged } from '../testing/terraform/with-terraform';
import { installPacked, lend } from './packed';

const FIXTURE = path.join(__dirname, 'repository');
const LIBRARY = 'azure-platform-constructs';

/** How long the suite of a repository may take, jest included. */
const SECONDS = 5;

// A user's shell has none of what npm, jest and projen leave behind
const CLEAN = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(npm_|CDKTF_|JEST_|NODE_OPTIONS|NODE_ENV)/.test(name)),
);

const manifest: Record<'dependencies' | 'devDependencies' | 'peerDependencies', Record<string, string>> = JSON.parse(
  fs.readFileSync(path.join(FIXTURE, 'package.json'), 'utf8'),
);
const repository = fs.mkdtempSync(path.join(os.tmpdir(), 'downstream-'));
let installed: string;

beforeAll(() => {
  fs.cpSync(FIXTURE, repository, { recursive: true });
  installed = installPacked(repository);
  const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  lend(
    repository,
    names.filter((name) => name !== LIBRARY),
  );
}, 120_000);

afterAll(() => fs.rmSync(repository, { recursive: true, force: true }));

function jest(...args: string[]) {
  const binary = path.join(repository, 'node_modules/jest/bin/jest.js');
  return spawnSync('node', [binary, '--runInBand', ...args], { cwd: repository, env: CLEAN, encoding: 'utf8' });
}

test('asks for every peer of the library that is not optional, as the library does', () => {
  const { peerDependencies, peerDependenciesMeta } = JSON.parse(
    fs.readFileSync(path.join(installed, 'package.json'), 'utf8'),
  );
  const needed = Object.entries(peerDependencies).filter(([name]) => !peerDependenciesMeta[name]?.optional);

  expect(manifest.dependencies).toEqual({ ...Object.fromEntries(needed), [LIBRARY]: '*' });
});

test('compiles', () => {
  execFileSync('node', [path.join(repository, 'node_modules/typescript/bin/tsc'), '--noEmit'], { cwd: repository });
}, 60_000);

describeJudged('with nothing but the tarball', () => {
  test(`a snapshot, a plan and a report take less than ${SECONDS} seconds`, () => {
    const first = jest('--ci=false');
    expect([first.status, first.stderr]).toEqual([0, expect.stringMatching(/1 snapshot written/)]);

    // the fastest of three: how busy the machine is says nothing about the library
    const took = [1, 2, 3].map(() => {
      const { status, stderr } = jest('--ci');
      expect([status, stderr]).toEqual([0, expect.stringMatching(/Snapshots: +1 passed, 1 total/)]);
      return Number(/^Time: +([\d.]+) s/m.exec(stderr)?.[1]);
    });
    expect(Math.min(...took)).toBeLessThan(SECONDS);
  }, 240_000);
});
