import * as fc from 'fast-check';
import {
  AlertTuning,
  Comparison,
  Environment,
  MissingData,
  MonitoringTarget,
  ObservabilityStack,
  Severity,
  Signal,
  SignalInterval,
  Workload,
} from '../../src';
import { alertProblems } from '../../src/observability/alert-problems';
import { BUSY, LEAST, STUCK, Widget } from '../observability/fixtures';
import { Rendered, workloadIn } from '../support';
import { flag, formed, list, whole } from './kit/choices';
import { lower, resourceId } from './kit/forms';
import { describeProperties, PLATFORMS } from './kit/lane';
import { Blocks, only, Subject } from './kit/subject';
import { expectThat } from './kit/trial';

const KEYS = ['Busy', 'Calm', 'Stuck', 'Torn'];
const NAMES = ['alpha', 'beta', 'gamma', 'delta', 'epsilon'];

const email = fc.tuple(lower(1, 10), lower(1, 10)).map(([name, host]) => `${name}@${host}.example.com`);
const address = lower(1, 20).map((path) => `https://runbooks.example.com/${path}`);

const severity = fc.constantFrom(...Object.values(Severity));
const interval = fc.constantFrom(...Object.values(SignalInterval));
const threshold = fc.integer({ min: 0, max: 1000 });

/** A signal that Azure takes. */
const signal: fc.Arbitrary<Signal> = fc
  .record({
    base: fc.constantFrom(BUSY, STUCK),
    key: fc.constantFrom(...KEYS),
    severity,
    threshold,
    window: interval,
    frequency: interval,
    comparison: fc.constantFrom(...Object.values(Comparison)),
    silent: fc.boolean(),
  })
  .map(({ base, silent, ...given }) => ({
    ...base,
    ...given,
    missingData: silent && base.metric ? MissingData.IS_BAD : MissingData.IS_GOOD,
  }))
  .filter((found) => alertProblems(found).length === 0);

/** What a construct has to be watched: at first, and in the end. */
const target: fc.Arbitrary<Partial<MonitoringTarget>> = fc.record({
  signals: fc.uniqueArray(signal, { selector: ({ key }) => key, maxLength: 3 }),
  logSources: fc.dictionary(fc.constantFrom('Blob', 'Queue', 'App'), fc.constantFrom('/x/one', '/x/two')),
  healthUrls: fc.option(
    fc.dictionary(fc.constantFrom('Health', 'Ready'), fc.constantFrom('https://a.example.com', 'http://b.example.com')),
    { nil: undefined },
  ),
});

interface Program {
  readonly widgets: Array<{
    name: string;
    first: Partial<MonitoringTarget>;
    last: Partial<MonitoringTarget>;
    left: boolean;
  }>;
  readonly tunings: { [key: string]: AlertTuning };
  /** Where the stack is among the widgets. */
  readonly place: number;
  /** Order of the widgets, by a number for each. */
  readonly order: number[];
}

const program: fc.Arbitrary<Program> = fc
  .record({
    widgets: fc.uniqueArray(
      fc.record({ name: fc.constantFrom(...NAMES), first: target, last: target, left: fc.boolean() }),
      { selector: ({ name }) => name, minLength: 1 },
    ),
    chosen: fc.array(fc.nat(99), { maxLength: 4 }),
    tuning: fc.record({ threshold, severity, disabled: fc.boolean() }, { requiredKeys: [] }),
    place: fc.nat(NAMES.length),
    order: fc.array(fc.nat(99), { minLength: NAMES.length, maxLength: NAMES.length }),
  })
  .map(({ widgets, chosen, tuning, place, order }) => {
    const keys = widgets.flatMap(({ name, last }) => last.signals!.map(({ key }) => `${name}/${key}`));
    const tuned = keys.length === 0 ? [] : chosen.map((i) => keys[i % keys.length]);
    // what is made at first must be what is made in the end, except for what comes and goes
    const settled = widgets.map(({ first, last, ...rest }) => {
      const stable = last.signals!.filter(({ key }) => first.signals!.some((other) => other.key === key));
      return { ...rest, last, first: { ...last, healthUrls: first.healthUrls, signals: stable } };
    });
    return { widgets: settled, tunings: Object.fromEntries(tuned.map((key) => [key, tuning])), place, order };
  });

/** Each resource as JSON, sorted by its address. */
function bytesOf({ widgets, tunings }: Program, places: number[], place: number): string[] {
  const workload = workloadIn(Environment.DEV);
  const made: Widget[] = [];
  const watch = () => new ObservabilityStack(workload, 'Observability', { ...LEAST, alerts: tunings });
  const inOrder = [...widgets.keys()].sort((a, b) => places[a] - places[b]);
  let stack: ObservabilityStack | undefined;
  inOrder.forEach((which, i) => {
    stack = i === place ? watch() : stack;
    const { name, first, left } = widgets[which];
    made[which] = new Widget(workload, name, first, left);
  });
  stack ??= watch();
  widgets.forEach(({ left }, i) => left && stack!.monitor(made[i]));
  widgets.forEach(({ last }, i) => Object.assign(made[i].target, last));
  return resourcesOf(new Rendered(workload).json.resource);
}

function resourcesOf(resources: { [type: string]: object }): string[] {
  return Object.entries(resources)
    .flatMap(([type, blocks]) => Object.entries(blocks).map(([id, block]) => `${type}.${id} ${JSON.stringify(block)}`))
    .sort();
}

const escalated = { escalation: { emails: ['boss@example.com'] } };

const observabilityStack: Subject<Workload> = {
  name: 'ObservabilityStack',
  props: {
    emails: list({ ...formed(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, email, 'a@b', '@example.com'), literals: true }, { min: 1 }),
    runbookUrl: formed(/^https:\/\/[^\s?#]+$/, address, 'http://example.com', 'https://example.com/?x=1'),
    workspaceId: resourceId('Microsoft.OperationalInsights/workspaces'),
    logDays: whole(30, 730),
    jobMinutes: whole(1, 1440),
    escalationMinutes: whole(5, 1440),
    certificateDays: whole(15, 365),
    deletionProtection: flag(),
    subscriptionUnwatched: flag(),
  },
  required: ['emails', 'runbookUrl'],
  ground: (place) => place.workload(),
  define: (workload, { emails, certificateDays, ...props }) => {
    new Widget(workload, 'Watched', { healthUrls: { Health: 'https://watched.example.com' } });
    const routes = { team: { emails } };
    new ObservabilityStack(workload, 'Subject', { ...props, ...escalated, routes, availability: { certificateDays } });
  },
  path: (id) => `${id}/Subject`,
  tame: ({ workspaceId }) => (workspaceId === undefined ? [] : ['logDays', 'deletionProtection']),
  combined: ({ workspaceId, logDays, deletionProtection }, { organization }) => [
    ...(organization === undefined ? ['organization'] : []),
    ...(workspaceId !== undefined && logDays !== undefined ? ['logDays'] : []),
    ...(workspaceId !== undefined && deletionProtection !== undefined ? ['deletionProtection'] : []),
  ],
  emits: {
    workspaceId: (blocks) => only(blocks, 'azurerm_application_insights').workspace_id,
    logDays: (blocks) => only(blocks, 'azurerm_log_analytics_workspace').retention_in_days,
    jobMinutes: (blocks) =>
      named(blocks, 'azurerm_monitor_scheduled_query_rules_alert_v2', 'JobDuration').criteria[0].threshold,
    certificateDays: (blocks) =>
      named(blocks, 'azurerm_application_insights_standard_web_test', 'Certificate').validation_rules
        .ssl_cert_remaining_lifetime,
    subscriptionUnwatched: (blocks) =>
      !Object.keys(blocks.azurerm_monitor_activity_log_alert).some((id) => id.includes('ServiceIncident')),
  },
  absent: {
    jobMinutes: () => 5,
    certificateDays: () => 30,
    subscriptionUnwatched: () => false,
  },
};

/** The only block of a type whose id has a word in it. */
function named(blocks: Blocks, type: string, word: string): any {
  const found = Object.entries<any>(blocks[type] ?? {}).filter(([id]) => id.includes(`_${word}_`));
  expectThat(found.length === 1, `${found.length} blocks of ${type} have ${word} in their id`);
  return found[0][1];
}

describeProperties(observabilityStack);

test('the same resources and the same bytes, in whatever order things are defined, and however they change meanwhile', () => {
  fc.assert(
    fc.property(program, (given) => {
      const first = bytesOf(
        given,
        NAMES.map((_, i) => i),
        0,
      );
      expect(bytesOf(given, given.order, given.place)).toEqual(first);
    }),
    PLATFORMS,
  );
});

test('a tuning changes the resources of its alert, and no others', () => {
  fc.assert(
    fc.property(program, threshold, ({ widgets, ...rest }, value) => {
      const [{ name, last }] = widgets;
      const order = NAMES.map((_, i) => i);
      for (const { key } of last.signals!) {
        const [before, after] = [{}, { [`${name}/${key}`]: { threshold: value } }].map((tunings) =>
          bytesOf({ ...rest, widgets, tunings }, order, 0),
        );
        const changed = before.filter((resource) => !after.includes(resource));
        // the tiles of dashboards show thresholds, and are no alerts
        const others = changed.filter((resource) => !resource.includes(`_${name}_${key}_`));
        expect(others).toEqual([]);
        expect(changed.length).toBeLessThanOrEqual(1);
      }
    }),
    { ...PLATFORMS, numRuns: Math.ceil(PLATFORMS.numRuns / 3) },
  );
});
