/**
 * A field of a log line, as the logging contract has it.
 */
export interface LogField {
  /** Name of the field, the same in log lines, spans, events and queries. */
  readonly name: string;
  /** What it says. */
  readonly meaning: string;
  /** An example of a value. */
  readonly example: string;
  /** Form of the value, as a regular expression. */
  readonly form: string;

  /**
   * Whether every line must have it.
   *
   * @default false
   */
  readonly required?: boolean;
}

/**
 * What sends the telemetry of a program.
 */
export enum TelemetryDistro {
  /** Azure Monitor distro for .NET, Node.js and Python, straight to Application Insights. */
  AZURE_MONITOR = 'azure-monitor',
  /** Agent of Application Insights for Java, straight to Application Insights. */
  AZURE_MONITOR_JAVA = 'azure-monitor-java',
  /** A plain SDK of OpenTelemetry, to a collector, which redacts. */
  OPENTELEMETRY = 'opentelemetry',
}

/**
 * Whose telemetry settings are for.
 */
export interface TelemetryOptions {
  /** Name of the service; the cloud role that dashboards and objectives know it by. 1 to 64 letters, digits, '_', '.' or '-'. */
  readonly serviceName: string;

  /**
   * Version of the service, for comparisons between deployments.
   *
   * @default - not said
   */
  readonly serviceVersion?: string;

  /**
   * What sends.
   *
   * @default TelemetryDistro.AZURE_MONITOR
   */
  readonly distro?: TelemetryDistro;

  /**
   * Share of traces that are kept, in percent; above 0, up to 100.
   *
   * Always said: distros that are told nothing keep five traces a second. What is left out here is counted all the same, since
   * what is kept knows how many it stands for.
   *
   * @default 100
   */
  readonly samplingPercentage?: number;

  /**
   * Fields that name or reach a person, in any case; no value of theirs may be stored.
   *
   * @default - the ones that `LoggingContract.personalFields()` lists
   */
  readonly personalFields?: string[];
}
