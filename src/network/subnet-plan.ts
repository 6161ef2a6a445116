import { isComputed, isText, shown } from '../core/validation';
import { Block, blockOf, cidrOf, cidrProblem, contains, isPrivate, nextFreeBlock, nthBlock, overlap } from './cidr';
import { SubnetOptions } from './private-subnet';
import { SubnetPurpose } from './subnet-purpose';

/** Blocks of the subnets that every network has. */
export interface RoleBlocks {
  /** For outbound traffic of apps. */
  readonly app: string;
  /** For private endpoints. */
  readonly endpoints: string;
  /** For injected databases. */
  readonly data: string;
}

/** A subnet that is there already. */
interface Taken {
  /** How messages call it. */
  readonly name: string;
  /** Its block. */
  readonly cidr: string;
}

/** Names by which Azure recognises subnets of its own. */
const RESERVED_NAMES = [
  'azurebastionsubnet',
  'azurefirewallmanagementsubnet',
  'azurefirewallsubnet',
  'gatewaysubnet',
  'routeserversubnet',
];

const KEY = /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/;

/** Size of a subnet that is proposed where nothing else says one. */
const USUAL_PREFIX = 27;

/** Longest prefix of a network that can grow without moving its subnets, and the shortest that it can grow to. */
const [GROWS_FROM, GROWS_TO] = [22, 8];

/**
 * Where the subnets of a network lie: always in its first three /24 blocks or quarters, whatever else comes and goes.
 *
 * @param addressSpace The network's block, /8 to /24.
 */
export function roleBlocks(addressSpace: Block): RoleBlocks {
  const prefix = Math.max(24, addressSpace.prefix + 2);
  const [app, endpoints, data] = [0, 1, 2].map((slot) => cidrOf(nthBlock(addressSpace, prefix, slot) as Block));
  return { app, endpoints, data };
}

/**
 * What is wrong with another subnet, as clauses for `rejectIf()`.
 *
 * @param addressSpace The network's block.
 * @param key Key of the subnet.
 * @param options What was asked for.
 * @param taken The subnets that are there already.
 */
export function subnetProblems(
  addressSpace: Block,
  key: string,
  { cidr, purpose = SubnetPurpose.GENERAL }: SubnetOptions,
  taken: Taken[],
): Array<string | false> {
  const reserved = RESERVED_NAMES.includes(key.toLowerCase().replace(/-/g, ''));
  return [
    reserved &&
      `the key ${shown(key)} is a name of Azure's own: use another key with 'purpose: SubnetPurpose.GATEWAY' or 'SubnetPurpose.FIREWALL'; others, like Azure Bastion, need rules of their own and a plain azurerm_subnet`,
    !reserved && keyProblem('subnet', key),
    taken.some(({ name }) => name.toLowerCase() === key) && `there is a subnet ${shown(key)} already`,
    blockProblem(addressSpace, key, cidr, purpose, taken),
  ];
}

/**
 * What is wrong with the key of a subnet or peering, as a clause for `rejectIf()`.
 */
export function keyProblem(kind: string, key: string): string | false {
  return (
    !isText(key, KEY) &&
    `the key of a ${kind} must have 1 to 40 lower-case letters, digits or hyphens and start with a letter, got ${shown(key)}`
  );
}

function blockProblem(
  addressSpace: Block,
  key: string,
  cidr: string,
  { longestPrefix }: SubnetPurpose,
  taken: Taken[],
): string | false {
  const subject = `'cidr' of subnet ${shown(key)}`;
  const block = isComputed(cidr) ? undefined : blockOf(cidr);
  const rivals = taken.filter((other) => block && overlap(blockOf(other.cidr) as Block, block));
  const problem =
    cidrProblem(subject, cidr) ||
    (block && block.prefix > longestPrefix && `${subject} must be at least a /${longestPrefix}, got ${cidr}`) ||
    (block && !contains(addressSpace, block) && `${subject} must lie in ${cidrOf(addressSpace)}, got ${cidr}`) ||
    (rivals.length > 0 && `${subject} overlaps ${rivals.map(describe).join(' and ')}, got ${cidr}`);
  const prefix = Math.min(block?.prefix ?? USUAL_PREFIX, longestPrefix);
  return problem ? `${problem}; ${proposal(addressSpace, prefix, taken)}` : false;
}

function proposal(addressSpace: Block, prefix: number, taken: Taken[]): string {
  const blocks = taken.map(({ cidr }) => blockOf(cidr) as Block);
  const free = nextFreeBlock(addressSpace, prefix, blocks);
  return free
    ? `the next free /${prefix} is ${cidrOf(free)}`
    : `no /${prefix} is free in ${cidrOf(addressSpace)}: put the subnet into a second network and peer with that${growth(addressSpace, prefix, blocks)}`;
}

/** What a larger network would do: Azure moves no subnet that is in use. */
function growth(addressSpace: Block, prefix: number, taken: Block[]): string {
  if (addressSpace.prefix > GROWS_FROM) {
    return `; a larger 'addressSpace' would move the subnets for apps, endpoints and data, since the network is smaller than a /${GROWS_FROM}, and Azure moves none that is in use`;
  }
  const larger = Array.from({ length: addressSpace.prefix - GROWS_TO }, (_, n) => addressSpace.prefix - 1 - n)
    .map((length): Block => ({ first: addressSpace.first, prefix: length }))
    .filter((block) => blockOf(cidrOf(block)) !== undefined && isPrivate(block))
    .find((block) => nextFreeBlock(block, prefix, taken) !== undefined);
  return larger
    ? `, or, where no other network lies there, make the 'addressSpace' ${cidrOf(larger)}, which leaves all subnets where they are`
    : '';
}

function describe({ name, cidr }: Taken): string {
  return `${shown(name)} (${cidr})`;
}
