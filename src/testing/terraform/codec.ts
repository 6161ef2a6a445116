import { optionalPackage } from './optional-packages';
import { Attribute, Block, NestedBlock, TypeSpec } from './schema/model';

/** A value of terraform as a tree; what is not known yet is an extension object of msgpack. */
export type Value = any;

/** How values travel. */
export interface WireValue {
  readonly msgpack?: Uint8Array;
  readonly json?: Uint8Array;
}

/** Extension type of msgpack that terraform uses for a value not known yet; with what is known about it, type 12. */
const UNKNOWN_EXTENSION = 0;

/** The value that will be known after apply. */
export function unknown(): Value {
  const { ExtData } = optionalPackage('@msgpack/msgpack');
  return new ExtData(UNKNOWN_EXTENSION, new Uint8Array([0]));
}

export function isUnknown(value: Value): boolean {
  return value instanceof optionalPackage('@msgpack/msgpack').ExtData;
}

export function decodeValue(wire: WireValue | null | undefined): Value {
  if (wire?.msgpack?.length) {
    return optionalPackage('@msgpack/msgpack').decode(wire.msgpack);
  }
  return wire?.json?.length ? JSON.parse(Buffer.from(wire.json).toString()) : null;
}

export function encodeValue(value: Value): WireValue {
  return { msgpack: Buffer.from(optionalPackage('@msgpack/msgpack').encode(value)) };
}

/** A value where the schema leaves the type open: there, terraform wants the type to travel with it. */
export function withType(type: TypeSpec, value: Value): Value {
  return [Buffer.from(JSON.stringify(type)), value];
}

/** What to make of the parts of a value. */
export interface Rewriting {
  attribute(attribute: Attribute, value: Value, name: string): Value;
  /** Answers a whole block; without it, or without an answer, the parts of the block are rewritten. */
  block?(nested: NestedBlock, value: Value): Value | undefined;
}

/** Rewrites the value of a block along its schema. */
export function rewrite(block: Block, value: Value, how: Rewriting): Value {
  if (value === null || isUnknown(value)) {
    return value;
  }
  const result: Record<string, Value> = {};
  for (const [name, attribute] of Object.entries(block.attributes)) {
    result[name] = how.attribute(attribute, value[name] ?? null, name);
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    const inner = value[name] ?? null;
    const whole = how.block?.(nested, inner);
    if (whole !== undefined) {
      result[name] = whole;
    } else if (Array.isArray(inner)) {
      result[name] = inner.map((element) => rewrite(nested.block, element, how));
    } else {
      result[name] = rewrite(nested.block, inner, how);
    }
  }
  return result;
}

/** Names and indexes that lead to a part of a value. */
export type Steps = (string | number)[];

/** Calls a function with every attribute of a block's value; elements of sets have no address, so the steps end before them. */
export function visit(
  block: Block,
  value: Value,
  visitor: (attribute: Attribute, value: Value, name: string, steps: Steps) => void,
  steps: Steps = [],
): void {
  if (value === null || isUnknown(value)) {
    return;
  }
  for (const [name, attribute] of Object.entries(block.attributes)) {
    visitor(attribute, value[name] ?? null, name, [...steps, name]);
  }
  for (const [name, { nesting, block: inner }] of Object.entries(block.blocks)) {
    const elements = Array.isArray(value[name]) ? value[name] : [value[name] ?? null];
    elements.forEach((element: Value, i: number) =>
      visit(inner, element, visitor, [...steps, name, ...(nesting === 'list' ? [i] : [])]),
    );
  }
}
