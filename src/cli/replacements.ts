import { FORCE_NEW, ForceNew } from './force-new';
import { isAttribute, isOfReplacement } from './resolved-values';
import { Body, Difference, isExpression } from './values';

/** What a change of one argument does: to the resource, or, where it is `count`, to some of its instances. */
export type Effect = 'none' | 'changed' | 'replaced' | 'unclear' | 'removed' | 'added';

/** What Terraform does with a resource before its provider is asked. */
const UNCLEAR = ['for_each', 'provider'];

/** What the change of one argument of a resource of some type does. */
export function effectOf(type: string, difference: Difference, resource: Body): Effect {
  if (difference.path === 'count') {
    return effectOfCount(difference);
  }
  const facts = FORCE_NEW[type];
  return facts && !UNCLEAR.includes(difference.path) ? effectBy(facts, difference, resource) : 'unclear';
}

/** One without a count is one; it keeps what it is as the first of several. */
function effectOfCount({ before = 1, after = 1 }: Difference): Effect {
  const [old, fresh] = [before, after].map((count) => (isExpression(count) ? NaN : Number(count)));
  if (Number.isNaN(old) || Number.isNaN(fresh)) {
    return 'unclear';
  }
  return old === fresh ? 'none' : old > fresh ? 'removed' : 'added';
}

function effectBy(facts: ForceNew, { path, before, after, count }: Difference, resource: Body): Effect {
  const { always = [], unlessDefault = {}, kept = [], blocks = [], when = {} } = facts;
  if (count) {
    return blocks.includes(path) ? 'replaced' : 'none';
  }
  if (always.some((argument) => path === argument || path.startsWith(`${argument}.`))) {
    return isNothing(before) && isNothing(after) ? 'none' : certainly(before, after);
  }
  if (path in unlessDefault) {
    const [old, fresh] = [before ?? unlessDefault[path], after ?? unlessDefault[path]];
    return old === fresh ? 'none' : certainly(old, fresh);
  }
  if (kept.includes(path)) {
    return after === undefined ? 'none' : before === undefined ? 'unclear' : certainly(before, after);
  }
  if (path in when) {
    const replaces = isExpression(before) || isExpression(after) ? undefined : when[path](before, after, resource);
    return replaces === undefined ? 'unclear' : replaces ? 'replaced' : 'changed';
  }
  return 'changed';
}

/** An expression may come to the same value as another one, or as a literal. */
function certainly(before: unknown, after: unknown): Effect {
  const values = [before, after];
  const differ = !values.some(isExpression) || values.every((value) => value === undefined || isAttribute(value));
  return differ || isOfReplacement(after) ? 'replaced' : 'unclear';
}

/** What Terraform's providers do not tell apart. */
function isNothing(value: unknown): boolean {
  return value === undefined || value === false || value === 0;
}
