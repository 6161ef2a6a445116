import { IConstruct } from 'constructs';
import { isBetween, isComputed, isText, rejectIf, shown } from '../core/validation';
import { Workload } from '../core/workload';
import { LogField, TelemetryDistro, TelemetryOptions } from './log-field';
import { collectorProcessors, PERSONAL_FIELDS, personalFieldProblems, sortedFields } from './redaction';

const FIELDS: readonly LogField[] = [
  {
    name: 'timestamp',
    meaning: 'When it happened, in UTC',
    example: '2026-02-03T04:05:06.789Z',
    form: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?Z$',
    required: true,
  },
  {
    name: 'level',
    meaning: 'How bad it is',
    example: 'info',
    form: '^(trace|debug|info|warn|error|fatal)$',
    required: true,
  },
  {
    name: 'message',
    meaning: 'What happened, in words that are the same each time; what differs goes into fields',
    example: 'invoice sent',
    form: '^[\\s\\S]+$',
    required: true,
  },
  {
    name: 'service',
    meaning: 'Which service says so; the same name as in telemetry',
    example: 'billing-api',
    form: '^[\\w.-]{1,64}$',
    required: true,
  },
  { name: 'environment', meaning: 'Where it runs', example: 'prod', form: '^[a-z][a-z0-9]{1,11}$', required: true },
  {
    name: 'trace_id',
    meaning: 'Which request it belongs to, as in the header traceparent (W3C)',
    example: '4bf92f3577b34da6a3ce929d0e0e4736',
    form: '^[0-9a-f]{32}$',
  },
  {
    name: 'span_id',
    meaning: 'Which step of that request',
    example: '00f067aa0ba902b7',
    form: '^[0-9a-f]{16}$',
  },
  {
    name: 'tenant_id',
    meaning: 'For which tenant; an id, never a name',
    example: 'acme',
    form: '^[\\w.-]{1,64}$',
  },
  {
    name: 'job_id',
    meaning: 'In which job, through all of its steps',
    example: '7f2c1a9e',
    form: '^[\\w.-]{1,64}$',
  },
  {
    name: 'error.type',
    meaning: 'What kind of error, where there is one',
    example: 'TimeoutError',
    form: '^[\\w.:$-]{1,256}$',
  },
];

/** Dimensions that go along with a request from service to service, as baggage (W3C). */
const CARRIED = ['job_id', 'tenant_id'];

/**
 * How programs log and trace, so that a line, a trace, a job and a tenant find each other: one JSON object per line on standard
 * output, the same dimensions on spans and events, and no personal field.
 */
export class LoggingContract {
  /** Fields of a log line; others may be added. */
  public static fields(): LogField[] {
    return FIELDS.map((field) => ({ ...field }));
  }

  /** Names of fields that are never stored, unless a program names others. */
  public static personalFields(): string[] {
    return [...PERSONAL_FIELDS];
  }

  /** The form of a log line as a JSON schema (draft 2020-12), to check the lines of a program in its own tests. */
  public static jsonSchema(): string {
    const properties = Object.fromEntries(
      FIELDS.map(({ name, meaning, example, form }) => [
        name,
        { type: 'string', description: meaning, examples: [example], pattern: form },
      ]),
    );
    const forbidden = PERSONAL_FIELDS.map((name) => [name, false]);
    return JSON.stringify({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'Log line',
      type: 'object',
      required: FIELDS.filter(({ required }) => required).map(({ name }) => name),
      properties: { ...properties, ...Object.fromEntries(forbidden) },
    });
  }

  /**
   * Environment settings of a program, ready for its distro: name, environment, correlation, sampling and redaction.
   *
   * Where traces go, and under which identity, are settings of the telemetry sink. The agent for Java redacts by itself, and
   * the plain SDK leaves it to the collector; with the distros for .NET, Node.js and Python the program leaves out the fields
   * that the setting `TELEMETRY_REDACTED_FIELDS` names.
   *
   * @param scope Any construct of the workload that the program belongs to.
   * @param options Whose telemetry it is.
   */
  public static settings(scope: IConstruct, options: TelemetryOptions): { [name: string]: string } {
    const { serviceName, serviceVersion, distro = TelemetryDistro.AZURE_MONITOR } = options;
    const { samplingPercentage = 100, personalFields = PERSONAL_FIELDS } = options;
    rejectIf(scope, ...problemsOf(options));

    const { name, environment } = Workload.of(scope);
    const attributes = {
      'deployment.environment.name': environment.name,
      'service.namespace': name,
      ...(serviceVersion !== undefined && { 'service.version': serviceVersion }),
    };
    return {
      OTEL_PROPAGATORS: 'tracecontext,baggage',
      OTEL_RESOURCE_ATTRIBUTES: Object.entries(attributes)
        .map(([key, value]) => `${key}=${value}`)
        .join(','),
      OTEL_SERVICE_NAME: serviceName,
      TELEMETRY_REDACTED_FIELDS: sortedFields(personalFields).join(','),
      ...SETTINGS[distro](samplingPercentage, sortedFields(personalFields)),
    };
  }

  /**
   * Processors for the configuration of an OpenTelemetry collector that redact personal fields, in YAML.
   *
   * @param personalFields Fields that count as personal; those of `personalFields()` where none are given.
   */
  public static collectorProcessors(personalFields: string[] = [...PERSONAL_FIELDS]): string {
    const problems = personalFieldProblems('personalFields', personalFields).filter((problem) => problem);
    if (problems.length > 0) {
      throw new Error(problems.join('; '));
    }
    return collectorProcessors(personalFields);
  }

  private constructor() {}
}

/** What each distro wants to hear. Its samplers have names of their own, and another distro does not start with them. */
const SETTINGS: {
  readonly [distro in TelemetryDistro]: (percentage: number, fields: readonly string[]) => { [name: string]: string };
} = {
  [TelemetryDistro.AZURE_MONITOR]: (percentage) => ({
    OTEL_TRACES_SAMPLER: 'microsoft.fixed_percentage',
    OTEL_TRACES_SAMPLER_ARG: String(percentage / 100),
  }),
  [TelemetryDistro.AZURE_MONITOR_JAVA]: (percentage, fields) => ({
    APPLICATIONINSIGHTS_CONFIGURATION_CONTENT: JSON.stringify({
      sampling: { percentage },
      inheritedAttributes: CARRIED.map((key) => ({ key, type: 'string' })),
      preview: {
        processors: [{ type: 'attribute', actions: fields.map((key) => ({ key, action: 'delete' })) }],
      },
    }),
  }),
  [TelemetryDistro.OPENTELEMETRY]: (percentage) => ({
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: String(percentage / 100),
    OTEL_JAVA_EXPERIMENTAL_SPAN_ATTRIBUTES_COPY_FROM_BAGGAGE_INCLUDE: CARRIED.join(','),
  }),
};

function problemsOf(options: TelemetryOptions): Array<string | false> {
  const { serviceName, serviceVersion, samplingPercentage = 100, personalFields } = options;
  return [
    (isComputed(serviceName) || !isText(serviceName, /^[\w.-]{1,64}$/)) &&
      `'serviceName' must be a literal of 1 to 64 letters, digits, '_', '.' or '-', because dashboards know the service by it; got ${shown(serviceName)}`,
    serviceVersion !== undefined &&
      !isComputed(serviceVersion) &&
      !isText(serviceVersion, /^[\w.+-]{1,64}$/) &&
      `'serviceVersion' must be 1 to 64 letters, digits, '_', '.', '+' or '-', got ${shown(serviceVersion)}`,
    (isComputed(samplingPercentage) || samplingPercentage === 0 || !isBetween(samplingPercentage, 0, 100)) &&
      `'samplingPercentage' must be a literal above 0, up to 100, because settings are reckoned with it; got ${shown(samplingPercentage)}`,
    ...personalFieldProblems('personalFields', personalFields),
  ];
}
