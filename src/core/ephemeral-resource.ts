import { TerraformElement, TerraformStack, Token, ref } from 'cdktf';
import { Construct } from 'constructs';
import { admitEphemeral } from './ephemeral-stack';

/**
 * A value that exists while Terraform runs, and is never written down: not in the plan, not in the state.
 *
 * Fits only into write-only arguments, whose names end in `_wo`; anywhere else it is an error at synthesis.
 */
export class EphemeralValue {
  /** @internal */
  public constructor(
    /** Reference for a write-only argument. */
    public readonly reference: string,
  ) {}
}

/**
 * Properties for `EphemeralResource`.
 */
export interface EphemeralResourceProps {
  /** Type of the ephemeral resource, e.g. `azurerm_key_vault_secret`. */
  readonly type: string;
  /** Its arguments, in Terraform's spelling. */
  readonly attributes: { [name: string]: any };
}

/**
 * An `ephemeral` block, which cdktf itself has no class for.
 *
 * Asks for Terraform 1.11 in the stack it is in.
 */
export class EphemeralResource extends TerraformElement {
  private readonly props: EphemeralResourceProps;

  constructor(scope: Construct, id: string, props: EphemeralResourceProps) {
    super(scope, id, `ephemeral.${props.type}`);
    this.props = props;
    admitEphemeral(TerraformStack.of(this));
  }

  /**
   * One attribute of the resource.
   *
   * @param name Its name, in Terraform's spelling.
   */
  public valueOf(name: string): EphemeralValue {
    const stack = TerraformStack.of(this);
    return new EphemeralValue(
      Token.asString(ref(`ephemeral.${this.props.type}.${this.friendlyUniqueId}.${name}`, stack)),
    );
  }

  public toTerraform(): any {
    const { type, attributes } = this.props;
    const block = { ...attributes, ...this.rawOverrides, '//': { metadata: { path: this.node.path } } };
    return { ephemeral: { [type]: { [this.friendlyUniqueId]: block } } };
  }
}
