import { Steps, Value, withType } from './codec';
import { TypeSpec } from './schema/model';

const GUID = '00000000-1111-2222-3333-444444444444';

/** Strings that pass for the real thing, by the name of what they are for; the first row that fits. Odd, to be recognised. */
const STRINGS: [RegExp, string][] = [
  [/(^|_)(tenant|client|object|principal|application|subscription)_id$|guid|uuid/, GUID],
  [/(^|_)ids?$/, `/subscriptions/${GUID}/resourceGroups/fake/providers/Microsoft.Resources/fakes/fake`],
  [/certificate|_key$|base64|_pem$/, Buffer.from('fake').toString('base64')],
  [/cidr|address_(prefix|space)|ip_range/, '10.251.0.0/16'],
  [/ip_address|(^|_)ips?$/, '10.251.7.4'],
  [/(^|_)ur[il]s?$|endpoint$|issuer/, 'https://fake.example.com/'],
  [/fqdn|host_?name|^host$|domain/, 'fake.example.com'],
  [/rfc3339|_(time|date)$|expir|not_(after|before)/, '2031-05-07T09:11:13Z'],
  [/(^|_)location$/, 'westeurope'],
  [/json$|yaml$|_raw$|metadata/, '{}'],
  [/(^|_)version$/, '1.29.97'],
];

/** An id that is text and number alike. */
const OTHER_ID = '20251107';

/** What is valid wherever it stands, and no sign of a fake. */
const INNOCENT = ['westeurope', '{}'];

/** Whether text was made up here, or contains what was: rules are not held against it. */
export function isFake(value: unknown): boolean {
  if (typeof value !== 'string') {
    return false;
  }
  const marks = STRINGS.map(([, text]) => text).filter((text) => !INNOCENT.includes(text));
  return /(^|[^a-z])fake([^a-z]|$)/i.test(value) || [GUID, ...marks].some((mark) => value.includes(mark));
}

/** An id that differs from those of other resources, of the form that the type has. */
export function fakeId(type: string, state: Value, example?: string): string {
  const name = typeof state.name === 'string' ? state.name : type;
  const group = typeof state.resource_group_name === 'string' ? state.resource_group_name : 'fake';
  const form = example ?? `/subscriptions/0/resourceGroups/0/providers/Microsoft.Resources/${type}/0`;
  return form
    .replace(/^\/subscriptions\/[^/]+/, `/subscriptions/${GUID}`)
    .replace(/\/resourceGroups\/[^/]+/i, `/resourceGroups/${group}`)
    .replace(/[^/]+$/, name);
}

/**
 * A value for what only a provider, or another stack, could know.
 *
 * @param wanted what expressions ask of the value: map keys and list elements among it are there
 */
export function fake(type: TypeSpec, name: string, wanted: Steps[] = []): Value {
  if (type === 'dynamic') {
    const guessed = guessType(wanted);
    return withType(guessed, fake(guessed, name, wanted));
  }
  if (typeof type === 'string') {
    return type === 'number' ? 1 : type === 'bool' ? false : fakeString(name);
  }
  const inside = (step: string | number): Steps[] =>
    wanted.filter(([head]) => head === step).map(([, ...rest]) => rest);
  const [kind, of] = type;
  if (kind === 'object') {
    return Object.fromEntries(Object.entries(of).map(([n, t]) => [n, fake(t as TypeSpec, n, inside(n))]));
  }
  const heads = [...new Set(wanted.map(([head]) => head))];
  if (kind === 'map') {
    const keys = heads.filter((head) => typeof head === 'string');
    return Object.fromEntries(keys.map((key) => [key, fake(of as TypeSpec, key, inside(key))]));
  }
  const length = kind === 'set' ? 1 : Math.max(0, ...heads.filter((head) => typeof head === 'number')) + 1;
  return Array.from({ length }, (_, i) => fake(of as TypeSpec, name, inside(i)));
}

/** A value of a certain resource or data source: ids are those of Azure only there, and numbers elsewhere, as with GitHub. */
export function fakeOf(resourceType: string, type: TypeSpec, name: string, wanted: Steps[] = []): Value {
  const isAzure = /^(azurerm|azapi|azuread)_/.test(resourceType);
  return name === 'id' && type === 'string' && !isAzure ? OTHER_ID : fake(type, name, wanted);
}

function fakeString(name: string): string {
  return STRINGS.find(([pattern]) => pattern.test(name))?.[1] ?? 'fake';
}

/** A type for what no schema describes, as far as expressions tell: names make an object, indexes a list. */
export function guessType(wanted: Steps[]): TypeSpec {
  const guessed: Record<string, TypeSpec> = {};
  for (const [head] of wanted.filter((steps) => steps.length > 0)) {
    const rest = wanted.filter((steps) => steps[0] === head).map(([, ...tail]) => tail);
    if (typeof head === 'number') {
      return ['list', guessType(rest)];
    }
    guessed[head] = guessType(rest);
  }
  return Object.keys(guessed).length > 0 ? ['object', guessed] : 'string';
}
