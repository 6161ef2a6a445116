import { ApplicationModel } from '../model/application-model';
import { appVariable } from '../model/build-environments';
import { PipelineModel } from '../model/pipeline-model';
import { StageModel } from '../model/stage-model';
import { Step, Value } from '../model/workflow';
import { ApplicationArtifact, ApplicationTarget } from '../pipeline-application';
import { OUT, script } from './parts';

/**
 * Seconds within which users must be back on the old version: a run that is cancelled, and the one button, have five minutes in
 * all, for checking out and signing in as well.
 */
const BUDGET_SECONDS = 240;

/** Of those, the button has so many for the archive of the old version, where there is no slot that holds it. */
const FETCH_SECONDS = 40;

/** Whether the version before has to be deployed again to come back: nothing in Azure holds it. */
export function needsPrevious({ target, artifact }: ApplicationModel, { slots }: StageModel): boolean {
  return target === ApplicationTarget.STATIC_SITE || (artifact === ApplicationArtifact.PACKAGE && !slots);
}

/**
 * Has the version before at hand before anything is changed. A release goes on without it, with a warning: the first one of all has
 * none, and artifacts are not kept for ever.
 *
 * @param version Version that is about to be released; none where the last one is taken back.
 */
export function previousSteps(
  model: PipelineModel,
  application: ApplicationModel,
  stage: StageModel,
  { version, seconds }: { readonly version?: Value; readonly seconds?: number },
): Step[] {
  if (!needsPrevious(application, stage)) {
    return [];
  }
  return [
    {
      do: 'run',
      name: 'Fetch what to return to',
      id: 'previous',
      commands: [script(model, 'previous.cjs')],
      env: {
        PREVIOUS_APP_ID: { variable: appVariable(application.name, 'APP_ID') },
        PREVIOUS_ARTIFACT: application.name,
        PREVIOUS_DIRECTORY: `${OUT}/previous`,
        ...(version === undefined ? {} : { PREVIOUS_VERSION: version }),
        ...(seconds === undefined ? {} : { PREVIOUS_SECONDS: String(seconds) }),
        GITHUB_TOKEN: { context: 'token' },
      },
      minutes: seconds === undefined ? 5 : 1,
      azure: true,
      advisory: true,
    },
  ];
}

/** Brings a version to its users. */
export function releaseSteps(
  model: PipelineModel,
  application: ApplicationModel,
  stage: StageModel,
  soak: number,
): Step[] {
  if (application.target === ApplicationTarget.STATIC_SITE) {
    return [
      {
        do: 'run',
        name: 'Deploy the site',
        id: 'rollout',
        commands: [script(model, 'static-site.cjs')],
        env: { ...siteEnv(application, stage), ...siteVersion(application), SITE_ACTION: 'deploy' },
        // After the upload and the smoke test it may still have to return
        minutes: 30,
        azure: true,
      },
    ];
  }
  return [
    {
      do: 'run',
      name: 'Roll out',
      id: 'rollout',
      commands: [script(model, 'rollout.cjs')],
      env: {
        ...rolloutEnv(application, stage),
        ROLLOUT_ACTION: 'deploy',
        ROLLOUT_STEPS: application.steps.map(({ percent, minutes }) => `${percent}:${minutes}`).join(','),
        ROLLOUT_GATES: JSON.stringify(application.metricGates),
        ROLLOUT_TIMEOUT_MINUTES: String(soak + 30),
      },
      // After the last soak it may still have to return
      minutes: soak + 45,
      azure: true,
    },
  ];
}

/** After a failure or the end of a run by hand: the new version is not live any more, whatever had been done. */
export function returnSteps(model: PipelineModel, application: ApplicationModel, stage: StageModel): Step[] {
  const when = { failedAfter: 'rollout' };
  const common = { do: 'run', name: 'Return to the old version', id: 'return', when, minutes: 7, azure: true } as const;
  // a gate may fail after the release is live
  const outcome = { step: 'rollout', output: 'outcome' };
  return [
    { do: 'login', when },
    application.target === ApplicationTarget.STATIC_SITE
      ? {
          ...common,
          commands: [script(model, 'static-site.cjs')],
          env: {
            ...siteEnv(application, stage),
            ...siteVersion(application),
            SITE_ACTION: 'return',
            SITE_OUTCOME: outcome,
            SITE_BUDGET_SECONDS: String(BUDGET_SECONDS),
          },
        }
      : {
          ...common,
          commands: [script(model, 'rollout.cjs')],
          env: {
            ...rolloutEnv(application, stage),
            ROLLOUT_ACTION: 'return',
            ROLLOUT_OUTCOME: outcome,
            ROLLOUT_BUDGET_SECONDS: String(BUDGET_SECONDS),
          },
        },
  ];
}

/** The button: the version that was put in place last is not live any more, within its budget. */
export function rollbackSteps(model: PipelineModel, application: ApplicationModel, stage: StageModel): Step[] {
  const common = { do: 'run', name: 'Roll back', id: 'rollback', azure: true } as const;
  const budget = String(needsPrevious(application, stage) ? BUDGET_SECONDS - FETCH_SECONDS : BUDGET_SECONDS);
  return [
    ...previousSteps(model, application, stage, { seconds: FETCH_SECONDS }),
    application.target === ApplicationTarget.STATIC_SITE
      ? {
          ...common,
          commands: [script(model, 'static-site.cjs')],
          env: { ...siteEnv(application, stage), SITE_ACTION: 'rollback', SITE_BUDGET_SECONDS: budget },
        }
      : {
          ...common,
          commands: [script(model, 'rollback.cjs')],
          env: { ...appEnv(application, stage), ROLLOUT_BUDGET_SECONDS: budget },
        },
  ];
}

function siteEnv(application: ApplicationModel, stage: StageModel): Record<string, Value> {
  const { name, directory, healthPath } = application;
  return {
    SITE_ID: { variable: appVariable(name, 'APP_ID') },
    SITE_URL: { variable: appVariable(name, 'URL') },
    SITE_CONFIG: `${directory === '.' ? '' : `${directory}/`}${siteConfigOf(stage.name)}`,
    SITE_EDGE_ID: { variable: appVariable(name, 'EDGE_ID') },
    SITE_HEALTH_PATH: healthPath,
    ...previousEnv('SITE', application, stage),
  };
}

/** Name of the file with the settings of a site in one stage; `*` for all of them. */
export function siteConfigOf(stage: string): string {
  return `staticwebapp.config.${stage}.json`;
}

function siteVersion({ name }: ApplicationModel): Record<string, Value> {
  return {
    SITE_ARCHIVE: `${OUT}/${name}.zip`,
    SITE_ARCHIVE_SHA256: { job: 'build', output: 'sha256' },
    SITE_VERSION: { context: 'commit' },
    SITE_RUN: { context: 'run-id' },
  };
}

function rolloutEnv(application: ApplicationModel, stage: StageModel): Record<string, Value> {
  const { name, artifact } = application;
  return {
    ...appEnv(application, stage),
    ROLLOUT_VERSION: { context: 'commit' },
    ...(artifact === ApplicationArtifact.CONTAINER
      ? { ROLLOUT_ARTIFACT: { job: 'build', output: 'image' } }
      : {
          ROLLOUT_ARTIFACT: `${OUT}/${name}.zip`,
          ROLLOUT_ARTIFACT_SHA256: { job: 'build', output: 'sha256' },
          ROLLOUT_RUN: { context: 'run-id' },
        }),
  };
}

function appEnv(application: ApplicationModel, stage: StageModel): Record<string, Value> {
  const { name, artifact, slot, healthPath } = application;
  return {
    ROLLOUT_APP_ID: { variable: appVariable(name, 'APP_ID') },
    ROLLOUT_URL: { variable: appVariable(name, 'URL') },
    ROLLOUT_SLOT: stage.slots ? slot : '',
    ROLLOUT_KIND: artifact,
    ROLLOUT_HEALTH_PATH: healthPath,
    ...previousEnv('ROLLOUT', application, stage),
  };
}

function previousEnv(prefix: string, application: ApplicationModel, stage: StageModel): Record<string, Value> {
  return needsPrevious(application, stage)
    ? {
        [`${prefix}_PREVIOUS`]: { step: 'previous', output: 'archive' },
        [`${prefix}_PREVIOUS_VERSION`]: { step: 'previous', output: 'version' },
      }
    : {};
}
