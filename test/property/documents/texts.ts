import { expectThat } from '../kit/trial';

/** What XML 1.0 may hold. */
// eslint-disable-next-line no-control-regex
const NO_XML =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** A tag, or the text up to the next one. */
const TOKEN = /<(?<close>\/?)(?<tag>[A-Za-z][\w-]*)(?<attributes>(?: [\w:-]+="[^"<]*")*)(?<empty>\/?)>|(?<text>[^<]+)/y;

/** Elements of HTML that have no end. */
const VOID = ['meta'];

const BAD_ENTITY = /&(?!(?:amp|lt|gt|quot);)/;

/** Fails where a text is no well-formed XML of one element, with entities that every reader knows. */
export function checkXml(xml: string): string[] {
  expectThat(!NO_XML.test(xml), `holds a character that XML cannot hold: ${JSON.stringify(NO_XML.exec(xml)?.[0])}`);
  const open: string[] = [];
  const texts: string[] = [];
  let roots = 0;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < xml.length) {
    const at = TOKEN.lastIndex;
    const { close, tag, attributes = '', empty, text } = TOKEN.exec(xml)?.groups ?? {};
    expectThat(tag !== undefined || text !== undefined, `is no XML from ${xml.slice(at, at + 80)}`);
    expectThat(!BAD_ENTITY.test(`${attributes}${text ?? ''}`), `has a loose ampersand: ${xml.slice(at, at + 80)}`);
    if (text !== undefined) {
      expectThat(text.trim() === '' || open.length > 0, `has text outside: ${text}`);
      texts.push(text);
    } else if (close) {
      expectThat(open.pop() === tag, `closes ${tag} out of order: ${xml.slice(at - 80, at + 80)}`);
    } else {
      roots += open.length === 0 ? 1 : 0;
      if (!empty && !VOID.includes(tag)) {
        open.push(tag);
      }
    }
  }
  expectThat(open.length === 0 && roots === 1, `leaves open: ${open.join(', ')}`);
  return texts;
}

/** A page is as strict as XML, so that nothing of a name can become a part of it. */
export function checkHtml(html: string): void {
  const [doctype, ...rest] = html.split('\n');
  expectThat(doctype === '<!DOCTYPE html>', 'is no HTML');
  checkXml(rest.join('\n'));
  expectThat(!/<script|<[^>]* on\w+=|javascript:/i.test(html), 'holds a script');
}

/** Blocks stay what they are: rows have as many cells as their head, headings one line, and code ends. */
export function checkMarkdown(markdown: string): void {
  let [fence, columns] = ['', 0];
  for (const line of markdown.split('\n')) {
    const [ticks = ''] = /^`{3,}/.exec(line) ?? [];
    if (fence === '' ? ticks !== '' : ticks.length >= fence.length && line.trim() === ticks) {
      fence = fence === '' ? ticks : '';
      columns = 0;
    } else if (fence === '') {
      columns = checkLine(line, columns);
    }
  }
  expectThat(fence === '', 'never ends a block of code');
}

/** Anything that Markdown or HTML would take for more than words. */
const LOOSE = /(?<!\\)[<>]|(?<!\\)\[[^\]]*\]\(|(?<!\\)\*\w|\r/;

function checkLine(line: string, columns: number): number {
  const words = line.replace(/\\`/g, '').replace(/`[^`]*`/g, '');
  expectThat(!LOOSE.test(words), `shows more than words: ${line}`);
  if (!line.startsWith('| ')) {
    expectThat(/^$|^#{1,4} .|^- .|^\d+\. .|^[^#\s-]/.test(line), `is no line of ours: ${JSON.stringify(line)}`);
    return 0;
  }
  const cells = line.replace(/\\[\\|]/g, '').split('|').length;
  expectThat(columns === 0 || cells === columns, `has a row of ${cells - 2} cells instead of ${columns - 2}: ${line}`);
  return cells;
}

/** Every line is one of ours, and its quotes end where it does. */
export function checkMermaid(mermaid: string): void {
  const LINE =
    /^(flowchart LR|\s+end|\s+class \w+ existing|\s+(subgraph )?\w+\["[^"<>\r]*(<br\/>[^"<>\r]*)?"\](:::\w+)?|\s+\w+ -->\|"[^"<>\r]*"\| \w+|\s+classDef [\w\s#:,-]+|)$/;
  for (const line of mermaid.split('\n')) {
    expectThat(LINE.test(line), `is no line of ours: ${line}`);
  }
}
