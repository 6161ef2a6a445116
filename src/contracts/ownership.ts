/**
 * Who decides about a value after it was set for the first time.
 */
export enum Owner {
  /** Terraform: every apply sets it again. */
  TERRAFORM = 'terraform',
  /** The delivery pipeline: Terraform sets it once, and leaves it alone from then on. */
  PIPELINE = 'pipeline',
}

/**
 * Properties of every construct that holds data.
 */
export interface ProtectedProps {
  /**
   * Guards the data: Terraform refuses to destroy it, and a `CanNotDelete` lock keeps everybody else from it.
   *
   * Take it away in a deployment of its own before you remove the construct. The lock also keeps what lies below the data from being
   * deleted, roles included: delete it by hand before an apply that takes some away, which puts it back.
   *
   * @default - from the environment: true in prod
   */
  readonly deletionProtection?: boolean;
}

/**
 * Properties of every construct whose main resource somebody else may write to as well.
 */
export interface SharedOwnershipProps {
  /**
   * Attributes of the main resource that Terraform leaves as it finds them, in Terraform's spelling, beside those that
   * change by themselves.
   *
   * @default - none
   */
  readonly ignoreChanges?: string[];
}
