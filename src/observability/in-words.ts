import { Token } from 'cdktf';

/**
 * A number as part of a text; one that Terraform has yet to compute would be mangled there.
 */
export function inWords(number: number): string {
  return Token.isUnresolved(number) ? Token.asString(number) : String(number);
}
