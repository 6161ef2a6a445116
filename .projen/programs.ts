import { Project } from 'projen';

/** Programs of the test folder, run from their source; those that use the compiled package compile it first. */
const PROGRAMS = {
  demo: 'Synthesize every example and let terraform judge it',
  bench: 'Measure import and synthesis against a program of bare provider classes',
  checkov:
    'Scan what the demo synthesized, and every construct in every environment, against the list of accepted findings',
  tfcheck: 'Check what the demo synthesized, and every construct in every environment, where tfcheck is at hand',
  workflows: 'Check generated workflows with zizmor, shellcheck and the schema of Azure Pipelines',
  impact: 'Say what this version would do to those who have the last release',
  'compliance/oracle': 'Compare what our rules say with what Checkov says, on a corpus of good and bad stacks',
};

/** Adds a task for each of them. */
export function addPrograms(project: Project): void {
  for (const [name, description] of Object.entries(PROGRAMS)) {
    const task = project.addTask(name.split('/').pop()!, { description });
    if (['demo', 'bench', 'impact'].includes(name)) {
      task.spawn(project.tasks.tryFind('compile')!);
    }
    task.exec(`ts-node --transpile-only --project test/tsconfig.json test/${name}/main.ts`, { receiveArgs: true });
  }
}
