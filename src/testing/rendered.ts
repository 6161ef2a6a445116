import { Testing, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';

/**
 * What the stack of a construct renders to, addressed the way Terraform documentation does; validations have run.
 */
export class Rendered {
  /** The whole stack, as Terraform reads it. */
  public readonly json: any;

  constructor(scope: IConstruct) {
    this.json = JSON.parse(Testing.synth(TerraformStack.of(scope), true));
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

  /** The resource that a construct path ends in, e.g. `Api/Resource`; fails when there are none or several. */
  public at(type: string, path: string): any {
    const found = this.all(type).filter(({ '//': { metadata } }) => `/${metadata.path}`.endsWith(`/${path}`));
    if (found.length !== 1) {
      throw new Error(`expected one ${type} at ${path}, found ${found.length}`);
    }
    return found[0];
  }

  /** The address of every resource, sorted. */
  public addresses(): string[] {
    return Object.entries<object>(this.json.resource ?? {})
      .flatMap(([type, byId]) => Object.keys(byId).map((id) => `${type}.${id}`))
      .sort();
  }
}
