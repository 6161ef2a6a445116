import { MonitorDataCollectionRule } from '@cdktf/provider-azurerm/lib/monitor-data-collection-rule';
import { Construct } from 'constructs';
import { nameOf } from '../core/naming';
import { Workload } from '../core/workload';
import { REDACTED, sortedFields } from './redaction';

/** What is changed in a table, beside its properties. */
interface TableRedaction {
  /** Columns with text that may be a line of JSON. */
  readonly lines?: readonly string[];
  /** Columns with addresses, whose query string goes: it has whatever people typed. */
  readonly addresses?: readonly string[];
}

/** Tables of Application Insights that can be transformed, and what else is personal in them. */
const TABLES: { readonly [table: string]: TableRedaction } = {
  AppAvailabilityResults: {},
  AppDependencies: {},
  AppEvents: {},
  AppExceptions: {},
  AppPageViews: { addresses: ['Url'] },
  AppRequests: { addresses: ['Url'] },
  AppTraces: { lines: ['Message'] },
};

/** Characters that a transformation may have. */
const LONGEST = 15_360;

/** What the workspace is called inside of the rule. */
const DESTINATION = 'workspace';

/**
 * Defines the rule by which an existing workspace redacts personal fields before it stores them.
 *
 * It is in force once it is the default rule of the workspace (its `defaultDataCollectionRuleResourceId`), which only the owner
 * of the workspace can say, and then for everybody who sends there. A workspace of the same stack cannot have it: rule and
 * workspace would form a cycle.
 *
 * @param workspaceId Azure resource id of the workspace.
 * @param fields Fields that count as personal.
 * @param location Region of the workspace: Azure takes the rule in no other one.
 */
export function defineRedactionRule(
  scope: Construct,
  workspaceId: string,
  fields: readonly string[],
  location: string = Workload.of(scope).location,
): MonitorDataCollectionRule {
  const { resourceGroupName } = Workload.of(scope);
  return new MonitorDataCollectionRule(scope, 'Resource', {
    name: nameOf(MonitorDataCollectionRule.tfResourceType, scope),
    resourceGroupName,
    location,
    kind: 'WorkspaceTransforms',
    description: 'Redacts personal fields, once it is the default data collection rule of the workspace',
    destinations: { logAnalytics: [{ name: DESTINATION, workspaceResourceId: workspaceId }] },
    dataFlow: Object.keys(redactions(fields)).map((table) => ({
      streams: [`Microsoft-Table-${table}`],
      destinations: [DESTINATION],
      transformKql: redactions(fields)[table],
    })),
  });
}

/**
 * What is wrong with names of personal fields where there is a rule, as clauses for `rejectIf()`.
 *
 * @param prop Prop that they come from.
 */
export function redactionRuleProblems(prop: string, fields: readonly string[]): Array<string | false> {
  const length = Math.max(...Object.values(redactions(fields)).map((kql) => kql.length));
  return [
    length > LONGEST &&
      `'${prop}' must be fewer or shorter: with an existing workspace a transformation is made from them, which may have ${LONGEST} characters and would have ${length}`,
  ];
}

/**
 * The transformation of each table, in KQL, on one line.
 *
 * Transformations know few functions: no `bag_remove_keys()` and no `replace_regex()`. So a text is cut around the value.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/data-collection/data-collection-transformations-kql
 */
export function redactions(fields: readonly string[]): { [table: string]: string } {
  return Object.fromEntries(
    Object.entries(TABLES).map(([table, { lines = [], addresses = [] }]) => [
      table,
      [
        'source',
        '| extend Redacted = tostring(Properties)',
        ...sortedFields(fields).flatMap((field) => cut('Redacted', field)),
        '| extend Properties = parse_json(Redacted)',
        ...lines.flatMap((column) => sortedFields(fields).flatMap((field) => cut(column, field))),
        ...addresses.map((column) => `| extend ${column} = tostring(split(${column}, "?")[0])`),
        // often an address of e-mail, whatever it is called
        `| extend UserAuthenticatedId = iif(isempty(UserAuthenticatedId), "", "${REDACTED}")`,
        fields.length > 0 ? '| project-away Redacted, Before, After' : '| project-away Redacted',
      ].join(' '),
    ]),
  );
}

/**
 * What surrounds the value of a field in a text of JSON, as groups 1 and 2 of a regular expression.
 */
export function surroundings(field: string): string {
  const literal = field.replace(/[.-]/g, '[$&]');
  return `(?i)^([\\s\\S]*?"${literal}"\\s*:\\s*)(?:"(?:[^"\\\\]|\\\\.)*"|[^",}\\]\\s]+)([\\s\\S]*)$`;
}

function cut(column: string, field: string): string[] {
  const pattern = `@'${surroundings(field)}'`;
  return [
    `| extend Before = extract(${pattern}, 1, ${column}), After = extract(${pattern}, 2, ${column})`,
    `| extend ${column} = iif(isempty(Before), ${column}, strcat(Before, '"${REDACTED}"', After))`,
  ];
}
