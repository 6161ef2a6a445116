import { TELEMETRY } from '../model/build-environments';
import { PipelineModel } from '../model/pipeline-model';
import { RunStep, Step, Value, When } from '../model/workflow';
import { script } from './parts';

/** Once this step was reached, a deployment has begun: what stops a job before it, such as a change window, is none. */
export const BEGIN: RunStep = {
  do: 'run',
  name: 'Begin',
  id: 'begin',
  commands: ['output at "$(date -u +%Y-%m-%dT%H:%M:%SZ)"'],
};

const ONCE_BEGUN: When = { onceFound: { step: 'begin', output: 'at' }, variable: TELEMETRY };

/** What is told of a deployment. */
export interface DeploymentTold {
  /** Application, or stack. */
  readonly service: Value;
  /** Stage. */
  readonly environment: string;
  /** Commit, or the version that was taken back. */
  readonly revision?: Value;
  /** Step whose `outcome` says what became of a release, and the step that returns to the old version. */
  readonly release?: string;
  readonly returned?: string;
  /** Prefix of the tags of releases, where there is the history since the last one. */
  readonly since?: string;
  /** Paths whose changes count. */
  readonly paths?: readonly string[];
  /** Whether the job signed in a few minutes ago at most: after more, it gets no further tokens. */
  readonly signedIn?: boolean;
}

/** Last of all: tells dashboards and alerts what became of the deployment, whatever that is. Nothing depends on it. */
export function eventSteps(model: PipelineModel, told: DeploymentTold): Step[] {
  const { service, environment, revision = { context: 'commit' }, release, returned, since, paths } = told;
  const outcomeOf = (name: string, step?: string): Record<string, Value> =>
    step === undefined ? {} : { [name]: { step, output: 'outcome' } };
  return [
    ...(told.signedIn ? [] : [{ do: 'login', when: ONCE_BEGUN, advisory: true } as const]),
    {
      do: 'run',
      name: 'Tell of the deployment',
      commands: [script(model, 'deployment-event.cjs')],
      env: {
        DEPLOYMENT_CONNECTION_STRING: { variable: TELEMETRY },
        DEPLOYMENT_SERVICE: service,
        DEPLOYMENT_ENVIRONMENT: environment,
        DEPLOYMENT_STATUS: { context: 'status' },
        ...outcomeOf('DEPLOYMENT_RELEASE', release),
        ...outcomeOf('DEPLOYMENT_RETURN', returned),
        DEPLOYMENT_REVISION: revision,
        ...(since === undefined ? {} : { DEPLOYMENT_SINCE: since }),
        ...(since === undefined || paths === undefined ? {} : { DEPLOYMENT_PATHS: paths.join(',') }),
        DEPLOYMENT_STARTED_AT: { step: 'begin', output: 'at' },
        RUN_URL: { context: 'run' },
      },
      when: ONCE_BEGUN,
      minutes: 2,
      azure: true,
      advisory: true,
    },
  ];
}
