import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { IConstruct } from 'constructs';
import { rejectIf, shown } from '../core/validation';

/** A file of a document, by its name. */
export interface DocumentFile {
  readonly name: string;
  readonly content: string;
}

/** What is wrong with the name of a document's files, as a clause for `rejectIf()`. */
export function fileNameProblem(fileName?: string): string | false {
  return (
    fileName !== undefined &&
    !/^[\w-]+(\.[\w-]+)*$/.test(fileName) &&
    `'fileName' must be letters, digits, hyphens, underscores or single full stops between them, got ${shown(fileName)}`
  );
}

/** Writes the files of a document, and answers their paths. */
export function writeFiles(directory: string, files: DocumentFile[]): string[] {
  mkdirSync(directory, { recursive: true });
  return files.map(({ name, content }) => {
    const file = join(directory, name);
    writeFileSync(file, content);
    return file;
  });
}

/** Fails when files are not there, or hold something else. */
export function checkFiles(scope: IConstruct, directory: string, files: DocumentFile[]): void {
  const stale = files.filter(({ name, content }) => {
    const file = join(directory, name);
    return !existsSync(file) || readFileSync(file, 'utf8') !== content;
  });
  rejectIf(scope, ...stale.map(({ name }) => `${shown(name)} is stale: write the document again and commit it`));
}
