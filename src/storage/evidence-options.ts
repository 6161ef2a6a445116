/**
 * What is kept in an evidence container, and for how long.
 */
export interface EvidenceOptions {
  /**
   * Days after its creation during which nobody can change or delete a blob, 1 to 146000.
   *
   * @default 2557 - seven years, with two leap days
   */
  readonly retentionDays?: number;

  /**
   * Whether blobs may grow at their end, as logs do; what is written stays as it is.
   *
   * @default false
   */
  readonly appendable?: boolean;

  /**
   * Whether the retention was locked, which the step `LockContainer` of `toRecoverySteps()` does: Terraform never locks.
   *
   * A lock is for ever. Nobody, Microsoft included, can shorten the retention then, or delete the container or its account while
   * a blob is held. Until then an owner could lift it. Terraform leaves lock and days alone from then on, since azurerm 4.55
   * refuses to extend a locked retention: that is the step `ExtendRetention`.
   *
   * @default false
   */
  readonly locked?: boolean;
}
