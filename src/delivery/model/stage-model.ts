/** Who must agree; every approval is needed, one reviewer of each is enough. */
export interface ApprovalModel {
  /** Role, e.g. `security`. */
  readonly role: string;
  /** `team:slug` or `user:login`, at most six. */
  readonly reviewers: readonly string[];
}

/** When changes may go in. */
export interface ChangeWindowModel {
  /** Days, 1 Monday to 7 Sunday. */
  readonly days: readonly number[];
  /** `HH:MM`, local time. */
  readonly from: string;
  /** `HH:MM`, local time, after `from`. */
  readonly to: string;
  /** IANA name. */
  readonly timeZone: string;
  /** Days without changes, `YYYY-MM-DD` each. */
  readonly frozen: readonly string[];
}

/** One step on the way to production. */
export interface StageModel {
  /** Name of the environment. */
  readonly name: string;
  readonly approvals: readonly ApprovalModel[];
  /** Minutes between approval and start. */
  readonly waitMinutes: number;
  readonly changeWindow?: ChangeWindowModel;
  /** Label of the machine that the jobs of this stage run on, e.g. one inside of the network. */
  readonly runner: string;
  /** Whether applications have a slot to go to first. */
  readonly slots: boolean;
  /** Whether a hotfix may enter here. */
  readonly hotfix: boolean;
  /** Role that approves a hotfix. */
  readonly hotfixApproval?: ApprovalModel;
}
