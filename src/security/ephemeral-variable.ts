import { TerraformStack, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { EphemeralValue } from '../core/ephemeral';

/** First Terraform that knows both ephemeral variables and write-only arguments. */
const REQUIRED_TERRAFORM = '>= 1.11';

/**
 * Properties for `EphemeralVariable`.
 */
export interface EphemeralVariableProps {
  /**
   * What the value is, for whoever runs Terraform.
   *
   * @default - no description
   */
  readonly description?: string;
}

/**
 * The Terraform resources behind an `EphemeralVariable`.
 */
export interface EphemeralVariableResources {
  /** The variable. */
  readonly variable: TerraformVariable;
}

/**
 * A secret that is handed to Terraform when it runs, as `TF_VAR_<name>`, and kept nowhere; the name is `variableName`.
 *
 * For what somebody else issued, such as the key of a payment service. It is asked for in every run, also in those that write
 * nothing: a secret that changes rarely is better put into the vault by hand, and referred to with `secretNamed()`.
 */
export class EphemeralVariable extends Construct {
  /** The value, for write-only arguments. */
  public readonly value: EphemeralValue;
  /** Name of the variable in Terraform. */
  public readonly variableName: string;
  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: EphemeralVariableResources;

  constructor(scope: Construct, id: string, props: EphemeralVariableProps = {}) {
    super(scope, id);
    const variable = new TerraformVariable(this, 'Resource', {
      type: 'string',
      sensitive: true,
      nullable: false,
      description: props.description,
    });
    variable.addOverride('ephemeral', true);
    requireTerraform(TerraformStack.of(this));
    this.value = new EphemeralValue(variable.stringValue);
    this.variableName = variable.friendlyUniqueId;
    this.resources = { variable };
  }
}

/** Asks for a Terraform that knows ephemeral variables, beside whatever the stack asks for already. */
function requireTerraform(stack: TerraformStack): void {
  const { rawOverrides }: { rawOverrides?: { terraform?: { required_version?: string } } } = stack as object;
  const asked = rawOverrides?.terraform?.required_version?.split(', ') ?? [];
  stack.addOverride('terraform.required_version', [...new Set([...asked, REQUIRED_TERRAFORM])].join(', '));
}
