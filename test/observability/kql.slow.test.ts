import { shippedAlertQueries } from '../../src/observability/alert-queries';
import { shippedDashboardQueries, shippedGraphQueries } from '../../src/observability/dashboard/dashboards';
import { failedDeployments } from '../../src/observability/delivery-queries';
import { from } from '../../src/observability/kql';
import { redactions } from '../../src/observability/redaction-rule';
import { ShippedQuery } from '../../src/observability/shipped-query';
import { shippedSloQueries } from '../../src/observability/slo-alerts';
import { TABLES } from '../../src/observability/tables';
import { queriesOfAll } from './alert-subjects';
import { analyzerFor, Verdict } from './kusto';
import { GRAPH, WORKSPACE } from './schemas';

const inWorkspace = analyzerFor(WORKSPACE);
const inGraph = analyzerFor(GRAPH);

/** What a viewer could have chosen. */
const CHOSEN: { readonly [parameter: string]: string } = {
  '{TimeRange:grain}': '5m',
  '{Service}': "'api', 'worker'",
  '{Event}': "'order-placed'",
  '{Tenant}': 'acme',
};

const withChoices = (query: string) => query.replace(/\{[A-Z][\w:]*\}/g, (name) => CHOSEN[name] ?? name);

const all: ShippedQuery[] = [
  ...shippedAlertQueries(),
  ...shippedSloQueries(),
  ...shippedDashboardQueries(),
  ...queriesOfAll(),
  { key: 'failed deployments', query: failedDeployments() },
];

/** A query on a workspace may look into the resource graph. */
const inBoth = all.filter(({ query }) => query.startsWith('arg("").'));
const shipped = all.filter((query) => !inBoth.includes(query));
const onGraph = [
  ...inBoth.map((asked) => ({ ...asked, query: asked.query.replace('arg("").', '') })),
  ...shippedGraphQueries(),
];

/** What is wrong with queries, and the columns that they are asked for and that are missing, or no numbers. */
function faultsOf(queries: ShippedQuery[], analyze: typeof inWorkspace): string[] {
  const verdicts = new Map<string, Verdict>();
  return queries.flatMap(({ key, query, measureColumn, splitBy = [] }) => {
    const { complaints, columns } = verdicts.get(query) ?? analyze(withChoices(query));
    verdicts.set(query, { complaints, columns });
    const measured = measureColumn === undefined || /^(real|long|int)$/.test(columns[measureColumn] ?? '');
    const faults = [
      ...complaints,
      ...(measured ? [] : [`no number ${measureColumn}`]),
      ...splitBy.filter((column) => columns[column] !== 'string').map((column) => `no text ${column}`),
    ];
    return faults.map((fault) => `${key}: ${fault}`);
  });
}

const namesOf = (columns: string) => columns.split(', ').map((column) => column.split(':')[0]);

describe('queries', () => {
  test('mean something in the tables of a workspace', () => {
    expect(shipped.length).toBeGreaterThan(40);
    for (const construct of ['BackupVault', 'EmailService', 'SecretVault']) {
      expect(shipped.map(({ key }) => key)).toContainEqual(expect.stringContaining(`signals/${construct}/`));
    }
    expect(faultsOf(shipped, inWorkspace)).toEqual([]);
  });

  test('of the resource graph mean something there', () => {
    expect(faultsOf(onGraph, inGraph)).toEqual([]);
  });

  test('have keys of their own', () => {
    const keys = shipped.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('work while a table is missing: each is in a fuzzy union', () => {
    const names = new RegExp(`\\b(${Object.keys(WORKSPACE).join('|')})\\b(?!"| =)`, 'g');
    const bare = shipped.filter(({ query }) =>
      [...query.matchAll(names)].some(({ index }) => !/union isfuzzy=true [\w, ]*$/.test(query.slice(0, index))),
    );
    expect(bare.map(({ key }) => key)).toEqual([]);
    // also while all of them are: a fuzzy union of nothing fails
    const alone = shipped.filter(({ query }) => /union isfuzzy=true(?! [\w, ]+,\s*\(datatable\()/.test(query));
    expect(alone.map(({ key }) => key)).toEqual([]);
    // and what stands in for it has all the columns that the query asks for
    const lacking = shipped.flatMap(({ key, query }) =>
      [...query.matchAll(/union isfuzzy=true ([\w, ]+),\s*\(datatable\(([^)]*)\)/g)].flatMap(([, tables, columns]) => {
        const declared = new Set(columns.split(', ').map((column) => column.split(':')[0]));
        const words = query.replace(/datatable\([^)]*\)|"[^"]*"/g, '').match(/(?<![.$])\b[A-Z_]\w+\b(?! =)/g) ?? [];
        const known = tables.split(', ').flatMap((table) => namesOf(WORKSPACE[table]));
        return words.filter((word) => known.includes(word) && !declared.has(word)).map((word) => `${key}: ${word}`);
      }),
    );
    expect(lacking).toEqual([]);
  });

  test('take the tenant from the contract: the column TenantId is the workspace', () => {
    expect(shipped.filter(({ query }) => /\bTenantId\b/.test(query)).map(({ key }) => key)).toEqual([]);
  });

  test('count what sampled rows stand for', () => {
    const counted = shipped.filter(({ query }) =>
      /union isfuzzy=true App(Requests|Events|Exceptions|Dependencies),/.test(query),
    );
    const rows = counted.filter(({ query }) => /\bcount\(\)|\bpercentile\(/.test(query));
    // the median of deployments is near enough
    expect(rows.map(({ key }) => key).filter((key) => !/[Ll]ead time|Time to restore/.test(key))).toEqual([]);
  });
});

test('transformations mean something in their tables, and leave the columns as they are', () => {
  const changed = Object.entries({
    ...redactions(['user.email', 'phone']),
    AppEvents: redactions([]).AppEvents,
  }).flatMap(([table, query]) => {
    const { complaints, columns } = analyzerFor({ source: WORKSPACE[table] })(query);
    const kept = namesOf(WORKSPACE[table]).every((name) => WORKSPACE[table].includes(`${name}: ${columns[name]}`));
    const same = Object.keys(columns).length === namesOf(WORKSPACE[table]).length;
    return [...complaints, ...(kept && same ? [] : [`other columns: ${Object.keys(columns).join(', ')}`])];
  });
  expect(changed).toEqual([]);
});

describe('tables', () => {
  test('have the columns that we say they have', () => {
    const wrong = Object.entries(TABLES).flatMap(([table, columns]) => {
      const { columns: real } = inWorkspace(`${table} | take 1`);
      return Object.entries(columns)
        .filter(([name, type]) => real[name] !== type)
        .map(([name]) => `${table}.${name}`);
    });
    expect(wrong).toEqual([]);
  });

  test('are stood in for by the columns in use', () => {
    expect(from('AppRequests', '| where Name == "Success" and ItemCount > 1')).toBe(
      [
        'union isfuzzy=true AppRequests, (datatable(TimeGenerated: datetime, ItemCount: int, Name: string) [])',
        '| where Name == "Success" and ItemCount > 1',
      ].join('\n'),
    );
  });
});

describe('the check', () => {
  test.each([
    ['AppRequests | where Nope > 1', "Error: The name 'Nope' does not refer to any known column"],
    ['AppRequest | count', "Error: The name 'AppRequest' does not refer to any known"],
    ['AppRequests | where Success ==', 'Error: Missing expression'],
    ['AppRequests | extend Double = Name * 2', 'Error: The operator'],
    ['union isfuzzy=true AppRequestz, AppRequests', "Warning: The fuzzy name 'AppRequestz'"],
  ])('sees what is wrong with %s', (query, complaint) => {
    expect(inWorkspace(query).complaints[0]).toContain(complaint);
  });

  test('sees a column that is compared and missing', () => {
    const query = { key: 'x', query: 'AppRequests | project Name', measureColumn: 'Name', splitBy: ['Place'] };
    expect(faultsOf([query], inWorkspace)).toEqual(['x: no number Name', 'x: no text Place']);
  });
});
