import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { constructsTable } from './constructs-table';
import { GENERATED } from './generated';

const ROOT = join(__dirname, '../..');

test.each(GENERATED)('docs/$file is what the code says: write it with test/documents/write.ts', ({ file, content }) => {
  const path = join(ROOT, 'docs', file);
  expect(existsSync(path) ? readFileSync(path, 'utf8') : '').toBe(content());
});

test('every construct has its line, and each line says something', () => {
  const lines = constructsTable().trim().split('\n').slice(2);
  const names = lines.map((line) => /`(\w+)`/.exec(line)?.[1]);

  expect(names).toEqual(
    expect.arrayContaining(['SecureWebApp', 'ManagedPostgres', 'BackupVault', 'Diagram', 'Runbook']),
  );
  expect(new Set(names).size).toBe(names.length);
  expect(lines.filter((line) => !/\| [A-Z][^|]{20,}\.( \|)$/.test(line))).toEqual([]);
});
