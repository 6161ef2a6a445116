/**
 * What users are promised of a service, measured on the requests that it serves.
 *
 * Requests that probe the service (availability tests, and whatever asks for `/health`, `/health/ready` or `/health/live`) do
 * not count, and answers 400 to 499 are no failures: those are the mistakes of clients. At least one of the objectives must be
 * given.
 */
export interface ServiceLevelObjective {
  /**
   * Share of requests that succeed, in percent, e.g. 99.9; below 100, and high enough that a fast burn is possible: above
   * 93.1 for 30 days.
   *
   * @default - not promised
   */
  readonly availability?: number;

  /**
   * Milliseconds within which 95 of 100 requests are answered.
   *
   * @default - not promised
   */
  readonly latencyP95Milliseconds?: number;

  /**
   * Milliseconds within which 99 of 100 requests are answered.
   *
   * @default - not promised
   */
  readonly latencyP99Milliseconds?: number;

  /**
   * Days that the promise and its error budget are about, 7 to 30.
   *
   * @default 30
   */
  readonly windowDays?: number;

  /**
   * Services that count, by the names under which they send telemetry (`OTEL_SERVICE_NAME`, the cloud role).
   *
   * @default - all services that send to the workspace
   */
  readonly services?: string[];

  /**
   * Bad requests in the longer window below which nobody is told: of ten requests a night, one that fails is no trend.
   *
   * @default 10
   */
  readonly fewestFailures?: number;
}
