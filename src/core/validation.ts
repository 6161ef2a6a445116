import { DefaultTokenResolver, StringConcat, Token, Tokenization } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { withQuickResolve } from './faster-cdktf';

/**
 * Throws one error that lists every problem, located by construct path.
 *
 * @param scope The construct being defined.
 * @param problems One clause each; anything false stands for a check that passed.
 */
export function rejectIf(scope: IConstruct, ...problems: Array<string | false | undefined>): void {
  const found = problems.filter((problem) => problem);
  if (found.length > 0) {
    throw new Error(`${scope.node.path}: ${found.join('; ')}`);
  }
}

/** What stands for a whole list inside of one, and what is left of the others in another case. */
const STAND_IN = /\{TfToken\[/i;

/** Expressions, and what cdktf puts in their place: in lists, and for numbers inside of a text. */
const COMPUTED = /[$%]\{|#\{TfToken\[|-8\.1095622\d*e\+298/i;

/**
 * Whether Terraform has yet to compute a value: a reference of cdktf, also inside of a longer text, in a list or in other
 * case, or an expression written by hand.
 */
export function isComputed(value: unknown): boolean {
  return Token.isUnresolved(value) || (typeof value === 'string' && COMPUTED.test(value));
}

/**
 * A value as Terraform will read it, with references spelt out; two tokens for one reference are the same then.
 */
export function resolvedIn(scope: IConstruct, value: unknown): unknown {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return withQuickResolve(() => Tokenization.resolve(value, { scope, preparing: false, resolver }));
}

/**
 * Whether a number lies in a range; a number Terraform has yet to compute counts as inside.
 */
export function isBetween(value: number, min: number, max: number): boolean {
  return isComputed(value) || (typeof value === 'number' && value >= min && value <= max);
}

/**
 * Whether a number is whole and lies in a range; a number Terraform has yet to compute counts as inside.
 */
export function isWholeBetween(value: number, min: number, max: number): boolean {
  return isBetween(value, min, max) && (isComputed(value) || Number.isInteger(value));
}

/**
 * Whether a text has a form; a text Terraform has yet to compute counts as having it.
 */
export function hasForm(value: unknown, form: RegExp): boolean {
  return isComputed(value) || isText(value, form);
}

/**
 * Whether a value is a text, and has a form. A pattern alone takes what is missing for the word `undefined`.
 */
export function isText(value: unknown, form: RegExp): value is string {
  return typeof value === 'string' && form.test(value);
}

/**
 * What is wrong with a value that must be a GUID, as a clause for `rejectIf()`; one that is left out, or that Terraform has
 * yet to compute, is fine.
 *
 * @param prop Prop that the value comes from.
 * @param value The value that was given, if one was.
 * @param meaning What the GUID stands for, where the prop does not say it.
 */
export function guidProblem(prop: string, value?: string, meaning: string = ''): string | false {
  const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
  return (
    value !== undefined &&
    !hasForm(value, guid) &&
    `'${prop}' must be a GUID${meaning && `, ${meaning}`}, got ${shown(value)}`
  );
}

/**
 * What is wrong with the id of a Log Analytics workspace, as a clause for `rejectIf()`; one that is left out, or that Terraform
 * has yet to compute, is fine.
 *
 * @param prop Prop that the id comes from.
 * @param id The id that was given, if one was.
 */
export function workspaceProblem(prop: string, id?: string): string | false {
  const form =
    /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.OperationalInsights\/workspaces\/[^/]+$/i;
  return (
    id !== undefined &&
    !hasForm(id, form) &&
    `'${prop}' must be the Azure resource id of a Log Analytics workspace, got ${shown(id)}`
  );
}

/**
 * A value as an error message shows it.
 */
export function shown(value: unknown): string {
  if (Token.isUnresolved(value) || (typeof value === 'string' && STAND_IN.test(value))) {
    return 'a value that Terraform has yet to compute';
  }
  if (Construct.isConstruct(value)) {
    return `the ${value.constructor.name} ${shown(value.node.path)}`;
  }
  if (['number', 'bigint', 'symbol'].includes(typeof value)) {
    return String(value);
  }
  return typeof value === 'function' ? 'a function' : (JSON.stringify(value) ?? 'nothing');
}
