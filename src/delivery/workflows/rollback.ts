import { PipelineModel } from '../model/pipeline-model';
import { rollbackEnvironmentOf } from '../model/subjects';
import { Job, Workflow } from '../model/workflow';
import { DeploymentAccess } from '../promotion-pipeline-interface';
import { BEGIN, eventSteps } from './deployment-event';
import { NODE_FOR_SCRIPTS, own, titled } from './parts';
import { needsPrevious, rollbackSteps } from './release-steps';

/** One button: all traffic back to the version before, without Terraform, in at most five minutes. */
export function rollbackWorkflow(model: PipelineModel): Workflow {
  const { applications } = model;
  const jobs = model.stages.flatMap((stage) =>
    applications.map((application): Job => ({
      key: `${stage.name}-${application.name}`,
      name: `Roll ${application.name} back in ${stage.name}`,
      when: [
        { input: 'stage', is: stage.name },
        { input: 'application', is: application.name },
      ],
      runner: stage.runner,
      minutes: 5,
      rights: needsPrevious(application, stage) ? ['sign-in', 'artifacts'] : ['sign-in'],
      identity: { access: DeploymentAccess.ROLLBACK, stage: stage.name },
      environment: rollbackEnvironmentOf(model, stage.name),
      steps: [
        { do: 'checkout' },
        // machines inside of a network may have none
        NODE_FOR_SCRIPTS,
        { do: 'login' },
        BEGIN,
        ...rollbackSteps(model, application, stage),
        // The job has five minutes in all: no second sign-in
        ...eventSteps(model, {
          service: application.name,
          environment: stage.name,
          revision: { step: 'rollback', output: 'taken' },
          release: 'rollback',
          signedIn: true,
        }),
      ],
    })),
  );
  return {
    file: own(model, 'rollback'),
    title: titled(model, 'Rollback'),
    trigger: {
      manual: [
        {
          name: 'stage',
          description: 'Where',
          choices: model.stages.map(({ name }) => name).reverse(),
        },
        { name: 'application', description: 'What', choices: applications.map(({ name }) => name) },
      ],
    },
    // Not the group of rollouts: it would wait for the very rollout that it is to end; and no job has one of its own, which would
    // wait for the run that it is in
    lock: { group: [own(model, 'rollback-'), { input: 'stage' }, '-', { input: 'application' }], cancel: false },
    jobs,
  };
}
