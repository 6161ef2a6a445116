import { Fn, Op, Token } from 'cdktf';
import { isComputed } from './validation';

/**
 * The sum of two numbers; an expression where Terraform has yet to compute one: numbers that stand for such values must not be
 * reckoned with, and nobody notices where they are.
 */
export function plus(a: number, b: number): number {
  return isComputed(a) || isComputed(b) ? Token.asNumber(Op.add(a, b)) : a + b;
}

/**
 * The product of two numbers; an expression where Terraform has yet to compute one.
 */
export function times(a: number, b: number): number {
  return isComputed(a) || isComputed(b) ? Token.asNumber(Op.mul(a, b)) : a * b;
}

/**
 * Half of a number, rounded down; an expression where Terraform has yet to compute it.
 */
export function halfOf(a: number): number {
  return isComputed(a) ? Token.asNumber(Fn.floor(Op.div(a, 2) as any)) : Math.floor(a / 2);
}

/**
 * The smaller of two numbers; an expression where Terraform has yet to compute one.
 */
export function smaller(a: number, b: number): number {
  return isComputed(a) || isComputed(b) ? Token.asNumber(Fn.min([a, b])) : Math.min(a, b);
}
