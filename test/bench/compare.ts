import * as fs from 'fs';
import * as path from 'path';
import { isDeepStrictEqual } from 'util';

/** The resources of every stack that was synthesized into a folder, by stack and address, without what cdktf notes. */
function resourcesOf(outdir: string): Map<string, object> {
  const stacks = path.join(outdir, 'stacks');
  return new Map(
    fs.readdirSync(stacks).flatMap((stack) => {
      const { resource } = JSON.parse(fs.readFileSync(path.join(stacks, stack, 'cdk.tf.json'), 'utf8'));
      return Object.entries<any>(resource).flatMap(([type, all]) =>
        Object.entries<any>(all).map(([name, { '//': _, ...body }]) => [`${stack}/${type}.${name}`, body] as const),
      );
    }),
  );
}

/** How many resources a folder has. */
export function resourcesIn(outdir: string): number {
  return resourcesOf(outdir).size;
}

/** Addresses of resources that two folders do not have alike. */
export function differences(one: string, other: string): string[] {
  const [a, b] = [resourcesOf(one), resourcesOf(other)];
  return [...new Set([...a.keys(), ...b.keys()])].filter(
    (address) => !isDeepStrictEqual(a.get(address), b.get(address)),
  );
}

/** Addresses that only one of two folders has. */
export function strays(one: string, other: string): string[] {
  const [a, b] = [resourcesOf(one), resourcesOf(other)];
  return [...new Set([...a.keys(), ...b.keys()])].filter((address) => !a.has(address) || !b.has(address));
}
