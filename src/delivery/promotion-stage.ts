import { Environment } from '../core/environment';

/**
 * When changes may go in.
 */
export interface ChangeWindow {
  /** Days of the week, 1 for Monday to 7 for Sunday. */
  readonly days: number[];
  /** Local time it opens, `HH:MM`. */
  readonly opens: string;
  /** Local time it closes, `HH:MM`, later on the same day. */
  readonly closes: string;
  /** Time zone by its IANA name, as Node.js knows it, e.g. `Europe/Berlin`. */
  readonly timeZone: string;

  /**
   * Days without changes, `YYYY-MM-DD` each.
   *
   * @default - none
   */
  readonly frozen?: string[];
}

/**
 * One step on the way to production.
 */
export interface PromotionStage {
  /** Environment it deploys to; its profile decides what is left out below. */
  readonly environment: Environment;

  /**
   * Roles that must agree, each of them, e.g. `['lead', 'security']`; who has them is said by `approvers`. None is `rollback` or
   * `hotfix`, which have environments of their own.
   *
   * @default - from the environment: lead and security in preprod, release in prod, none elsewhere
   */
  readonly approvals?: string[];

  /**
   * Minutes between approval and deployment, 0 to 43200.
   *
   * @default - from the environment: 10 in prod, 0 elsewhere
   */
  readonly waitMinutes?: number;

  /**
   * When changes may go in; a hotfix does not wait for it.
   *
   * @default - at any time
   */
  readonly changeWindow?: ChangeWindow;

  /**
   * Whether web apps have a slot that a version goes to before it takes traffic.
   *
   * @default - from the environment: not where the tier is economy
   */
  readonly slots?: boolean;

  /**
   * Whether a hotfix is deployed here.
   *
   * @default - in the last stage only
   */
  readonly hotfix?: boolean;

  /**
   * Role that approves a hotfix here.
   *
   * @default - the last of `approvals`, if there are any
   */
  readonly hotfixApproval?: string;

  /**
   * Label of the machines that deploy here, e.g. of those inside of the network.
   *
   * @default - the runner of the pipeline
   */
  readonly runner?: string;
}
