import { readFileSync } from 'fs';
import { join } from 'path';
import Ajv2020 from 'ajv/dist/2020';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { parse } from 'yaml';
import { Environment } from '../../src/core/environment';
import { TelemetryDistro, TelemetryOptions } from '../../src/observability/log-field';
import { LoggingContract } from '../../src/observability/logging-contract';
import { loggingDocument, REFRESH_LOGGING } from '../../src/observability/logging-document';
import { PERSONAL_FIELDS, personalFieldProblems, redactionNotice } from '../../src/observability/redaction';
import {
  defineRedactionRule,
  redactionRuleProblems,
  redactions,
  surroundings,
} from '../../src/observability/redaction-rule';
import { Rendered, workloadIn } from '../support';

const WORKSPACE =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/shared/providers/Microsoft.OperationalInsights/workspaces/log';

const settings = (options: Partial<TelemetryOptions> = {}) =>
  LoggingContract.settings(workloadIn(Environment.PROD), { serviceName: 'billing-api', ...options });

describe('log lines', () => {
  const validate = new Ajv2020({ strict: false }).compile(JSON.parse(LoggingContract.jsonSchema()));
  const line = Object.fromEntries(LoggingContract.fields().map(({ name, example }) => [name, example]));

  test('have the dimensions that a line, a trace, a job and a tenant find each other by', () => {
    expect(Object.keys(line)).toEqual(expect.arrayContaining(['trace_id', 'span_id', 'tenant_id', 'job_id']));
    expect([validate({ ...line, invoice: 42 }), validate.errors]).toEqual([true, null]);
  });

  test.each([
    ['a level that nobody knows', { level: 'INFORMATION' }],
    ['a local time', { timestamp: '2026-02-03T04:05:06+01:00' }],
    ['a trace id that is none', { trace_id: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' }],
    ['no message', { message: undefined }],
    ['a personal field', { email: 'jane@example.com' }],
  ])('are refused with %s', (_, change) => {
    expect(validate(JSON.parse(JSON.stringify({ ...line, ...change })))).toBe(false);
  });
});

describe('settings', () => {
  test('name the service and where it runs, carry baggage along and keep all traces', () => {
    expect(settings({ serviceVersion: '1.4.2' })).toEqual({
      OTEL_PROPAGATORS: 'tracecontext,baggage',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=prod,service.namespace=billing,service.version=1.4.2',
      OTEL_SERVICE_NAME: 'billing-api',
      OTEL_TRACES_SAMPLER: 'microsoft.fixed_percentage',
      OTEL_TRACES_SAMPLER_ARG: '1',
      TELEMETRY_REDACTED_FIELDS: [...PERSONAL_FIELDS].sort().join(','),
    });
  });

  test('have the agent for Java sample, hand dimensions on and redact by itself', () => {
    const { APPLICATIONINSIGHTS_CONFIGURATION_CONTENT: content, ...others } = settings({
      distro: TelemetryDistro.AZURE_MONITOR_JAVA,
      samplingPercentage: 12.5,
      personalFields: ['Phone', 'email', 'phone'],
    });
    expect(JSON.parse(content)).toEqual({
      sampling: { percentage: 12.5 },
      inheritedAttributes: [
        { key: 'job_id', type: 'string' },
        { key: 'tenant_id', type: 'string' },
      ],
      preview: {
        processors: [
          {
            type: 'attribute',
            actions: [
              { key: 'email', action: 'delete' },
              { key: 'phone', action: 'delete' },
            ],
          },
        ],
      },
    });
    // with the sampler of the other distros it would not start
    expect(others).not.toHaveProperty('OTEL_TRACES_SAMPLER');
  });

  test('have a plain SDK follow the decision of whoever called', () => {
    expect(settings({ distro: TelemetryDistro.OPENTELEMETRY, samplingPercentage: 10 })).toMatchObject({
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.1',
    });
  });
});

describe('collectors', () => {
  const processors = parse(LoggingContract.collectorProcessors(['user.email', 'phone'])).processors;

  test('mask attributes, in any case, and nothing else', () => {
    const { blocked_key_patterns: patterns, ...others } = processors['redaction/personal'];
    expect(others).toEqual({ allow_all_keys: true, redact_all_types: true, summary: 'silent' });
    expect(patterns).toEqual(['(?i)^(phone|user\\.email)$$']);
  });

  test('mask maps and lines of JSON in logs', () => {
    expect(processors['transform/personal'].log_statements).toEqual([
      'delete_matching_keys(log.body, "(?i)^(phone|user\\\\.email)$$") where IsMap(log.body)',
      'replace_pattern(log.body, "(?i)\\"(phone|user\\\\.email)\\"\\\\s*:\\\\s*(\\"(?:[^\\"\\\\\\\\]|\\\\\\\\.)*\\"|[^,}\\\\]\\\\s]+)", "\\"$$1\\":\\"[redacted]\\"") where IsString(log.body)',
    ]);
    const [, quoted] = /log\.body, ("(?:[^"\\]|\\.)*")/.exec(processors['transform/personal'].log_statements[1])!;
    const pattern = new RegExp(JSON.parse(quoted).replace('(?i)', ''), 'gi');
    expect('{"a":1,"PHONE": "0\\"1","user.email":null}'.replace(pattern, '"$1":"[redacted]"')).toBe(
      '{"a":1,"PHONE":"[redacted]","user.email":"[redacted]"}',
    );
  });
});

describe('workspaces of others', () => {
  const flows = redactions(['user.email', 'phone']);

  /** Functions and operators that transformations know, as far as we use them; others fail when the rule is applied. */
  const SUPPORTED = ['tostring', 'parse_json', 'extract', 'iif', 'isempty', 'strcat', 'split'];

  test('get a rule that redacts before anything is stored', () => {
    const workload = workloadIn(Environment.PROD);

    defineRedactionRule(new Construct(workload, 'Redaction'), WORKSPACE, ['email']);

    const rule = new Rendered(workload).only('azurerm_monitor_data_collection_rule');
    expect(rule).toMatchObject({
      name: expect.stringMatching(/^dcr-billing-prod-redaction-/),
      kind: 'WorkspaceTransforms',
      destinations: { log_analytics: [{ name: 'workspace', workspace_resource_id: WORKSPACE }] },
    });
    expect(rule.data_flow.map(({ streams }: { streams: string[] }) => streams[0])).toEqual([
      'Microsoft-Table-AppAvailabilityResults',
      'Microsoft-Table-AppDependencies',
      'Microsoft-Table-AppEvents',
      'Microsoft-Table-AppExceptions',
      'Microsoft-Table-AppPageViews',
      'Microsoft-Table-AppRequests',
      'Microsoft-Table-AppTraces',
    ]);
    expect(rule.data_flow[0]).toMatchObject({
      destinations: ['workspace'],
      transform_kql: redactions(['email']).AppEvents,
    });
  });

  test('get it in their own region', () => {
    const workload = workloadIn(Environment.PROD);

    defineRedactionRule(new Construct(workload, 'Near'), WORKSPACE, ['email']);
    defineRedactionRule(new Construct(workload, 'Far'), WORKSPACE, ['email'], 'northeurope');

    const rendered = new Rendered(workload);
    rendered.has('azurerm_monitor_data_collection_rule', 'Near/Resource', { location: 'westeurope' });
    rendered.has('azurerm_monitor_data_collection_rule', 'Far/Resource', { location: 'northeurope' });
  });

  test.each(Object.keys(flows))('use what transformations know, on one line: %s', (table) => {
    const kql = flows[table].replace(/@'[^']*'/g, '');
    expect(
      [...new Set([...kql.matchAll(/(\w+)\(/g)].map(([, name]) => name))].filter((name) => !SUPPORTED.includes(name)),
    ).toEqual([]);
    expect(
      [...kql.matchAll(/\| ([\w-]+)/g)].every(([, operator]) => ['extend', 'project-away'].includes(operator)),
    ).toBe(true);
    expect(kql).not.toContain('\n');
  });

  test('fit into a rule with the fields that we name; an error where they would not', () => {
    expect(redactionRuleProblems('personalFields', PERSONAL_FIELDS)).toEqual([false]);
    const most = Array.from({ length: 40 }, (_, i) => `personal_${i}`);
    expect(redactionRuleProblems('personalFields', most)).toEqual([
      expect.stringMatching(
        /^'personalFields' must be fewer or shorter: with an existing workspace a transformation is made from them, which may have 15360 characters and would have \d{5}$/,
      ),
    ]);
  });

  test.each([
    ['{"tenant_id":"acme","EMail":"jane@example.com","b":"2"}', '{"tenant_id":"acme","EMail":"[redacted]","b":"2"}'],
    ['{"email": "a\\"b, c}"}', '{"email": "[redacted]"}'],
    ['{"email":17,"b":null}', '{"email":"[redacted]","b":null}'],
    ['{"emails":"2","my_email":"x"}', undefined],
    ['{"note":"the \\"email\\": is gone"}', undefined],
  ])('cut the value out of %s', (json, expected) => {
    const found = new RegExp(surroundings('email').replace('(?i)', ''), 'i').exec(json);
    expect(found ? `${found[1]}"[redacted]"${found[2]}` : undefined).toBe(expected);
  });
});

describe('what is in force', () => {
  test('is said in words', () => {
    expect(redactionNotice(['phone', 'email'], false)).toBe(
      'Privacy: `email`, `phone` are redacted by whatever sends telemetry, as the logging contract says. The workspace itself does not: its rule and itself would form a cycle in one stack.',
    );
    expect(redactionNotice(['email'], true)).toContain(
      'The workspace redacts them as well, from the moment on that its default data collection rule is the one of this stack.',
    );
    expect(redactionNotice([], true)).toBe('Privacy: no field is named as personal, so none is redacted.');
  });
});

test('the document of the contract is up to date', () => {
  const committed = readFileSync(join(__dirname, '../../src/observability/LOGGING.md'), 'utf8');
  expect(committed === loggingDocument() ? 'up to date' : `stale: run ${REFRESH_LOGGING}`).toBe('up to date');
});

describe('fails', () => {
  test('on what would not arrive as it is meant', () => {
    expect(() =>
      settings({ serviceName: 'a,b', serviceVersion: '1=2', samplingPercentage: 0, personalFields: ['e-mail', '.*'] }),
    ).toThrow(
      'stack/Billing: ' +
        [
          "'serviceName' must be a literal of 1 to 64 letters, digits, '_', '.' or '-', because dashboards know the service by it; got \"a,b\"",
          "'serviceVersion' must be 1 to 64 letters, digits, '_', '.', '+' or '-', got \"1=2\"",
          "'samplingPercentage' must be a literal above 0, up to 100, because settings are reckoned with it; got 0",
          "'personalFields' must be literals of 1 to 64 letters, digits, '_', '.' or '-', a letter first, because patterns are made from them; got \".*\"",
        ].join('; '),
    );
    expect(() => LoggingContract.collectorProcessors(['.*'])).toThrow(/^'personalFields' must be literals/);
  });

  test('on values that Terraform has yet to compute, and on too many fields', () => {
    expect(() => settings({ serviceName: Token.asString({ resolve: () => 'x' }) })).toThrow(
      "'serviceName' must be a literal of 1 to 64 letters, digits, '_', '.' or '-', because dashboards know the service by it; got a value that Terraform has yet to compute",
    );
    const many = Array.from({ length: 41 }, (_, i) => `f${i}`);
    expect(personalFieldProblems('personalFields', many).filter(Boolean)).toEqual([
      "'personalFields' must be at most 40 fields, got 41",
    ]);
  });
});
