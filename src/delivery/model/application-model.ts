import { ApplicationArtifact, ApplicationTarget } from '../pipeline-application';
import { LanguageSteps } from './languages';
import { Language } from './pipeline-model';

/** What is built and rolled out. */
export interface ApplicationModel extends LanguageSteps {
  /** Key: lower-case letters, digits and hyphens. */
  readonly name: string;
  readonly language: Language;
  /** `container`: an image, promoted by digest. `package`: an archive, promoted by SHA-256. */
  readonly artifact: ApplicationArtifact;
  /** What is rolled out to: a web app with or without a slot, or a static site. */
  readonly target: ApplicationTarget;
  /** Folder of its source, from the root of the repository. */
  readonly directory: string;
  /** Paths whose change starts its pipeline. */
  readonly paths: readonly string[];
  /** Login server of the registry, for images. */
  readonly registry?: string;
  /** Name of the slot that releases go to first. */
  readonly slot: string;
  readonly healthPath: string;
  /** Percent and minutes of each step, e.g. 10 for 5. */
  readonly steps: ReadonlyArray<{ readonly percent: number; readonly minutes: number }>;
  readonly metricGates: readonly MetricGateModel[];
  readonly migrations?: MigrationsModel;
}

/** A metric that must hold while the new version takes traffic, as the rollout script reads it. */
export interface MetricGateModel {
  readonly name: string;
  readonly metric: string;
  readonly aggregation: string;
  readonly comparison: string;
  readonly threshold: number;
  readonly windowMinutes: number;
  readonly missingData: string;
  readonly dimensions?: Readonly<Record<string, readonly string[]>>;
}

/** How the database is brought up to the new version. */
export interface MigrationsModel {
  /** Commands, in order, in the folder of the application. */
  readonly commands: readonly string[];
  readonly language: Language;
  readonly version: string;
  readonly timeoutMinutes: number;
  /** Whether a backup is taken first. */
  readonly backup: boolean;
  /** Variables made from the connection, e.g. `DATABASE_URL`; the commands that make them. */
  readonly connection: readonly string[];
}
