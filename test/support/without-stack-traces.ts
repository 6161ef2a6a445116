// cdktf records a stack trace for every token and nested block, four fifths of the time of a test; nobody reads them here
try {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  require('cdktf/lib/tokens/private/stack-trace').captureStackTrace = () => [];
} catch {
  // another version of cdktf: slower, not wrong
}
