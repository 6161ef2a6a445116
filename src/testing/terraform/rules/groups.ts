import { isUnknown, Value } from '../codec';
import { ArgumentRule } from '../facts/type-facts';
import { Block } from '../schema/model';

/** What an argument does against the rules that tie it to others, as whole sentences. */
export function groupBreaches(rule: ArgumentRule, path: string, schema: Block, config: Value): string[] {
  const at = (other: string): Value[] => valuesAt(config, other.split('.'));
  const isOpen = (other: string): boolean => at(other).some(isUnknown);
  const has = (other: string): boolean => isOpen(other) || at(other).some((value) => isGiven(value, schema, other));
  const { conflictsWith = [], requiredWith = [], exactlyOneOf = [], atLeastOneOf = [] } = rule;
  const breaches: string[] = [];

  const rivals = conflictsWith.filter((other) => other !== path && has(other) && !isOpen(other));
  if (rivals.length > 0 && has(path) && !isOpen(path)) {
    breaches.push(`"${path}" cannot be used together with ${listed(rivals)}`);
  }
  const missing = requiredWith.filter((other) => !has(other));
  if (missing.length > 0 && has(path)) {
    breaches.push(`"${path}" needs ${listed(missing)} as well`);
  }
  const chosen = exactlyOneOf.filter(has);
  if (exactlyOneOf.length > 0 && (chosen.length === 0 || (chosen.length > 1 && !exactlyOneOf.some(isOpen)))) {
    const got = chosen.length === 0 ? 'none' : listed(chosen);
    breaches.push(`exactly one of ${listed(exactlyOneOf)} must be given, got ${got}`);
  }
  if (atLeastOneOf.length > 0 && !atLeastOneOf.some(has)) {
    breaches.push(`at least one of ${listed(atLeastOneOf)} must be given`);
  }
  return breaches;
}

/** The values at a path, one for every block on the way; what is not known ends the way and counts. */
function valuesAt(config: Value, names: string[]): Value[] {
  let values: Value[] = [config];
  for (const name of names) {
    values = values
      .flatMap((value) => (Array.isArray(value) ? value : [value]))
      .map((value) => (value === null || isUnknown(value) ? value : (value[name] ?? null)))
      .filter((value) => value !== null);
  }
  return values;
}

// an empty list in an argument has been given, an empty list of blocks has not
function isGiven(value: Value, schema: Block, path: string): boolean {
  return !(Array.isArray(value) && value.length === 0 && isBlock(schema, path.split('.')));
}

function isBlock(schema: Block, [name, ...rest]: string[]): boolean {
  const nested = schema.blocks[name];
  return nested !== undefined && (rest.length === 0 || isBlock(nested.block, rest));
}

function listed(paths: string[]): string {
  return paths.map((path) => `"${path}"`).join(', ');
}
