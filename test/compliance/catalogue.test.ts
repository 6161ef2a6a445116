import { readFileSync } from 'fs';
import { join } from 'path';
import { REFRESH, ruleCatalogue } from '../../src/compliance/catalogue';

test('the catalogue of rules is up to date', () => {
  const committed = readFileSync(join(__dirname, '../../src/compliance/RULES.md'), 'utf8');
  const found = committed === ruleCatalogue() ? 'up to date' : `stale: run ${REFRESH}`;
  expect(found).toBe('up to date');
});
