import { HookPoint } from '../hook-point';
import { ApplicationModel } from '../model/application-model';
import { appVariable } from '../model/build-environments';
import { HookModel, PipelineModel } from '../model/pipeline-model';
import { StageModel } from '../model/stage-model';
import { Job, Step } from '../model/workflow';
import { ApplicationArtifact } from '../pipeline-application';
import { DeploymentAccess } from '../promotion-pipeline-interface';
import { BEGIN, eventSteps } from './deployment-event';
import { windowSteps } from './infrastructure';
import { hookSteps, MOST_MINUTES, NODE_FOR_SCRIPTS, OUT, own, script, setup, withoutRepeats } from './parts';
import { needsPrevious, previousSteps, releaseSteps, returnSteps } from './release-steps';

/** Minutes for what has no limit of its own: sign-in, downloads, setting things up. */
const OVERHEAD = 20;

const LOGIN: Step = { do: 'login' };

const AFTER: readonly HookPoint[] = [
  HookPoint.AFTER_ROLLOUT,
  HookPoint.SECURITY_GATE,
  HookPoint.PERFORMANCE_GATE,
  HookPoint.PRIVACY_GATE,
];

/** How one application is deployed to one stage. */
export interface RolloutOptions {
  readonly application: ApplicationModel;
  readonly stage: StageModel;
  readonly key: string;
  readonly name: string;
  readonly needs: readonly string[];
  readonly environment: string;
  /** Whether it keeps to the change window. */
  readonly inWindow: boolean;
  /** Prefix of the tags that say what was released already, where that must not be undone by an older approval. */
  readonly released?: string;
}

/** Database first, then traffic step by step, then gates; whatever fails takes all traffic back. */
export function rolloutJob(model: PipelineModel, options: RolloutOptions): Job {
  const { application, stage, key, name, needs, environment, inWindow } = options;
  const before = hooksAt(model, [HookPoint.BEFORE_MIGRATIONS], options);
  const after = hooksAt(model, AFTER, options);
  const soak = stage.slots ? application.steps.reduce((sum, { minutes }) => sum + minutes, 0) : 0;
  const steps = withoutRepeats([
    { do: 'checkout', history: options.released !== undefined },
    NODE_FOR_SCRIPTS,
    ...(options.released === undefined ? [] : [notOlderThan(options.released)]),
    ...(inWindow ? windowSteps(model, stage) : []),
    BEGIN,
    LOGIN,
    ...artifactSteps(application),
    ...previousSteps(model, application, stage, { version: { context: 'commit' } }),
    ...hookSteps(model, before, { TARGET_URL: { variable: appVariable(application.name, 'URL') } }),
    ...migrationSteps(model, application),
    // A token is good for an hour: each part of the way begins with a new one
    ...(before.length > 0 || application.migrations ? [LOGIN] : []),
    ...releaseSteps(model, application, stage, soak),
    ...hookSteps(model, after, { TARGET_URL: { step: 'rollout', output: 'url' } }),
    ...returnSteps(model, application, stage),
    ...eventSteps(model, {
      service: application.name,
      environment: stage.name,
      release: 'rollout',
      returned: 'return',
      since: options.released,
      paths: application.paths,
    }),
  ]);
  const limits = steps.map((step) => (step.do === 'run' ? (step.minutes ?? 0) : 0));
  return {
    key,
    name,
    needs: ['build', ...needs],
    runner: stage.runner,
    minutes: Math.min(
      MOST_MINUTES,
      limits.reduce((sum, minutes) => sum + minutes, OVERHEAD),
    ),
    rights: needsPrevious(application, stage) ? ['sign-in', 'artifacts'] : ['sign-in'],
    identity: { access: DeploymentAccess.APPLY, stage: stage.name },
    environment,
    lock: { group: [own(model, `rollout-${stage.name}-${application.name}`)], cancel: false },
    steps,
  };
}

function hooksAt(
  model: PipelineModel,
  points: readonly HookPoint[],
  { stage, application }: RolloutOptions,
): HookModel[] {
  const concerns = (names: readonly string[], name: string) => names.length === 0 || names.includes(name);
  return points.flatMap((point) =>
    model.hooks.filter(
      (hook) =>
        hook.point === point && concerns(hook.stages, stage.name) && concerns(hook.applications, application.name),
    ),
  );
}

/** An approval that comes late, after a newer version was released, would take everybody back to the older one. */
function notOlderThan(prefix: string): Step {
  return {
    do: 'run',
    name: 'Nothing newer was released',
    env: { COMMIT: { context: 'commit' } },
    commands: [
      // not those of an application whose name goes on from there
      `for tag in $(git tag --list '${prefix}*' --contains "$COMMIT" | grep -E '^${prefix}[0-9]+\\.[0-9]+\\.[0-9]+$' || true); do`,
      '  if [ "$(git rev-parse "$tag^{commit}")" != "$COMMIT" ]; then',
      '    echo "$tag is newer than this run, and released: nothing is done. To go back, use the rollback." >&2',
      '    exit 1',
      '  fi',
      'done',
    ],
  };
}

/** The archive that was built, byte by byte; an image is fetched by Azure, by its digest. */
function artifactSteps({ artifact, name }: ApplicationModel): Step[] {
  return artifact === ApplicationArtifact.CONTAINER
    ? []
    : [
        { do: 'download', artifact: [name], path: OUT },
        {
          do: 'run',
          name: 'Verify the archive',
          commands: [`echo "$SHA256  ${OUT}/${name}.zip" | sha256sum --check --strict`],
          env: { SHA256: { job: 'build', output: 'sha256' } },
        },
      ];
}

function migrationSteps(model: PipelineModel, { name, directory, migrations }: ApplicationModel): Step[] {
  if (migrations === undefined) {
    return [];
  }
  const backup: Step = {
    do: 'run',
    name: 'Back up the database',
    commands: [script(model, 'backup.cjs')],
    env: { BACKUP_DATABASE_ID: { variable: appVariable(name, 'DATABASE_ID') }, BACKUP_VERSION: { context: 'commit' } },
    minutes: 30,
    azure: true,
  };
  return [
    // who signed in before the backup gets no token for another service any more
    ...(migrations.backup ? [backup, LOGIN] : []),
    ...setup(migrations.language, migrations.version),
    {
      do: 'run',
      name: 'Migrate the database',
      directory,
      commands: [...connectionCommands(), ...migrations.connection, ...migrations.commands],
      env: {
        PGHOST: { variable: appVariable(name, 'DATABASE_HOST') },
        PGDATABASE: { variable: appVariable(name, 'DATABASE_NAME') },
        PGUSER: { variable: appVariable(name, 'DATABASE_USER') },
        PGSSLMODE: 'require',
      },
      minutes: migrations.timeoutMinutes,
      azure: true,
    },
  ];
}

/** A token instead of a password, which is good for an hour and never shown. */
function connectionCommands(): string[] {
  return [
    'PGPASSWORD=$(az account get-access-token --resource-type oss-rdbms --query accessToken --output tsv)',
    'mask "$PGPASSWORD"',
    'export PGPASSWORD',
  ];
}
