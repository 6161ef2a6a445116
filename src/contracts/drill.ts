import { IConstruct } from 'constructs';

/**
 * How often a rehearsal takes place.
 */
export enum DrillInterval {
  /** Once a month. */
  MONTHLY = 'monthly',
  /** Once every three months. */
  QUARTERLY = 'quarterly',
}

/**
 * A rehearsal of a recovery, as data: pipelines run and measure it on a schedule, runbooks print it.
 *
 * It leaves production alone, cleans up after itself, and ends with an error when the recovery does not work.
 */
export interface RecoveryDrill {
  /** Short key that never changes, e.g. `RestoreTest`. */
  readonly key: string;
  /** How often it takes place. */
  readonly interval: DrillInterval;
  /** What is rehearsed, in one sentence. */
  readonly summary: string;
  /**
   * Lines of one bash script for `bash -euo pipefail -c`; values known only to Terraform stay references.
   *
   * The time it takes is the recovery time, unless it prints a line `rto-minutes=<number>`; the line `rpo-minutes=<number>` says
   * how old the recovered data is.
   */
  readonly commands: string[];
  /** Minutes it may take. */
  readonly rtoMinutes: number;
  /** Minutes of data that may be missing. */
  readonly rpoMinutes: number;
}

/**
 * A construct whose recovery can be rehearsed.
 */
export interface IRehearsed extends IConstruct {
  /** What can be rehearsed on this construct. */
  toRecoveryDrills(): RecoveryDrill[];
}
