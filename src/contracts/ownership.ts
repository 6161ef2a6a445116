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
   * Guards the data: Terraform refuses to replace it, and a `CanNotDelete` lock keeps everybody else from deleting it.
   *
   * Both go with the construct: whoever removes or renames it in the program destroys the data, lock included. `lock --check` and
   * `plan-impact` of the command line tell of that in a pull request. The lock also keeps what lies below the data from being deleted,
   * roles and log routes included: delete it by hand before an apply that takes some away, which puts it back.
   *
   * @default - from the environment: true in prod
   * @see https://developer.hashicorp.com/terraform/language/meta-arguments/prevent_destroy
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
