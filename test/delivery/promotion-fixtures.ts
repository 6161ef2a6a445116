import * as fs from 'fs';
import * as path from 'path';

/** All files in a folder, by paths from there. */
export function filesIn(folder: string, below: string = ''): string[] {
  return fs.readdirSync(path.join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(below, entry.name);
    return entry.isDirectory() ? filesIn(folder, file) : [file];
  });
}

export function read(folder: string, file: string): string {
  return fs.readFileSync(path.join(folder, file), 'utf8');
}
