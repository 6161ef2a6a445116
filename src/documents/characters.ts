import { isComputed, shown } from '../core/validation';

/** What XML cannot hold, nor any file in UTF-8: control characters, and halves of characters. */
const IMPOSSIBLE =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text as it may stand in XML and HTML. */
export function escapedXml(text: string): string {
  return possible(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** Text in one line, as names and sentences are. */
export function inOneLine(text: string): string {
  return possible(text).replace(/[ \t]*[\r\n]+[ \t]*/g, ' ');
}

/** What is wrong with words of a document, as a clause for `rejectIf()`. */
export function wordsProblem(prop: string, words?: string): string | false {
  if (words === undefined) {
    return false;
  }
  return isComputed(words)
    ? `'${prop}' must be a literal, because a document is written before Terraform knows anything, got ${shown(words)}`
    : !/\S/.test(words) && `'${prop}' must not be empty, got ${shown(words)}`;
}

function possible(text: string): string {
  return text.replace(IMPOSSIBLE, '\ufffd');
}
