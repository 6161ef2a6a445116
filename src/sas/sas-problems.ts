import { accountAt } from './sas-account';
import { SasAddresses, SasIssuerOptions, SasOptions, SasPermission } from './sas-options';

/** A key of a delegation lasts no longer, and so no signature does: seven days. */
export const MOST_MINUTES = 7 * 24 * 60;

/** Addresses in a range at most: an office, and no provider. */
const MOST_ADDRESSES = 256;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const CONTAINER = /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/;

/** What is wrong with the options of an issuer. */
export function issuerProblems({ accountUrl, maxMinutes }: SasIssuerOptions): string[] {
  return only([
    accountAt(accountUrl) === undefined &&
      `'accountUrl' must be https://<account>.blob.core.windows.net, without a path or a signature, got ${shown(accountUrl)}`,
    !isWholeBetween(maxMinutes, 1, MOST_MINUTES) &&
      `'maxMinutes' must be a whole number from 1 to ${MOST_MINUTES}, as the SAS policy of the account says, got ${shown(maxMinutes)}`,
  ]);
}

/** What is wrong with a signature for a blob. */
export function blobProblems(blob: string, options: SasOptions, maxMinutes: number): string[] {
  return only([
    pathProblem('blob', blob),
    options.permissions.includes(SasPermission.LIST) &&
      "'permissions' must do without LIST on a single blob; list with forPrefix()",
    ...commonProblems(options, maxMinutes),
  ]);
}

/** What is wrong with a signature for a prefix. */
export function prefixProblems(
  prefix: string,
  options: SasOptions,
  maxMinutes: number,
  hierarchical: boolean,
): string[] {
  return only([
    !hierarchical &&
      "'prefix' takes an account with a hierarchical namespace, set 'hierarchicalNamespace' if it has one; elsewhere a signature is for one blob or a whole container, so sign single blobs with forBlob()",
    pathProblem('prefix', prefix),
    options.permissions.includes(SasPermission.TAG) &&
      "'permissions' must do without TAG on a prefix, which has no index tags",
    ...commonProblems(options, maxMinutes),
  ]);
}

function commonProblems(options: SasOptions, maxMinutes: number): Array<string | false> {
  const { container, permissions, addresses, minutes, correlationId } = options;
  const known: string[] = Object.values(SasPermission);
  return [
    !CONTAINER.test(container) &&
      `'container' must be 3 to 63 lower-case letters, digits, or single hyphens between them, got ${shown(container)}`,
    permissions.length === 0 && "'permissions' must name at least one thing to do",
    ...permissions.map(
      (permission) => !known.includes(permission) && `'permissions' must be of SasPermission, got ${shown(permission)}`,
    ),
    !isWholeBetween(minutes, 1, maxMinutes) &&
      `'minutes' must be a whole number from 1 to ${maxMinutes}, the most that the policy of the account allows, got ${shown(minutes)}`,
    addressProblem(addresses),
    correlationId !== undefined &&
      !UUID.test(correlationId) &&
      `'correlationId' must be a UUID, got ${shown(correlationId)}`,
  ];
}

/** A name that clients would take for another one, or for more than one, would be signed as what it is not. */
function pathProblem(prop: string, path: string): string | false {
  const segments = path.split('/');
  const clear = segments.every((segment) => segment !== '' && segment !== '.' && segment !== '..');
  // eslint-disable-next-line no-control-regex
  const fits = path.length <= 1024 && !/[\u0000-\u001f\u007f\\\p{Surrogate}]/u.test(path);
  return (
    !(clear && fits) &&
    `'${prop}' must be 1 to 1024 characters, with single slashes between its parts and none in front or behind, no part '.' or '..', and no backslash, got ${shown(path)}`
  );
}

function addressProblem(addresses?: SasAddresses): string | false {
  const [from, to] = [numberOf(addresses?.from), numberOf(addresses?.to ?? addresses?.from)];
  const fits = from !== undefined && to !== undefined && from > 0 && to >= from && to - from < MOST_ADDRESSES;
  return (
    !fits &&
    `'addresses' must be one IPv4 address, or a range of ${MOST_ADDRESSES} at most, got ${shown(addresses)}: a signature works wherever it is carried otherwise`
  );
}

function numberOf(address?: string): number | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address ?? '')?.slice(1);
  // Azure reads 010 as ten, others as eight
  const plain = parts?.every((part) => String(Number(part)) === part && Number(part) <= 255);
  return plain ? parts!.reduce((number, part) => number * 256 + Number(part), 0) : undefined;
}

function isWholeBetween(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}

function only(problems: Array<string | false>): string[] {
  return problems.filter((problem) => problem !== false);
}

function shown(value: unknown): string {
  return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? 'nothing');
}
