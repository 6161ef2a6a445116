import { ValueRule } from '../facts/type-facts';
import { FORMATS, idPattern, isUrl, secondsOf } from './formats';

/** So many allowed values are listed; there are arguments with hundreds. */
const LISTED = 20;

/** Longest value that is quoted whole. */
const QUOTED = 120;

/** The longest key and value of a tag in Azure. */
const TAG = { key: 512, value: 256 };

type Check = (rule: ValueRule, value: any) => string | undefined;

/** In this order: the first that complains is reported. */
const CHECKS: Check[] = [choice, range, length, pattern, form];

/** What a value does against a rule, in words that follow its name; `undefined` where it keeps it. */
export function breachOf(rule: ValueRule, value: unknown): string | undefined {
  if (rule.anyOf && !rule.anyOf.some((all) => all.every((one) => breachOf(one, value) === undefined))) {
    return 'has none of the accepted forms';
  }
  for (const check of CHECKS) {
    const breach = check(rule, value);
    if (breach) {
      return breach;
    }
  }
  return rule.all?.map((one) => breachOf(one, value)).find(Boolean);
}

/** What tags do against the limits of Azure. */
export function tagsBreach(tags: Record<string, unknown>): string | undefined {
  const [key] =
    Object.entries(tags).find(
      ([name, value]) => name.length > TAG.key || (typeof value === 'string' && value.length > TAG.value),
    ) ?? [];
  return (
    key && `has a tag whose name exceeds ${TAG.key} or whose value exceeds ${TAG.value} characters: ${quoted(key)}`
  );
}

/** A value in a message. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
}

function choice({ oneOf, noneOf, ignoreCase }: ValueRule, value: any): string | undefined {
  const plain = (text: unknown): string => (ignoreCase ? String(text).toLowerCase() : String(text));
  if (oneOf && !oneOf.some((allowed) => plain(allowed) === plain(value))) {
    const more = oneOf.length > LISTED ? ` and ${oneOf.length - LISTED} more` : '';
    return `must be one of ${oneOf.slice(0, LISTED).map(quoted).join(', ')}${more}`;
  }
  return noneOf?.includes(value) ? 'is one of the values that are not allowed' : undefined;
}

function range({ whole, min, max, multipleOf, format }: ValueRule, value: any): string | undefined {
  if (typeof value !== 'number') {
    return undefined;
  }
  const [least, most] = format === 'port' ? [1, 65_535] : [min, max];
  if (whole && !Number.isInteger(value)) {
    return 'must be a whole number';
  }
  if ((least !== undefined && value < least) || (most !== undefined && value > most)) {
    return `must be ${bounds(least, most)}`;
  }
  return multipleOf && value % multipleOf !== 0 ? `must be a multiple of ${multipleOf}` : undefined;
}

function length({ minLength, maxLength }: ValueRule, value: any): string | undefined {
  const bytes = typeof value === 'string' ? Buffer.byteLength(value) : undefined;
  if (bytes === undefined || (bytes >= (minLength ?? 0) && bytes <= (maxLength ?? Infinity))) {
    return undefined;
  }
  if (bytes === 0 && minLength === 1) {
    return 'must not be empty';
  }
  return maxLength === 0 ? 'must be empty' : `must have ${bounds(minLength, maxLength)} characters, and has ${bytes}`;
}

function pattern(rule: ValueRule, value: any): string | undefined {
  if (typeof value !== 'string') {
    return undefined;
  }
  if (rule.pattern !== undefined && !expression(rule.pattern, rule.flags).test(value)) {
    return `must match ${rule.pattern}`;
  }
  if (rule.unlike !== undefined && expression(rule.unlike, rule.flags).test(value)) {
    return `must not match ${rule.unlike}`;
  }
  return [...(rule.without ?? '')].some((character) => value.includes(character))
    ? `must do without ${rule.without}`
    : undefined;
}

function form({ format, template, ignoreCase, minDuration, maxDuration }: ValueRule, value: any): string | undefined {
  if (typeof value !== 'string' || format === undefined) {
    return undefined;
  }
  if (template !== undefined && !idPattern(template, ignoreCase ?? false).test(value)) {
    const strict = idPattern(template, true).test(value) ? ', where letter case counts' : '';
    return `must be a resource ID of the form ${template.replace(/\{\}/g, '{…}')}${strict}`;
  }
  const schemes = /^url:(.*)$/.exec(format)?.[1].split(',');
  if (schemes && !isUrl(value, schemes)) {
    return `must be a URL with ${schemes.join(' or ')}`;
  }
  if (FORMATS[format] && !FORMATS[format].accepts(value)) {
    return `must be ${FORMATS[format].name}`;
  }
  const seconds = format === 'iso8601duration' ? secondsOf(value)! : 0;
  const tooShort = minDuration !== undefined && seconds < secondsOf(minDuration)!;
  const tooLong = maxDuration !== undefined && seconds > secondsOf(maxDuration)!;
  return tooShort || tooLong ? `must be ${bounds(minDuration, maxDuration)}` : undefined;
}

function bounds(least?: string | number, most?: string | number): string {
  return least === undefined ? `at most ${most}` : most === undefined ? `at least ${least}` : `${least} to ${most}`;
}

const compiled = new Map<string, RegExp>();

function expression(source: string, flags = ''): RegExp {
  const key = `${flags} ${source}`;
  const known = compiled.get(key) ?? new RegExp(source, flags);
  compiled.set(key, known);
  return known;
}
