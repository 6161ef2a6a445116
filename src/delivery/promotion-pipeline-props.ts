import { PipelineCheck } from './pipeline-check';
import { PipelineEngine } from './pipeline-engine';
import { PipelineLanguage } from './pipeline-language';
import { PromotionStage } from './promotion-stage';

/**
 * From which severity a scanner stops a change.
 */
export enum FindingSeverity {
  /** Only what is critical. */
  CRITICAL = 'critical',
  /** High and critical. */
  HIGH = 'high',
  /** Medium, high and critical. */
  MEDIUM = 'medium',
}

/**
 * How stacks are made out of the program.
 */
export interface PipelineSynthesis {
  /**
   * Language of the program.
   *
   * @default PipelineLanguage.NODE
   */
  readonly language?: PipelineLanguage;

  /**
   * Version of the language, one number or up to three, e.g. `22` or `3.13`.
   *
   * @default - the current one
   */
  readonly languageVersion?: string;

  /**
   * Folder of the program, from the root of the repository.
   *
   * @default '.'
   */
  readonly directory?: string;

  /**
   * Commands that install and synthesize, in that folder.
   *
   * @default - `npm ci` and `npx cdktf synth` for Node.js; needed for others
   */
  readonly commands?: string[];

  /**
   * Folder that cdktf writes, from the folder of the program.
   *
   * @default 'cdktf.out'
   */
  readonly output?: string;

  /**
   * Version of terraform, exact.
   *
   * @default '1.11.4'
   */
  readonly terraformVersion?: string;
}

/**
 * When what is scheduled runs: cron in numbers, in UTC, with 0 to 6 for the day of the week.
 */
export interface PipelineSchedules {
  /**
   * Search for drift.
   *
   * @default '17 4 * * *'
   */
  readonly drift?: string;

  /**
   * Report of what nobody uses.
   *
   * @default '47 5 * * 1'
   */
  readonly orphans?: string;

  /**
   * Test of the backups.
   *
   * @default '23 3 2 * *'
   */
  readonly restoreTest?: string;

  /**
   * Rehearsal of a disaster.
   *
   * @default '23 6 10 1,4,7,10 *'
   */
  readonly drill?: string;
}

/**
 * Properties for `PromotionPipeline`.
 */
export interface PromotionPipelineProps {
  /** Repository that the pipeline lives in: `owner/name`, for Azure DevOps `organization/project/name`. */
  readonly repository: string;

  /**
   * Name, 2 to 20 lower-case letters, digits and hyphens; goes in front of the names of files, environments and variables, so
   * that a repository can have several pipelines.
   *
   * @default - none: the only pipeline of its repository
   */
  readonly name?: string;

  /**
   * Stages, in the order of promotion.
   *
   * @default - dev, test, staging, preprod, prod
   */
  readonly stages?: PromotionStage[];

  /**
   * Who has each role of the approvals: `team:slug` or `user:login`, at most six each; one of them is enough.
   *
   * @default - nobody; an error where a stage asks for approvals
   */
  readonly approvers?: { [role: string]: string[] };

  /**
   * Engines that files are written for.
   *
   * @default [PipelineEngine.GITHUB_ACTIONS]
   */
  readonly engines?: PipelineEngine[];

  /**
   * Branch that is promoted.
   *
   * @default 'main'
   */
  readonly defaultBranch?: string;

  /**
   * How stacks are made; without stacks, nothing is.
   *
   * @default - a program for Node.js at the root of the repository
   */
  readonly synthesis?: PipelineSynthesis;

  /**
   * Least coverage of tests, percent, 0 to 100.
   *
   * @default 85
   */
  readonly coveragePercent?: number;

  /**
   * From which severity a finding stops a change.
   *
   * @default FindingSeverity.HIGH
   */
  readonly severity?: FindingSeverity;

  /**
   * Checks of pull requests that are left out.
   *
   * @default - none
   */
  readonly withoutChecks?: PipelineCheck[];

  /**
   * When what is scheduled runs.
   *
   * @default - drift each night, what nobody uses each week, restore tests each month, drills each quarter
   */
  readonly schedules?: PipelineSchedules;

  /**
   * Label of the machines that jobs run on.
   *
   * @default 'ubuntu-24.04'
   */
  readonly runner?: string;

  /**
   * Actions of the workflows at another commit, e.g. `{ 'actions/checkout': '<40 digits> # v7.0.1' }`; wins over everything else.
   *
   * @default - the newer of what this package and the file of pins in the repository say
   */
  readonly actionPins?: { [action: string]: string };
}
