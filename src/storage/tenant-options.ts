import { GdprClassification } from './blob-tags';
import { TenantRetention } from './tenant-retention';

/**
 * Where a tenant is between joining and leaving.
 */
export enum TenantState {
  /** Everything works. */
  ACTIVE = 'active',
  /**
   * Roles on the container are taken away, also those that the program grants; data, versions and rules stay. Where the account
   * is guarded, its lock refuses that: take the step `RevokeRoles` of `toRecoverySteps()`. Back to active gives the roles again.
   */
  SUSPENDED = 'suspended',
  /** As suspended, for good: Terraform refuses to destroy the container in every environment. The step before releasing. */
  RETAINED = 'retained',
}

/**
 * What is known of a tenant.
 */
export interface TenantOptions {
  /**
   * Where the tenant is between joining and leaving.
   *
   * @default TenantState.ACTIVE
   */
  readonly state?: TenantState;

  /**
   * How long its data is kept; tenants with equal settings share lifecycle rules, of which an account has 100.
   *
   * @default - as the account says
   */
  readonly retention?: TenantRetention;

  /**
   * What its data says about people; becomes metadata of the container.
   *
   * @default - not said
   */
  readonly gdprClassification?: GdprClassification;

  /**
   * Metadata of the container, beside `tenant_id`, `environment`, `tenant_state` and `gdpr_classification`, which win. Keys
   * have lower-case letters, digits or underscores.
   *
   * @default - none
   */
  readonly metadata?: { [key: string]: string };
}
