import { TerraformResource } from 'cdktf';
import { resolvedIn } from './validation';

/** A block as Terraform gets it. */
export interface RenderedBlock {
  readonly [name: string]: any;
}

/** The block that a resource renders, overrides included. */
export function renderedOf(resource: TerraformResource): RenderedBlock {
  const { terraformResourceType: type, friendlyUniqueId: id } = resource;
  return resolvedIn(resource, resource.toTerraform().resource[type][id]) as RenderedBlock;
}

/** A block that may stand in another one once; one that was overridden may be a list of one. */
export function blockOf(value: RenderedBlock | RenderedBlock[] | undefined): RenderedBlock {
  return (Array.isArray(value) ? value[0] : value) ?? {};
}

/** Problems of a resource, each behind its path. */
export function problemsAt({ node }: TerraformResource, problems: Array<string | false>): string[] {
  return problems.filter((problem) => problem !== false).map((problem) => `${node.path}: ${problem}`);
}
