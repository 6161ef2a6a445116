import { Argument, capitalized, GeneratedClass, GeneratedCode, primitiveType, Readable } from './generated';
import { Attribute, Block, NestedBlock, TypeSpec } from './model';

interface MutableBlock {
  readonly attributes: Record<string, Attribute>;
  readonly blocks: Record<string, NestedBlock>;
}

/** Rebuilds the schema of a resource, a data source or a provider from its class. */
export function blockOf(code: GeneratedCode, root: GeneratedClass): Block {
  const { attributes, blocks } = nestedBlock(code, root.arguments, root);
  for (const [name, { writeOnly, ...attribute }] of Object.entries(attributes)) {
    if (name === 'id' && attribute.optional) {
      // every provider fills an id that was not given, and no binding says so
      attributes[name] = { ...attribute, computed: true };
    } else if (writeOnly && root.base !== 'TerraformResource') {
      // only what has a state can keep something out of it
      attributes[name] = attribute;
    }
  }
  return { attributes, blocks };
}

function nestedBlock(code: GeneratedCode, args: Argument[], reader?: GeneratedClass): MutableBlock {
  const attributes: Record<string, Attribute> = {};
  const blocks: Record<string, NestedBlock> = {};
  for (const argument of args) {
    if (argument.asBlock) {
      blocks[argument.name] = blockArgument(code, argument);
    } else {
      const writeOnly = argument.name.endsWith('_wo') && !argument.required;
      const presence = argument.required ? { required: true } : { optional: true };
      attributes[argument.name] = { type: argumentType(code, argument), ...presence, ...(writeOnly && { writeOnly }) };
    }
  }
  for (const [name, readable] of reader?.readable ?? []) {
    if (!(name in attributes) && !(name in blocks)) {
      attributes[name] = { type: readableType(code, readable), computed: true };
    }
  }
  return { attributes, blocks };
}

function blockArgument(code: GeneratedCode, { struct, shape, single, required }: Argument): NestedBlock {
  const block = nestedBlock(code, code.structs.get(struct!) ?? [], readerOf(code, struct!));
  return shape === 'struct'
    ? { nesting: 'single', minItems: 0, maxItems: 0, block }
    : { nesting: shape === 'set' ? 'set' : 'list', minItems: required ? 1 : 0, maxItems: single ? 1 : 0, block };
}

function argumentType(code: GeneratedCode, { struct, shape, single, plain }: Argument): TypeSpec {
  if (!struct) {
    return plain;
  }
  const object = objectType(code, struct);
  return single ? object : [shape === 'set' || shape === 'map' ? shape : 'list', object];
}

// what the user may leave out counts as optional here too, which terraform honours in the types of attributes
function objectType(code: GeneratedCode, struct: string): TypeSpec {
  const { attributes, blocks } = nestedBlock(code, code.structs.get(struct) ?? [], readerOf(code, struct));
  const fields = Object.entries(attributes).map(([name, { type }]): [string, TypeSpec] => [name, type]);
  for (const [name, { nesting, block }] of Object.entries(blocks)) {
    const inner: TypeSpec = [
      'object',
      Object.fromEntries(Object.entries(block.attributes).map(([n, a]) => [n, a.type])),
    ];
    fields.push([name, nesting === 'single' ? inner : [nesting, inner]]);
  }
  const optional = fields.map(([name]) => name).filter((name) => !attributes[name]?.required);
  return ['object', Object.fromEntries(fields), ...(optional.length > 0 ? [optional] : [])] as TypeSpec;
}

function readableType(code: GeneratedCode, { plain, className = '', isSet }: Readable): TypeSpec {
  if (plain) {
    return plain;
  }
  const collection = isSet ? 'set' : 'list';
  const map = /^(String|Number|Boolean|Any)Map(List)?$/.exec(className);
  if (map) {
    const type: TypeSpec = map[1] === 'Any' ? 'dynamic' : ['map', primitiveType(map[1])];
    return map[2] ? [collection, type] : type;
  }
  const [, base, suffix] = /^(.*?)(List|Map|OutputReference)$/.exec(className) ?? [];
  const reader = code.classes.get(`${base}OutputReference`);
  const fields = [...(reader?.readable ?? [])].map(([name, r]) => [name, readableType(code, r)] as const);
  const object: TypeSpec = ['object', Object.fromEntries(fields)];
  return suffix === 'List' ? [collection, object] : suffix === 'Map' ? ['map', object] : object;
}

function readerOf(code: GeneratedCode, struct: string): GeneratedClass | undefined {
  return code.classes.get(`${capitalized(struct)}OutputReference`);
}
