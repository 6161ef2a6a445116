import { appVariable } from '../model/build-environments';
import { PipelineModel } from '../model/pipeline-model';
import { rollbackEnvironmentOf } from '../model/subjects';
import { Job, Workflow } from '../model/workflow';
import { ApplicationTarget } from '../pipeline-application';
import { DeploymentAccess } from '../promotion-pipeline-interface';
import { BEGIN, eventSteps } from './deployment-event';
import { own, script, titled } from './parts';
import { BUDGET_SECONDS } from './rollout';

/** One button: all traffic back to the version before, without Terraform, in at most five minutes. */
export function rollbackWorkflow(model: PipelineModel): Workflow {
  const applications = model.applications.filter(({ target }) => target === ApplicationTarget.WEB_APP);
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
      rights: ['sign-in'],
      identity: { access: DeploymentAccess.ROLLBACK, stage: stage.name },
      environment: rollbackEnvironmentOf(model, stage.name),
      // Not the group of rollouts: it would wait for the very rollout that it is to end
      lock: { group: [own(model, `rollback-${stage.name}-${application.name}`)], cancel: false },
      steps: [
        { do: 'checkout' },
        { do: 'login' },
        BEGIN,
        {
          do: 'run',
          name: 'Roll back',
          id: 'rollback',
          commands: [script(model, 'rollback.cjs')],
          env: {
            ROLLOUT_APP_ID: { variable: appVariable(application.name, 'APP_ID') },
            ROLLOUT_URL: { variable: appVariable(application.name, 'URL') },
            ROLLOUT_SLOT: stage.slots ? application.slot : '',
            ROLLOUT_KIND: application.artifact,
            ROLLOUT_HEALTH_PATH: application.healthPath,
            ROLLOUT_BUDGET_SECONDS: String(BUDGET_SECONDS),
          },
          azure: true,
        },
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
    lock: { group: [own(model, 'rollback-'), { input: 'stage' }, '-', { input: 'application' }], cancel: false },
    jobs,
  };
}
