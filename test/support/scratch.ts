import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

/** A new folder, which goes with all that the run leaves (see temporary.ts). */
export function scratch(name = 'test'): string {
  return mkdtempSync(join(tmpdir(), `${name}-`));
}
