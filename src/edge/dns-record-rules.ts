import { isIPv4, isIPv6 } from 'net';
import { Token } from 'cdktf';
import { DnsRecordOptions, DnsRecordType } from '../contracts/dns';
import { hasForm, isComputed, isText, isWholeBetween, shown } from '../core/validation';

const { A, AAAA, CAA, CNAME, MX, NS, TXT } = DnsRecordType;

/** Name of the zone itself. */
export const APEX = '@';

/** Characters of one text that azurerm splits into segments by itself. */
const LONGEST_TEXT = 4096;

const HOST = /^(?=.{1,254}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.?$/i;
const DOMAIN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])$/;
const NAME = /^(@|(\*|[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*)$/;
const EXCHANGE = /^(\d{1,5}) (\S+)$/;
const AUTHORITY = /^(\d{1,3}) (issue|issuewild|iodef|contactemail) (\S.*)$/;

/** What a value of a type must be, in words, and how that is seen. */
const FORMS: { [type in DnsRecordType]: [string, (value: string) => boolean] } = {
  [A]: ['IPv4 addresses', isIPv4],
  [AAAA]: ['IPv6 addresses', isIPv6],
  [CAA]: [
    "'<flags> <tag> <value>' such as '0 issue digicert.com', with the flags 0 or 128 and the tag issue, issuewild, iodef or contactemail",
    (value) => ['0', '128'].includes(AUTHORITY.exec(value)?.[1] ?? ''),
  ],
  [CNAME]: ['host names', (value) => isText(value, HOST)],
  [MX]: [
    "'<preference> <host>' such as '10 mail.example.com', with a preference up to 65535",
    (value) => {
      const [, preference, host] = EXCHANGE.exec(value) ?? [];
      return Number(preference) <= 65535 && (host === '.' || HOST.test(host));
    },
  ],
  [NS]: ['host names', (value) => isText(value, HOST)],
  [TXT]: [`texts of 1 to ${LONGEST_TEXT} characters`, (value) => value.length >= 1 && value.length <= LONGEST_TEXT],
};

/**
 * What is wrong with a request for values, as clauses for `rejectIf()`.
 */
export function recordProblems(
  zoneName: string,
  type: DnsRecordType,
  name: string,
  values: string[],
  options: DnsRecordOptions,
): Array<string | false> {
  const [words, fits] = FORMS[type];
  const wrong = Token.isUnresolved(values) ? [] : values.filter((value) => !isComputed(value) && !fits(value));
  return [
    ...requestProblems(zoneName, type, name, options),
    values.length === 0 && "'values' must have at least one value, got none",
    ...wrong.map((value) => `'values' of ${type} must be ${words}, got ${shown(value)}`),
    [CAA, MX].includes(type) &&
      (Token.isUnresolved(values) || values.some(isComputed)) &&
      `'values' of ${type} must be literals, because each part of them is an argument of its own; got a value that Terraform has yet to compute`,
    [CNAME, TXT].includes(type) &&
      Token.isUnresolved(values) &&
      `'values' of ${type} must be listed one by one; got a list that Terraform has yet to compute`,
    options.provesOwnership === true &&
      type !== TXT &&
      `'provesOwnership' must only be said of ${TXT}, in which Azure looks for its tokens; got it with ${type}`,
  ];
}

/**
 * What is wrong with a request for an alias, as clauses for `rejectIf()`.
 */
export function aliasProblems(
  zoneName: string,
  type: DnsRecordType,
  name: string,
  resourceId: string,
  options: DnsRecordOptions,
): Array<string | false> {
  return [
    ...requestProblems(zoneName, type, name, options),
    ![A, AAAA, CNAME].includes(type) &&
      `the type of an alias must be A, AAAA or CNAME, since Azure has no others; got ${type}`,
    !hasForm(resourceId, /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/[^/]+\/[^/]+\/.+$/i) &&
      `'resourceId' must be '/subscriptions/<id>/resourceGroups/<name>/providers/…', got ${shown(resourceId)}`,
  ];
}

/**
 * What is wrong with the name of a zone, as a clause for `rejectIf()`.
 */
export function zoneNameProblem(zoneName: string): string | false {
  return (
    (isComputed(zoneName) || !DOMAIN.test(zoneName)) &&
    `'zoneName' must be a literal domain in lower case without a full stop at its end, e.g. example.com; got ${shown(zoneName)}`
  );
}

/**
 * `10 mail.example.com` as azurerm takes it.
 */
export function exchangeOf(value: string): { preference: string; exchange: string } {
  const [, preference, exchange] = EXCHANGE.exec(value)!;
  return { preference, exchange };
}

/**
 * `0 issue digicert.com` as azurerm takes it.
 */
export function authorityOf(text: string): { flags: number; tag: string; value: string } {
  const [, flags, tag, value] = AUTHORITY.exec(text)!;
  return { flags: Number(flags), tag, value };
}

function requestProblems(
  zoneName: string,
  type: DnsRecordType,
  name: string,
  { timeToLiveSeconds = 1 }: DnsRecordOptions,
): Array<string | false> {
  return [
    (isComputed(name) || !isText(name, NAME)) &&
      `'name' must be a literal: ${APEX} for the zone itself, or labels of 1 to 63 letters, digits, hyphens or underscores with full stops between them, the first also *; got ${shown(name)}`,
    !isComputed(name) &&
      (name === zoneName || name.endsWith(`.${zoneName}`)) &&
      `'name' must leave out the zone: ${shown(name === zoneName ? APEX : name.slice(0, -zoneName.length - 1))}, got ${shown(name)}`,
    !isComputed(name) &&
      `${name}.${zoneName}`.length > 253 &&
      `'name' must have at most 253 characters together with the zone, got ${`${name}.${zoneName}`.length}`,
    name === APEX &&
      type === CNAME &&
      'a zone itself cannot be a CNAME, which allows nothing beside it; ask for an alias',
    name === APEX && type === NS && 'the name servers of a zone itself are those of Azure; delegate a name below it',
    !isWholeBetween(timeToLiveSeconds, 1, 2147483647) &&
      `'timeToLiveSeconds' must be a whole number from 1 to 2147483647, got ${shown(timeToLiveSeconds)}`,
  ];
}
