import { Predicate } from './predicates';
import { IRenderedResource, Verdict } from './rule';
import { Attributes, blocksAt, isComputed, valuesAt } from './values';

/** A requirement on one resource; what rules are made of. */
export interface Check {
  /** What it asks for, e.g. `https_only = true`. */
  readonly wanted: string;
  /** Attributes it looks at, in Terraform's spelling. */
  readonly paths: string[];
  /** Types of other resources that it looks at. */
  readonly neighbours: string[];
  /** The answer for a resource. */
  judge(resource: IRenderedResource): Verdict;
}

const { COMPLIANT, VIOLATED, NOT_APPLICABLE, CANNOT_BE_CHECKED } = Verdict;

/** Every value at a path fulfils a predicate. */
export function at(path: string, predicate: Predicate): Check {
  return custom(`${path} ${predicate.wanted}`, [path], ({ attributes }) =>
    strictest(
      valuesAt(attributes, path).map((value) => (value === undefined ? predicate.ifUnset : predicate.judge(value))),
    ),
  );
}

/** A requirement that is code. */
export function custom(
  wanted: string,
  paths: string[],
  judge: (resource: IRenderedResource) => Verdict,
  neighbours: string[] = [],
): Check {
  return { wanted, paths, neighbours, judge };
}

/** All of several requirements. */
export function allOf(...checks: Check[]): Check {
  return composed(' and ', checks, (resource) => strictest(checks.map((check) => check.judge(resource))));
}

/** At least one of several requirements. */
export function anyOf(...checks: Check[]): Check {
  return composed(' or ', checks, (resource) => mildest(checks.map((check) => check.judge(resource))));
}

/** A requirement on resources that fulfil a condition. */
export function when(condition: Check, check: Check): Check {
  return composed(' where ', [check, condition], (resource) => {
    switch (condition.judge(resource)) {
      case COMPLIANT:
        return check.judge(resource);
      case CANNOT_BE_CHECKED:
        return check.judge(resource) === VIOLATED ? CANNOT_BE_CHECKED : check.judge(resource);
      default:
        return NOT_APPLICABLE;
    }
  });
}

/** A requirement on resources that do not fulfil a condition. */
export function unless(condition: Check, check: Check): Check {
  const inverse = { ...condition, wanted: `not (${condition.wanted})`, judge: inverted(condition) };
  return { ...when(inverse, check), wanted: `${check.wanted} unless ${condition.wanted}` };
}

/** A requirement on every block at a path; without blocks there is nothing to judge. */
export function forEach(path: string, check: Check): Check {
  return nested('every', path, check, (verdicts) => strictest(verdicts));
}

/** A requirement that at least one block at a path fulfils. */
export function forAny(path: string, check: Check): Check {
  return nested('some', path, check, (verdicts) => (verdicts.length === 0 ? VIOLATED : mildest(verdicts)));
}

/** The worst of some answers. */
export function strictest(verdicts: Verdict[]): Verdict {
  return [VIOLATED, CANNOT_BE_CHECKED, COMPLIANT].find((one) => verdicts.includes(one)) ?? NOT_APPLICABLE;
}

/** The best of some answers. */
export function mildest(verdicts: Verdict[]): Verdict {
  return [COMPLIANT, CANNOT_BE_CHECKED, VIOLATED].find((one) => verdicts.includes(one)) ?? NOT_APPLICABLE;
}

function inverted(check: Check): Check['judge'] {
  return (resource) => {
    const verdict = check.judge(resource);
    return verdict === COMPLIANT ? VIOLATED : verdict === CANNOT_BE_CHECKED ? CANNOT_BE_CHECKED : COMPLIANT;
  };
}

function nested(word: string, path: string, check: Check, sum: (verdicts: Verdict[]) => Verdict): Check {
  return {
    ...custom(
      `${word} ${path}: ${check.wanted}`,
      check.paths.map((inner) => `${path}.${inner}`),
      (resource) =>
        sum(
          blocksAt(resource.attributes, path).map((block) =>
            isComputed(block) ? CANNOT_BE_CHECKED : check.judge(blockOf(resource, block as Attributes)),
          ),
        ),
    ),
    neighbours: check.neighbours,
  };
}

function blockOf(resource: IRenderedResource, attributes: Attributes): IRenderedResource {
  return { ...resource, attributes };
}

function composed(word: string, checks: Check[], judge: Check['judge']): Check {
  const nestedWords = / (and|or|where|unless) |: /;
  return custom(
    checks.map(({ wanted }) => (nestedWords.test(wanted) ? `(${wanted})` : wanted)).join(word),
    [...new Set(checks.flatMap(({ paths }) => paths))],
    judge,
    [...new Set(checks.flatMap(({ neighbours }) => neighbours))],
  );
}
