import { findTerraform } from '../../../src/testing/terraform';

/**
 * `describe` for tests that need the real terraform: skipped without one, with a line that says so. On CI nobody reads that
 * line, so there they fail.
 */
export function describeJudged(name: string, tests: () => void): void {
  if (findTerraform() !== undefined) {
    describe(name, tests);
  } else if (process.env.CI) {
    test(name, () => {
      throw new Error('terraform 1.11 or newer is not on the PATH');
    });
  } else {
    process.stderr.write(`skipped without terraform 1.11 or newer on the PATH: ${name}\n`);
    describe.skip(name, tests);
  }
}
