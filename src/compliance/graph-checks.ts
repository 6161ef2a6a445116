import { Check, custom, mildest } from './checks';
import { same } from './predicates';
import { Verdict } from './rule';
import { isComputed, valuesAt } from './values';

const { COMPLIANT, VIOLATED, NOT_APPLICABLE, CANNOT_BE_CHECKED } = Verdict;

/**
 * At least one resource of the same stack refers to this one.
 *
 * @param types Terraform types, any of which will do.
 * @param check What such a resource must fulfil in addition.
 */
export function referredToBy(types: string[], check?: Check): Check {
  return custom(
    `${types.join(' or ')} that refers to it${check ? `, with ${check.wanted}` : ''}`,
    [],
    (resource) => {
      const referrers = types.flatMap((type) => resource.referredToBy(type));
      return referrers.length === 0 ? VIOLATED : mildest(referrers.map((one) => check?.judge(one) ?? COMPLIANT));
    },
    types,
  );
}

/**
 * A value that refers to a resource of some type, e.g. a network interface to a public address.
 */
export function refersTo(path: string, type: string): Check {
  return custom(`${path} refers to ${type}`, [path], ({ attributes }) => {
    const values = valuesAt(attributes, path).flat();
    return values.some((value) => isComputed(value) && value.includes(`${type}.`)) ? COMPLIANT : VIOLATED;
  });
}

/**
 * The resources of one type, between them, have each of some values; the first one answers for all.
 */
export function together(path: string, wanted: string[]): Check {
  return custom(`${path} covers ${wanted.join(', ')} between the resources of the stack`, [path], (resource) => {
    const peers = resource.inStack(resource.type);
    if (peers[0]?.address !== resource.address) {
      return NOT_APPLICABLE;
    }
    const values = peers.flatMap(({ attributes }) => valuesAt(attributes, path).flat());
    if (wanted.every((one) => values.some((value) => same(value, one)))) {
      return COMPLIANT;
    }
    return values.some(isComputed) ? CANNOT_BE_CHECKED : VIOLATED;
  });
}
