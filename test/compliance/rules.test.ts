import { IRenderedResource, Verdict } from '../../src/compliance/rule';
import { ALL_RULES } from '../../src/compliance/rules';
import { Attributes, isEmpty } from '../../src/compliance/values';
import { CASES, GOOD, goodFor, patched, referrersFor, ruleOf, typesOf } from './cases';
import { NETWORK_TRAFFIC } from './cases/network-traffic';
import { Good, set } from './raw';

const { COMPLIANT, VIOLATED } = Verdict;

/** What a stack of one resource, and of those that refer to it, would render to. */
function rendered(type: string, attributes: Attributes, referrers: Good['referrers'] = []): IRenderedResource {
  const others = referrers.map(([other, by, more = {}], index) => {
    const address = `${other}.r${index}`;
    return { type: other, address, path: address, attributes: set(more, by, `\${${type}.x.id}`) };
  });
  const resource: IRenderedResource = {
    type,
    address: `${type}.x`,
    path: 'x',
    attributes,
    inStack: (other) => [resource, ...(others as IRenderedResource[])].filter((one) => one.type === other),
    referredToBy: (other) => (others as IRenderedResource[]).filter((one) => one.type === other),
  };
  return resource;
}

function verdict(id: string, type: string, attributes: Attributes, referrers?: Good['referrers']): Verdict {
  return ruleOf(id).judge(rendered(type, attributes, referrers));
}

test.each(CASES)('$rule: $broken is caught', (one) => {
  for (const type of typesOf(one)) {
    const good = goodFor(type, one.given);
    const withOther = (value: (bad: unknown) => unknown) =>
      verdict(one.rule, type, patched(type, good.attributes, one, value), referrersFor(one, good));

    expect({
      type,
      good: verdict(one.rule, type, good.attributes, good.referrers),
      broken: withOther((bad) => bad),
      unset: withOther(() => undefined),
      computed: withOther(() => '${var.later}'),
    }).toEqual({ type, good: COMPLIANT, broken: VIOLATED, unset: one.unset, computed: one.computed });
  }
});

test.each(CASES)('$rule takes values of every kind', (one) => {
  for (const type of typesOf(one)) {
    for (const mutant of [true, 'Other', '', null, 0, [], ['*', null, {}], {}, { a: [1] }, '${var.later}']) {
      const attributes = patched(type, goodFor(type, one.given).attributes, one, () => mutant);

      expect(Object.values(Verdict)).toContain(verdict(one.rule, type, attributes));
    }
  }
});

test.each(NETWORK_TRAFFIC)('$rule on $rules: $verdict', ({ rule, rules, verdict: expected }) => {
  const group = { security_rule: rules };
  expect(verdict(rule, 'azurerm_network_security_group', group, [])).toBe(expected);
  if (rules.length === 1) {
    expect(verdict(rule, 'azurerm_network_security_rule', rules[0], [])).toBe(expected);
  }
});

test.each(Object.entries(GOOD))('a good %s breaks no rule', (type, { attributes, referrers }) => {
  const open = ALL_RULES.filter(({ resourceTypes }) => resourceTypes.includes(type)).filter((rule) =>
    [Verdict.VIOLATED, Verdict.CANNOT_BE_CHECKED].includes(verdict(rule.id, type, attributes, referrers)),
  );
  expect(open.map(({ id }) => id)).toEqual([]);
});

test('every rule is caught by a case', () => {
  const covered = [...CASES, ...NETWORK_TRAFFIC].map(({ rule }) => rule);
  expect(ALL_RULES.map(({ id }) => id).filter((id) => !covered.includes(id))).toEqual([]);
});

test('ids are unique and well-formed', () => {
  const ids = ALL_RULES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[A-Z][A-Z0-9]{2}-\d{3}$/.test(id))).toEqual([]);
});

test('rules are complete sentences with sources', () => {
  const incomplete = ALL_RULES.filter(
    ({ requirement, references, condition }) =>
      /\.$/.test(requirement) || isEmpty(requirement) || isEmpty(references) || isEmpty(condition),
  );
  expect(incomplete.map(({ id }) => id)).toEqual([]);
});
