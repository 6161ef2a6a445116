import { unknown } from '../../../src/testing/terraform/codec';
import { ArgumentRule, TypeFacts, ValueRule } from '../../../src/testing/terraform/facts/type-facts';
import { breachOf, tagsBreach } from '../../../src/testing/terraform/rules/breach';
import { checkRules } from '../../../src/testing/terraform/rules/check';
import { Attribute, Block, NestedBlock } from '../../../src/testing/terraform/schema/model';

describe('a value', () => {
  test.each<[ValueRule, unknown, unknown, string]>([
    [{ oneOf: ['LRS', 'ZRS'] }, 'LRS', 'lrs', 'must be one of "LRS", "ZRS"'],
    [{ oneOf: ['Hot'], ignoreCase: true }, 'HOT', 'Cold', 'must be one of "Hot"'],
    [{ noneOf: ['default'] }, 'other', 'default', 'is one of the values that are not allowed'],
    [{ min: 1, max: 365 }, 365, 366, 'must be 1 to 365'],
    [{ min: 1 }, 1, 0, 'must be at least 1'],
    [{ whole: true }, 2, 1.5, 'must be a whole number'],
    [{ multipleOf: 100 }, 300, 250, 'must be a multiple of 100'],
    [{ format: 'port' }, 443, 70_000, 'must be 1 to 65535'],
    [{ minLength: 1 }, 'a', '', 'must not be empty'],
    [{ maxLength: 3 }, 'abc', 'äb€', 'must have at most 3 characters, and has 6'],
    [{ maxLength: 0 }, '', 'a', 'must be empty'],
    [{ pattern: '^[a-z]+$' }, 'abc', 'ABC', 'must match ^[a-z]+$'],
    [{ unlike: '\\.$' }, 'rg', 'rg.', 'must not match \\.$'],
    [{ without: '/?' }, 'a', 'a/b', 'must do without /?'],
    [{ format: 'uuid' }, '00000000-0000-0000-0000-00000000abCD', 'x', 'must be a UUID'],
    [{ format: 'cidr' }, '10.0.0.0/8', '10.0.0.0/33', 'must be a CIDR range'],
    [{ format: 'ip' }, '::1', '1.2.3', 'must be an IP address'],
    [{ format: 'ipv4range' }, '10.0.0.1-10.0.0.9', '10.0.0.1', 'must be two IPv4 addresses with a dash between them'],
    [
      { format: 'rfc3339' },
      '2028-02-29T00:00:00Z',
      '2027-02-29T00:00:00Z',
      'must be a time such as 2030-01-31T08:00:00Z',
    ],
    [{ format: 'iso8601duration' }, 'P1DT12H', '1d', 'must be an ISO 8601 duration such as P1DT12H'],
    [{ format: 'iso8601duration', minDuration: 'P1D', maxDuration: 'P7D' }, 'P1W', 'PT1H', 'must be P1D to P7D'],
    [{ format: 'goDuration' }, '1h30m', '1 h', 'must be a duration such as 1h30m'],
    [{ format: 'json' }, '{}', '{', 'must be JSON'],
    [{ format: 'base64' }, 'aGk=', 'aGk', 'must be base64'],
    [{ format: 'url:https' }, 'https://example.com', 'http://example.com', 'must be a URL with https'],
    [
      { format: 'armId', template: '/subscriptions/{}/resourceGroups/{}' },
      '/subscriptions/a/resourceGroups/b',
      '/subscriptions/a/resourcegroups/b',
      'must be a resource ID of the form /subscriptions/{…}/resourceGroups/{…}, where letter case counts',
    ],
    [{ anyOf: [[{ format: 'ipv4' }], [{ format: 'cidr' }]] }, '10.0.0.1', 'x', 'has none of the accepted forms'],
    [{ minLength: 1, all: [{ unlike: '^-' }] }, 'a', '-a', 'must not match ^-'],
  ])('%j: %j, not %j', (rule, good, bad, breach) => {
    expect(breachOf(rule, good)).toBeUndefined();
    expect(breachOf(rule, bad)).toBe(breach);
  });

  test('of tags', () => {
    expect(tagsBreach({ owner: 'team' })).toBeUndefined();
    expect(tagsBreach({ owner: 'x'.repeat(257) })).toBe(
      'has a tag whose name exceeds 512 or whose value exceeds 256 characters: "owner"',
    );
  });
});

describe('a configuration', () => {
  const text: Attribute = { type: 'string', optional: true };
  const list: Attribute = { type: ['list', 'string'], optional: true };
  const fields: Attribute = { type: ['list', ['object', { code: 'string' }]], optional: true };
  const nested: NestedBlock = {
    nesting: 'list',
    minItems: 0,
    maxItems: 1,
    block: { attributes: { a: text, b: text }, blocks: {} },
  };
  const schema: Block = {
    attributes: { one: text, two: text, list, fields, secret: { ...text, sensitive: true } },
    blocks: { nested, set: { ...nested, nesting: 'set' } },
  };
  const empty = { one: null, two: null, list: null, fields: null, secret: null, nested: [], set: [] };

  function breaches(rules: Record<string, ArgumentRule>, config: object): string[] {
    const facts: TypeFacts = { rules };
    return checkRules(facts, { ...empty, ...config }, schema).map(({ detail }) => detail);
  }

  test('is judged value by value, next to one that is not known', () => {
    const rules = { 'nested.a': { oneOf: ['x'] }, 'nested.b': { oneOf: ['x'] } };

    expect(breaches(rules, { nested: [{ a: unknown(), b: 'y' }] })).toEqual(['"nested.b" must be one of "x", got "y"']);
  });

  test('is judged element by element, and by the number of elements', () => {
    const rules = { list: { maxItems: 1, each: { format: 'ip' } } };

    expect(breaches(rules, { list: ['10.0.0.1', 'x'] })).toEqual([
      '"list" must have at most 1 items, and has 2',
      '"list" must be an IP address, got "x"',
    ]);
  });

  test('is judged in arguments that are written like blocks, with the place of the argument', () => {
    const found = checkRules(
      { rules: { 'fields.code': { oneOf: ['x'] } } },
      { ...empty, fields: [{ code: 'y' }] },
      schema,
    );

    expect(found).toMatchObject([{ steps: ['fields'], detail: '"fields.code" must be one of "x", got "y"' }]);
  });

  test('is warned of what is deprecated and given', () => {
    const facts = { deprecated: { one: ['two'], two: [], nested: [], '': ['azurerm_other'] } };

    const found = checkRules(facts, { ...empty, one: 'a' }, schema);

    expect(found.map(({ severity, detail }) => `${severity} ${detail}`)).toEqual([
      'warning this type is deprecated; use azurerm_other',
      'warning "one" is deprecated; use two',
    ]);
  });

  test('shows no secret', () => {
    expect(breaches({ secret: { minLength: 12 } }, { secret: 'hunter2' })).toEqual([
      '"secret" must have at least 12 characters, and has 7',
    ]);
  });

  test('is not held against what was made up', () => {
    expect(breaches({ one: { oneOf: ['x'] } }, { one: 'fake' })).toEqual([]);
  });

  test.each<[string, Record<string, ArgumentRule>, object, string[]]>([
    [
      'rivals',
      { one: { conflictsWith: ['two'] } },
      { one: 'a', two: 'b' },
      ['"one" cannot be used together with "two"'],
    ],
    ['rivals that may be null', { one: { conflictsWith: ['two'] } }, { one: 'a', two: unknown() }, []],
    ['companions', { one: { requiredWith: ['nested'] } }, { one: 'a' }, ['"one" needs "nested" as well']],
    [
      'companions that are there',
      { one: { requiredWith: ['nested'] } },
      { one: 'a', nested: [{ a: null, b: null }] },
      [],
    ],
    [
      'none of several',
      { one: { exactlyOneOf: ['one', 'two'] } },
      {},
      ['exactly one of "one", "two" must be given, got none'],
    ],
    [
      'several',
      { one: { exactlyOneOf: ['one', 'nested.a'] } },
      { one: 'a', nested: [{ a: 'b', b: null }] },
      ['exactly one of "one", "nested.a" must be given, got "one", "nested.a"'],
    ],
    ['one, which is not known', { one: { exactlyOneOf: ['one', 'two'] } }, { one: unknown() }, []],
    ['too few', { one: { atLeastOneOf: ['one', 'set'] } }, {}, ['at least one of "one", "set" must be given']],
  ])('%s', (_, rules, config, expected) => {
    expect(breaches(rules, config)).toEqual(expected);
  });
});
