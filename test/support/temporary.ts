import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

/** Names of the variable, on Unix and on Windows. */
const NAMES = ['TMPDIR', 'TEMP'];

/** A folder for all temporary ones of a run: also those that cdktf makes for each app of a test, and never removes. */
export default function setUp(): void {
  const folder = mkdtempSync(join(tmpdir(), 'azure-platform-constructs-'));
  NAMES.forEach((name) => (process.env[name] = folder));
}

export function tearDown(): void {
  rmSync(tmpdir(), { recursive: true, force: true });
}
