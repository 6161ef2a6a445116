import { switchTokenStackTraces, useQuickResolve } from '../../src/core/faster-cdktf';

// What `AzureApp` does for one synthesis is done for all that tests render: stack traces of tokens, and the search for tokens in
// plain values, take most of the time of a test. The suite also runs on the successor of cdktf, which is not changed so.
switchTokenStackTraces(false);

let undo = useQuickResolve();

/** Leaves cdktf as it is for the tests of a file, which compare; whatever else loads this runs outside of jest as well. */
export function asItIs(): void {
  beforeAll(() => undo());
  afterAll(() => {
    undo = useQuickResolve();
  });
}

// cdktf starts terraform whenever a stack moves a resource; once is enough
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { ValidateBinaryVersion: Version } = require('cdktf/lib/validations/validate-binary-version');
const ask = Version.prototype.validate;
const answers: { [question: string]: string[] } = {};
Version.prototype.validate = function (): string[] {
  return (answers[`${this.versionCommand} ${this.versionConstraint}`] ??= ask.call(this));
};
