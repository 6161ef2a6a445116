import { IPv4 } from 'ipaddr.js';
import { isComputed, shown } from '../core/validation';

/** A block of IPv4 addresses. */
export interface Block {
  /** Its first address, as a number. */
  readonly first: number;
  /** Length of its prefix: 24 for a block of 256 addresses. */
  readonly prefix: number;
}

/** Ranges that belong to nobody on the internet: RFC 1918, and RFC 6598 (carrier-grade NAT). */
const PRIVATE_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];

/**
 * The block that a text in CIDR notation names; nothing where it does not, or where host bits are set.
 */
export function blockOf(text: string): Block | undefined {
  const block = surroundingBlock(text);
  return block !== undefined && block.first === numberOf(text.split('/')[0]) ? block : undefined;
}

/**
 * A block in CIDR notation.
 */
export function cidrOf({ first, prefix }: Block): string {
  return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.')}/${prefix}`;
}

/**
 * Whether a block lies within another one.
 */
export function contains(outer: Block, inner: Block): boolean {
  return inner.first >= outer.first && endOf(inner) <= endOf(outer);
}

/**
 * Whether two blocks have an address in common.
 */
export function overlap(a: Block, b: Block): boolean {
  return a.first < endOf(b) && b.first < endOf(a);
}

/**
 * The n-th block of a size within another one, counted from 0; nothing where that one is too small.
 */
export function nthBlock(outer: Block, prefix: number, n: number): Block | undefined {
  const block = { first: outer.first + n * 2 ** (32 - prefix), prefix };
  return contains(outer, block) ? block : undefined;
}

/**
 * The first block of a size within another one that overlaps nothing which is taken.
 */
export function nextFreeBlock(outer: Block, prefix: number, taken: Block[]): Block | undefined {
  const size = 2 ** (32 - prefix);
  let candidate: Block | undefined = nthBlock(outer, prefix, 0);
  for (let hit = hitOf(candidate, taken); candidate && hit; hit = hitOf(candidate, taken)) {
    const next = { first: Math.ceil(endOf(hit) / size) * size, prefix };
    candidate = contains(outer, next) ? next : undefined;
  }
  return candidate;
}

/**
 * Whether a block lies in a range that belongs to nobody on the internet.
 */
export function isPrivate(block: Block): boolean {
  return PRIVATE_RANGES.some((range) => contains(blockOf(range)!, block));
}

/**
 * What is wrong with a text as a block of addresses, as a clause for `rejectIf()`.
 *
 * @param subject What the text is, e.g. `'addressSpace'`.
 * @param text The text that was given.
 */
export function cidrProblem(subject: string, text: string): string | false {
  if (isComputed(text)) {
    return `${subject} must be a literal, because addresses are planned at synthesis; got a value that Terraform has yet to compute`;
  }
  const around = surroundingBlock(text);
  if (around === undefined) {
    return `${subject} must be a block of IPv4 addresses like 10.0.0.0/24, got ${shown(text)}`;
  }
  return blockOf(text) === undefined && `${subject} has host bits set, got ${text}: did you mean ${cidrOf(around)}?`;
}

/** The block that an address with a prefix length lies in. */
function surroundingBlock(text: string): Block | undefined {
  // Octets with leading zeros are octal to some and decimal to others
  if (typeof text !== 'string' || /(^|\.)0\d/.test(text) || !IPv4.isValidCIDRFourPartDecimal(text)) {
    return undefined;
  }
  const prefix = Number(text.split('/')[1]);
  return { first: numberOf(IPv4.networkAddressFromCIDR(text).toString()), prefix };
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

/** The address after the last one. */
function endOf({ first, prefix }: Block): number {
  return first + 2 ** (32 - prefix);
}

function hitOf(candidate: Block | undefined, taken: Block[]): Block | undefined {
  return candidate && taken.find((block) => overlap(block, candidate));
}
