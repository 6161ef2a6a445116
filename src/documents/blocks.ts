import { escapedXml, inOneLine } from './characters';

/** A piece of a document, the same for Markdown and for HTML. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3 | 4; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: string[] }
  | { readonly kind: 'table'; readonly head: string[]; readonly rows: string[][] }
  | { readonly kind: 'code'; readonly lines: string[] };

export const heading = (level: 1 | 2 | 3 | 4, text: string): Block => ({ kind: 'heading', level, text });
export const text = (words: string): Block => ({ kind: 'text', text: words });
export const list = (items: string[], ordered = false): Block => ({ kind: 'list', ordered, items });
export const table = (head: string[], rows: string[][]): Block => ({ kind: 'table', head, rows });
export const code = (lines: string[]): Block => ({ kind: 'code', lines });

/** A document in Markdown. */
export function markdownOf(blocks: Block[]): string {
  return `${blocks.map(inMarkdown).join('\n\n')}\n`;
}

/** A document in HTML, complete in itself: no script, nothing from elsewhere, readable on paper. */
export function htmlOf(blocks: Block[], title: string): string {
  const contents = blocks.flatMap((block) => (block.kind === 'heading' && block.level === 2 ? [block.text] : []));
  return `${[
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${inHtml(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    `<nav><ul>${contents.map((words) => `<li><a href="#${anchorOf(words)}">${inHtml(words)}</a></li>`).join('')}</ul></nav>`,
    '<main>',
    ...blocks.map(toHtml),
    '</main>',
    '</body>',
    '</html>',
  ].join('\n')}\n`;
}

const STYLE = [
  ':root{color-scheme:light}',
  'body{margin:0;font:16px/1.5 Helvetica,Arial,sans-serif;color:#1f2933;background:#fff}',
  'main{max-width:62rem;margin:0 auto;padding:1rem 1.5rem 4rem}',
  'nav{background:#f3f5f7;border-bottom:1px solid #cbd2d9}',
  'nav ul{max-width:62rem;margin:0 auto;padding:.5rem 1.5rem;display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none}',
  'a{color:#1f5fa8}',
  'h2{margin-top:2.5rem;border-bottom:1px solid #cbd2d9}',
  'h4{margin-bottom:.25rem}',
  'table{border-collapse:collapse;width:100%}',
  'th,td{border:1px solid #cbd2d9;padding:.35rem .6rem;text-align:left;vertical-align:top}',
  'th{background:#f3f5f7}',
  'code{font:.875em/1.45 Consolas,Menlo,"Liberation Mono",monospace;background:#f3f5f7;padding:.1em .25em}',
  'pre{background:#f3f5f7;border:1px solid #cbd2d9;border-radius:4px;padding:.75rem;overflow-x:auto}',
  'pre code{background:none;padding:0}',
  '@media print{nav{display:none}pre{white-space:pre-wrap}h2{break-before:page}}',
].join('');

function inMarkdown(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${plain(block.text)}`;
    case 'text':
      return leading(plain(block.text));
    case 'list':
      return block.items.map((item, i) => `${block.ordered ? `${i + 1}.` : '-'} ${leading(plain(item))}`).join('\n');
    case 'table': {
      const row = (cells: string[]) => `| ${cells.map((cell) => plain(cell).replace(/\|/g, '\\|')).join(' | ')} |`;
      return [row(block.head), row(block.head.map(() => '---')), ...block.rows.map(row)].join('\n');
    }
    case 'code':
      return [`${fenceOf(block.lines)}bash`, ...block.lines, fenceOf(block.lines)].join('\n');
  }
}

/** Words as Markdown shows them; what is between two backticks is code and stays. */
function plain(words: string): string {
  return inOneLine(words)
    .split(/((?<!`)`[^`]+`(?!`))/)
    .map((part, i) => (i % 2 === 1 ? part : part.replace(/([\\*_<>[\]`]|&(?=#?\w+;))/g, '\\$1')))
    .join('');
}

/** What begins a line, and is no heading, list or table there. */
function leading(words: string): string {
  return words.replace(/^\s*(?:([#+|~-])|(\d+)(?=[.)]))/, (_, mark, number) => (mark ? `\\${mark}` : `${number}\\`));
}

/** Longer than any that is in the lines. */
function fenceOf(lines: string[]): string {
  const longest = Math.max(2, ...(lines.join('\n').match(/`+/g) ?? []).map((ticks) => ticks.length));
  return '`'.repeat(longest + 1);
}

function toHtml(block: Block): string {
  switch (block.kind) {
    case 'heading': {
      const id = block.level === 2 ? ` id="${anchorOf(block.text)}"` : '';
      return `<h${block.level}${id}>${inHtml(block.text)}</h${block.level}>`;
    }
    case 'text':
      return `<p>${inHtml(block.text)}</p>`;
    case 'list': {
      const tag = block.ordered ? 'ol' : 'ul';
      return `<${tag}>${block.items.map((item) => `<li>${inHtml(item)}</li>`).join('')}</${tag}>`;
    }
    case 'table': {
      const row = (tag: string, cells: string[]) =>
        `<tr>${cells.map((cell) => `<${tag}>${inHtml(cell)}</${tag}>`).join('')}</tr>`;
      const rows = block.rows.map((cells) => row('td', cells)).join('\n');
      return `<table><thead>${row('th', block.head)}</thead><tbody>\n${rows}\n</tbody></table>`;
    }
    case 'code':
      return `<pre><code>${escapedXml(block.lines.join('\n'))}</code></pre>`;
  }
}

function inHtml(words: string): string {
  return escapedXml(words).replace(/`([^`]*)`/g, '<code>$1</code>');
}

function anchorOf(words: string): string {
  return words.toLowerCase().replace(/\W+/g, '-').replace(/^-|-$/g, '');
}
