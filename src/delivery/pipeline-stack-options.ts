import { TerraformStack } from 'cdktf';

/**
 * Options for a stack that a pipeline carries.
 */
export interface PipelineStackOptions {
  /**
   * Name of the stage it belongs to.
   *
   * @default - the environment of the workload inside of it
   */
  readonly stage?: string;

  /**
   * Stacks of the same stage that must be applied before.
   *
   * @default - none
   */
  readonly after?: TerraformStack[];

  /**
   * Leaves undone what its constructs need after each apply and Terraform cannot do, e.g. the roles of clients in a database: where
   * somebody else does it, or where the machines of the stage cannot reach it.
   *
   * @default false
   */
  readonly withoutSetup?: boolean;
}
