import { IMonitored, Signal } from '../contracts/monitoring';
import { DatabaseMigrations } from './database-migrations';
import { PipelineLanguage } from './pipeline-language';

/**
 * Where an application runs.
 */
export enum ApplicationTarget {
  /** An App Service web app, with or without a slot. */
  WEB_APP = 'web-app',
  /**
   * A Static Web App. It has no slots: a release that fails is followed by the one before, from the archive that the pipeline keeps
   * for 90 days, or for as long as the repository lets it.
   */
  STATIC_SITE = 'static-site',
}

/**
 * What is built once and promoted.
 */
export enum ApplicationArtifact {
  /** An image in a container registry, promoted by its digest. */
  CONTAINER = 'container',
  /** An archive, promoted with its SHA-256. */
  PACKAGE = 'package',
}

/**
 * One step of a rollout: how much traffic the new version gets, and for how long.
 */
export interface RolloutStep {
  /** Percent of the traffic, 1 to 100. */
  readonly percent: number;
  /** Whole minutes before the next step, 0 to 120. */
  readonly minutes: number;
}

/**
 * An application that a pipeline builds and rolls out.
 */
export interface PipelineApplication {
  /** Language; decides on the ready-made steps. */
  readonly language: PipelineLanguage;
  /** Folder of its source, from the root of the repository. */
  readonly directory: string;

  /**
   * Version of the language, one number or up to three, e.g. `22` or `3.13`.
   *
   * @default - the current one: Node.js 22, Python 3.13, Go 1.25, .NET 9
   */
  readonly languageVersion?: string;

  /**
   * Where it runs.
   *
   * @default ApplicationTarget.WEB_APP
   */
  readonly target?: ApplicationTarget;

  /**
   * What is built.
   *
   * @default - an image where there is a `registry`, an archive elsewhere
   */
  readonly artifact?: ApplicationArtifact;

  /**
   * Login server of the container registry, e.g. `example.azurecr.io`.
   *
   * @default - none; needed for images
   */
  readonly registry?: string;

  /**
   * Paths whose change builds it as well, e.g. shared libraries.
   *
   * @default - its folder only
   */
  readonly alsoWhen?: string[];

  /**
   * Commands that install its dependencies.
   *
   * @default - from the language
   */
  readonly installCommands?: string[];

  /**
   * Commands that check rules and format.
   *
   * @default - from the language
   */
  readonly lintCommands?: string[];

  /**
   * Commands that check types.
   *
   * @default - from the language
   */
  readonly typeCommands?: string[];

  /**
   * Commands that test, and fail where less is covered than the variable `COVERAGE` says, in percent.
   *
   * @default - from the language
   */
  readonly testCommands?: string[];

  /**
   * Commands that look for known vulnerabilities in dependencies.
   *
   * @default - from the language
   */
  readonly auditCommands?: string[];

  /**
   * Commands that build the archive's content; an image is built from `Dockerfile` in its folder.
   *
   * @default - from the language
   */
  readonly buildCommands?: string[];

  /**
   * Folder that becomes the archive, from the folder of the application.
   *
   * @default - `dist` for Node.js and Go, `.` elsewhere
   */
  readonly output?: string;

  /**
   * Slot that a version goes to first, in stages that have slots; not `production`, which is the app itself.
   *
   * @default 'staging'
   */
  readonly slot?: string;

  /**
   * Path that answers 200 once a version can take traffic.
   *
   * @default - `/health/ready`; `/` for a static site
   */
  readonly healthPath?: string;

  /**
   * How traffic moves to a new version; ends at 100 percent, within four hours.
   *
   * @default - 10 percent for 5 minutes, 25 for 10, 50 for 15, then all
   */
  readonly rollout?: RolloutStep[];

  /**
   * What must hold at each step, beside what `monitored` says; signals with a `metric` of the web app, of literals.
   *
   * @default - where nothing is `monitored`: at most 5 answers of the kind 5xx in five minutes, and 3 seconds on average
   */
  readonly gates?: Signal[];

  /**
   * Construct behind it in any of the stages, e.g. a `SecureWebApp`; what its alerts watch decides on the rollout as well.
   *
   * @default - `gates` alone decide
   */
  readonly monitored?: IMonitored;

  /**
   * How its database is brought up to a new version.
   *
   * @default - not at all
   */
  readonly migrations?: DatabaseMigrations;
}
