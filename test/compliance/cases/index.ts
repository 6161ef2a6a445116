import { ALL_RULES } from '../../../src/compliance/rules';
import { Attributes } from '../../../src/compliance/values';
import { Good, set } from '../raw';
import { Case } from './case';
import { GOOD_AZURE } from './good';
import { GOOD_GOVERNANCE } from './good-governance';
import { GOOD_PLATFORM } from './good-platform';
import { GOOD_WORKLOADS, POD_PATHS } from './good-workloads';
import { PLATFORM } from './platform';
import { SERVICES } from './services';

/** One resource of each type that keeps every rule for it. */
export const GOOD: { [type: string]: Good } = {
  ...Object.fromEntries(
    Object.entries({ ...GOOD_AZURE, ...GOOD_PLATFORM, ...GOOD_GOVERNANCE }).map(([name, good]) => [
      `azurerm_${name}`,
      good,
    ]),
  ),
  ...GOOD_WORKLOADS,
  azuread_application_federated_identity_credential: GOOD_GOVERNANCE.federated_identity_credential,
};

/** What breaks each rule, but those about traffic. */
export const CASES: Case[] = [...SERVICES, ...PLATFORM];

/** A resource that keeps a rule, with what a case says in addition. */
export function goodFor(type: string, given: Attributes = {}): Good {
  const good = GOOD[type] ?? { attributes: {} };
  return { ...good, attributes: { ...good.attributes, ...given } };
}

/** Attributes with other values where a case breaks its rule. */
export function patched(
  type: string,
  attributes: Attributes,
  { broken }: Case,
  value: (bad: unknown) => unknown,
): Attributes {
  return Object.entries(broken)
    .filter(([path]) => path !== 'referrers')
    .reduce((result, [path, bad]) => set(result, path.replace('{pod}', POD_PATHS[type]), value(bad)), attributes);
}

/** Who refers to the resource of a case that breaks its rule. */
export function referrersFor({ broken }: Case, good: Good): Good['referrers'] {
  return 'referrers' in broken ? [] : good.referrers;
}

/** A rule by its id. */
export const ruleOf = (id: string) => ALL_RULES.find((rule) => rule.id === id)!;

/** The types that a case is about. */
export const typesOf = ({ rule }: Case) => ruleOf(rule).resourceTypes;
