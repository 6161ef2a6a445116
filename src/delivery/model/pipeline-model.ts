import { HookPoint } from '../hook-point';
import { PipelineCheck } from '../pipeline-check';
import { PipelineLanguage } from '../pipeline-language';
import { FindingSeverity } from '../promotion-pipeline-props';
import { ApplicationModel } from './application-model';
import { DrillModel } from './drill-model';
import { SetupModel } from './setup-model';
import { StackModel } from './stack-model';
import { StageModel } from './stage-model';
import { TargetModel } from './target-model';

/** Where the code is. */
export interface RepositoryModel {
  /** User or organization on GitHub; `organization/project` on Azure DevOps. */
  readonly owner: string;
  /** Name of the repository. */
  readonly name: string;
  /** Branch that is promoted. */
  readonly defaultBranch: string;
}

/** How stacks are made out of the program. */
export interface SynthesisModel {
  /** Language of the program: decides what is set up. */
  readonly language: Language;
  /** Folder of the program. */
  readonly directory: string;
  /** Version of the language's tools. */
  readonly version: string;
  /** Commands that install and synthesize, one a line. */
  readonly commands: readonly string[];
  /** Folder that cdktf writes, from the root of the repository. */
  readonly output: string;
  /** Version of terraform, exact. */
  readonly terraform: string;
}

/** A language with ready-made steps. */
export type Language = PipelineLanguage;

/** A command that runs at a named point. */
export interface HookModel {
  readonly point: HookPoint;
  /** Name that people read, and that the check carries. */
  readonly name: string;
  readonly commands: readonly string[];
  readonly language: Language;
  readonly version: string;
  readonly directory: string;
  /** Stages it runs in; empty for all. */
  readonly stages: readonly string[];
  readonly timeoutMinutes: number;
  /** Environment of the commands: literals only. */
  readonly environment: Readonly<Record<string, string>>;
  /** Whether a failure is shown, and stops nothing. */
  readonly advisory: boolean;
  /** Applications it runs for; empty for all. */
  readonly applications: readonly string[];
  /** Whether it calls Azure, as the identity of the stage. */
  readonly azure: boolean;
}

/** When the scheduled workflows run: cron, in UTC. */
export interface ScheduleModel {
  readonly drift: string;
  readonly orphans: string;
  readonly restoreTest: string;
  readonly drill: string;
}

/** All that a renderer needs to know, in no engine's words. */
export interface PipelineModel {
  /** Prefix of files, jobs, environments and variables; empty for the only pipeline of a repository. */
  readonly name: string;
  readonly repository: RepositoryModel;
  readonly stages: readonly StageModel[];
  readonly applications: readonly ApplicationModel[];
  /** Where they run, as far as anybody has said. */
  readonly targets: readonly TargetModel[];
  readonly stacks: readonly StackModel[];
  readonly synthesis: SynthesisModel;
  /** Checks that are switched off. */
  readonly without: readonly PipelineCheck[];
  readonly hooks: readonly HookModel[];
  readonly drills: readonly DrillModel[];
  /** What is done after each apply. */
  readonly setups: readonly SetupModel[];
  readonly schedules: ScheduleModel;
  /** Least coverage of tests, percent. */
  readonly coverage: number;
  /** Severity from which scanners fail. */
  readonly severity: FindingSeverity;
  /** Label of the machine that jobs outside of stages run on. */
  readonly runner: string;
}
