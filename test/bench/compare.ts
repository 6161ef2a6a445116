import * as fs from 'fs';
import { isDeepStrictEqual } from 'util';

/** The resources of a `cdk.tf.json`, by address, without what cdktf notes about them. */
function resourcesOf(file: string): Map<string, object> {
  const { resource } = JSON.parse(fs.readFileSync(file, 'utf8'));
  return new Map(
    Object.entries<any>(resource).flatMap(([type, all]) =>
      Object.entries<any>(all).map(([name, { '//': _, ...body }]) => [`${type}.${name}`, body] as const),
    ),
  );
}

/** How many resources a `cdk.tf.json` has. */
export function resourcesIn(file: string): number {
  return resourcesOf(file).size;
}

/** Addresses of resources that two files do not have alike. */
export function differences(one: string, other: string): string[] {
  const [a, b] = [resourcesOf(one), resourcesOf(other)];
  return [...new Set([...a.keys(), ...b.keys()])].filter(
    (address) => !isDeepStrictEqual(a.get(address), b.get(address)),
  );
}

/** Addresses that only one of two files has. */
export function strays(one: string, other: string): string[] {
  const [a, b] = [resourcesOf(one), resourcesOf(other)];
  return [...new Set([...a.keys(), ...b.keys()])].filter((address) => !a.has(address) || !b.has(address));
}
