import { TerraformResource, Testing, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { addressesIn } from './addresses';
import { differences } from './differences';

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
      const there =
        found.length > 0 ? Object.keys(this.json.resource[type]) : Object.keys(this.json.resource ?? {}).sort();
      throw new Error(`expected one ${type}, found ${found.length}${listed(there)}`);
    }
    return found[0];
  }

  /** The resource whose construct path ends in a path, e.g. `Api/Resource`; fails when there are none or several. */
  public at(type: string, path: string): any {
    const ofType = this.stack.node
      .findAll()
      .filter(TerraformResource.isTerraformResource)
      .filter(({ terraformResourceType }) => terraformResourceType === type);
    const found = ofType.filter(({ node }) => `/${node.path}`.endsWith(`/${path}`));
    if (found.length !== 1) {
      const there = (found.length > 0 ? found : ofType).map(({ node }) => node.path);
      throw new Error(`expected one ${type} at ${path}, found ${found.length}${listed(there)}`);
    }
    return this.json.resource[type][found[0].friendlyUniqueId];
  }

  /** Fails, with a line for each, when attributes of the resource at a path differ; other attributes do not matter. */
  public has(type: string, path: string, attributes: object): void {
    const lines = differences(attributes, this.at(type, path));
    if (lines.length > 0) {
      throw new Error(`${type} at ${path} differs:\n${lines.map((line) => `  ${line}`).join('\n')}`);
    }
  }

  /** The address of every resource, sorted. */
  public addresses(): string[] {
    return addressesIn(this.json);
  }
}

function listed(there: string[]): string {
  return there.length > 0 ? `; there are:\n${there.map((name) => `  ${name}`).join('\n')}` : '; there are none';
}
