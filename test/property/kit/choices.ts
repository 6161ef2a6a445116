import * as fc from 'fast-check';
import { Kind, KINDS, Tokens } from './tokens';

/** One value for one prop: how it is shown, and how it is made in a stack. */
export interface Choice {
  readonly shown: string;
  /** The value that it comes to in the end. */
  readonly value: unknown;
  make(tokens: Tokens): unknown;
}

/** What a prop may be given: values that are right, and values that must be refused by its name. */
export interface Prop {
  readonly good: fc.Arbitrary<Choice>;
  readonly bad?: fc.Arbitrary<Choice>;
  /** Whether tokens are among what must be refused. */
  readonly literals?: boolean;
}

/** Texts that hardly any prop takes. */
const ODD = ['', ' ', 'Ä', 'a b', '"', "it's", '<x>', 'a\nb', '../x', '%', '-', '.', 'x'.repeat(300)];

export const literal = (value: unknown): Choice => ({
  shown: JSON.stringify(value) ?? 'undefined',
  value,
  make: () => value,
});

/** A value that is made anew in each stack, e.g. a construct. */
export const built = (shown: string, make: (tokens: Tokens) => unknown): Choice => ({ shown, value: undefined, make });

const textToken = (kind: Kind, value: string): Choice => ({
  shown: `${kind}(${JSON.stringify(value)})`,
  value,
  make: (tokens) => tokens.text(kind, value),
});

const numberToken = (kind: Kind, value: number): Choice => ({
  shown: `${kind}(${value})`,
  value,
  make: (tokens) => tokens.number(kind, value),
});

export const tokensFor = (values: fc.Arbitrary<string>): fc.Arbitrary<Choice> =>
  fc.tuple(fc.constantFrom(...KINDS), values).map(([kind, value]) => textToken(kind, value));

/** Texts: those of a form, as literals and as tokens. */
export function text(good: fc.Arbitrary<string>, ...bad: string[]): Prop {
  return {
    good: fc.oneof({ weight: 3, arbitrary: good.map(literal) }, { weight: 2, arbitrary: tokensFor(good) }),
    bad: fc.constantFrom(...bad).map(literal),
  };
}

/** Texts of a form that must be literals, because something is decided by them at synthesis. */
export function literalText(good: fc.Arbitrary<string>, ...bad: string[]): Prop {
  const wrong = fc.oneof(fc.constantFrom(...bad).map(literal), tokensFor(good));
  return { good: good.map(literal), bad: wrong, literals: true };
}

/** Texts of a form, of which most odd ones do not have it. */
export function formed(form: RegExp, good: fc.Arbitrary<string>, ...bad: string[]): Prop {
  return text(good, ...[...ODD, ...bad].filter((value) => !form.test(value)));
}

export function literalFormed(form: RegExp, good: fc.Arbitrary<string>, ...bad: string[]): Prop {
  return literalText(good, ...[...ODD, ...bad].filter((value) => !form.test(value)));
}

/** Texts without a form: anything goes, also what is odd. */
export function anyText(): Prop {
  const free = fc.oneof(
    fc.constantFrom(...ODD),
    fc.string({ maxLength: 40 }).filter((value) => !/[$%]\{/.test(value)),
  );
  const { good } = text(free, '');
  return { good };
}

/** Whole numbers of a range. */
export function whole(min: number, max: number, { literals = false } = {}): Prop {
  const inside = fc.oneof(fc.constantFrom(min, max), fc.integer({ min, max }));
  const outside = [min - 1, max + 1, min + 0.5, -1, 0, NaN, Infinity].filter(
    (value) => !(Number.isInteger(value) && value >= min && value <= max),
  );
  const token = fc.tuple(fc.constantFrom(...KINDS), inside).map(([kind, value]) => numberToken(kind, value));
  const bad = fc.constantFrom(...outside).map(literal);
  return literals
    ? { good: inside.map(literal), bad: fc.oneof(bad, token) }
    : { good: fc.oneof({ weight: 3, arbitrary: inside.map(literal) }, { weight: 1, arbitrary: token }), bad };
}

export const flag = (): Prop => ({ good: fc.boolean().map(literal) });

export const oneOf = (...values: unknown[]): Prop => ({ good: fc.constantFrom(...values).map(literal) });

/** Lists of what a prop of one value takes, also as one token for all of it; spoiled by one element. */
export function list({ good, bad, literals = false }: Prop, { min = 0, max = 3 } = {}): Prop {
  const of = (elements: Choice[]): Choice => ({
    shown: `[${elements.map(({ shown }) => shown).join(', ')}]`,
    value: elements.map(({ value }) => value),
    make: (tokens) => elements.map((element) => element.make(tokens)),
  });
  const several = (minLength: number) =>
    fc.uniqueArray(good, { minLength, maxLength: max, selector: ({ value }) => JSON.stringify(value) });
  const right = several(min).map(of);
  const token = several(Math.max(min, 1)).map(of).map(listToken);
  const wrong =
    bad && fc.tuple(several(0), bad).map(([elements, spoiler]) => of([...elements.slice(0, max - 1), spoiler]));
  return literals
    ? { good: right, bad: wrong ? fc.oneof({ weight: 3, arbitrary: wrong }, { weight: 1, arbitrary: token }) : token }
    : { good: fc.oneof({ weight: 3, arbitrary: right }, { weight: 1, arbitrary: token }), bad: wrong };
}

const listToken = ({ value }: Choice): Choice => ({
  shown: `list(${JSON.stringify(value)})`,
  value,
  make: (tokens) => tokens.list(value as string[]),
});

/** Values by names. */
export function record(names: fc.Arbitrary<string>, { good, bad }: Prop, badNames: string[] = []): Prop {
  const of = (entries: Array<[string, Choice]>): Choice => ({
    shown: `{${entries.map(([name, { shown }]) => `${name}: ${shown}`).join(', ')}}`,
    value: Object.fromEntries(entries.map(([name, { value }]) => [name, value])),
    make: (tokens) => Object.fromEntries(entries.map(([name, choice]) => [name, choice.make(tokens)])),
  });
  const entries = fc.uniqueArray(fc.tuple(names, good), { maxLength: 3, selector: ([name]) => name.toLowerCase() });
  const spoilers = [
    ...(bad ? [fc.tuple(names, bad)] : []),
    ...(badNames.length > 0 ? [fc.tuple(fc.constantFrom(...badNames), good)] : []),
  ];
  return {
    good: entries.map(of),
    bad:
      spoilers.length > 0
        ? fc
            .tuple(entries, fc.oneof(...spoilers))
            .map(([right, wrong]) => of([...right, wrong] as Array<[string, Choice]>))
        : undefined,
  };
}

/** Values by names that are fixed: a struct in a prop. */
export function structOf(chosen: Record<string, Choice>): Choice {
  const entries = Object.entries(chosen);
  return {
    shown: `{${entries.map(([name, { shown }]) => `${name}: ${shown}`).join(', ')}}`,
    value: Object.fromEntries(entries.map(([name, { value }]) => [name, value])),
    make: (tokens) => Object.fromEntries(entries.map(([name, choice]) => [name, choice.make(tokens)])),
  };
}
