import { TerraformStack, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { EphemeralValue } from './ephemeral-resource';
import { admitEphemeral } from './ephemeral-stack';

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
 *
 * Terraform cannot tell another value from the one before: it is written when the version of the write-only argument changes,
 * which is for `addSecret()` at the next rotation, or with a higher `version`.
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
    admitEphemeral(TerraformStack.of(this));
    this.value = new EphemeralValue(variable.stringValue);
    this.variableName = variable.friendlyUniqueId;
    this.resources = { variable };
  }
}
