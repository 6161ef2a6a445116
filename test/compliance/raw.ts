import { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { Attributes } from '../../src/compliance/values';

/** A resource of any type, with attributes as Terraform spells them. */
export class Raw extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    type: string,
    private readonly raw: Attributes,
  ) {
    super(scope, id, { terraformResourceType: type });
  }

  protected synthesizeAttributes(): Attributes {
    return this.raw;
  }
}

/** What a stack needs so that a resource keeps a rule: attributes, and who refers to it. */
export interface Good {
  readonly attributes: Attributes;
  /** Types of resources that refer to this one, with the attribute that does, and others. */
  readonly referrers?: Array<[type: string, by: string, others?: Attributes]>;
}

/** A copy with another value at a dotted path; `undefined` takes it away. */
export function set<T>(node: T, path: string, value: unknown): T {
  const [key, ...rest] = path.split('.');
  const copy: any = Array.isArray(node) ? [...node] : { ...node };
  if (rest.length > 0) {
    copy[key] = set(copy[key] ?? {}, rest.join('.'), value);
  } else if (value === undefined) {
    delete copy[key];
  } else {
    copy[key] = value;
  }
  return copy;
}
