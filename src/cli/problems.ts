/** A mistake in how the command was called, or in what it was given to read: exit code 2, one line. */
export class InputError extends Error {}
