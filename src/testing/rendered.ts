import { TerraformResource, Testing, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';

/**
 * What the stack of a construct renders to, addressed the way Terraform documentation does; validations have run.
 */
export class Rendered {
  /** The whole stack, as Terraform reads it. */
  public readonly json: any;

  private readonly stack: TerraformStack;

  constructor(scope: IConstruct) {
    this.stack = TerraformStack.of(scope);
    this.json = JSON.parse(Testing.synth(this.stack, true));
  }

  /** Every resource of a type. */
  public all(type: string): any[] {
    return Object.values(this.json.resource?.[type] ?? {});
  }

  /** The only resource of a type; fails when there are none or several. */
  public only(type: string): any {
    const found = this.all(type);
    if (found.length !== 1) {
      throw new Error(`expected one ${type}, found ${found.length}`);
    }
    return found[0];
  }

  /** The resource whose construct path ends in a path, e.g. `Api/Resource`; fails when there are none or several. */
  public at(type: string, path: string): any {
    const found = this.stack.node
      .findAll()
      .filter(TerraformResource.isTerraformResource)
      .filter(
        ({ node, terraformResourceType }) => terraformResourceType === type && `/${node.path}`.endsWith(`/${path}`),
      );
    if (found.length !== 1) {
      throw new Error(`expected one ${type} at ${path}, found ${found.length}`);
    }
    return this.json.resource[type][found[0].friendlyUniqueId];
  }

  /** The address of every resource, sorted. */
  public addresses(): string[] {
    return Object.entries<object>(this.json.resource ?? {})
      .flatMap(([type, byId]) => Object.keys(byId).map((id) => `${type}.${id}`))
      .sort();
  }
}
