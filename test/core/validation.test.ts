import { TerraformVariable, Token } from 'cdktf';
import { Construct } from 'constructs';
import {
  guidProblem,
  hasForm,
  isBetween,
  isComputed,
  isText,
  isWholeBetween,
  rejectIf,
  resolvedIn,
  shown,
} from '../../src/core/validation';
import { stackNamed } from '../support';

const variable = () => new TerraformVariable(stackNamed(), 'Any', {});

describe('what Terraform has yet to compute', () => {
  test.each<[string, () => unknown]>([
    ['a text', () => variable().stringValue],
    ['a text inside of another', () => `https://${variable().stringValue}/x`],
    ['a text in lower case', () => variable().stringValue.toLowerCase()],
    ['a text in upper case', () => variable().stringValue.toUpperCase()],
    ['two texts', () => variable().stringValue + variable().stringValue],
    ['a number', () => variable().numberValue],
    ['a list', () => variable().listValue],
    ['the element of a list', () => variable().listValue[0]],
    ['a map', () => Token.asStringMap(variable().value)],
    ['a switch', () => variable().booleanValue],
    ['an expression written by hand', () => '${var.any}'],
    ['a directive written by hand', () => '%{ if var.any }a%{ endif }'],
  ])('%s', (_, value) => {
    expect(isComputed(value())).toBe(true);
  });

  test.each([['plain'], ['$5'], ['100 %'], ['{}'], [''], [0], [NaN], [true], [undefined], [null], [[]], [{}]])(
    'is not %p',
    (value) => {
      expect(isComputed(value)).toBe(false);
    },
  );

  test('counts as right in every check', () => {
    const { stringValue, numberValue } = variable();

    expect(isBetween(numberValue, 1, 2)).toBe(true);
    expect(isWholeBetween(numberValue, 1, 2)).toBe(true);
    expect(hasForm(stringValue, /^never$/)).toBe(true);
    expect(guidProblem('id', stringValue)).toBe(false);
  });
});

test.each`
  value       | between  | whole
  ${1}        | ${true}  | ${true}
  ${3}        | ${true}  | ${true}
  ${0}        | ${false} | ${false}
  ${3.1}      | ${false} | ${false}
  ${1.5}      | ${true}  | ${false}
  ${NaN}      | ${false} | ${false}
  ${Infinity} | ${false} | ${false}
`('$value between 1 and 3', ({ value, between, whole }) => {
  expect([isBetween(value, 1, 3), isWholeBetween(value, 1, 3)]).toEqual([between, whole]);
});

test.each([undefined, null, 4711, true, {}, ['undefined']])('%p is no text, whatever the form', (value) => {
  expect([hasForm(value, /^[a-z0-9]/), isText(value, /^[a-z0-9]/)]).toEqual([false, false]);
});

test.each([['2'], [true], [null], [undefined], [[2]]])('%p is no number between 1 and 3', (value) => {
  expect(isBetween(value as never, 0, 3)).toBe(false);
});

test('errors show values as they were written', () => {
  expect(['a "b"', '', 0, NaN, Infinity, true, undefined, null, ['a'], variable().stringValue].map(shown)).toEqual([
    '"a \\"b\\""',
    '""',
    '0',
    'NaN',
    'Infinity',
    'true',
    'nothing',
    'null',
    '["a"]',
    'a value that Terraform has yet to compute',
  ]);
});

test('a GUID has its form, in either case', () => {
  expect(guidProblem('objectId')).toBe(false);
  expect(guidProblem('objectId', '0A0b0c0d-0000-0000-0000-00000000000f')).toBe(false);
  expect(guidProblem('objectId', 'admins')).toBe(`'objectId' must be a GUID, got "admins"`);
  expect(guidProblem('objectId', '', 'not a name')).toBe(`'objectId' must be a GUID, not a name, got ""`);
  expect(guidProblem('objectId', '{0a0b0c0d-0000-0000-0000-00000000000f}')).toBeTruthy();
});

test('two tokens for one reference resolve to the same text', () => {
  const any = variable();

  expect(any.stringValue).not.toBe(any.stringValue);
  expect(resolvedIn(any, `x-${any.stringValue}`)).toBe('x-${var.Any}');
  expect(resolvedIn(any, undefined)).toBeUndefined();
});

test('all problems come in one error, led by the path', () => {
  const scope = new Construct(new Construct(stackNamed(), 'Outer'), 'Inner');

  expect(() => rejectIf(scope, false, undefined, false)).not.toThrow();
  expect(() => rejectIf(scope, 'first', false, 'second')).toThrow(new Error('stack/Outer/Inner: first; second'));
});
