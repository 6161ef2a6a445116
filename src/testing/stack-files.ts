import * as fs from 'fs';
import * as path from 'path';

/** Files of a folder, by their paths in it. */
export type Files = ReadonlyMap<string, Buffer>;

/** Reads what was synthesized into a folder, without what terraform has left there. */
export function readFiles(folder: string): Files {
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => !/(^|[\\/])\.terraform|\.tfstate/.test(name) && isFile(path.join(folder, name)));
  return new Map(files.map((name) => [name, fs.readFileSync(path.join(folder, name))]));
}

/** Writes files into a folder, which is made where it is missing. */
export function writeFiles(folder: string, files: ReadonlyMap<string, Buffer | string>): void {
  for (const [name, content] of files) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), content);
  }
}

function isFile(name: string): boolean {
  return fs.statSync(name).isFile();
}
