import { Aggregation } from '../../contracts/monitoring';
import { uuidOf } from '../../core/uuid';
import { TIME_RANGE } from './builder';
import { Bill, ChartForm, Dashboard, MetricTile, Parameter, Query, Row, StatTile, Tile } from './model';

/** Where the queries of a workbook go. */
export interface WorkbookPlace {
  /** Azure resource id of the workspace. */
  readonly workspaceId: string;
  /** `/subscriptions/…`, whose resource graph is asked. */
  readonly subscriptionId: string;
}

const HOUR = 3_600_000;

const WORKSPACE = 'microsoft.operationalinsights/workspaces';
const GRAPH = 'microsoft.resourcegraph/resources';

/** Kinds of items, parameters and sources, as workbooks number them. */
const ITEM = { text: 1, query: 3, parameters: 9, metric: 10 };
const PARAMETER = { choice: 2, time: 4 };
const SOURCE = { workspace: 0, graph: 1, bill: 12 };

/** How workbooks number aggregations. */
const AGGREGATIONS: { readonly [aggregation in Aggregation]: number } = {
  [Aggregation.TOTAL]: 1,
  [Aggregation.MINIMUM]: 2,
  [Aggregation.MAXIMUM]: 3,
  [Aggregation.AVERAGE]: 4,
  [Aggregation.COUNT]: 7,
};

const CHARTS: { readonly [form in ChartForm]: string } = { line: 'timechart', area: 'areachart' };

/** Time ranges to choose from, in hours. */
const RANGES = [1, 4, 12, 24, 72, 168, 336, 720];

/**
 * A dashboard as an Azure Monitor workbook, ready for `data_json`.
 *
 * @see https://github.com/microsoft/Application-Insights-Workbooks/blob/master/schema/workbook.json
 */
export function workbookOf(dashboard: Dashboard, place: WorkbookPlace): object {
  const { title, summary, parameters, rows } = dashboard;
  return {
    version: 'Notebook/1.0',
    items: [
      textItem('title', `# ${title}\n\n${summary}`),
      {
        type: ITEM.parameters,
        name: 'parameters',
        content: {
          version: 'KqlParameterItem/1.0',
          style: 'pills',
          queryType: SOURCE.workspace,
          resourceType: WORKSPACE,
          crossComponentResources: [place.workspaceId],
          parameters: parameters.map((parameter) => parameterOf(parameter, dashboard, place)),
        },
      },
      ...rows.flatMap((row, index) => itemsOf(row, `row ${index + 1}`, dashboard, place)),
    ],
    fallbackResourceIds: [place.workspaceId],
    $schema: 'https://github.com/Microsoft/Application-Insights-Workbooks/blob/master/schema/workbook.json',
  };
}

function itemsOf({ title, tiles }: Row, name: string, dashboard: Dashboard, place: WorkbookPlace): object[] {
  const widths = percentages(tiles.map(({ weight }) => weight));
  return [
    ...(title === undefined ? [] : [textItem(`${name} heading`, `## ${title}`)]),
    ...tiles.map((tile, index) => ({
      ...itemOf(tile, `${name} tile ${index + 1}`, dashboard, place),
      ...(tiles.length > 1 && { customWidth: String(widths[index]) }),
    })),
  ];
}

/** Shares in whole percent that fill a row; the last one takes what is left. */
function percentages(weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const shares = weights.map((weight) => Math.floor((100 * weight) / sum));
  const left = 100 - shares.reduce((total, share) => total + share, 0);
  return shares.map((share, index) => (index === shares.length - 1 ? share + left : share));
}

function itemOf(tile: Tile, name: string, { key }: Dashboard, place: WorkbookPlace): object {
  switch (tile.kind) {
    case 'text':
      return textItem(name, tile.markdown);
    case 'metric':
      return { type: ITEM.metric, name, content: metricOf(tile, uuidOf('workbook-chart', key, name)) };
    case 'stat':
      return queryItem(name, tile.unit === '' ? tile.title : `${tile.title} (${tile.unit})`, tile.query, place, {
        size: 4,
        visualization: 'tiles',
        tileSettings: tileSettings(tile),
      });
    case 'chart':
      return queryItem(name, tile.title, tile.query, place, {
        size: 0,
        visualization: CHARTS[tile.form],
        chartSettings: { showLegend: true },
      });
    case 'table':
      return queryItem(name, tile.title, tile.query, place, {
        size: 0,
        visualization: 'table',
        gridSettings: { rowLimit: 250, filter: true },
      });
  }
}

function textItem(name: string, json: string): object {
  return { type: ITEM.text, name, content: { json } };
}

function queryItem(name: string, title: string, query: Query, place: WorkbookPlace, shape: object): object {
  return {
    type: ITEM.query,
    name,
    content: {
      version: 'KqlItem/1.0',
      title,
      noDataMessage: 'Nothing in this time range.',
      ...sourceOf(query, place),
      ...shape,
    },
    styleSettings: { showBorder: true },
  };
}

function sourceOf(query: Query, { workspaceId, subscriptionId }: WorkbookPlace): object {
  switch (query.on) {
    case 'workspace':
      return {
        query: query.text,
        queryType: SOURCE.workspace,
        resourceType: WORKSPACE,
        crossComponentResources: [workspaceId],
        // a query that says itself how far it looks back is not cut by the time range
        ...(query.text.includes('ago(') ? { timeContext: { durationMs: 720 * HOUR } } : followed()),
      };
    case 'graph':
      return {
        query: query.text,
        queryType: SOURCE.graph,
        resourceType: GRAPH,
        crossComponentResources: [subscriptionId],
      };
    case 'bill':
      return { query: billRequest(query.bill), queryType: SOURCE.bill };
  }
}

/** This month's cost by a tag or dimension, asked of Cost Management under the rights of whoever looks. */
function billRequest({ by, column }: Bill): string {
  const [type, name] = 'tag' in by ? ['TagKey', by.tag] : ['Dimension', by.dimension];
  const body = {
    type: 'ActualCost',
    timeframe: 'MonthToDate',
    dataset: {
      granularity: 'None',
      aggregation: { totalCost: { name: 'Cost', function: 'Sum' } },
      grouping: [{ type, name }],
      sorting: [{ name: 'Cost', direction: 'descending' }],
    },
  };
  // grouped by a tag, a row is cost, key, value, currency; by a dimension, cost, value, currency
  const [value, currency] = 'tag' in by ? ['$[2]', '$[3]'] : ['$[1]', '$[2]'];
  const columns = [
    { path: value, columnid: column },
    { path: '$[0]', columnid: 'Cost' },
    { path: currency, columnid: 'Currency' },
  ];
  return JSON.stringify({
    version: 'ARMEndpoint/1.0',
    data: JSON.stringify(body),
    headers: [],
    method: 'POST',
    path: '{Scope}/providers/Microsoft.CostManagement/query',
    urlParams: [{ key: 'api-version', value: '2023-11-01' }],
    batchDisabled: false,
    transformers: [{ type: 'jsonpath', settings: { tablePath: '$.properties.rows', columns } }],
  });
}

function metricOf(tile: MetricTile, id: string): object {
  const { title, metricNamespace, metricName, aggregation, splitBy, resourceIds } = tile;
  const namespace = metricNamespace.toLowerCase();
  return {
    chartId: `workbook${id}`,
    version: 'MetricsItem/2.0',
    size: 0,
    chartType: 2,
    title,
    resourceType: namespace,
    metricScope: 0,
    resourceIds,
    ...followed(),
    metrics: [{ namespace, metric: `${namespace}--${metricName}`, aggregation: AGGREGATIONS[aggregation], splitBy }],
    gridSettings: { rowLimit: 10000 },
  };
}

function tileSettings({ column, health }: StatTile): object {
  return {
    showBorder: false,
    leftContent: {
      columnMatch: column,
      formatter: 12,
      formatOptions: health ? { min: 0, max: 100, palette: 'redGreen' } : { palette: 'none' },
      numberFormat: { unit: 0, options: { style: 'decimal', maximumFractionDigits: 3 } },
    },
  };
}

function followed(): object {
  return { timeContext: { durationMs: 0 }, timeContextFromParameter: TIME_RANGE };
}

function parameterOf(parameter: Parameter, { key }: Dashboard, { workspaceId }: WorkbookPlace): object {
  const { name, label } = parameter;
  const common = {
    id: uuidOf('workbook-parameter', key, name),
    version: 'KqlParameterItem/1.0',
    name,
    label,
    isRequired: true,
  };
  switch (parameter.kind) {
    case 'time':
      return {
        ...common,
        type: PARAMETER.time,
        value: { durationMs: parameter.hours * HOUR },
        typeSettings: { selectableValues: RANGES.map((hours) => ({ durationMs: hours * HOUR })), allowCustom: true },
      };
    case 'query':
      return {
        ...common,
        type: PARAMETER.choice,
        query: parameter.query,
        queryType: SOURCE.workspace,
        resourceType: WORKSPACE,
        crossComponentResources: [workspaceId],
        ...followed(),
        ...(parameter.many
          ? {
              multiSelect: true,
              quote: "'",
              delimiter: ',',
              typeSettings: { additionalResourceOptions: ['value::all'], selectAllValue: '*', showDefault: false },
              value: ['value::all'],
            }
          : { typeSettings: { additionalResourceOptions: ['value::1'], showDefault: false }, value: 'value::1' }),
      };
    case 'choice':
      return {
        ...common,
        type: PARAMETER.choice,
        typeSettings: { additionalResourceOptions: [], showDefault: false },
        jsonData: JSON.stringify(parameter.choices.map((choice, index) => ({ ...choice, selected: index === 0 }))),
        value: parameter.choices[0].value,
      };
  }
}
