/**
 * How much a blob says about people.
 *
 * @see https://gdpr-info.eu/art-9-gdpr/
 */
export enum GdprClassification {
  /** Nothing. */
  NONE = 'none',
  /** Personal data. */
  PERSONAL = 'personal',
  /** Personal data that replaces names by codes. */
  PSEUDONYMOUS = 'pseudonymous',
  /** Health, belief, origin and the like: article 9. */
  SPECIAL_CATEGORY = 'special-category',
}

/**
 * What a blob is labelled with, so that rules and rights can go by it; at least one of them.
 *
 * They are index tags, `tenant_id`, `job_id`, `environment` and `gdpr_classification`, which whoever writes a blob puts on it.
 */
export interface BlobTagSet {
  /**
   * Tenant that the blob belongs to, the tag `tenant_id`.
   *
   * @default - any
   */
  readonly tenantId?: string;

  /**
   * Job that the blob belongs to, the tag `job_id`.
   *
   * @default - any
   */
  readonly jobId?: string;

  /**
   * Environment that the blob was made in, the tag `environment`.
   *
   * @default - any
   */
  readonly environment?: string;

  /**
   * What the blob says about people, the tag `gdpr_classification`.
   *
   * @default - any
   */
  readonly gdprClassification?: GdprClassification;
}
