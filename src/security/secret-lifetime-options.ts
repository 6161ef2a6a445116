import { Offset } from '@cdktf/provider-time/lib/offset';
import { Rotating } from '@cdktf/provider-time/lib/rotating';
import { Owner } from '../contracts/ownership';

/**
 * How long the value of a secret lives: rotated by Terraform, unless it has a date and a version of its own.
 */
export interface SecretLifetimeOptions {
  /**
   * Days after which an apply writes a new value, 7 to 365; the value expires 45 days later.
   *
   * Takes an apply now and then: Terraform rotates only when it runs.
   *
   * @default 90
   */
  readonly rotationDays?: number;

  /**
   * When the value expires, as `2027-01-31T00:00:00Z`; takes a `version` as well.
   *
   * @default - 45 days after the next rotation
   */
  readonly expiresOn?: string;

  /**
   * Version of the value, 1 and up: raise it to write a new one; takes `expiresOn` as well.
   *
   * @default - the time of the last rotation
   */
  readonly version?: number;

  /**
   * Who writes the value after it was set for the first time: Terraform, or something outside of it that rotates the secret,
   * in which case version, expiry and tags are left alone too.
   *
   * @default Owner.TERRAFORM
   */
  readonly valueManagedBy?: Owner;
}

/**
 * The Terraform resources that decide when the value of a secret changes.
 */
export interface SecretLifetimeResources {
  /** The timestamp that drives rotation, of a secret that Terraform rotates. */
  readonly rotation?: Rotating;
  /** The timestamp of the first expiry, of a secret that is rotated outside of Terraform. */
  readonly firstExpiry?: Offset;
}
