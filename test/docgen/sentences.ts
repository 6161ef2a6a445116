/** What jsii made of the first words of something that is documented. */
export interface Documented {
  readonly name: string;
  readonly summary: string;
  readonly remarks: string;
}

/** A row of a table, with its name and its words where those end in a semicolon. */
const ROW = /^(\| <code><a href="[^"|]*">(\w+)<\/a><\/code> \|(?:.*\|)? )([^|]*;)( \|)$/gm;

/** A summary that ends in a semicolon, with the rest of it in a paragraph of its own. */
const CUT = /^([^\s#<>|*-].*;)\n\n(?=[^\s#<>|*-])/gm;

/**
 * Puts first sentences together again: jsii takes a semicolon for the end of one, which it is not.
 *
 * @param reference The reference in Markdown.
 * @param documented Everything that is documented in the assembly.
 */
export function withWholeSentences(reference: string, documented: readonly Documented[]): string {
  const whole = new Map(
    documented.map(({ name, summary, remarks }) => [keyOf(name, summary), `${summary} ${firstSentence(remarks)}`]),
  );
  return outsideOfCode(reference, (text) =>
    text
      .replace(ROW, (_, before: string, name: string, summary: string, after: string) =>
        [before, whole.get(keyOf(name, summary)) ?? summary, after].join(''),
      )
      .replace(CUT, '$1 '),
  );
}

/** Everything with words in a part of the assembly. */
export function documentedIn(part: unknown): Documented[] {
  if (typeof part !== 'object' || part === null) {
    return [];
  }
  const { name, docs } = part as { readonly name?: string; readonly docs?: Partial<Documented> };
  const own =
    name !== undefined && docs?.summary?.endsWith(';') && docs.remarks !== undefined
      ? [{ name, summary: docs.summary, remarks: docs.remarks }]
      : [];
  return [...own, ...Object.values(part).flatMap(documentedIn)];
}

function outsideOfCode(text: string, change: (text: string) => string): string {
  return text
    .split(/^(```[\s\S]*?^```$)/m)
    .map((piece, i) => (i % 2 === 1 ? piece : change(piece)))
    .join('');
}

function firstSentence(remarks: string): string {
  const [paragraph] = remarks.split('\n\n');
  const words = paragraph.replace(/\n/g, ' ');
  return /^.*?(?<!\b(?:e\.g|i\.e))[.!?](?=\s|$)/.exec(words)?.[0] ?? words;
}

function keyOf(name: string, summary: string): string {
  return `${name}\n${summary}`;
}
