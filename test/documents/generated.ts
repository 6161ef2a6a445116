import { constructsTable } from './constructs-table';
import { costSketch } from './cost-sketch';

/** Documents of this repository that follow from its code, by their names in `docs/`. */
export const GENERATED = [
  { file: 'constructs.md', content: () => `# Constructs\n\n${constructsTable()}` },
  { file: 'cost.md', content: costSketch },
];
