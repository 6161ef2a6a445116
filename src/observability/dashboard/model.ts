import { Aggregation } from '../../contracts/monitoring';

/** A page that people look at: parameters on top, then rows of tiles. Knows nothing of how it is drawn. */
export interface Dashboard {
  /** Short key that never changes. */
  readonly key: string;
  readonly title: string;
  /** Who looks at it, and what for. */
  readonly summary: string;
  readonly parameters: readonly Parameter[];
  readonly rows: readonly Row[];
}

/** Tiles side by side. */
export interface Row {
  /** Heading above the tiles, if any. */
  readonly title?: string;
  readonly tiles: readonly Tile[];
}

/** Something that the viewer chooses, and queries refer to as `{name}`. */
export type Parameter =
  | { readonly kind: 'time'; readonly name: string; readonly label: string; readonly hours: number }
  | {
      readonly kind: 'query';
      readonly name: string;
      readonly label: string;
      readonly query: string;
      /** Whether several can be chosen; `'*'` then stands for all. */
      readonly many: boolean;
    }
  | {
      readonly kind: 'choice';
      readonly name: string;
      readonly label: string;
      readonly choices: ReadonlyArray<{ readonly label: string; readonly value: string }>;
    };

/** A question to the logs of the workspace, to the resource graph, or to the bill. */
export type Query =
  | { readonly on: 'workspace'; readonly text: string }
  | { readonly on: 'graph'; readonly text: string }
  | { readonly on: 'bill'; readonly bill: Bill };

/** What is asked of the bill: this month's cost, by something. */
export interface Bill {
  /** A tag, or a dimension of Cost Management such as `ResourceId`. */
  readonly by: { readonly tag: string } | { readonly dimension: string };
  /** Heading of the column. */
  readonly column: string;
}

/** How a chart is drawn. */
export type ChartForm = 'line' | 'area';

/** What stands in a row. */
export type Tile = TextTile | StatTile | ChartTile | TableTile | MetricTile;

interface BasicTile {
  readonly title: string;
  /** Share of the row, next to the others. */
  readonly weight: number;
}

/** Words, in Markdown. */
export interface TextTile {
  readonly kind: 'text';
  readonly title: '';
  readonly weight: number;
  readonly markdown: string;
}

/** One number, large. */
export interface StatTile extends BasicTile {
  readonly kind: 'stat';
  readonly query: Query;
  /** Column that holds the number. */
  readonly column: string;
  /** Unit behind the number. */
  readonly unit: string;
  /** Whether 0 is red and 100 is green. */
  readonly health: boolean;
}

/** Numbers over time, or by something. */
export interface ChartTile extends BasicTile {
  readonly kind: 'chart';
  readonly form: ChartForm;
  readonly query: Query;
}

/** Rows and columns. */
export interface TableTile extends BasicTile {
  readonly kind: 'table';
  readonly query: Query;
}

/** A metric of Azure over time, of several resources of one kind. */
export interface MetricTile extends BasicTile {
  readonly kind: 'metric';
  readonly metricNamespace: string;
  readonly metricName: string;
  readonly aggregation: Aggregation;
  /** Dimension of which each value is a line of its own. */
  readonly splitBy?: string;
  readonly resourceIds: readonly string[];
}
