/**
 * What became of a deployment.
 */
export enum DeploymentOutcome {
  /** What was deployed is in use. */
  SUCCEEDED = 'succeeded',
  /** What was deployed never came into use. */
  FAILED = 'failed',
  /** What was deployed was in use, and was taken back. */
  ROLLED_BACK = 'rolled-back',
}

/**
 * Names on the wire of the event that a pipeline sends when a deployment is over: a custom event of Application Insights.
 */
export enum DeploymentEventName {
  /** Name of the event itself. */
  EVENT = 'deployment',
  /** Property with the service that was deployed. */
  SERVICE = 'service',
  /** Property with the environment it was deployed to. */
  ENVIRONMENT = 'environment',
  /** Property with one of `DeploymentOutcome`. */
  OUTCOME = 'outcome',
  /** Property with the revision of the source. */
  REVISION = 'revision',
  /** Property with the time of the oldest change that is new in this deployment. */
  COMMITTED_AT = 'committed_at',
  /** Property with the time at which the deployment began. */
  STARTED_AT = 'started_at',
  /** Property with the address of the run. */
  RUN_URL = 'run_url',
}

/**
 * What a pipeline tells when a deployment is over; frequency, lead time, failure rate and time to restore follow from it.
 */
export interface DeploymentEvent {
  /** Service that was deployed, by the name under which it sends telemetry. */
  readonly service: string;
  /** Environment it was deployed to, e.g. `prod`. */
  readonly environment: string;
  /** What became of it. */
  readonly outcome: DeploymentOutcome;
  /** Revision of the source, e.g. a commit. */
  readonly revision: string;
  /** Time of the oldest change that is new in this deployment, in ISO 8601: lead time counts from there. */
  readonly committedAt: string;
  /** Time at which the deployment began, in ISO 8601. */
  readonly startedAt: string;

  /**
   * Address of the run, for people.
   *
   * @default - none
   */
  readonly runUrl?: string;
}
