/**
 * How the health of constructs is asked for from the internet.
 */
export interface AvailabilityOptions {
  /**
   * Places that ask, 3 to 16, by Azure's tags for them, e.g. `emea-nl-ams-azr`; each asks every five minutes, as often as Azure
   * does.
   *
   * @default - five, in Europe, America or Asia, where the workload is
   * @see https://learn.microsoft.com/previous-versions/azure/azure-monitor/app/monitor-web-app-availability#location-population-tags
   */
  readonly geoLocations?: string[];

  /**
   * Text that every answer must have.
   *
   * @default - any answer with status 200
   */
  readonly contentMatch?: string;

  /**
   * Days before the end of a certificate from which on an alert is raised, 15 to 365. From 14 days on, the app counts as down.
   *
   * @default 30
   */
  readonly certificateDays?: number;
}
