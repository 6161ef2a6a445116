/** A type, in the JSON notation that terraform and its providers exchange; the last part of an object lists what may be left out. */
export type TypeSpec =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | ['list' | 'set' | 'map', TypeSpec]
  | ['object', Record<string, TypeSpec>, string[]?];

/** An argument, a result of the provider, or both. */
export interface Attribute {
  readonly type: TypeSpec;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly writeOnly?: boolean;
  readonly sensitive?: boolean;
  /** Another value means another resource. */
  readonly forcesNew?: boolean;
  /** What is planned where nothing was given. */
  readonly default?: string | number | boolean;
}

/** A block within a block. */
export interface NestedBlock {
  readonly nesting: 'single' | 'list' | 'set';
  readonly minItems: number;
  /** 0 is any number. */
  readonly maxItems: number;
  /** The provider fills it where the user left it out. */
  readonly computed?: boolean;
  /** One block more or less means another resource. */
  readonly forcesNew?: boolean;
  readonly block: Block;
}

/** What may stand between two braces. */
export interface Block {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly blocks: Readonly<Record<string, NestedBlock>>;
}

/** The kinds of blocks that belong to a provider and have a type. */
export type Kind = 'resource' | 'data' | 'ephemeral';

/** One provider, cut down to the types in use. */
export interface ProviderSchema {
  /** As `NAMESPACE/TYPE`. */
  readonly source: string;
  readonly provider: Block;
  readonly types: Readonly<Record<Kind, Readonly<Record<string, Block>>>>;
}

/** Type of what a name stands for in an expression: an attribute, or a block as the list or object it becomes. */
export function typeOf(block: Block, name: string): TypeSpec | undefined {
  const nested = block.blocks[name];
  if (!nested) {
    return block.attributes[name]?.type;
  }
  const names = [...Object.keys(nested.block.attributes), ...Object.keys(nested.block.blocks)];
  const object: TypeSpec = ['object', Object.fromEntries(names.map((n) => [n, typeOf(nested.block, n)!]))];
  return nested.nesting === 'single' ? object : [nested.nesting, object];
}
