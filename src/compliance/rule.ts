/**
 * What a rule finds out about a resource.
 */
export enum Verdict {
  /** The requirement holds. */
  COMPLIANT = 'compliant',
  /** The requirement is broken. */
  VIOLATED = 'violated',
  /** The requirement does not concern this resource. */
  NOT_APPLICABLE = 'not applicable',
  /** The requirement depends on a value that Terraform has yet to compute. */
  CANNOT_BE_CHECKED = 'cannot be checked',
}

/**
 * How much a broken rule matters.
 */
export enum RuleSeverity {
  /** An attacker, or an outage, gets through. */
  CRITICAL = 'Critical',
  /** One of several safeguards is missing. */
  IMPORTANT = 'Important',
  /** Good practice. */
  AWARENESS = 'Awareness',
}

/**
 * A resource as Terraform will read it, whoever defined it.
 */
export interface IRenderedResource {
  /** Terraform type, e.g. `azurerm_storage_account`. */
  readonly type: string;
  /** Address in its stack, e.g. `azurerm_storage_account.Acme_1A2B3C4D`. */
  readonly address: string;
  /** Path of the construct; of the stack, for a resource that exists as an override of the stack only. */
  readonly path: string;
  /** Arguments in Terraform's spelling, overrides included; a text with `${` has yet to be computed. */
  readonly attributes: { [name: string]: any };

  /**
   * Resources of the same stack, this one included.
   *
   * @param type Terraform type they must have.
   */
  inStack(type: string): IRenderedResource[];

  /**
   * Resources of the same stack that refer to this one.
   *
   * @param type Terraform type they must have.
   */
  referredToBy(type: string): IRenderedResource[];
}

/**
 * One requirement on some kinds of resources.
 *
 * Ids are part of the public contract, because acknowledgements refer to them: never change or reuse one.
 */
export interface IComplianceRule {
  /** Stable id, e.g. `STO-001`. */
  readonly id: string;
  /** Terraform types the rule looks at. */
  readonly resourceTypes: string[];
  /** What must hold, as a sentence without a full stop. */
  readonly requirement: string;
  /** What to do about it, as a clause, e.g. `needs https_only = true`. */
  readonly remedy: string;
  /** How much it matters. */
  readonly severity: RuleSeverity;
  /** Where the requirement comes from, e.g. `CKV_AZURE_14` or `CIS 6.0 8.3.6`. */
  readonly references: string[];

  /**
   * Whether a resource satisfies the rule, as far as that is known.
   *
   * @param resource A resource of one of the types.
   */
  judge(resource: IRenderedResource): Verdict;
}
