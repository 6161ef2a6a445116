import { readdirSync, readFileSync } from 'fs';
import { join, sep } from 'path';

const TEST = join(__dirname, '..');
const ALONE: string[] = jest.requireActual('../together/alone.json');

/** A repository of its own, which the package is installed in. */
const ELSEWHERE = 'downstream/repository/';

const files = readdirSync(TEST, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.split(sep).join('/'))
  .sort()
  .filter((file) => !file.startsWith(ELSEWHERE))
  .map((file) => ({ file, text: readFileSync(join(TEST, file), 'utf8') }));
const tests = files.filter(({ file }) => file.endsWith('.test.ts'));
const fixtures = files.filter((file) => !tests.includes(file));

/** Those of some files whose text has a pattern. */
const having = (pattern: RegExp, among: typeof files) =>
  among.filter(({ text }) => pattern.test(text)).map(({ file }) => file);

test('tests are all awake', () => {
  expect(having(/^\s*(test|it|describe)\.(skip|only|todo)\b|^\s*x(it|test|describe)\(/m, tests)).toEqual([]);
});

describe('many test files run as one, so that', () => {
  test('fixtures set nothing up by being imported, which happens once', () => {
    expect(having(/^((before|after)(Each|All)|jest\.setTimeout)\(/m, fixtures)).toEqual([]);
  });

  test('spies are given back', () => {
    const spying = tests.filter(({ text }) => /jest\.spyOn\(/.test(text));
    expect(spying.length).toBeGreaterThan(0);
    expect(spying.filter(({ text }) => !/restoreAllMocks|mockRestore/.test(text)).map(({ file }) => file)).toEqual([]);
  });

  test('snapshots, and what empties the registry of modules, stand alone', () => {
    const own = having(/\.to\w*MatchSnapshot\(|\.toMatchInlineSnapshot\(|jest\.resetModules\(/, tests);
    expect(own).toEqual(ALONE);
  });
});
