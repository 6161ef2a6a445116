import { Attribute, Block, NestedBlock } from '../schema/model';
import { TypeFacts } from './type-facts';

/** A schema with what the facts add to the bindings. */
export function withFacts(block: Block, facts: TypeFacts, path = ''): Block {
  const attributes = Object.entries(block.attributes).map(([name, attribute]): [string, Attribute] => [
    name,
    attributeWith(attribute, facts, path + name),
  ]);
  const blocks = Object.entries(block.blocks).map(([name, nested]): [string, NestedBlock] => [
    name,
    nestedWith(nested, facts, path + name),
  ]);
  return { attributes: Object.fromEntries(attributes), blocks: Object.fromEntries(blocks) };
}

function attributeWith(attribute: Attribute, facts: TypeFacts, path: string): Attribute {
  const flags = facts.flags?.[path] ?? '';
  const known = facts.defaults?.[path];
  // bindings let users set the id; azurerm does not
  const { optional: _, ...unsettable } = attribute;
  const settable = path === 'id' && attribute.computed ? unsettable : attribute;
  return {
    ...settable,
    ...(flags.includes('c') && !attribute.required && { computed: true }),
    ...(flags.includes('s') && { sensitive: true }),
    ...(flags.includes('w') && { writeOnly: true }),
    ...(flags.includes('n') && { forcesNew: true }),
    ...(attribute.optional && known !== undefined && hasType(known, attribute) && { default: known }),
  };
}

function nestedWith(nested: NestedBlock, facts: TypeFacts, path: string): NestedBlock {
  const flags = facts.flags?.[path] ?? '';
  const [minItems, maxItems] = facts.items?.[path] ?? [nested.minItems, nested.maxItems];
  return {
    ...nested,
    minItems,
    maxItems,
    ...(flags.includes('c') && { computed: true }),
    ...(flags.includes('n') && { forcesNew: true }),
    block: withFacts(nested.block, facts, `${path}.`),
  };
}

function hasType(value: unknown, { type }: Attribute): boolean {
  return type === (typeof value === 'boolean' ? 'bool' : typeof value);
}
