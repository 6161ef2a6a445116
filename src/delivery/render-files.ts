import { Pins } from '../core/action-pins';
import { GeneratedFile, headerOf } from '../core/generated-files';
import { ACTIONS } from './actions';
import { scripts } from './assets';
import { azureDevOpsFile } from './azure-devops/render';
import { pinsFile } from './files/pins';
import { githubFile } from './github/render';
import { PipelineModel } from './model/pipeline-model';
import { PipelineEngine } from './pipeline-engine';
import { workflowsOf } from './workflows';
import { ownerOf, scriptsOf } from './workflows/parts';

/** Every file of a pipeline, sorted by path. */
export function renderFiles(
  model: PipelineModel,
  engines: readonly PipelineEngine[],
  pins: Pins,
  set: readonly string[],
): GeneratedFile[] {
  const workflows = workflowsOf(model);
  const all = { ...ACTIONS, ...pins };
  const shared = Object.entries(scripts()).map(([file, text]) => ({
    path: `${scriptsOf(model)}/${file}`,
    content: `// ${headerOf(ownerOf(model))}\n${text.replace(/^#!.*\n/, '')}`,
  }));
  const github = () => [
    ...workflows.map((workflow) => githubFile(model, workflow, all)),
    pinsFile(ownerOf(model), pins, set),
  ];
  const azureDevOps = () => workflows.map((workflow) => azureDevOpsFile(model, workflow));
  return [
    ...shared,
    ...(engines.includes(PipelineEngine.GITHUB_ACTIONS) ? github() : []),
    ...(engines.includes(PipelineEngine.AZURE_DEVOPS) ? azureDevOps() : []),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
}
