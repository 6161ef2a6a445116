import { TerraformResource, TerraformVariable, Token } from 'cdktf';
import { Construct } from 'constructs';

/** How a value is written that Terraform has yet to compute. */
export const KINDS = ['variable', 'concatenated', 'byHand', 'unknown'] as const;
export type Kind = (typeof KINDS)[number];

/**
 * Values that Terraform has yet to compute, and that turn out to be a given one: so Terraform judges what it will see.
 */
export class Tokens {
  private made = 0;

  /** @param scope where variables and resources go: outside of what is tested */
  constructor(private readonly scope: Construct) {}

  public text(kind: Kind, value: string): string {
    const half = Math.ceil(value.length / 2);
    switch (kind) {
      case 'variable':
        return this.variable('string', value).stringValue;
      case 'concatenated':
        return `${value.slice(0, half)}${this.variable('string', value.slice(half)).stringValue}`;
      case 'byHand':
        return `\${var.${this.variable('string', value).friendlyUniqueId}}`;
      case 'unknown':
        return Token.asString(this.output(value));
    }
  }

  public number(kind: Kind, value: number): number {
    return kind === 'unknown' ? Token.asNumber(this.output(value)) : this.variable('number', value).numberValue;
  }

  public list(value: string[]): string[] {
    return this.variable('list(string)', value).listValue;
  }

  private variable(type: string, value: unknown): TerraformVariable {
    return new TerraformVariable(this.scope, `V${this.made++}`, { type, default: value });
  }

  private output(value: unknown) {
    return dataIn(this.scope, `R${this.made++}`, value).interpolationForAttribute('output');
  }
}

/** A `terraform_data`; cdktf's own class takes maps only, and asks terraform for its version in each synthesis. */
export function dataIn(scope: Construct, id: string, input?: unknown): TerraformResource {
  const resource = new TerraformResource(scope, id, { terraformResourceType: 'terraform_data' });
  if (input !== undefined) {
    resource.addOverride('input', input);
  }
  return resource;
}
