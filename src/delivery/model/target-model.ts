import { guidProblem, isComputed, shown } from '../../core/validation';
import { DeploymentTarget } from '../deployment-target';
import { PipelineApplication } from '../pipeline-application';
import { appVariable } from './build-environments';

type Problem = string | false | undefined;

/** What the variables of an application hold in a stage. */
export interface TargetModel {
  readonly application: string;
  readonly stage: string;
  /** By the name of the variable. */
  readonly values: Readonly<Record<string, string>>;
}

/** A site or an app of App Service. */
const APP_ID =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Web\/(sites|staticSites)\/[^/]+$/i;

/** What clients of PostgreSQL are told, by the word of the variable that says it to workflows. */
const DATABASE = { DATABASE_HOST: 'PGHOST', DATABASE_NAME: 'PGDATABASE', DATABASE_USER: 'PGUSER' } as const;

/** Where an application runs in a stage, as the workflows read it. */
export function targetModel(application: string, stage: string, target: DeploymentTarget): TargetModel {
  const { appId, url, edgeId, databaseId, databaseSettings = {} } = target;
  const words: Record<string, string | undefined> = {
    APP_ID: appId,
    URL: url,
    EDGE_ID: edgeId,
    DATABASE_ID: databaseId,
    ...Object.fromEntries(Object.entries(DATABASE).map(([word, setting]) => [word, databaseSettings[setting]])),
  };
  const known = Object.entries(words).flatMap(([word, value]) =>
    value === undefined ? [] : [[appVariable(application, word), value]],
  );
  return { application, stage, values: Object.fromEntries(known) };
}

/** What is wrong with a target. */
export function targetProblems(
  name: string,
  application: PipelineApplication | undefined,
  stage: string,
  { appId, url, edgeId, databaseId, databaseSettings }: DeploymentTarget,
  { stages, targets }: { readonly stages: readonly string[]; readonly targets: readonly TargetModel[] },
): Problem[] {
  const { migrations } = application ?? {};
  const backup = migrations !== undefined && !(migrations.options.withoutBackup ?? false);
  const missing = Object.values(DATABASE).filter((setting) => databaseSettings?.[setting] === undefined);
  return [
    application === undefined && `'application' must be one that was added before, got ${shown(name)}`,
    !stages.includes(stage) && `'stage' must be one of ${stages.join(', ')}, got ${shown(stage)}`,
    targets.some((other) => other.application === name && other.stage === stage) &&
      `the application ${shown(name)} has a target in ${shown(stage)} already`,
    !isComputed(appId) &&
      !APP_ID.test(appId) &&
      `'appId' must be the Azure resource id of a web app or a Static Web App, got ${shown(appId)}`,
    url !== undefined &&
      !isComputed(url) &&
      !/^https:\/\/[^/\s]+$/.test(url) &&
      `'url' must be an address of https without a path, got ${shown(url)}`,
    guidProblem('edgeId', edgeId, 'the frontDoorGuid of its edge'),
    backup &&
      databaseId === undefined &&
      `'databaseId' must be given: the database of ${shown(name)} is backed up before its migrations`,
    migrations !== undefined &&
      missing.length > 0 &&
      `'databaseSettings' must hold ${missing.join(', ')} for the migrations of ${shown(name)}`,
  ];
}
