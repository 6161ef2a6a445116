import { switchTokenStackTraces, useQuickResolve } from '../../src/core/faster-cdktf';

// What `AzureApp` does for one synthesis is done for all that tests render: stack traces of tokens, and the search for tokens in
// plain values, take most of the time of a test. The suite also runs on the successor of cdktf, which is not changed so.
switchTokenStackTraces(false);

/** Back to cdktf as it is, for tests that compare. */
export const asItIs = useQuickResolve();
