import { ISecret } from './secret';

/**
 * What a write-only argument of Terraform takes: never the value itself, only where Terraform reads it while it runs.
 */
export interface WriteOnlyValue {
  /** Reference to the value as the vault has it, for an argument whose name ends in `_wo`. */
  readonly reference: string;
  /** Number that changes with the value, for the argument of the same name that ends in `_wo_version`. */
  readonly version: number;
}

/**
 * A secret that Terraform makes and writes into a vault, and that other resources are then given.
 */
export interface IGeneratedSecret extends ISecret {
  /**
   * The value as it is in the vault.
   *
   * Read back and not taken from where it was made: a generated value is another one in each run, so that a run which fails half
   * way would leave vault and resource with different ones.
   */
  bindWriteOnly(): WriteOnlyValue;
}
