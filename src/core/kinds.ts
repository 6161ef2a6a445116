import { IConstruct } from 'constructs';
import { isComputed, rejectIf, shown } from './validation';

/**
 * What is wrong with the kind of a value, as a clause for `rejectIf()`.
 *
 * TypeScript knows kinds by itself. JavaScript does not, nor does it once somebody wrote `process.env.X!`.
 */
export type Kind = (prop: string, value: unknown) => string | false;

/**
 * Kinds of props by their names: of every required one, and of those optional ones that are told by `?` at the end, which are
 * all that would break something, or be dropped in silence.
 */
export type Kinds<P> = {
  readonly [K in keyof P as object extends Pick<P, K> ? never : K]: Kind;
} & {
  readonly [K in keyof P as object extends Pick<P, K> ? `${K & string}?` : never]?: Kind;
};

/** What tells an enum and its values. */
interface Enumeration {
  readonly [member: string]: string | number;
}

/** What a class is told by, whoever may call its constructor. */
interface Class {
  readonly name: string;
  readonly prototype: object;
}

/**
 * Throws where props are missing or of another kind than they must be; before anybody reads them.
 *
 * @param scope The construct being defined.
 * @param props What it was given.
 * @param kinds What it takes.
 */
export function checkKinds<P extends object>(scope: IConstruct, props: P | undefined, kinds: Kinds<P>): void {
  rejectIf(scope, ...wrongKindsIn(props, kinds));
}

/**
 * The same for what is defined elsewhere, before there is a construct that stands for it.
 *
 * @param scope Where the construct will be.
 * @param id What it will be called there.
 * @param attributes What it is found by.
 * @param kinds What that must be.
 */
export function checkImport<P extends object>(scope: IConstruct, id: string, attributes: P, kinds: Kinds<P>): void {
  const problems = wrongKindsIn(attributes, kinds);
  if (problems.length > 0) {
    throw new Error(`${scope.node.path}/${id}: ${problems.join('; ')}`);
  }
}

/** A text. */
export const aText: Kind = kindOf('a text', (value) => typeof value === 'string' || isComputed(value));

/** A number. */
export const aNumber: Kind = kindOf('a number', (value) => typeof value === 'number' || isComputed(value));

/** A yes or no. */
export const aBoolean: Kind = kindOf('true or false', (value) => typeof value === 'boolean' || isComputed(value));

/** A list of values of one kind. */
export function aListOf(kind: Kind): Kind {
  const aList = kindOf('a list', (value) => Array.isArray(value) || isComputed(value));
  return (prop, value) =>
    aList(prop, value) ||
    joined(Array.isArray(value) ? value.map((element, index) => kind(`${prop}[${index}]`, element)) : []);
}

/** Values of one kind, by keys. */
export function aMapOf(kind: Kind): Kind {
  const aMap = kindOf('an object of keys and values', (value) => isObject(value) || isComputed(value));
  return (prop, value) =>
    aMap(prop, value) ||
    joined(isComputed(value) ? [] : Object.entries(value as object).map(([key, each]) => kind(`${prop}.${key}`, each)));
}

/** A list of texts. */
export const someTexts = aListOf(aText);

/** Texts by keys. */
export const aTextMap = aMapOf(aText);

/** An object with parts of given kinds. */
export function aStruct<P extends object>(kinds: Kinds<P>): Kind {
  const anObject = kindOf('an object', isObject);
  return (prop, value) => anObject(prop, value) || joined(problemsOf(value as object, kinds, `${prop}.`));
}

/** A member of an enum. */
export function oneOf(enumeration: Enumeration): Kind {
  const values: unknown[] = Object.values(enumeration);
  return kindOf(`one of ${values.map(shown).join(', ')}`, (value) => values.includes(value));
}

/**
 * An instance of a class; of another copy of this library as well.
 *
 * @param type The class.
 * @param example How to come by one.
 */
export function anInstanceOf(type: Class, example: string): Kind {
  return kindOf(
    `a ${type.name}, e.g. ${example}`,
    (value) =>
      isObject(value) &&
      (type.prototype.isPrototypeOf.call(type.prototype, value) || value.constructor?.name === type.name),
  );
}

/**
 * Something that has the members of an interface, whatever it is.
 *
 * @param wanted What it is, in words, with an example.
 * @param members What it is told by.
 */
export function aBearerOf<T>(wanted: string, ...members: Array<keyof T>): Kind {
  return kindOf(wanted, (value) => isObject(value) && members.every((member) => member in value));
}

function kindOf(wanted: string, fits: (value: unknown) => boolean): Kind {
  return (prop, value) => !fits(value) && `'${prop}' must be ${wanted}, got ${shown(value)}`;
}

function wrongKindsIn(props: unknown, kinds: object): string[] {
  const given = isObject(props) ? props : undefined;
  const problems = problemsOf(given ?? {}, kinds, '');
  return problems.length > 0 || given ? problems : [`props and options must be an object, got ${shown(props)}`];
}

function problemsOf(props: object, kinds: object, at: string): string[] {
  const given = props as { readonly [name: string]: unknown };
  return Object.entries(kinds as { readonly [name: string]: Kind })
    .map(([name, kind]) => {
      const optional = name.endsWith('?');
      const prop = optional ? name.slice(0, -1) : name;
      const value = given[prop];
      return !(optional && (value === undefined || value === null)) && kind(`${at}${prop}`, value);
    })
    .filter((problem) => problem !== false);
}

function joined(problems: Array<string | false>): string | false {
  return problems.filter((problem) => problem).join('; ') || false;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
