'use strict';
// Compares what Azure Monitor measured with the thresholds of the alerts. A number that cannot be read is a bad number.
const { SECOND, azure, repeatedly } = require('./az.cjs');
const { Failed, Usage, start } = require('./host.cjs');

const MINUTE = 60 * SECOND;

/** When a value is bad; the words are those of Azure's alert rules. */
const COMPARISONS = {
  GreaterThan: (value, threshold) => value > threshold,
  GreaterThanOrEqual: (value, threshold) => value >= threshold,
  LessThan: (value, threshold) => value < threshold,
  LessThanOrEqual: (value, threshold) => value <= threshold,
};

const sum = (values) => values.reduce((total, value) => total + value, 0);

/** How the minutes of a window become one number. */
const AGGREGATIONS = {
  Average: (values) => sum(values) / values.length,
  Count: sum,
  Maximum: (values) => Math.max(...values),
  Minimum: (values) => Math.min(...values),
  Total: sum,
};

/** What grows with the traffic, and so has to be compared with a part of the threshold while there is a part of the traffic. */
const GROWS = ['Count', 'Total'];

/** Gates as they are used, from what a pipeline gives; an error names what is wrong with them. */
function gatesFrom(given) {
  if (!Array.isArray(given)) {
    throw new Usage('ROLLOUT_GATES must be a list');
  }
  return given.map((gate) => {
    const { name, metric, query, atMost, aggregation = 'Average', windowMinutes = 5, missingData = 'good' } = gate;
    const { comparison = 'GreaterThan', threshold = atMost, scaled = GROWS.includes(aggregation) } = gate;
    const problem = [
      typeof name !== 'string' && 'has no name',
      (metric === undefined) === (query === undefined) && "needs one of 'metric' and 'query'",
      query !== undefined && gate.workspace === undefined && "needs the 'workspace' that the query runs in",
      !(aggregation in AGGREGATIONS) && `has the unknown aggregation ${aggregation}`,
      !(comparison in COMPARISONS) && `has the unknown comparison ${comparison}`,
      typeof threshold !== 'number' && 'has no threshold',
      !(windowMinutes >= 1 && windowMinutes <= 1440) && 'must look back 1 to 1440 minutes',
      !['good', 'bad'].includes(missingData) && "must take missing data for 'good' or 'bad'",
    ].find((found) => found);
    if (problem) {
      throw new Usage(`ROLLOUT_GATES: the gate ${JSON.stringify(name)} ${problem}`);
    }
    return { ...gate, aggregation, comparison, threshold, windowMinutes, missingData, scaled };
  });
}

/** What has the numbers read. */
function metricGate({ az, clock, gates }) {
  let since = -Infinity;

  /** The number of a gate over its window, or nothing where there is no data. */
  async function measure(gate, resourceId, signal) {
    const read = gate.metric === undefined ? fromLogs : fromMetrics;
    return repeatedly(clock, () => read(gate, resourceId, signal), { signal });
  }

  async function fromMetrics({ metric, namespace, aggregation, windowMinutes, dimensions = {} }, resourceId, signal) {
    const filter = Object.entries(dimensions)
      .map(([name, values]) => values.map((value) => `${name} eq '${value.replace(/'/g, "''")}'`).join(' or '))
      .map((alternatives) => `(${alternatives})`)
      .join(' and ');
    // the grain is a minute: no window is shorter
    const start = Math.min(Math.max(clock.now() - windowMinutes * MINUTE, since), clock.now() - MINUTE);
    const answer = await az(
      [
        ...['monitor', 'metrics', 'list', '--resource', resourceId, '--metric', metric],
        ...['--aggregation', aggregation, '--interval', 'PT1M'],
        ...['--start-time', timeOf(start), '--end-time', timeOf(clock.now())],
        ...(namespace ? ['--namespace', namespace] : []),
        ...(filter ? ['--filter', filter] : []),
      ],
      { signal },
    );
    const values = (answer?.value ?? [])
      .flatMap(({ timeseries = [] }) => timeseries)
      .flatMap(({ data = [] }) => data)
      .map((point) => point[aggregation.toLowerCase()])
      .filter((value) => typeof value === 'number');
    return values.length === 0 ? undefined : AGGREGATIONS[aggregation](values);
  }

  async function fromLogs({ query, workspace, measureColumn, windowMinutes }, _resourceId, signal) {
    const command = ['monitor', 'log-analytics', 'query', '--workspace', workspace, '--analytics-query', query];
    const rows = (await az([...command, '--timespan', `PT${windowMinutes}M`], { signal })) ?? [];
    if (measureColumn === undefined) {
      return rows.length;
    }
    const values = rows.map((row) => Number(row[measureColumn])).filter((value) => !Number.isNaN(value));
    return values.length === 0 ? undefined : Math.max(...values);
  }

  /**
   * What is bad now, in words; nothing if all is well.
   *
   * @param resourceId What emits the metrics.
   * @param percent Share of the traffic that it gets.
   * @param complete Whether data had time to arrive: before, none is no sign.
   */
  async function problems(resourceId, { percent = 100, complete = true, signal } = {}) {
    const found = [];
    for (const gate of gates) {
      const value = await measure(gate, resourceId, signal);
      const threshold = gate.scaled ? (gate.threshold * percent) / 100 : gate.threshold;
      if (value === undefined) {
        const inTime = clock.now() - since >= gate.windowMinutes * MINUTE;
        if (complete && inTime && gate.missingData === 'bad') {
          found.push(`${gate.name}: no data within ${gate.windowMinutes} min`);
        }
      } else if (COMPARISONS[gate.comparison](value, threshold)) {
        found.push(`${gate.name} is ${rounded(value)}, bad is ${words(gate.comparison)} ${rounded(threshold)}`);
      }
    }
    return found;
  }

  /** From now on counts what is measured: what was before, such as a restart, says nothing about the release. */
  function begin() {
    since = clock.now();
  }

  return { begin, problems };
}

/** The form that the CLI takes: no fractions of a second. */
function timeOf(ms) {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

function rounded(value) {
  return String(Math.round(value * 1000) / 1000);
}

function words(comparison) {
  return comparison.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).trim();
}

/** The gate alone, for a step of a pipeline. */
async function main({ inputs, clock, report, signal, az = azure() }) {
  const gates = gatesFrom(inputs.json('ROLLOUT_GATES', []));
  const slot = inputs.optional('ROLLOUT_SLOT');
  const id = inputs.required('ROLLOUT_APP_ID');
  const percent = inputs.number('ROLLOUT_PERCENT', '100', 0, 100);
  const found = await metricGate({ az, clock, gates }).problems(slot ? `${id}/slots/${slot}` : id, { percent, signal });
  if (found.length > 0) {
    throw new Failed(`metric gate: ${found.join('; ')}`);
  }
  report.log(`metric gate: ${gates.length} fine`);
}

module.exports = { gatesFrom, main, metricGate };

if (require.main === module) {
  start(main);
}
