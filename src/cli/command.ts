import { ParseArgsConfig } from 'util';

/** What a command found out. */
export interface Outcome {
  /** For people; without the last line break. */
  readonly text: string;
  /** For programs: `--json`. */
  readonly json: object;
  /** Whether there is something that was asked to fail: exit code 1. */
  readonly failed: boolean;
}

/** Values of options, by name. */
export type Options = Readonly<Record<string, string | boolean | undefined>>;

/** One thing that the program can do. */
export interface Command {
  readonly name: string;
  /** What it does, in one line of the help of the program. */
  readonly summary: string;
  /** Its own help, at most a screen. */
  readonly help: string;
  /** Fewest and most arguments beside options. */
  readonly positionals: readonly [number, number];
  /** Options beside `--help` and `--json`. */
  readonly options: NonNullable<ParseArgsConfig['options']>;
  run(positionals: readonly string[], options: Options): Outcome;
}

/** A number of things, e.g. `1 stack`. */
export function counted(count: number, one: string, more: string = `${one}s`): string {
  return `${count} ${count === 1 ? one : more}`;
}
