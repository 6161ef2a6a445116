import { DefaultTokenResolver, StringConcat, TerraformResource, TerraformStack, Tokenization } from 'cdktf';
import { IConstruct } from 'constructs';
import { IRenderedResource } from './rule';
import { Attributes, isComputed } from './values';

/** A resource of a `RenderedStack`, with the construct that stands for it. */
export interface RenderedResource extends IRenderedResource {
  /** The construct; the stack, for a resource that exists as an override of the stack only. */
  readonly construct: IConstruct;
}

/**
 * The resources of a stack as Terraform will read them: each rendered once, overrides of the stack included.
 */
export class RenderedStack {
  private readonly byType = new Map<string, RenderedResource[]>();
  private readonly byAddress = new Map<string, RenderedResource>();
  private referrers?: Map<string, RenderedResource[]>;

  /**
   * @param stack The stack, after its aspects.
   * @param isWanted Which types to render; the others cost nothing.
   */
  constructor(
    private readonly stack: TerraformStack,
    isWanted: (type: string) => boolean,
  ) {
    // Not public in cdktf, but what is written there ends up in Terraform's hands
    const overrides: Attributes = (stack as any).rawOverrides?.resource ?? {};
    for (const construct of stack.node.findAll()) {
      if (TerraformResource.isTerraformResource(construct) && isWanted(construct.terraformResourceType)) {
        this.add(construct, overrides);
      }
    }
    for (const [type, byId] of Object.entries<Attributes>(overrides)) {
      for (const id of Object.keys(byId).filter((key) => isWanted(type) && !this.byAddress.has(`${type}.${key}`))) {
        this.put(stack, type, id, this.resolved(byId[id]));
      }
    }
  }

  /** Every rendered resource of a type, in the order of the tree. */
  public ofType(type: string): RenderedResource[] {
    return this.byType.get(type) ?? [];
  }

  private add(construct: TerraformResource, overrides: Attributes): void {
    const { terraformResourceType: type, friendlyUniqueId: id } = construct;
    const rendered = this.resolved(construct.toTerraform().resource[type][id]);
    this.put(construct, type, id, merged(rendered, this.resolved(overrides[type]?.[id] ?? {})));
  }

  private put(construct: IConstruct, type: string, id: string, attributes: Attributes): void {
    const resource: RenderedResource = {
      construct,
      type,
      address: `${type}.${id}`,
      path: construct.node.path,
      attributes,
      inStack: (other) => this.ofType(other),
      referredToBy: (other) => this.referrersOf(resource.address).filter((referrer) => referrer.type === other),
    };
    this.byAddress.set(resource.address, resource);
    append(this.byType, type, resource);
  }

  private referrersOf(address: string): RenderedResource[] {
    this.referrers ??= this.indexed();
    return this.referrers.get(address) ?? [];
  }

  private indexed(): Map<string, RenderedResource[]> {
    const index = new Map<string, RenderedResource[]>();
    for (const resource of this.byAddress.values()) {
      const { depends_on: _, ...attributes } = resource.attributes;
      for (const address of addressesIn(attributes)) {
        append(index, address, resource);
      }
    }
    return index;
  }

  private resolved(rendered: any): Attributes {
    const resolver = new DefaultTokenResolver(new StringConcat());
    return Tokenization.resolve(rendered, { scope: this.stack, preparing: false, resolver }) ?? {};
  }
}

function append<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list) {
    list.push(value);
  } else {
    lists.set(key, [value]);
  }
}

function merged(attributes: Attributes, overrides: Attributes): Attributes {
  const result = { ...attributes };
  for (const [key, value] of Object.entries(overrides)) {
    result[key] = isBlock(value) && isBlock(result[key]) ? merged(result[key], value) : value;
  }
  return result;
}

function isBlock(value: unknown): value is Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function addressesIn(value: unknown, found: Set<string> = new Set()): Set<string> {
  if (isComputed(value)) {
    for (const [, address] of value.matchAll(/(?<![\w.])([a-z]\w*\.[A-Za-z_][\w-]*)/g)) {
      found.add(address);
    }
  } else if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach((inner) => addressesIn(inner, found));
  }
  return found;
}
