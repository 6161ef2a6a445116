import * as path from 'path';
import { findTerraform } from '../../src/testing/terraform';
import { demo } from './demo';

const ROOT = path.resolve(__dirname, '../..');

demo({
  examples: path.join(ROOT, 'examples'),
  outdir: path.join(ROOT, 'cdktf.out'),
  bindings: ROOT,
  terraform: findTerraform(),
  say: (text) => process.stdout.write(`${text}\n`),
}).then(
  (status) => process.exit(status),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
