import type { EphemeralPasswordProps } from './ephemeral-password';
import { isWholeBetween } from './validation';

/** Characters of a generated password, where nobody says otherwise. */
export const PASSWORD_LENGTH = 32;

/**
 * What is wrong with a generated password, as clauses for `rejectIf()`: of whatever makes one, before it makes anything.
 */
export function passwordProblems({ length = PASSWORD_LENGTH }: EphemeralPasswordProps): Array<string | false> {
  return [!isWholeBetween(length, 16, 128) && `'length' must be a whole number from 16 to 128, got ${length}`];
}
