import * as fs from 'fs';
import * as path from 'path';
import { matchers } from '../../src/testing/matchers';
import { programsIn } from '../demo/programs';
import { readmeBlocks, readmeCommands, ROOT } from './readme';

const { scripts, peerDependencies, peerDependenciesMeta, engines } = JSON.parse(
  fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'),
);
const readme = fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8');

const DOWNSTREAM = path.join(ROOT, 'test/downstream/repository');
const downstream = (file: string) => fs.readFileSync(path.join(DOWNSTREAM, file), 'utf8');

test('every program in the README is a passage of an example or of the downstream repository, the quickstart first and whole', () => {
  const examples = programsIn(path.join(ROOT, 'examples')).map(({ file }) => fs.readFileSync(file, 'utf8'));
  const programs = [...examples, downstream('platform.test.ts')];
  const quoted = readmeBlocks('ts');

  expect(quoted[0]).toBe(fs.readFileSync(path.join(ROOT, 'examples/quickstart/main.ts'), 'utf8'));
  expect(quoted.filter((block) => !programs.some((program) => program.includes(block.trim())))).toEqual([]);
});

test('the page on testing quotes the downstream repository, and names every assertion and matcher', () => {
  const files = ['platform.test.ts', 'platform.ts', 'jest.config.js'].map(downstream);
  const page = fs.readFileSync(path.join(ROOT, 'docs/testing.md'), 'utf8');
  const quoted = ['ts', 'js'].flatMap((language) => readmeBlocks(language, 'docs/testing.md'));

  expect(quoted.length).toBeGreaterThan(6);
  expect(quoted.filter((block) => !files.some((file) => file.includes(block.trim())))).toEqual([]);
  expect(Object.keys(matchers).filter((name) => !page.includes(`\`${name}(`))).toEqual([]);
});

test('the README has every construct in its table, and every file that it links to is there', () => {
  const constructs = fs.readFileSync(path.join(ROOT, 'docs/constructs.md'), 'utf8');
  const names = [...constructs.matchAll(/^\| \w+ \| `(\w+)` \|/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(25);
  expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);

  const links = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map(([, file]) => file);
  expect(links.filter((file) => !fs.existsSync(path.join(ROOT, file)))).toEqual([]);
});

test('every script that the README names exists', () => {
  const named = [...readme.matchAll(/\b(?:npm run|npx projen) ([\w:-]+)/g)].map(([, script]) => script);
  expect(named).toContain('demo');
  expect(named.filter((script) => !(script in scripts))).toEqual([]);
  expect(readmeCommands().slice(0, 2)).toEqual(['npm ci && npm run demo', 'npm ci && npm test']);
});

test('the README has its users install every peer that is not optional', () => {
  const install = readmeCommands().find((command) => command.startsWith('npm install azure-platform-constructs'));
  const installed = install?.split(' ').map((name) => name.replace(/(?<=.)@.*$/, ''));
  const needed = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);
  expect(needed.length).toBeGreaterThan(4);
  expect(installed?.slice(2).sort()).toEqual(['azure-platform-constructs', ...needed].sort());
});

test('the README names the oldest Node that works', () => {
  expect(readme).toContain(`Node ${/\d+\.\d+/.exec(engines.node)}`);
});
