import { IConstruct } from 'constructs';
import { contentOf, GeneratedFile, writeFile } from '../core/generated-files';
import { rejectIf, shown } from '../core/validation';

/** What is wrong with the name of a document's files, as a clause for `rejectIf()`. */
export function fileNameProblem(fileName?: string): string | false {
  return (
    fileName !== undefined &&
    !/^[\w-]+(\.[\w-]+)*$/.test(fileName) &&
    `'fileName' must be letters, digits, hyphens, underscores or single full stops between them, got ${shown(fileName)}`
  );
}

/** Writes the files of a document, and answers their paths. */
export function writeFiles(directory: string, files: GeneratedFile[]): string[] {
  return files.map((file) => writeFile(directory, file));
}

/** Fails when files are not there, or hold something else; line ends are those of git. */
export function checkFiles(scope: IConstruct, directory: string, files: GeneratedFile[]): void {
  const stale = files.filter(({ path, content }) => contentOf(directory, path) !== content.replace(/\r\n/g, '\n'));
  rejectIf(scope, ...stale.map(({ path }) => `${shown(path)} is stale: write the document again and commit it`));
}
