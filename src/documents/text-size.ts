/** Widths in hundredths of the font size, on the safe side: those of a wide font, since nobody knows which one is there. */
const NARROW = /[ijlI.,:;'|!()[\]{}`\- ]/;
const WIDE = /[mwMW@%…—–]/;
const CAPITAL = /[A-Z&0-9+=<>~#$?]/;

/**
 * How wide a text is at most, in pixels.
 */
export function widthOf(text: string, fontSize: number, bold: boolean = false): number {
  const hundredths = [...text].reduce(
    (sum, letter) => sum + (NARROW.test(letter) ? 40 : WIDE.test(letter) ? 100 : CAPITAL.test(letter) ? 71 : 63),
    0,
  );
  return Math.ceil((hundredths * fontSize * (bold ? 1.1 : 1)) / 100);
}

/**
 * A text that is no longer than so many letters; where it is cut, it says so.
 */
export function shortened(text: string, letters: number): string {
  const all = [...text];
  return all.length > letters ? `${all.slice(0, letters - 1).join('')}…` : text;
}
