import { TerraformVariable, Token } from 'cdktf';
import { Construct } from 'constructs';
import { Environment } from '../../src/core/environment';
import {
  aBearerOf,
  aBoolean,
  aListOf,
  aMapOf,
  anInstanceOf,
  aNumber,
  aStruct,
  aText,
  aTextMap,
  checkImport,
  checkKinds,
  Kind,
  Kinds,
  oneOf,
  someTexts,
} from '../../src/core/kinds';
import { shown } from '../../src/core/validation';
import { stackNamed } from '../support';

class Fruit {
  public constructor(public readonly name: string) {}
}

enum Color {
  RED = 'red',
  DEEP_BLUE = 'deep-blue',
}

interface BasketProps {
  readonly fruit: Fruit;
  readonly label: string;
  readonly color?: Color;
  readonly notes?: string[];
  readonly weight?: number;
}

const KINDS: Kinds<BasketProps> = {
  fruit: anInstanceOf(Fruit, "new Fruit('…')"),
  label: aText,
  'color?': oneOf(Color),
  'notes?': someTexts,
};

const aFruit = anInstanceOf(Fruit, "new Fruit('…')");
/** An instance of a class of the same name. */
const copyOf = (name: string) => Object.create({ constructor: { name } });

const aNamed = aBearerOf<Fruit>('something with a name', 'name');

describe('a kind', () => {
  const { stringValue, numberValue, listValue, value, booleanValue } = new TerraformVariable(stackNamed(), 'Any', {});

  test.each<[string, Kind, unknown]>([
    ['a text', aText, 'a'],
    ['an empty text', aText, ''],
    ['a number', aNumber, 0],
    ['a number that is none, which ranges judge', aNumber, NaN],
    ['yes or no', aBoolean, false],
    ['a list', someTexts, []],
    ['a list of texts', someTexts, ['a']],
    ['a list of numbers', aListOf(aNumber), [1]],
    ['a map', aTextMap, { a: 'b' }],
    ['a map of lists', aMapOf(someTexts), { a: ['b'] }],
    ['a struct', aStruct<BasketProps>(KINDS), { fruit: new Fruit('fig'), label: 'a', more: 1 }],
    ['an enum', oneOf(Color), Color.DEEP_BLUE],
    ['an instance', aFruit, new Fruit('fig')],
    ['an instance of a class below', aFruit, new (class Fig extends Fruit {})('fig')],
    ['an instance of another copy of the class', aFruit, copyOf('Fruit')],
    ['whatever has the members', aNamed, { name: undefined }],
    ['a text that is yet to compute', aText, stringValue],
    ['a number that is yet to compute', aNumber, numberValue],
    ['yes or no, yet to compute', aBoolean, booleanValue],
    ['a list that is yet to compute', someTexts, listValue],
    ['a map that is yet to compute', aTextMap, Token.asStringMap(value)],
    ['a text in a list that is yet to compute', someTexts, [stringValue]],
  ])('takes %s', (_, kind, given) => {
    expect(kind('prop', given)).toBe(false);
  });

  test.each<[Kind, unknown, string]>([
    [aText, undefined, "'prop' must be a text, got nothing"],
    [aText, null, "'prop' must be a text, got null"],
    [aText, 4711, "'prop' must be a text, got 4711"],
    [aNumber, '5', `'prop' must be a number, got "5"`],
    [aNumber, true, "'prop' must be a number, got true"],
    [aBoolean, 'false', `'prop' must be true or false, got "false"`],
    [someTexts, 'westeurope', `'prop' must be a list, got "westeurope"`],
    [someTexts, ['a', 3, null], "'prop[1]' must be a text, got 3; 'prop[2]' must be a text, got null"],
    [aTextMap, ['a'], `'prop' must be an object of keys and values, got ["a"]`],
    [aTextMap, { a: 3, b: 'c' }, "'prop.a' must be a text, got 3"],
    [aStruct<BasketProps>(KINDS), 'a', `'prop' must be an object, got "a"`],
    [
      aStruct<BasketProps>(KINDS),
      { fruit: 'fig' },
      `'prop.fruit' must be a Fruit, e.g. new Fruit('…'), got "fig"; 'prop.label' must be a text, got nothing`,
    ],
    [oneOf(Color), 'RED', `'prop' must be one of "red", "deep-blue", got "RED"`],
    [aFruit, {}, "'prop' must be a Fruit, e.g. new Fruit('…'), got {}"],
    [aNamed, 'name', `'prop' must be something with a name, got "name"`],
    [aNamed, () => 1, "'prop' must be something with a name, got a function"],
    [aNamed, new Construct(stackNamed(), 'Api'), `'prop' must be something with a name, got the Construct "stack/Api"`],
  ])('%# refuses another one', (kind, given, problem) => {
    expect(kind('prop', given)).toBe(problem);
  });
});

test('values of any kind can be shown', () => {
  expect([1n, Symbol('a'), () => 1, Environment].map(shown)).toEqual(['1', 'Symbol(a)', 'a function', 'a function']);
});

describe('props', () => {
  const scope = new Construct(stackNamed(), 'Basket');
  const checked = (props: unknown) => () => checkKinds<BasketProps>(scope, props as BasketProps, KINDS);

  test('pass with what is required; what is optional may be left out, or be null', () => {
    expect(checked({ fruit: new Fruit('fig'), label: 'a', color: undefined, notes: null })).not.toThrow();
  });

  test('are all told of at once, located', () => {
    expect(checked({ label: 3, color: 'green', notes: 'none' })).toThrow(
      new Error(
        `stack/Basket: 'fruit' must be a Fruit, e.g. new Fruit('…'), got nothing; 'label' must be a text, got 3; 'color' must be one of "red", "deep-blue", got "green"; 'notes' must be a list, got "none"`,
      ),
    );
  });

  test.each([undefined, null, 'text', []])('that are %p lack everything', (props) => {
    expect(checked(props)).toThrow(
      new Error(
        "stack/Basket: 'fruit' must be a Fruit, e.g. new Fruit('…'), got nothing; 'label' must be a text, got nothing",
      ),
    );
  });

  test('that are none are refused, also where nothing is required', () => {
    expect(() => checkKinds<{ a?: string }>(scope, null as never, {})).toThrow(
      new Error('stack/Basket: props and options must be an object, got null'),
    );
  });

  test('of what is defined elsewhere are located where it would be', () => {
    expect(() => checkImport(scope, 'Old', { vaultId: undefined as never }, { vaultId: aText })).toThrow(
      new Error("stack/Basket/Old: 'vaultId' must be a text, got nothing"),
    );
    expect(() => checkImport(scope, 'Old', { vaultId: 'a' }, { vaultId: aText })).not.toThrow();
  });
});
