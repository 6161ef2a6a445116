import { writeFileSync } from 'fs';
import { join } from 'path';
import { loggingDocument } from '../../src/observability/logging-document';

writeFileSync(join(__dirname, '../../src/observability/LOGGING.md'), loggingDocument());
