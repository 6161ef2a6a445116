import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

/** A folder of its own, gone after the tests of a file. */
export function scratch(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pipeline-'));
  folders.push(folder);
  return folder;
}

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => fs.rmSync(folder, { recursive: true, force: true })));

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
