import { readFileSync } from 'fs';
import { join } from 'path';

const SRC = join(__dirname, '../../src');

/** Folders in the order in which a reader wants them. */
const FOLDERS = ['core', 'network', 'web', 'data', 'storage', 'security', 'edge', 'access', 'resilience', 'cost'];
const LAST = ['observability', 'compliance', 'delivery', 'documents'];

interface Entry {
  readonly folder: string;
  readonly name: string;
  readonly words: string;
}

/**
 * What a program is made of, one line each, as Markdown: every public construct that users make themselves, and what reads the tree.
 */
export function constructsTable(): string {
  const entries = modules().flatMap(entriesOf);
  const folders = [...new Set(entries.map(({ folder }) => folder))];
  const ordered = [...FOLDERS, ...folders.filter((folder) => ![...FOLDERS, ...LAST].includes(folder)), ...LAST];
  const rows = ordered.flatMap((folder) =>
    entries
      .filter((entry) => entry.folder === folder)
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, words }) => `| ${folder} | \`${name}\` | ${words} |`),
  );
  return `${['| Folder | Construct | What it is |', '| --- | --- | --- |', ...rows].join('\n')}\n`;
}

function modules(): string[] {
  const index = readFileSync(join(SRC, 'index.ts'), 'utf8');
  return [...index.matchAll(/^export \* from '\.\/(.+)';$/gm)].map(([, module]) => module);
}

/** A class that has a constructor to call, or that is asked for by `of()`. */
function entriesOf(module: string): Entry[] {
  const text = readFileSync(join(SRC, `${module}.ts`), 'utf8');
  const found = /\/\*\*((?:(?!\*\/)[^])*)\*\/\nexport class (\w+)(?: extends (\w+))?[^{]*\{([^]*)/.exec(text);
  if (!found) {
    return [];
  }
  const [, comment, name, base = '', body] = found;
  const isConstruct = /^(\w*Construct|\w+Base)$/.test(base) && !/private constructor\(/.test(body);
  const isReader = /public static of\(scope: IConstruct/.test(body);
  return isConstruct || isReader ? [{ folder: module.split('/')[0], name, words: summaryOf(comment) }] : [];
}

/** The first paragraph, in one line. */
function summaryOf(comment: string): string {
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\* ?/, ''));
  const start = lines.findIndex((line) => line.trim() !== '');
  const end = lines.findIndex((line, i) => i > start && line.trim() === '');
  return lines
    .slice(start, end < 0 ? undefined : end)
    .join(' ')
    .trim()
    .replace(/\|/g, '\\|');
}
