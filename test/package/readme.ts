import * as fs from 'fs';
import * as path from 'path';

export const ROOT = path.resolve(__dirname, '../..');

/** The fenced blocks of README.md, or another page, in one language, in order. */
export function readmeBlocks(language: string, page = 'README.md'): string[] {
  const text = fs.readFileSync(path.join(ROOT, page), 'utf8');
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
    .filter(([, name]) => name === language)
    .map(([, , block]) => block);
}

/** The commands that README.md tells users to type, one a line, continuation lines joined. */
export function readmeCommands(): string[] {
  return readmeBlocks('sh')
    .flatMap((block) => block.replace(/\\\n\s*/g, '').split('\n'))
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter(Boolean);
}
