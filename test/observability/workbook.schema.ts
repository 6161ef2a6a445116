/** The subset of workbooks that we write; whatever is not named here is refused. */

const ID = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';
/** An id of Azure, or a reference that Terraform puts in its place. */
const RESOURCE = '^(/subscriptions/.+|\\$\\{.+\\})$';

const object = (required: object, optional: object = {}) => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(required),
  properties: { ...required, ...optional },
});
const words = { type: 'string', minLength: 1 };
const resources = { type: 'array', minItems: 1, uniqueItems: true, items: { type: 'string', pattern: RESOURCE } };
const duration = object({ durationMs: { type: 'integer', minimum: 0 } });

const item = (type: number, content: object, optional: object = {}) =>
  object(
    { type: { const: type }, name: words, content },
    { customWidth: { type: 'string', pattern: '^([1-9][0-9]?|100)$' }, ...optional },
  );

const bordered = { styleSettings: object({ showBorder: { const: true } }) };

const shape = {
  oneOf: [
    {
      required: ['visualization', 'tileSettings'],
      properties: {
        visualization: { const: 'tiles' },
        tileSettings: object({
          showBorder: { const: false },
          leftContent: object({
            columnMatch: words,
            formatter: { const: 12 },
            formatOptions: object(
              { palette: { enum: ['none', 'redGreen'] } },
              { min: { type: 'number' }, max: { type: 'number' } },
            ),
            numberFormat: object({
              unit: { const: 0 },
              options: object({ style: { const: 'decimal' }, maximumFractionDigits: { type: 'integer' } }),
            }),
          }),
        }),
      },
    },
    {
      required: ['visualization', 'chartSettings'],
      properties: {
        visualization: { enum: ['timechart', 'areachart'] },
        chartSettings: object({ showLegend: { const: true } }),
      },
    },
    {
      required: ['visualization', 'gridSettings'],
      properties: {
        visualization: { const: 'table' },
        gridSettings: object({ rowLimit: { type: 'integer' }, filter: { const: true } }),
      },
    },
  ],
};

const source = {
  oneOf: [
    {
      required: ['resourceType', 'crossComponentResources', 'timeContext'],
      properties: { queryType: { const: 0 }, resourceType: { const: 'microsoft.operationalinsights/workspaces' } },
    },
    {
      required: ['resourceType', 'crossComponentResources'],
      properties: { queryType: { const: 1 }, resourceType: { const: 'microsoft.resourcegraph/resources' } },
    },
    { properties: { queryType: { const: 12 }, query: { pattern: '^\\{"version":"ARMEndpoint/1.0",' } } },
  ],
};

const query = {
  ...object(
    {
      version: { const: 'KqlItem/1.0' },
      title: words,
      noDataMessage: words,
      query: words,
      queryType: { enum: [0, 1, 12] },
      size: { enum: [0, 4] },
      visualization: words,
    },
    {
      resourceType: words,
      crossComponentResources: resources,
      timeContext: duration,
      timeContextFromParameter: { const: 'TimeRange' },
      tileSettings: {},
      chartSettings: {},
      gridSettings: {},
    },
  ),
  allOf: [shape, source],
};

const metric = object({
  chartId: { type: 'string', pattern: ID.replace('^', '^workbook') },
  version: { const: 'MetricsItem/2.0' },
  size: { const: 0 },
  chartType: { const: 2 },
  title: words,
  resourceType: { type: 'string', pattern: '^microsoft\\.[a-z]+/[a-z/]+$' },
  metricScope: { const: 0 },
  resourceIds: resources,
  timeContext: duration,
  timeContextFromParameter: { const: 'TimeRange' },
  metrics: {
    type: 'array',
    minItems: 1,
    items: object(
      {
        namespace: words,
        metric: { type: 'string', pattern: '^microsoft\\.[a-z]+/[a-z/]+--\\w+$' },
        aggregation: { enum: [1, 2, 3, 4, 7] },
      },
      { splitBy: words },
    ),
  },
  gridSettings: object({ rowLimit: { type: 'integer' } }),
});

const parameter = {
  oneOf: [
    object({
      ...named(4),
      value: duration,
      typeSettings: object({ selectableValues: { type: 'array', items: duration }, allowCustom: { const: true } }),
    }),
    object(
      {
        ...named(2),
        query: words,
        queryType: { const: 0 },
        resourceType: words,
        crossComponentResources: resources,
        timeContext: duration,
        timeContextFromParameter: { const: 'TimeRange' },
        typeSettings: object(
          { additionalResourceOptions: { type: 'array', items: words }, showDefault: { const: false } },
          { selectAllValue: { const: '*' } },
        ),
        value: { anyOf: [words, { type: 'array', items: words }] },
      },
      { multiSelect: { const: true }, quote: { const: "'" }, delimiter: { const: ',' } },
    ),
    object({
      ...named(2),
      jsonData: { type: 'string', pattern: '^\\[\\{' },
      value: words,
      typeSettings: object({ additionalResourceOptions: { const: [] }, showDefault: { const: false } }),
    }),
  ],
};

function named(type: number) {
  return {
    id: { type: 'string', pattern: ID },
    version: { const: 'KqlParameterItem/1.0' },
    name: { type: 'string', pattern: '^[A-Z][A-Za-z]*$' },
    label: words,
    isRequired: { const: true },
    type: { const: type },
  };
}

const parameters = object({
  version: { const: 'KqlParameterItem/1.0' },
  style: { const: 'pills' },
  queryType: { const: 0 },
  resourceType: words,
  crossComponentResources: resources,
  parameters: { type: 'array', minItems: 1, items: parameter },
});

export const WORKBOOK_SCHEMA = object({
  version: { const: 'Notebook/1.0' },
  items: {
    type: 'array',
    minItems: 3,
    items: {
      oneOf: [item(1, object({ json: words })), item(3, query, bordered), item(9, parameters), item(10, metric)],
    },
  },
  fallbackResourceIds: resources,
  $schema: words,
});
