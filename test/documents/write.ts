import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { GENERATED } from './generated';

const DOCS = join(__dirname, '../../docs');

mkdirSync(DOCS, { recursive: true });
GENERATED.forEach(({ file, content }) => writeFileSync(join(DOCS, file), content()));
