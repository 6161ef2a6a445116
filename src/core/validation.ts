import { Token } from 'cdktf';
import { IConstruct } from 'constructs';

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

/**
 * Whether Terraform has yet to compute a value: a reference of cdktf, also inside of a longer text, or one written by hand.
 */
export function isComputed(value: unknown): boolean {
  return Token.isUnresolved(value) || (typeof value === 'string' && value.includes('${'));
}

/**
 * Whether a number lies in a range; a number Terraform has yet to compute counts as inside.
 */
export function isBetween(value: number, min: number, max: number): boolean {
  return isComputed(value) || (value >= min && value <= max);
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
export function hasForm(value: string, form: RegExp): boolean {
  return isComputed(value) || form.test(value);
}

/**
 * A value as an error message shows it.
 */
export function shown(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
