import { Verdict } from './rule';
import { isComputed, isEmpty } from './values';

/** A requirement on one value. */
export interface Predicate {
  /** How a value that fulfils it reads behind the path, e.g. `= true`. */
  readonly wanted: string;
  /** The answer where the attribute is not set. */
  readonly ifUnset: Verdict;
  /** The answer for a value that is set. */
  judge(value: unknown): Verdict;
}

type Scalar = string | number | boolean;

const { COMPLIANT, VIOLATED, NOT_APPLICABLE, CANNOT_BE_CHECKED } = Verdict;

/** Exactly this value; `"true"` is `true` to Terraform. */
export const is = (expected: Scalar) => scalar(`= ${expected}`, (value) => same(value, expected));

/** Anything else, or nothing. */
export const isNot = (unwanted: Scalar) => orUnset(scalar(`not ${unwanted}`, (value) => !same(value, unwanted)));

/** One of these values. */
export const oneOf = (...allowed: Scalar[]) =>
  scalar(`one of ${allowed.join(', ')}`, (value) => allowed.some((one) => same(value, one)));

/** None of these values, or nothing. */
export const noneOf = (...unwanted: Scalar[]) =>
  orUnset(scalar(`none of ${unwanted.join(', ')}`, (value) => !unwanted.some((one) => same(value, one))));

/** A number not below a limit. */
export const atLeast = (limit: number) => scalar(`>= ${limit}`, (value) => isNumber(value) && Number(value) >= limit);

/** A number not above a limit. */
export const atMost = (limit: number) => scalar(`<= ${limit}`, (value) => isNumber(value) && Number(value) <= limit);

/** A text of a form; `wanted` says which in words. */
export const matches = (form: RegExp, wanted: string) => scalar(wanted, (value) => form.test(String(value)));

/** Any value that is not empty, also one that Terraform has yet to compute. */
export const isSet = (): Predicate => known('set', (value) => !isEmpty(value), VIOLATED);

/** Nothing, or an empty value. */
export const isUnset = (): Predicate => known('left out', isEmpty, COMPLIANT);

/** A list that holds one of these entries. */
export const hasAny = (...wanted: Scalar[]): Predicate => ({
  wanted: `with ${wanted.join(' or ')}`,
  ifUnset: VIOLATED,
  judge: (value) => {
    const entries = [value].flat();
    if (entries.some((entry) => wanted.some((one) => same(entry, one)))) {
      return COMPLIANT;
    }
    return entries.some(isComputed) ? CANNOT_BE_CHECKED : VIOLATED;
  },
});

/** A list without any of these entries, or nothing. */
export const hasNone = (...unwanted: Scalar[]): Predicate =>
  everyEntry(`without ${unwanted.join(', ')}`, (entry) => !unwanted.some((one) => same(entry, one)));

/** A list in which every entry passes, or nothing. */
export const everyEntry = (wanted: string, passes: (entry: any) => boolean): Predicate => ({
  wanted,
  ifUnset: COMPLIANT,
  judge: (value) => {
    const entries = [value].flat();
    if (entries.some((entry) => !isComputed(entry) && !passes(entry))) {
      return VIOLATED;
    }
    return entries.some(isComputed) ? CANNOT_BE_CHECKED : COMPLIANT;
  },
});

/** A list with nothing but these entries. */
export const only = (...allowed: Scalar[]): Predicate => ({
  ...everyEntry(`only ${allowed.join(', ')}`, (entry) => allowed.some((one) => same(entry, one))),
  ifUnset: VIOLATED,
});

/** A list that is not of this length, or nothing. */
export const lengthIsNot = (length: number): Predicate => ({
  wanted: `not exactly ${length}`,
  ifUnset: COMPLIANT,
  judge: (value) => {
    if (isComputed(value)) {
      return CANNOT_BE_CHECKED;
    }
    return [value].flat().length === length ? VIOLATED : COMPLIANT;
  },
});

/** The same, where leaving the attribute out is fine as well. */
export const orUnset = (predicate: Predicate): Predicate => ({
  ...predicate,
  wanted: predicate.ifUnset === COMPLIANT ? predicate.wanted : `${predicate.wanted}, or left out`,
  ifUnset: COMPLIANT,
});

/** The same, where leaving the attribute out takes the resource out of the rule. */
export const whereSet = (predicate: Predicate): Predicate => ({
  ...predicate,
  wanted: `${predicate.wanted}, where set`,
  ifUnset: NOT_APPLICABLE,
});

/**
 * Whether Terraform reads two values as one.
 */
export function same(value: unknown, expected: Scalar): boolean {
  return String(value) === String(expected);
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '' && !isNaN(Number(value)));
}

function scalar(wanted: string, holds: (value: unknown) => boolean): Predicate {
  return {
    wanted,
    ifUnset: VIOLATED,
    judge: (value) => (isComputed(value) ? CANNOT_BE_CHECKED : holds(value) ? COMPLIANT : VIOLATED),
  };
}

function known(wanted: string, holds: (value: unknown) => boolean, ifUnset: Verdict): Predicate {
  return { wanted, ifUnset, judge: (value) => (holds(value) ? COMPLIANT : VIOLATED) };
}
