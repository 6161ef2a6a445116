import { IBuildIdentity } from './build-identity';
import { IDeploymentIdentities } from './deployment-identities-props';
import { IPromotionPipeline } from './promotion-pipeline-interface';

/**
 * Properties for `GithubEnvironments`.
 */
export interface GithubEnvironmentsProps {
  /** Pipeline whose workflows run in the repository; add its stacks and applications before. */
  readonly pipeline: IPromotionPipeline;
  /** Identities of each stage. */
  readonly identities: IDeploymentIdentities[];

  /**
   * Identity that builds images.
   *
   * @default - none; an error where the pipeline builds images
   */
  readonly buildIdentity?: IBuildIdentity;

  /**
   * Approvals that a pull request needs, 0 to 10.
   *
   * @default 1
   */
  readonly requiredApprovals?: number;

  /**
   * Whether the owners of the code, as `CODEOWNERS` names them, must be among those who approve.
   *
   * @default false
   */
  readonly codeOwnerApproval?: boolean;

  /**
   * Lets whoever started a deployment approve it.
   *
   * @default false
   */
  readonly selfApproval?: boolean;

  /**
   * Lets administrators of the repository deploy without approval.
   *
   * @default false
   */
  readonly administratorsBypass?: boolean;

  /**
   * Leaves the variables that say where applications run to `GithubTargets`.
   *
   * @default false
   */
  readonly withoutTargets?: boolean;

  /**
   * Leaves the default branch and the tags of releases as they are, without rules: where those of the organization hold.
   *
   * @default false
   */
  readonly withoutRules?: boolean;
}
