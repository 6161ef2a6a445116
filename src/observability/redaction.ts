import { isComputed, isText, shown } from '../core/validation';

/** Fields that name or reach a person, in whatever case they are written. */
export const PERSONAL_FIELDS: readonly string[] = [
  'address',
  'birth_date',
  'email',
  'enduser.id',
  'first_name',
  'full_name',
  'iban',
  'last_name',
  'phone',
  'user.email',
  'user.full_name',
  'user.name',
];

/** Fields at most; whoever has more should rather list what may be stored. */
const MOST_FIELDS = 40;

/** What is stored in the place of a personal value. */
export const REDACTED = '[redacted]';

/**
 * What is wrong with names of personal fields, as clauses for `rejectIf()`.
 *
 * @param prop Prop that they come from.
 */
export function personalFieldProblems(prop: string, fields: readonly string[] = []): Array<string | false> {
  return [
    fields.length > MOST_FIELDS && `'${prop}' must be at most ${MOST_FIELDS} fields, got ${fields.length}`,
    ...fields.map(
      (field) =>
        (isComputed(field) || !isText(field, /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/)) &&
        `'${prop}' must be literals of 1 to 64 letters, digits, '_', '.' or '-', a letter first, because patterns are made from them; got ${shown(field)}`,
    ),
  ];
}

/**
 * Personal fields in one order, each once.
 */
export function sortedFields(fields: readonly string[]): string[] {
  return [...new Set(fields.map((field) => field.toLowerCase()))].sort();
}

/**
 * Which redaction is in force, in words, for whoever looks at a dashboard.
 *
 * @param fields Fields that count as personal.
 * @param inWorkspace Whether the workspace is somebody else's, so that there is a transformation for it as well.
 */
export function redactionNotice(fields: readonly string[], inWorkspace: boolean): string {
  const named = sortedFields(fields)
    .map((field) => `\`${field}\``)
    .join(', ');
  if (named === '') {
    return 'Privacy: no field is named as personal, so none is redacted.';
  }
  const sender = `Privacy: ${named} are redacted by whatever sends telemetry, as the logging contract says.`;
  return inWorkspace
    ? `${sender} The workspace redacts them as well, from the moment on that its default data collection rule is the one of this stack.`
    : `${sender} The workspace itself does not: its rule and itself would form a cycle in one stack.`;
}

/**
 * Processors for an OpenTelemetry collector (contrib, 0.120 or newer) that redact personal fields, in YAML: in attributes of
 * spans, metrics and logs, and in logs whose body is a map or a line of JSON. They belong before `batch` in each pipeline.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/redactionprocessor
 */
export function collectorProcessors(fields: readonly string[]): string {
  const any = sortedFields(fields)
    .map((field) => field.replace(/[.-]/g, '\\$&'))
    .join('|');
  const key = `(?i)^(${any})$$`;
  const line = `(?i)"(${any})"\\s*:\\s*("(?:[^"\\\\]|\\\\.)*"|[^,}\\]\\s]+)`;
  // a dollar sign of its own is written twice, and OTTL and YAML both quote as JSON does
  const statements = [
    `delete_matching_keys(log.body, ${JSON.stringify(key)}) where IsMap(log.body)`,
    `replace_pattern(log.body, ${JSON.stringify(line)}, ${JSON.stringify(`"$$1":"${REDACTED}"`)}) where IsString(log.body)`,
  ];
  return [
    'processors:',
    '  redaction/personal:',
    '    allow_all_keys: true',
    '    redact_all_types: true',
    '    summary: silent',
    '    blocked_key_patterns:',
    `      - ${JSON.stringify(key)}`,
    '  transform/personal:',
    '    error_mode: ignore',
    '    log_statements:',
    ...statements.map((statement) => `      - ${JSON.stringify(statement)}`),
    '',
  ].join('\n');
}
