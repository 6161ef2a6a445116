import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import * as library from '../../src';
import { Environment } from '../../src';

interface Reference {
  readonly fqn?: string;
  readonly primitive?: string;
  readonly collection?: { readonly kind: 'array' | 'map'; readonly elementtype: Reference };
}

interface Member {
  readonly name: string;
  readonly type: Reference;
  readonly optional?: boolean;
}

interface Type {
  readonly name: string;
  readonly fqn: string;
  readonly kind: 'class' | 'enum' | 'interface';
  readonly datatype?: boolean;
  readonly base?: string;
  readonly interfaces?: string[];
  readonly initializer?: { readonly parameters?: Member[] };
  readonly properties?: Member[];
  readonly methods?: Method[];
}

interface Method {
  readonly name: string;
  readonly static?: boolean;
  readonly protected?: boolean;
  readonly parameters?: Member[];
}

export const types: { readonly [fqn: string]: Type } = readTypes();
export const names: { readonly [name: string]: any } = library;

function readTypes() {
  const assembly = join(__dirname, '../../.jsii');
  if (!existsSync(assembly)) {
    throw new Error("there is no .jsii to look at: run 'npx projen compile' first, as 'npm test' does");
  }
  return JSON.parse(readFileSync(assembly, 'utf8')).types;
}

export function isConstruct({ base }: Type): boolean {
  return base === 'constructs.Construct' || (base !== undefined && base in types && isConstruct(types[base]));
}

export function propsOf(fqn: string): Member[] {
  const { interfaces = [], properties = [] } = types[fqn];
  return [...interfaces.filter((one) => one in types).flatMap(propsOf), ...properties];
}

/** Something of the kind that a type says, and nothing more. */
export function sampleOf({ fqn, primitive, collection }: Reference): unknown {
  if (collection) {
    const element = sampleOf(collection.elementtype);
    return collection.kind === 'array' ? [element] : { key: element };
  }
  if (fqn === undefined) {
    return { string: 'text', number: 1, boolean: true }[primitive!];
  }
  const { kind, name, datatype } = types[fqn];
  if (kind === 'enum') {
    return Object.values(names[name])[0];
  }
  if (kind === 'class') {
    return name === 'Environment' ? Environment.DEV : Object.create(names[name].prototype);
  }
  return datatype ? requiredOf(fqn) : bearerOf(fqn);
}

export function requiredOf(fqn: string): { [prop: string]: unknown } {
  const required = propsOf(fqn).filter(({ optional }) => !optional);
  return Object.fromEntries(required.map(({ name, type }) => [name, sampleOf(type)]));
}

/** Something that has the members of an interface. */
function bearerOf(fqn: string): object {
  const { interfaces = [], properties = [], methods = [] } = types[fqn];
  const inherited = interfaces.filter((one) => one in types).map(bearerOf);
  return Object.assign(
    {},
    ...inherited,
    Object.fromEntries([...properties, ...methods].map(({ name }) => [name, 'x'])),
  );
}
