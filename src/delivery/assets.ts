import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

/** Scripts that pipelines run, as they are shipped; one flat folder, because they load each other. */
const FOLDER = join(__dirname, '../../assets/delivery');

/** Text of every script, by file name. */
export function scripts(): { readonly [file: string]: string } {
  const files = readdirSync(FOLDER).filter((file) => /\.c?js$/.test(file));
  return Object.fromEntries(files.sort().map((file) => [file, readFileSync(join(FOLDER, file), 'utf8')]));
}
