import { TerraformElement, TerraformResource } from 'cdktf';
import { NAMING_RULES } from './naming-rules';
import { isComputed } from './validation';

/** Arguments that end in `Name`, and say nothing about where a resource lies. */
const NO_PARENTS = ['nameInput', 'resourceGroupNameInput', 'skuNameInput'];

/** Properties of a class that say, by a name or as `parent_id`, what its resources are parts of. */
const parentsByClass = new WeakMap<object, string[]>();

/** What a resource of a provider's class was given; nothing where it has no such argument. */
type Arguments = TerraformResource & { readonly [property: string]: unknown };

/**
 * What is wrong with the names that are written out in a stack, as sentences: of two resources of one type with one name
 * in one place, Azure refuses the second, when the first is there already.
 */
export function nameProblemsOf(elements: TerraformElement[]): string[] {
  const byPlace = new Map<string, Arguments[]>();
  for (const element of elements) {
    const place = TerraformResource.isTerraformResource(element) ? placeOf(element as Arguments) : undefined;
    if (place !== undefined) {
      byPlace.set(place, [...(byPlace.get(place) ?? []), element as Arguments]);
    }
  }
  return [...byPlace.values()].filter((sharing) => sharing.length > 1).map(clashOf);
}

/** The same text for those that cannot be there both; nothing for what may, or is not known before apply. */
function placeOf(resource: Arguments): string | undefined {
  const { terraformResourceType: type, nameInput: name, resourceGroupNameInput: group, provider } = resource;
  if (typeof name !== 'string' || isComputed(name) || isCounted(resource)) {
    return undefined;
  }
  const subscription = provider?.fqn ?? '';
  if (NAMING_RULES[type]?.global) {
    return [type, name.toLowerCase()].join('\n');
  }
  const parents = parentsOf(resource).map((property) => String(resource[property]));
  return typeof group === 'string' ? [type, name.toLowerCase(), subscription, group, ...parents].join('\n') : undefined;
}

/** Of those that are counted, or made for each of several, there may be none at all. */
function isCounted(resource: Arguments): boolean {
  const { count, for_each: forEach } = (resource as unknown as { rawOverrides: Record<string, unknown> }).rawOverrides;
  return [resource.count, resource.forEach, count, forEach].some((given) => given !== undefined);
}

function parentsOf(resource: Arguments): string[] {
  const type = Object.getPrototypeOf(resource);
  if (!parentsByClass.has(type)) {
    const properties = Object.getOwnPropertyNames(type);
    parentsByClass.set(
      type,
      properties.filter((property) => /NameInput$|^parentIdInput$/.test(property) && !NO_PARENTS.includes(property)),
    );
  }
  return parentsByClass.get(type)!;
}

function clashOf(sharing: Arguments[]): string {
  const [{ terraformResourceType: type, nameInput: name, resourceGroupNameInput: group }] = sharing;
  const where = NAMING_RULES[type]?.global
    ? 'all of Azure'
    : isComputed(group)
      ? 'the resource group'
      : `the resource group ${group}`;
  return `${sharing.map(({ node }) => node.path).join(' and ')} are both the ${type} ${name}, of which ${where} can have one; give one of them another name`;
}
