import * as net from 'net';

/** A form that text can have, and what it is called. */
export interface Format {
  readonly name: string;
  accepts(text: string): boolean;
}

const GO_UNIT = '(ns|us|µs|μs|ms|s|m|h)';

/** Forms by the names that rules use. */
export const FORMATS: Record<string, Format> = {
  uuid: matching('a UUID', /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i),
  cidr: { name: 'a CIDR range', accepts: isCidr },
  ip: { name: 'an IP address', accepts: (text) => net.isIP(text) !== 0 },
  ipv4: { name: 'an IPv4 address', accepts: net.isIPv4 },
  ipv6: { name: 'an IPv6 address', accepts: net.isIPv6 },
  ipv4range: { name: 'two IPv4 addresses with a dash between them', accepts: isIpv4Range },
  rfc3339: { name: 'a time such as 2030-01-31T08:00:00Z', accepts: isTime },
  iso8601duration: { name: 'an ISO 8601 duration such as P1DT12H', accepts: (text) => secondsOf(text) !== undefined },
  goDuration: matching('a duration such as 1h30m', new RegExp(`^(0|[-+]?((\\d+\\.?\\d*|\\.\\d+)${GO_UNIT})+)$`)),
  dayOfWeek: matching('a day of the week', /^(mon|tues|wednes|thurs|fri|satur|sun)day$/i),
  json: { name: 'JSON', accepts: isJson },
  base64: { name: 'base64', accepts: isBase64 },
};

/** Seconds of every part of a duration; a year is 365.2425 days, and a month a twelfth of it. */
const YEAR = 365.2425 * 86_400;
const PARTS = [YEAR, YEAR / 12, 7 * 86_400, 86_400, 3_600, 60, 1];
const DURATION = /^P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(?:T(?=.)(\d+H)?(\d+M)?([\d.]+S)?)?$/;

/** Length of an ISO 8601 duration; `undefined` where the text is none. */
export function secondsOf(text: string): number | undefined {
  const [, ...parts] = DURATION.exec(text) ?? [];
  return parts.length > 0 ? parts.reduce((sum, part, i) => sum + parseFloat(part ?? '0') * PARTS[i], 0) : undefined;
}

/** Whether text is a URL with one of some schemes. */
export function isUrl(text: string, schemes: string[]): boolean {
  const blank = /^\s|^[^/]*\/\/[^/?#]*\s/.test(text);
  return !blank && URL.canParse(text) && schemes.includes(new URL(text).protocol.slice(0, -1));
}

/** Pattern of the ids of a template. */
export function idPattern(template: string, ignoreCase: boolean): RegExp {
  const literal = template.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
  const open = literal.replace(/\{scope\}/g, '.+').replace(/\{\}/g, '[^/]+');
  return new RegExp(`^${open}/?$`, ignoreCase ? 'i' : '');
}

function matching(name: string, pattern: RegExp): Format {
  return { name, accepts: (text) => pattern.test(text) };
}

function isCidr(text: string): boolean {
  const [, address, bits] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const most = { 4: 32, 6: 128 }[net.isIP(address ?? '')];
  return most !== undefined && Number(bits) <= most;
}

function isIpv4Range(text: string): boolean {
  const ends = text.split('-');
  return ends.length === 2 && ends.every(net.isIPv4);
}

function isTime(text: string): boolean {
  const form = /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
  const [year, month, day] = (form.exec(text) ?? []).slice(1, 4).map(Number);
  // day 0 of the next month is the last one of this
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text || 'null');
    return true;
  } catch {
    return false;
  }
}

function isBase64(text: string): boolean {
  return /^([a-z\d+/]{4})*([a-z\d+/]{2}==|[a-z\d+/]{3}=)?$/i.test(text.replace(/[\r\n]/g, ''));
}
