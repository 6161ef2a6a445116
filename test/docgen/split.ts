/** Where a type is defined, by its name; of the jsii assembly. */
export type Folders = ReadonlyMap<string, string>;

/** One type of the reference, with its words. */
interface Entry {
  readonly kind: string;
  readonly name: string;
  readonly text: string;
}

const ANCHOR = /href="#azure-platform-constructs\.(\w+)/g;

/**
 * Splits the reference, one page for the whole library, into a page per folder of `src` and an index.
 *
 * One page has more than a megabyte, which a browser does not like, and its order is that of the alphabet, which no
 * reader has in mind.
 *
 * @returns text of each page, by its path
 */
export function pagesOf(reference: string, folders: Folders): Map<string, string> {
  const entries = entriesOf(reference);
  const folderOf = ({ name }: Entry) => folderNamed(folders, name);
  const names = [...new Set(entries.map(folderOf))].sort();
  const pages = new Map<string, string>([['API.md', indexOf(names, entries, folderOf)]]);
  for (const folder of names) {
    const own = entries.filter((entry) => folderOf(entry) === folder);
    pages.set(`docs/api/${folder}.md`, linked(pageOf(folder, own), folder, folders));
  }
  return pages;
}

function entriesOf(reference: string): Entry[] {
  return reference
    .split(/^## (?=\w+ <a name)/m)
    .slice(1)
    .flatMap((section) => {
      const [kind] = section.split(' ', 1);
      return section
        .split(/^### (?=\w+ <a name="\w+" id="azure-platform-constructs\.\w+")/m)
        .slice(1)
        .map((text) => ({ kind, name: text.split(' ', 1)[0], text: `### ${text.trimEnd()}\n` }));
    });
}

function indexOf(names: string[], entries: Entry[], folderOf: (entry: Entry) => string): string {
  const lines = names.flatMap((folder) => {
    const own = entries.filter((entry) => folderOf(entry) === folder);
    const kinds = [...new Set(own.map(({ kind }) => kind))];
    return [
      `## [${folder}](docs/api/${folder}.md)`,
      '',
      ...kinds.map((kind) => `- ${kind}: ${links(own, kind, `docs/api/${folder}.md`)}`),
      '',
    ];
  });
  return `${['# API reference', '', 'Every public type, by the folder of `src` that defines it.', '', ...lines].join('\n').trimEnd()}\n`;
}

function pageOf(folder: string, entries: Entry[]): string {
  const kinds = [...new Set(entries.map(({ kind }) => kind))];
  const sections = kinds.map((kind) => {
    const texts = entries.filter((entry) => entry.kind === kind).map(({ text }) => text);
    return `## ${kind}\n\n${links(entries, kind, '')}\n\n${texts.join('\n')}`;
  });
  return `# API reference: ${folder}\n\n[All folders](../../API.md)\n\n${sections.join('\n')}`;
}

function links(entries: Entry[], kind: string, page: string): string {
  return entries
    .filter((entry) => entry.kind === kind)
    .map(({ name }) => `[${name}](${page}#azure-platform-constructs.${name})`)
    .join(', ');
}

/** Types of other pages are on other pages. */
function linked(text: string, folder: string, folders: Folders): string {
  return text.replace(ANCHOR, (link, name: string) => {
    const other = folderNamed(folders, name);
    return other === folder ? link : link.replace('#', `${other}.md#`);
  });
}

function folderNamed(folders: Folders, name: string): string {
  const folder = folders.get(name);
  if (folder === undefined) {
    throw new Error(`${name}: is in the reference, but not in the jsii assembly; compile first`);
  }
  return folder;
}
