import { ColumnType, Table, TABLES } from './tables';

/**
 * A query on one table, or on several of the same kind, which works as well while no row has arrived yet and the table is
 * unknown: then it finds nothing, where it would fail otherwise.
 *
 * What stands in for a missing table has the columns that the lines mention.
 *
 * @see https://learn.microsoft.com/kusto/query/union-operator
 */
export function from(tables: Table | readonly Table[], ...lines: string[]): string {
  const names = typeof tables === 'string' ? [tables] : tables;
  const known: { readonly [column: string]: ColumnType } = Object.assign({}, ...names.map((name) => TABLES[name]));
  const text = lines.join('\n').replace(/"[^"\n]*"/g, '');
  const mentioned = Object.entries(known).filter(
    ([column]) => column === 'TimeGenerated' || new RegExp(`\\b${column}\\b`).test(text),
  );
  const columns = mentioned.map(([column, type]) => `${column}: ${type}`).join(', ');
  return [`union isfuzzy=true ${names.join(', ')}, (datatable(${columns}) [])`, ...lines].join('\n');
}

/**
 * A text as KQL writes it.
 */
export function quoted(text: string): string {
  return `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`;
}

/**
 * A number of hours as KQL writes a time span.
 */
export function hours(count: number): string {
  return Number.isInteger(count) ? `${count}h` : `${Math.round(count * 60)}m`;
}
