import { Bill, ChartForm, ChartTile, Parameter, Query, Row, StatTile, TableTile, TextTile, Tile } from './model';

/** Name of the time range on every dashboard. */
export const TIME_RANGE = 'TimeRange';

/** Tiles side by side. */
export function row(...tiles: readonly Tile[]): Row {
  return { tiles };
}

/** Tiles side by side, under a heading. */
export function section(title: string, ...tiles: readonly Tile[]): Row {
  return { title, tiles };
}

/** Tiles in as many rows as they need; only the first one has the heading. */
export function rows(tiles: readonly Tile[], abreast: number, title?: string): Row[] {
  return Array.from({ length: Math.ceil(tiles.length / abreast) }, (_, index) => ({
    ...(index === 0 && title !== undefined && { title }),
    tiles: tiles.slice(index * abreast, (index + 1) * abreast),
  }));
}

/** Words, in Markdown. */
export function text(markdown: string): TextTile {
  return { kind: 'text', title: '', weight: 1, markdown };
}

/** One number, large. */
export function stat(title: string, query: string | Query, column: string, unit: string = ''): StatTile {
  return { kind: 'stat', title, weight: 1, query: asked(query), column, unit, health: false };
}

/** A percentage of which 0 is red and 100 is green. */
export function healthStat(title: string, query: string, column: string): StatTile {
  return { ...stat(title, query, column, '%'), health: true };
}

/** Numbers over time, or by something. */
export function chart(title: string, form: ChartForm, query: string): ChartTile {
  return { kind: 'chart', title, weight: 2, form, query: asked(query) };
}

/** Rows and columns. */
export function table(title: string, query: string | Query): TableTile {
  return { kind: 'table', title, weight: 2, query: asked(query) };
}

/** A question to the resource graph. */
export function graph(query: string): Query {
  return { on: 'graph', text: query };
}

/** A question to the bill of this month. */
export function bill(column: string, by: Bill['by']): Query {
  return { on: 'bill', bill: { column, by } };
}

/** The time range that all tiles of a dashboard follow. */
export function timeRange(hours: number): Parameter {
  return { kind: 'time', name: TIME_RANGE, label: 'Time range', hours };
}

function asked(query: string | Query): Query {
  return typeof query === 'string' ? { on: 'workspace', text: query } : query;
}
