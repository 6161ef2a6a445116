import * as fs from 'fs';
import * as path from 'path';
import { documentedIn, withWholeSentences } from './sentences';
import { pagesOf } from './split';

const ROOT = path.resolve(__dirname, '../..');
const PAGES = path.join(ROOT, 'docs/api');

/** Mends and splits what `jsii-docgen` has just written to `API.md`. */
function main(): void {
  const { types } = JSON.parse(fs.readFileSync(path.join(ROOT, '.jsii'), 'utf8')) as {
    types: Record<string, { name: string; locationInModule: { filename: string } }>;
  };
  const folders = new Map(
    Object.values(types).map(({ name, locationInModule }) => [name, locationInModule.filename.split('/')[1]]),
  );
  const reference = withWholeSentences(fs.readFileSync(path.join(ROOT, 'API.md'), 'utf8'), documentedIn(types));
  fs.rmSync(PAGES, { recursive: true, force: true });
  fs.mkdirSync(PAGES, { recursive: true });
  for (const [file, text] of pagesOf(reference, folders)) {
    fs.writeFileSync(path.join(ROOT, file), text);
  }
}

main();
