import * as fc from 'fast-check';
import { formed, list, literalFormed, literalText, Prop } from './choices';

const GROUP = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-shared';

const chars = (alphabet: string, minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength });

export const LOWER = 'abcdefghijklmnopqrstuvwxyz';
export const DIGITS = '0123456789';

/** A first letter and more of an alphabet. */
export const word = (first: string, rest: string, min: number, max: number): fc.Arbitrary<string> =>
  fc.tuple(chars(first, 1, 1), chars(rest, min - 1, max - 1)).map(([head, tail]) => head + tail);

export const lower = (min: number, max: number) => chars(LOWER + DIGITS, min, max);

/** Words with single hyphens between them. */
export const kebab = (min: number, max: number) =>
  fc
    .array(lower(1, 8), { minLength: 1, maxLength: 4 })
    .map((words) => words.join('-').slice(0, max).replace(/-$/, '').padEnd(min, 'x'));

export const uuid = (): fc.Arbitrary<string> => fc.uuid();

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export const guid = (): Prop => formed(GUID, uuid(), '00000000-0000-0000-0000-00000000000', 'not-a-guid');
export const literalGuid = (): Prop => literalFormed(GUID, uuid(), '00000000-0000-0000-0000-00000000000');

/** Azure resource ids of a type; those of another type are refused. */
export function resourceId(type: string): Prop {
  const form = new RegExp(
    `^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/${type.split('/').join('/(?:[^/]+/)?')}/[^/]+$`,
  );
  const id = lower(3, 12).map((name) => {
    const [namespace, ...types] = type.split('/');
    return `${GROUP}/providers/${namespace}/${types.map((part) => `${part}/${name}`).join('/')}`;
  });
  return formed(form, id, GROUP, 'name-only', `${GROUP}/providers/Microsoft.Fake/things/x`);
}

/** Public IPv4 addresses and networks, which must be literals. */
export function publicAddress(): Prop {
  const octet = fc.integer({ min: 0, max: 255 });
  const address = fc.tuple(fc.constantFrom(20, 40, 52, 104), octet, octet, octet).map((parts) => parts.join('.'));
  const network = fc
    .tuple(fc.constantFrom(20, 40, 52), octet, octet, fc.integer({ min: 16, max: 30 }))
    .map(([a, b, c, bits]) => `${a}.${b}.${bits > 23 ? c : 0}.0/${bits}`);
  const BAD = [
    '10.0.0.1',
    '0.0.0.0/0',
    '0.0.0.0',
    '52.1.2.3/24',
    '52.1.2.0/8',
    '52.1.2.0/31',
    '52.1.2',
    '::1',
    '52.1.2.3 ',
  ];
  return literalFormed(/^$(?!)/, fc.oneof(address, network), ...BAD);
}

/** Blocks of private addresses, from /8 to /24. */
export function privateBlock(): Prop {
  const GOOD = [
    '10.0.0.0/8',
    '10.16.0.0/12',
    '172.16.0.0/12',
    '192.168.0.0/16',
    '100.64.0.0/10',
    '10.20.0.0/22',
    '10.20.4.0/23',
    '10.20.5.0/24',
  ];
  const BAD = [
    '10.0.0.0/7',
    '10.0.0.0/25',
    '10.0.0.1/24',
    '8.8.0.0/16',
    '10.0.0.0',
    '10.0.0/24',
    '010.0.0.0/16',
    'fd00::/8',
  ];
  return literalFormed(/^$(?!)/, fc.constantFrom(...GOOD), ...BAD);
}

/** Attributes as `ignore_changes` spells them; Terraform takes no expressions there. */
export function ignoreChanges(): Prop {
  const attribute = fc.constantFrom('tags', 'name', 'tags["patched-by"]');
  return list(literalText(attribute, '', 'a b', 'tags.', '1x', '"'));
}
