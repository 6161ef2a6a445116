import { isUnknown, Steps, Value } from '../codec';
import { ArgumentRule, TypeFacts } from '../facts/type-facts';
import { isFake } from '../fakes';
import { Attribute, Block, TypeSpec } from '../schema/model';
import { breachOf, quoted, tagsBreach } from './breach';
import { groupBreaches } from './groups';

/** Something that an argument does against a rule, or that speaks against using it. */
export interface Breach {
  readonly severity: 'error' | 'warning';
  /** Where terraform looks the line up: names and indexes, up to the first set. */
  readonly steps: Steps;
  readonly summary: string;
  readonly detail: string;
}

/** An argument or block of a configuration, with its value. */
interface Place {
  /** Names only, with dots: the key of rules. */
  readonly path: string;
  readonly steps: Steps;
  readonly value: Value;
  /** `undefined` where it is a block. */
  readonly attribute?: Attribute;
}

/**
 * Holds the value rules of a type against a configuration, value by value: one that is not known yet keeps nobody from judging the
 * others, as it does in the provider.
 */
export function checkRules({ rules = {}, deprecated = {} }: TypeFacts, config: Value, schema: Block): Breach[] {
  const found = new Map<string, Breach>();
  const add = (steps: Steps, summary: string, detail: string, severity: Breach['severity'] = 'error'): void => {
    found.set(detail, found.get(detail) ?? { severity, steps, summary, detail });
  };
  const deprecate = (steps: Steps, path: string, subject: string): void => {
    if (deprecated[path]) {
      const instead = deprecated[path].length > 0 ? `; use ${deprecated[path].join(', ')}` : '';
      add(steps, 'Deprecated', `${subject} is deprecated${instead}`, 'warning');
    }
  };
  deprecate([], '', 'this type');
  for (const { path, steps, value, attribute } of placesIn(schema, config)) {
    const rule = rules[path];
    if (value !== null && !(attribute === undefined && Array.isArray(value) && value.length === 0)) {
      deprecate(steps, path, `"${path}"`);
    }
    if (rule) {
      valueBreaches(rule, value, attribute).forEach((breach) => add(steps, 'Invalid value', `"${path}" ${breach}`));
      groupBreaches(rule, path, schema, config).forEach((breach) =>
        add(steps, 'Invalid combination of arguments', breach),
      );
    }
  }
  return [...found.values()];
}

function valueBreaches(rule: ArgumentRule, value: Value, attribute?: Attribute): string[] {
  // of blocks terraform itself counts the number
  if (!attribute || value === null || isUnknown(value) || isFake(value)) {
    return [];
  }
  const shown = (breach: string | undefined, of: Value): string[] =>
    breach === undefined ? [] : [attribute.sensitive ? breach : `${breach}, got ${quoted(of)}`];
  if (typeof value !== 'object') {
    return shown(breachOf(rule, value), value);
  }
  const isList = Array.isArray(value);
  const size = isList ? value.length : Object.keys(value).length;
  const { each, minItems = 0, maxItems = Infinity } = rule;
  const known = isList ? value.filter((element) => element !== null && !isUnknown(element) && !isFake(element)) : [];
  const tags = !isList && rule.format === 'azureTags' ? tagsBreach(value) : undefined;
  return [
    ...(isList && size < minItems ? [`must have at least ${minItems} items, and has ${size}`] : []),
    ...(size > (maxItems || Infinity) ? [`must have at most ${maxItems} items, and has ${size}`] : []),
    ...(each ? known.flatMap((element) => shown(breachOf(each, element), element)) : []),
    ...(tags ? [tags] : []),
  ];
}

function* placesIn(block: Block, value: Value, path = '', steps: Steps = [], open = true): Generator<Place> {
  if (value === null || isUnknown(value)) {
    return;
  }
  const below = (name: string): Steps => (open ? [...steps, name] : steps);
  for (const [name, attribute] of Object.entries(block.attributes)) {
    const place = { path: path + name, steps: below(name), value: value[name] ?? null, attribute };
    yield place;
    yield* fieldsOf(place, attribute.type);
  }
  for (const [name, { nesting, block: inner }] of Object.entries(block.blocks)) {
    const nested = value[name] ?? null;
    yield { path: path + name, steps: below(name), value: nested };
    const elements: Value[] = isUnknown(nested) || nested === null ? [] : nesting === 'single' ? [nested] : nested;
    for (const [i, element] of elements.entries()) {
      const address = [...below(name), ...(open && nesting === 'list' ? [i] : [])];
      // elements of sets have no address
      yield* placesIn(inner, element, `${path}${name}.`, address, open && nesting !== 'set');
    }
  }
}

// arguments that are written like blocks; terraform takes the value as a whole, so that is the place of each field
function* fieldsOf(place: Place, type: TypeSpec): Generator<Place> {
  const { value } = place;
  if (typeof type === 'string' || value === null || isUnknown(value)) {
    return;
  }
  const [kind, of] = type;
  if (kind !== 'object') {
    for (const element of Array.isArray(value) ? value : []) {
      yield* fieldsOf({ ...place, value: element }, of);
    }
    return;
  }
  for (const [name, field] of Object.entries(of)) {
    const inner = { ...place, path: `${place.path}.${name}`, value: value[name] ?? null };
    yield inner;
    yield* fieldsOf(inner, field);
  }
}
