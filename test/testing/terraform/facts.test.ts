import { factsOf, factualTypes, ArgumentRule, ValueRule } from '../../../src/testing/terraform/facts/type-facts';
import { FORMATS, secondsOf } from '../../../src/testing/terraform/rules/formats';

const AZURERM = 'hashicorp/azurerm';

/** A rule with every rule inside it. */
function within(rule: ArgumentRule): ValueRule[] {
  const inner = [...(rule.all ?? []), ...(rule.anyOf ?? []).flat(), ...(rule.each ? [rule.each] : [])];
  return [rule, ...inner.flatMap(within)];
}

describe('the facts about azurerm', () => {
  const all = factualTypes().map((type) => ({ type, facts: factsOf(AZURERM, type)! }));
  const rules = all.flatMap(({ facts }) => Object.values(facts.rules ?? {})).flatMap(within);

  test('cover all types, each once, in order', () => {
    const types = all.map(({ type }) => type);

    expect(types.length).toBeGreaterThan(1_500);
    expect(types).toEqual([...new Set(types)].sort());
  });

  test('cover the arguments', () => {
    const count = (part: 'rules' | 'defaults'): number =>
      all.reduce((sum, { facts }) => sum + Object.keys(facts[part] ?? {}).length, 0);
    const forcing = all.flatMap(({ facts }) => Object.values(facts.flags ?? {})).filter((flags) => flags.includes('n'));

    expect([count('rules'), count('defaults'), forcing.length]).toEqual([15_691, 2_513, 5_407]);
  });

  test('hold patterns, formats and durations that can be read', () => {
    const formats = [...Object.keys(FORMATS), 'armId', 'azureTags', 'port'];
    const unreadable = rules.filter(
      ({ pattern = '', unlike = '', flags, format = 'uuid', minDuration = 'P1D', maxDuration = 'P1D' }) =>
        !new RegExp(pattern, flags) ||
        !new RegExp(unlike, flags) ||
        !(formats.includes(format) || format.startsWith('url:')) ||
        [minDuration, maxDuration].map(secondsOf).includes(undefined),
    );

    expect(unreadable).toEqual([]);
  });

  test('hold bounds in order, and letters that mean something', () => {
    const crossed = rules.filter(
      ({ min = -Infinity, max = Infinity, minLength = 0, maxLength = Infinity }) => min > max || minLength > maxLength,
    );
    const flags = all.flatMap(({ facts }) => Object.values(facts.flags ?? {})).join('');

    expect(crossed).toEqual([]);
    expect([...new Set(flags)].sort()).toEqual(['c', 'n', 's', 'w']);
  });

  test('are about azurerm only', () => {
    expect(factsOf('hashicorp/helm', 'azurerm_storage_account')).toBeUndefined();
    expect(factsOf(AZURERM, 'azurerm_nothing')).toBeUndefined();
    expect(factsOf(AZURERM, 'data.azurerm_storage_account')).toHaveProperty('rules');
  });
});
