/**
 * A point at which steps of your own run.
 */
export enum HookPoint {
  /** In each pull request, as a job of its own that must pass. */
  PULL_REQUEST = 'pull-request',
  /** In each stage, after each apply of a stack; the variable `STACK` says of which. */
  AFTER_APPLY = 'after-apply',
  /** After an artifact was built, before anything is deployed. */
  AFTER_BUILD = 'after-build',
  /** In each stage, before the database is touched. */
  BEFORE_MIGRATIONS = 'before-migrations',
  /** In each stage, when all traffic is on the new version; a failure takes it back. */
  AFTER_ROLLOUT = 'after-rollout',
  /** Gate of a stage: security. A failure takes the new version back. */
  SECURITY_GATE = 'security-gate',
  /** Gate of a stage: performance. A failure takes the new version back. */
  PERFORMANCE_GATE = 'performance-gate',
  /** Gate of a stage: privacy. A failure takes the new version back. */
  PRIVACY_GATE = 'privacy-gate',
  /** Monthly: brings data back from a backup; time and loss are measured. */
  RESTORE_TEST = 'restore-test',
  /** Quarterly: rehearses a disaster; time and loss are measured. */
  DRILL = 'drill',
}
