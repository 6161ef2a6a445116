import { JsonPath, Positions } from '../../../src/testing/terraform/positions';

const TEXT = `{
  "owner": "Jürgen \\"☕\\"",
  "empty": {}, "none": [],
  "list": [
    1, -2.5e3, null,
    { "deep": true }
  ]
}`;

test.each<[string, JsonPath]>([
  ['"owner"', ['owner']],
  ['☕', ['owner']],
  ['{}', ['empty']],
  ['-2.5', ['list', 1]],
  ['true', ['list', 3, 'deep']],
  [', "none"', []],
])('what stands at %s', (text, path) => {
  const offset = Buffer.from(TEXT.slice(0, TEXT.indexOf(text))).length;

  expect(new Positions(TEXT).pathAt(offset)).toEqual(path);
});

test('on which line a value begins, or what is around it', () => {
  const positions = new Positions(TEXT);

  expect(positions.lineOf(['list', 3, 'deep'])).toBe(6);
  expect(positions.lineOf(['list', 3, 'missing', 'more'])).toBe(6);
  expect(positions.lineOf(['missing'])).toBe(1);
});
