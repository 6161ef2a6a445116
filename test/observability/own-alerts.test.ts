import { AlertDefinition, Comparison, MissingData, Severity, SignalInterval } from '../../src';
import { alertProblems } from '../../src/observability/alert-problems';
import { Rendered } from '../support';
import { tuned } from './alert-fixtures';
import { AT, BUSY, STUCK } from './fixtures';

const METRIC = 'azurerm_monitor_metric_alert';
const LOG = 'azurerm_monitor_scheduled_query_rules_alert_v2';

const { ONE_MINUTE, FIVE_MINUTES, ONE_HOUR, SIX_HOURS, ONE_DAY } = SignalInterval;

describe('own alerts', () => {
  test('are raised like all others', () => {
    const { workload, stack } = tuned();
    stack.addAlert({
      ...STUCK,
      key: 'Late',
      query: { query: 'AppEvents', measureColumn: 'Minutes', splitBy: ['b', 'a'] },
    });
    stack.addAlert({ ...BUSY, key: 'Queue', metric: { ...BUSY.metric!, dimensions: { b: ['1'], a: ['2', '3'] } } });
    const rendered = new Rendered(workload);
    const { criteria } = rendered.at(LOG, 'Alerts/Late/Resource');
    expect(criteria[0]).toMatchObject({
      metric_measure_column: 'Minutes',
      time_aggregation_method: 'Maximum',
      dimension: ['a', 'b'].map((name) => ({ name, operator: 'Include', values: ['*'] })),
    });
    expect(rendered.at(METRIC, 'Alerts/Queue/Resource')).toMatchObject({
      scopes: [expect.stringContaining('azurerm_application_insights.')],
      criteria: [
        {
          metric_namespace: 'Microsoft.Insights/components',
          dimension: [
            { name: 'a', operator: 'Include', values: ['2', '3'] },
            { name: 'b', operator: 'Include', values: ['1'] },
          ],
        },
      ],
    });
  });

  test('count rows where no column is compared, and look for the lowest where low is bad', () => {
    const { workload, stack } = tuned();
    const query = { query: 'AppEvents', measureColumn: 'Left' };
    stack.addAlert({ ...STUCK, key: 'Low', query, comparison: Comparison.LESS_THAN });
    const rendered = new Rendered(workload);
    expect(rendered.at(LOG, 'Alerts/Low/Resource').criteria[0].time_aggregation_method).toBe('Minimum');
    const counted = rendered.at(LOG, 'one/Stuck/Resource').criteria[0];
    expect(counted.time_aggregation_method).toBe('Count');
    expect(counted).not.toHaveProperty('metric_measure_column');
  });

  test('a key is taken once', () => {
    const { stack } = tuned();
    expect(() => stack.addAlert({ ...STUCK, key: 'ErrorRate' })).toThrow(
      new Error(`${AT}there is an alert "ErrorRate" already`),
    );
  });
});

describe('fails', () => {
  const metric: AlertDefinition = BUSY;
  const query: AlertDefinition = STUCK;
  const intervals = Object.values(SignalInterval).join(', ');

  const cases: Array<[AlertDefinition, string]> = [
    [
      { ...metric, key: '1 2' },
      '\'key\' must start with a letter and have only letters, digits and hyphens, because it becomes part of an address; got "1 2"',
    ],
    [{ ...metric, summary: ' ' }, "'summary' must say what is wrong, got an empty text"],
    [{ ...metric, threshold: NaN }, "'threshold' must be a number, got NaN"],
    [{ ...metric, query: query.query }, "exactly one of 'metric' and 'query' must be given"],
    [{ ...query, query: undefined }, "exactly one of 'metric' and 'query' must be given"],
    [{ ...query, query: { query: '' } }, "'query' must not be empty"],
    [
      { ...query, query: { query: 'q', measureColumn: '' } },
      "'measureColumn' must name a column; leave it out to count rows",
    ],
    [{ ...query, query: { query: 'q', splitBy: [...'abcdefg'] } }, "'splitBy' must be 6 columns at most, got 7"],
    [
      { ...metric, metric: { ...metric.metric!, metricName: '' } },
      "'metricName' must name a metric, got an empty text",
    ],
    [
      { ...metric, metric: { ...metric.metric!, dimensions: { Code: [] } } },
      'the dimension "Code" must have at least one value',
    ],
    [{ ...metric, severity: 'P4' as Severity }, '\'severity\' must be P0 to P3, got "P4"'],
    [
      { ...metric, comparison: 'Equals' as Comparison },
      '\'comparison\' must be one of GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual; got "Equals"',
    ],
    [{ ...metric, resourceId: 'api' }, '\'resourceId\' must be an Azure resource id, got "api"'],
    [
      { ...metric, runbook: 'https://x' },
      '\'runbook\' must be the last part of an address, such as web-app-unhealthy; got "https://x"',
    ],
    [
      { ...query, missingData: MissingData.IS_BAD },
      "'missingData' of a query must be good, because Azure compares nothing where a query finds nothing; let the query return a row for what it misses",
    ],
    [{ ...metric, window: 'PT2M' as SignalInterval }, `'window' must be one of ${intervals}; got "PT2M"`],
    [{ ...metric, frequency: 'PT2M' as SignalInterval }, `'frequency' must be one of ${intervals}; got "PT2M"`],
    [
      { ...metric, window: ONE_MINUTE, frequency: FIVE_MINUTES },
      "'window' must not be shorter than 'frequency', or Azure never looks at what lies between; got PT1M and PT5M",
    ],
    [
      { ...metric, window: ONE_DAY, frequency: SIX_HOURS },
      "'frequency' of a metric must be PT1M, PT5M, PT15M, PT30M or PT1H, got PT6H",
    ],
    [
      { ...query, window: ONE_DAY, frequency: ONE_MINUTE },
      "'window' of a query that runs every minute must be PT6H at most, got P1D",
    ],
  ];
  test.each(cases.map(([alert, problem]) => ({ alert, problem })))('$problem', ({ alert, problem }) => {
    expect(alertProblems(alert, 'one/X')).toEqual([`alert "one/X": ${problem}`]);
  });

  test('every combination that Azure takes is taken', () => {
    const all = Object.values(SignalInterval);
    const taken = (alert: AlertDefinition) =>
      all.flatMap((frequency) =>
        all
          .filter((window) => alertProblems({ ...alert, window, frequency }).length === 0)
          .map((w) => `${frequency}/${w}`),
      );
    expect(taken(metric)).toHaveLength(7 + 6 + 5 + 4 + 3);
    expect(taken(query)).toHaveLength(6 + 6 + 5 + 4 + 3 + 2 + 1);
  });

  test('at once, when an alert is tuned to what Azure refuses', () => {
    expect(() => tuned({ 'one/Busy': { frequency: ONE_HOUR } })).toThrow(
      new Error(
        `${AT}alert "one/Busy": 'window' must not be shorter than 'frequency', or Azure never looks at what lies between; got PT5M and PT1H`,
      ),
    );
  });
});
