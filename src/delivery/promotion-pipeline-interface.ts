import { TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';

/**
 * What an identity of a pipeline is for.
 */
export enum DeploymentAccess {
  /** Reads what is deployed, and the state. */
  PLAN = 'plan',
  /** Deploys stacks and applications of one stage. */
  APPLY = 'apply',
  /** Swaps versions back, and nothing else. */
  ROLLBACK = 'rollback',
  /** Pushes images. */
  BUILD = 'build',
}

/**
 * A token that may sign in as an identity.
 */
export interface FederatedSubject {
  /** Word that never changes, e.g. `environment`. */
  readonly key: string;
  /** Who makes the token. */
  readonly issuer: string;
  /** What the token says about the job, e.g. `repo:example/shop:environment:prod`. */
  readonly subject: string;
}

/**
 * An environment that must exist in the repository before the pipeline runs.
 */
export interface DeliveryEnvironment {
  /** Name, e.g. `prod`. */
  readonly name: string;
  /**
   * Stage it belongs to.
   *
   * @default - none: it builds, for all stages
   */
  readonly stage?: string;

  /**
   * Identity that its jobs sign in as.
   *
   * @default - none: they only wait for an approval
   */
  readonly access?: DeploymentAccess;
  /** Who may approve, one is enough: `team:slug` or `user:login`. */
  readonly reviewers: string[];
  /** Minutes between approval and start. */
  readonly waitMinutes: number;
  /** Branches whose jobs may use it, `*` for anything but a slash. */
  readonly branches: string[];
  /** Names of the variables that its jobs read. */
  readonly variables: string[];
  /** Values of those that `addTarget()` of the pipeline has told, by name; none is a secret. */
  readonly values: { [variable: string]: string };
}

/**
 * What carries stacks and applications from stage to stage.
 */
export interface IPromotionPipeline extends IConstruct {
  /** Repository, `owner/name`. */
  readonly repository: string;
  /** Branch that is promoted. */
  readonly defaultBranch: string;
  /** Name of the pipeline; empty for the only one of a repository. */
  readonly pipelineName: string;
  /** Names of the stages, in the order of promotion. */
  readonly stageNames: string[];
  /** Environments that the workflows use, with what guards them. */
  readonly environments: DeliveryEnvironment[];
  /** Names of the checks that a pull request must pass. */
  readonly requiredChecks: string[];
  /** Patterns of the tags that releases get, e.g. `v*`. */
  readonly releaseTags: string[];
  /** Names of the variables that jobs outside of environments read. */
  readonly repositoryVariables: string[];

  /**
   * Who may sign in as an identity: exactly what the tokens of the workflows say.
   *
   * @param access What the identity is for.
   * @param stage Stage of the identity; none for the one that builds.
   */
  subjects(access: DeploymentAccess, stage?: string): FederatedSubject[];

  /**
   * Stacks of a stage that were added so far.
   *
   * @param stage Name of the stage.
   */
  stacksOf(stage: string): TerraformStack[];
}
