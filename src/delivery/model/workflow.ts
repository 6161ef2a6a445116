import { Language } from './pipeline-model';
import { Access } from './subjects';

/** A value that a step reads, in no engine's words. */
export type Value =
  | string
  /** A variable of the environment of the job, or of the repository. */
  | { readonly variable: string }
  /** A secret of the repository; only for services that know no federation. */
  | { readonly secret: string }
  /** What became of the jobs before this one, in words. */
  | { readonly results: true }
  | { readonly context: 'commit' | 'run' | 'run-id' | 'pull-request' | 'status' | 'token' | 'visibility' }
  /** What a job that came before has found. */
  | { readonly job: string; readonly output: string }
  /** What a step that came before has found. */
  | { readonly step: string; readonly output: string }
  /** What differs between the copies of a job. */
  | { readonly each: string }
  /** What was chosen when the workflow was started. */
  | { readonly input: string };

/** Whether a step or a job runs although something before it failed. */
export type When =
  | 'success'
  | 'unless-cancelled'
  | { readonly failedAfter: string }
  /** Whatever came of it, once a step has found something, and where a variable is set. */
  | { readonly onceFound: { readonly step: string; readonly output: string }; readonly variable: string };

/** One step of a job. */
export type Step =
  | { readonly do: 'checkout'; readonly history?: boolean; readonly push?: boolean }
  | { readonly do: 'setup'; readonly language: Language; readonly version: string }
  | { readonly do: 'terraform'; readonly version: string }
  | { readonly do: 'trivy' }
  | { readonly do: 'login'; readonly when?: When; readonly advisory?: boolean }
  | {
      readonly do: 'upload';
      readonly artifact: Value[];
      readonly path: string;
      readonly days: number;
      readonly when?: When;
    }
  | { readonly do: 'download'; readonly artifact: Value[]; readonly path: string; readonly all?: boolean }
  | RunStep;

/** Commands for bash, which stops at the first that fails. */
export interface RunStep {
  readonly do: 'run';
  readonly name: string;
  readonly id?: string;
  readonly commands: readonly string[];
  readonly env?: Readonly<Record<string, Value>>;
  readonly directory?: string;
  readonly when?: When;
  /** Minutes; less than those of the job. */
  readonly minutes?: number;
  /** Whether it calls Azure, and so needs whoever the job signed in as. */
  readonly azure?: boolean;
  /** Whether the job goes on when it fails. */
  readonly advisory?: boolean;
}

/** Something that the token of the engine may do, beyond reading the code. */
export type Right = 'sign-in' | 'comment' | 'issues' | 'tag' | 'artifacts';

/** One job. */
export interface Job {
  /** Key: letters, digits and hyphens. */
  readonly key: string;
  readonly name: string;
  readonly needs?: readonly string[];
  /** Runs only where each of these holds. */
  readonly when?: readonly Condition[];
  /** Runs though jobs before it were skipped, as long as none failed. */
  readonly afterSkipped?: boolean;
  /** Runs whatever became of the jobs before it. */
  readonly always?: boolean;
  readonly runner: string;
  readonly minutes: number;
  readonly rights?: readonly Right[];
  readonly identity?: Identity;
  /** Environment whose approvals it waits for. */
  readonly environment?: string;
  /** Only one job at a time holds it. */
  readonly lock?: { readonly group: Value[]; readonly cancel: boolean };
  /** Copies of the job: given, or as a job that came before has found. */
  readonly copies?:
    | { readonly list: ReadonlyArray<Readonly<Record<string, string>>> }
    | { readonly job: string; readonly output: string };
  /** At most so many copies at a time. */
  readonly parallel?: number;
  readonly outputs?: Readonly<Record<string, { readonly step: string; readonly output: string }>>;
  readonly steps: readonly Step[];
}

/** Who a job signs in as. */
export interface Identity {
  readonly access: Access;
  /** Stage of the identity; none for the one that builds. */
  readonly stage?: string;
}

/** What a job waits for beside other jobs. */
export type Condition =
  /** The code comes from the repository itself: strangers get no token. */
  | 'trusted'
  | { readonly job: string; readonly output: string; readonly is?: string; readonly isNot?: string }
  | { readonly variable: string; readonly isNot: string }
  | { readonly input: string; readonly is: string };

/** A question that is asked when a workflow is started by hand. */
export interface Input {
  readonly name: string;
  readonly description: string;
  readonly choices?: readonly string[];
  readonly default?: string;
}

/** What starts a workflow. */
export interface Trigger {
  /** Pull requests into this branch. */
  readonly pullRequest?: string;
  /** Pushes to this branch, of these paths; no paths for all. */
  readonly push?: { readonly branch: string; readonly paths: readonly string[] };
  /** Cron, in UTC. */
  readonly schedule?: string;
  /** By hand, with these questions. */
  readonly manual?: readonly Input[];
}

/** One file of an engine. */
export interface Workflow {
  /** Name of the file, without folder and ending. */
  readonly file: string;
  readonly title: string;
  readonly trigger: Trigger;
  /** Only one run at a time; a newer one cancels the older where `cancel` is set, and waits elsewhere. */
  readonly lock: { readonly group: Value[]; readonly cancel: boolean };
  readonly jobs: readonly Job[];
}
