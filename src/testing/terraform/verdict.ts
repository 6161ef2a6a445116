/** What terraform, or the judge itself, has to say about a stack. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail: string;

  /** Terraform's address of the block, as in `azurerm_key_vault.vault` or `data.azurerm_client_config.me`. */
  readonly address?: string;

  /** Path of the construct that wrote the block, from the metadata in the stack. */
  readonly construct?: string;

  /** Where in the block, as in `site_config.always_on`. */
  readonly attribute?: string;

  /** Line in the `cdk.tf.json` of the stack. */
  readonly line?: number;

  /** The step that found it; `setup` is the judge itself. */
  readonly phase: 'setup' | 'validate' | 'plan' | 'apply';
}

/** What became of one stack. */
export interface StackVerdict {
  readonly stack: string;

  /** No errors; warnings do not count. */
  readonly accepted: boolean;
  readonly findings: Finding[];
  readonly seconds: number;

  /** The plan, where one was asked for and terraform could make it. */
  readonly plan?: TerraformPlan;

  /** The state, where terraform was asked to apply and could. */
  readonly state?: TerraformState;
}

/** A state as terraform keeps it; the parts that are looked at here. */
export interface TerraformState {
  readonly version: number;
  readonly resources: {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly provider: string;
    readonly instances: { readonly attributes: any }[];
  }[];
}

/** The plan as `terraform show -json` writes it; the parts that tests look at. */
export interface TerraformPlan {
  readonly format_version: string;
  readonly terraform_version: string;
  readonly resource_changes?: ResourceChange[];
  readonly output_changes?: Record<string, Change>;
  readonly variables?: Record<string, { readonly value?: any }>;
  readonly planned_values?: any;
  readonly prior_state?: any;
  readonly configuration?: any;
}

/** What terraform would do to one resource. */
export interface ResourceChange {
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  readonly provider_name: string;
  readonly change: Change;
}

/** Before and after. */
export interface Change {
  readonly actions: ('no-op' | 'create' | 'read' | 'update' | 'delete' | 'forget')[];
  readonly before: any;

  /** The values that are known before apply. */
  readonly after: any;

  /** `true` in the place of every value that will be known after apply. */
  readonly after_unknown: any;

  /** Paths of what makes a replacement necessary. */
  readonly replace_paths?: (string | number)[][];
  readonly before_sensitive?: any;
  readonly after_sensitive?: any;
}
