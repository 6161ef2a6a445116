import { PipelineModel } from '../model/pipeline-model';
import { Workflow } from '../model/workflow';
import { initialiseWorkflow, unlockWorkflow } from './by-hand';
import { infrastructureWorkflow } from './infrastructure';
import { hotfixWorkflow, promotionWorkflow } from './promotion';
import { pullRequestWorkflow } from './pull-request';
import { rollbackWorkflow } from './rollback';
import { driftWorkflow, orphansWorkflow, rehearsalWorkflows } from './scheduled';
import { setupWorkflows } from './setup';

/** Every workflow of a pipeline, in no engine's words: what each engine renders. */
export function workflowsOf(model: PipelineModel): Workflow[] {
  const { applications, stacks, stages } = model;
  const hotfixes = stages.some(({ hotfix }) => hotfix) ? applications : [];
  return [
    pullRequestWorkflow(model),
    ...(stacks.length > 0
      ? [
          infrastructureWorkflow(model),
          initialiseWorkflow(model),
          unlockWorkflow(model),
          ...setupWorkflows(model),
          driftWorkflow(model),
          orphansWorkflow(model),
        ]
      : []),
    ...applications.map((application) => promotionWorkflow(model, application)),
    ...hotfixes.map((application) => hotfixWorkflow(model, application)),
    ...(applications.length > 0 ? [rollbackWorkflow(model)] : []),
    ...rehearsalWorkflows(model),
  ];
}
