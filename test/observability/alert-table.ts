import { writeFileSync } from 'fs';
import { join } from 'path';
import { alertTableOfAll } from './alert-subjects';

writeFileSync(join(__dirname, '../../src/observability/ALERTS.md'), alertTableOfAll());
