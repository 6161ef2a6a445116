import { IPv4 } from 'ipaddr.js';
import { isComputed, shown } from '../core/validation';

/** Widest network that can pass for a list of known addresses: 65,536 of them. */
const WIDEST_PREFIX = 16;

/** Narrowest network that the firewalls of Azure take; what is smaller is listed address by address. */
const NARROWEST_PREFIX = 30;

/** Kinds of addresses that nobody on the internet has; those for documentation pass. */
const NOT_PUBLIC = ['broadcast', 'carrierGradeNat', 'linkLocal', 'loopback', 'multicast', 'private', 'unspecified'];

/**
 * What is wrong with the public addresses that a firewall is to let in, as clauses for `rejectIf()`.
 *
 * @param prop Prop they come from, for the message.
 * @param rules Addresses and networks.
 */
export function publicAddressProblems(prop: string, rules: string[]): string[] {
  return rules.map((rule) => problemOf(prop, rule)).filter((problem) => problem !== undefined);
}

function problemOf(prop: string, rule: string): string | undefined {
  if (isComputed(rule)) {
    return `'${prop}' must be literals, because what a firewall lets in is checked at synthesis; got a value that Terraform has yet to compute`;
  }
  const [address, prefix, ...rest] = rule.split('/');
  const bits = prefix === undefined ? undefined : Number(prefix);
  const fits =
    IPv4.isValidFourPartDecimal(address) &&
    rest.length === 0 &&
    (bits === undefined || (/^\d\d$/.test(prefix) && bits >= WIDEST_PREFIX && bits <= NARROWEST_PREFIX));
  if (!fits) {
    return `'${prop}' must be IPv4 addresses, or networks from /${WIDEST_PREFIX} to /${NARROWEST_PREFIX}, got ${shown(rule)}`;
  }
  if (NOT_PUBLIC.includes(IPv4.parse(address).range())) {
    return `'${prop}' must be public addresses, got ${shown(rule)}; what is private comes in through 'network'`;
  }
  const first = bits === undefined ? address : IPv4.networkAddressFromCIDR(rule).toString();
  return first === address
    ? undefined
    : `'${prop}' must name a network by its first address, ${first}/${bits}, got ${shown(rule)}`;
}
