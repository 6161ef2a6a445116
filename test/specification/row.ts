import { ROWS } from './rows';

const asserted = new Set<string>();

/**
 * The test of a row of the requirements, titled by its id and sentence.
 *
 * @param id Id of the row, which has no other test.
 * @param assertion What must be true.
 */
export function row(id: string, assertion: () => void): void {
  if (ROWS[id] === undefined) {
    throw new Error(`there is no row ${id}; rows.ts has them`);
  }
  if (asserted.has(id)) {
    throw new Error(`the row ${id} has a test already`);
  }
  asserted.add(id);
  test(`${id}: ${ROWS[id]}`, assertion);
}

/** Rows that no test asserts. */
export function rowsWithoutTest(): string[] {
  return Object.keys(ROWS).filter((id) => !asserted.has(id));
}
