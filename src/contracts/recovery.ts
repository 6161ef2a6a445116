import { IConstruct } from 'constructs';

/**
 * When a recovery step is taken.
 */
export enum RecoveryOccasion {
  /** The new version is bad. */
  ROLLBACK = 'rollback',
  /** Data was lost or damaged. */
  RESTORE = 'restore',
  /** The region is away. */
  FAILOVER = 'failover',
  /** A key, certificate or secret must be renewed by hand. */
  RENEWAL = 'renewal',
  /** Something is let go for good. */
  OFFBOARDING = 'offboarding',
}

/**
 * One thing to do when something went wrong, as data: runbooks print it, pipelines run it.
 */
export interface RecoveryStep {
  /** Short key that never changes, e.g. `SwapBack`. */
  readonly key: string;
  /** When to take this step. */
  readonly occasion: RecoveryOccasion;
  /** What the step achieves, in one sentence. */
  readonly summary: string;
  /** Shell commands with the real names, in order; values known only to Terraform stay references. */
  readonly commands: string[];
  /** Minutes it takes, as far as that can be said. */
  readonly minutes: number;

  /**
   * Minutes of data that are gone afterwards, at most or as a rule.
   *
   * @default - not known, or not a question
   */
  readonly dataLossMinutes?: number;

  /**
   * Whether it helps only while the region is there, e.g. when no more than a machine or a zone is away.
   *
   * @default false
   */
  readonly withinRegion?: boolean;
}

/**
 * A construct that knows how it is brought back.
 */
export interface IRecoverable extends IConstruct {
  /** What to do when this construct is damaged or away. */
  toRecoverySteps(): RecoveryStep[];
}
