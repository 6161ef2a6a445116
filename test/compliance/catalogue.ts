import { writeFileSync } from 'fs';
import { join } from 'path';
import { ruleCatalogue } from '../../src/compliance/catalogue';

writeFileSync(join(__dirname, '../../src/compliance/RULES.md'), ruleCatalogue());
