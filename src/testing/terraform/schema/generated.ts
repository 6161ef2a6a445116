import { TypeSpec } from './model';

/** An argument, as the generated code of a binding writes it out. */
export interface Argument {
  readonly name: string;
  /** Name of the function that writes the nested object, if it is one. */
  readonly struct?: string;
  readonly shape: 'simple' | 'list' | 'set' | 'map' | 'struct';
  /** One object only: written by its function itself, not by that function applied to every element. */
  readonly single: boolean;
  /** Terraform sees blocks here, not an attribute whose value is a list of objects. */
  readonly asBlock: boolean;
  readonly required: boolean;
  /** Type of anything that is not a nested object. */
  readonly plain: TypeSpec;
}

/** Something that can be read from a resource: a plain value, or a nested object with a class of its own. */
export interface Readable {
  readonly plain?: TypeSpec;
  readonly className?: string;
  readonly isSet?: boolean;
}

/** A class of a binding: a resource, a data source, a provider, or what reads one of their nested objects. */
export interface GeneratedClass {
  readonly base: string;
  /** Terraform's name of the resource or data source. */
  readonly type?: string;
  readonly arguments: Argument[];
  readonly readable: Map<string, Readable>;
}

/** What one folder of a binding says. */
export interface GeneratedCode {
  readonly classes: Map<string, GeneratedClass>;
  /** Arguments of the nested objects, by the name of the function that writes them. */
  readonly structs: Map<string, Argument[]>;
}

const CLASS = /^class (\w+) extends cdktf\.(\w+) \{\n([^]*?)\n\}/gm;
const STRUCT = /^function (\w+)ToHclTerraform\(struct\) \{\n([^]*?)\n\}/gm;
const ARGUMENT = /^ +(\w+): \{\n +value: (.+),\n +isBlock: \w+,\n +type: "(\w+)",\n +storageClassType: "(\w+)",/gm;
const GETTER = /return (.*)this\.(?:get(\w+)Attribute|interpolationForAttribute)\('(\w+)'\)/g;
const NESTED = /= new ([\w.]+)\(this, "(\w+)"(?:, (true|false))?\)/g;
const INTERFACE = /^export interface (\w+)[^]*?\n\}/gm;
const PRIMITIVES = 'string|number|boolean|any';

/**
 * Reads what cdktf generates for a provider: types and presence of arguments. The generator writes every class the same
 * way, down to the white space, so that patterns do where one would expect a parser.
 *
 * @param code the JavaScript, which knows Terraform's names and types
 * @param declarations the type declarations, which know what is required
 */
export function readGenerated(code: string, declarations: string): GeneratedCode {
  const required = new Map<string, Set<string>>();
  for (const [body, name] of declarations.matchAll(INTERFACE)) {
    required.set(name, new Set([...body.matchAll(/^ {4}readonly (\w+):/gm)].map((m) => m[1])));
  }
  const classes = new Map<string, GeneratedClass>();
  for (const [, name, base, body] of code.matchAll(CLASS)) {
    classes.set(name, {
      base,
      type: /terraformResourceType: '(\w+)'/.exec(body)?.[1],
      arguments: readArguments(body, required.get(`${name}Config`)),
      readable: readReadable(body),
    });
  }
  const structs = new Map<string, Argument[]>();
  for (const [, name, body] of code.matchAll(STRUCT)) {
    structs.set(name, readArguments(body, required.get(capitalized(name))));
  }
  return { classes, structs };
}

function readArguments(body: string, required?: Set<string>): Argument[] {
  return [...body.matchAll(ARGUMENT)].map(([, name, value, shape, storage]) => {
    const property = /(?:struct\.|this\._)(\w+)/.exec(value)?.[1] ?? name;
    const writer = [...value.matchAll(/(\w+)ToHclTerraform\b/g)].map((m) => m[1]);
    const struct = writer.find((w) => !new RegExp(`^(${PRIMITIVES})$`).test(w));
    const single = !/(list|hash)MapperHcl/.test(value);
    return {
      name,
      struct,
      single,
      shape: shape as Argument['shape'],
      asBlock: struct !== undefined && (shape === 'struct' ? name === 'timeouts' : single || /, true\)\(/.test(value)),
      required: required?.has(property) ?? false,
      plain: plainType(storage, shape),
    };
  });
}

// "stringListMap" is a map of lists of strings; only the outermost collection tells a set from a list
function plainType(storage: string, shape: string): TypeSpec {
  const [, primitive, wrappers] = new RegExp(`^(${PRIMITIVES})((?:List|Map|Set)*)$`).exec(storage) ?? [];
  if (!primitive || primitive === 'any') {
    return 'dynamic';
  }
  let type = primitiveType(primitive);
  const collections = wrappers.match(/List|Map|Set/g) ?? [];
  collections.forEach((collection, i) => {
    const outermost = i === collections.length - 1;
    type = [outermost && shape === 'set' ? 'set' : (collection.toLowerCase() as 'list' | 'map' | 'set'), type];
  });
  return type;
}

function readReadable(body: string): Map<string, Readable> {
  const readable = new Map<string, Readable>();
  for (const [, before, getter, name] of body.matchAll(GETTER)) {
    readable.set(name, { plain: getterType(getter, /Fn\.tolist\($/.test(before)) });
  }
  for (const [, className, name, isSet] of body.matchAll(NESTED)) {
    readable.set(name, { className: className.split('.').pop(), isSet: isSet === 'true' });
  }
  return readable;
}

// getListAttribute, getNumberListAttribute, getStringMapAttribute and so on; a set is read through tolist()
function getterType(getter: string | undefined, isSet: boolean): TypeSpec {
  const [, primitive, collection] = /^(String|Number|Boolean|Any|)(List|Map|)$/.exec(getter ?? 'Any') ?? [];
  if (primitive === undefined || primitive === 'Any') {
    return 'dynamic';
  }
  const element = primitiveType(primitive || 'string');
  return collection ? [isSet ? 'set' : (collection.toLowerCase() as 'list' | 'map'), element] : element;
}

/** cdktf's name of a primitive type, in terraform's words. */
export function primitiveType(name: string): TypeSpec {
  const lower = name.toLowerCase();
  return lower === 'boolean' ? 'bool' : lower === 'any' ? 'dynamic' : (lower as 'string' | 'number');
}

/** `fooBar` as `FooBar`. */
export function capitalized(name: string): string {
  return name[0].toUpperCase() + name.slice(1);
}
