import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { Comparison, MissingData, Severity, SignalInterval, Weekday } from '../../src';
import { rejectIf } from '../../src/core/validation';
import { AlertBook } from '../../src/observability/alert-book';
import { AlertPlace } from '../../src/observability/alert-rule';
import { availabilityProblems, defineProbe, probesOf } from '../../src/observability/availability';
import { defineMaintenance, maintenanceProblems } from '../../src/observability/maintenance-rule';
import { BUSY, STUCK } from '../observability/fixtures';
import { list, literal, literalFormed, literalText, oneOf, text, formed, whole } from './kit/choices';
import { describeProperties } from './kit/lane';
import { Blocks, only, Subject, Values } from './kit/subject';

const GROUP = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-x';

/** A construct that watches, without all that one has beside. */
const PLACE: AlertPlace = {
  workspaceId: `${GROUP}/providers/Microsoft.OperationalInsights/workspaces/log-x`,
  applicationInsightsId: `${GROUP}/providers/Microsoft.Insights/components/appi-x`,
  runbookUrl: 'https://runbooks.example.com/billing',
  actionGroupIds: () => [`${GROUP}/providers/Microsoft.Insights/actionGroups/ag-x`],
};

const PLACES = ['emea-nl-ams-azr', 'emea-gb-db3-azr', 'us-va-ash-azr', 'apac-sg-sin-azr', 'emea-fr-pra-edge'];
const many = (count: number) => [...Array(count).keys()].map((i) => `place-${i}`);

const probes = (blocks: Blocks) => Object.values(blocks.azurerm_application_insights_standard_web_test ?? {});
const ofCertificate = (blocks: Blocks) =>
  probes(blocks).find(({ validation_rules: rules }) => ![undefined, 14].includes(rules?.ssl_cert_remaining_lifetime));

const availability: Subject<Construct> = {
  name: 'ObservabilityStack, availability',
  props: {
    geoLocations: {
      good: fc.oneof(fc.subarray(PLACES, { minLength: 3 }), fc.constant(many(16))).map(literal),
      bad: fc.oneof(
        fc
          .constantFrom([], PLACES.slice(3), many(17), [...PLACES, PLACES[0]], ['', ...PLACES], ['a b', ...PLACES])
          .map(literal),
        list(text(fc.constantFrom(...PLACES), ''), { min: 3 }).good.filter(({ shown }) => shown.startsWith('list(')),
      ),
    },
    contentMatch: text(fc.constantFrom('ok', '"status": "up"', 'a<b>&c', 'Ä'), ''),
    certificateDays: whole(15, 365),
  },
  ground: (place) => new Construct(place.workload(), 'Subject'),
  define: (scope, options) => {
    rejectIf(scope, ...availabilityProblems(options));
    for (const probe of probesOf(scope, { Health: 'https://watched.example.com' }, options)) {
      defineProbe(new Construct(scope, probe.key), probe.key, probe, PLACE);
    }
  },
  path: (id) => `${id}/Subject`,
  emits: {
    geoLocations: (blocks) => probes(blocks)[0].geo_locations,
    contentMatch: (blocks) =>
      probes(blocks).find(({ validation_rules: rules }) => rules?.content)?.validation_rules.content.content_match,
    certificateDays: (blocks) => ofCertificate(blocks)?.validation_rules.ssl_cert_remaining_lifetime,
  },
};

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const time = (...good: string[]) => formed(TIME, fc.constantFrom(...good), '24:00', '6:00', '06:60', '06:00:00');
const moment = (...good: string[]) =>
  formed(
    /^$(?!)/,
    fc.constantFrom(...good),
    '2030-13-01T00:00:00',
    '2030-01-01',
    '2030-01-01T00:00:00Z',
    '2030-02-30T00:00:00',
  );

const suppression = (blocks: Blocks) => only(blocks, 'azurerm_monitor_alert_processing_rule_suppression');

const maintenance: Subject<Construct> = {
  name: 'ObservabilityStack, maintenance',
  required: ['key'],
  props: {
    key: literalFormed(/^[A-Za-z][A-Za-z0-9-]*$/, fc.constantFrom('nights', 'Move-1', 'a'), '1a', 'a_b'),
    from: time('00:00', '18:00', '22:30'),
    to: time('06:00', '23:59', '01:15'),
    days: {
      good: fc.subarray(Object.values(Weekday), { minLength: 1 }).map(literal),
      bad: fc.constant(literal([])),
    },
    startsAt: moment('2030-01-01T00:00:00', '2030-06-30T23:59:59'),
    endsAt: moment('2031-01-01T00:00:00', '2032-02-29T12:00:00'),
    timeZone: literalText(
      fc.constantFrom('Europe/Berlin', 'UTC', 'Asia/Tokyo'),
      '',
      'Mars/Phobos',
      'W. Europe Standard Time',
    ),
    severities: {
      good: fc.subarray(Object.values(Severity), { minLength: 1 }).map(literal),
      bad: fc.constant(literal([])),
    },
  },
  ground: (place) => new Construct(place.workload(), 'Subject'),
  define: (scope, { key, ...window }) => {
    rejectIf(scope, ...maintenanceProblems(key, window));
    defineMaintenance(scope, key, window, GROUP);
  },
  path: (id) => `${id}/Subject`,
  called: { key: '(?:key|maintenance)' },
  tame: ({ startsAt, endsAt }) => (startsAt && endsAt ? ['from', 'to', 'days'] : ['startsAt', 'endsAt']),
  combined: ({ startsAt, endsAt, from, to, days }) => {
    const once = startsAt !== undefined || endsAt !== undefined;
    return [
      ...(once && startsAt === undefined ? ['startsAt'] : []),
      ...(once && endsAt === undefined ? ['endsAt'] : []),
      ...(once && [from, to, days].some((value) => value !== undefined) ? ['startsAt'] : []),
    ];
  },
  emits: {
    startsAt: (blocks) => suppression(blocks).schedule.effective_from,
    endsAt: (blocks) => suppression(blocks).schedule.effective_until,
    severities: (blocks) =>
      suppression(blocks).condition.severity.values.map((value: string) => value.replace('Sev', 'P')),
  },
};

/** Windows and frequencies that metrics and queries take. */
const PAIRS: Array<[SignalInterval, SignalInterval]> = [
  [SignalInterval.FIVE_MINUTES, SignalInterval.FIVE_MINUTES],
  [SignalInterval.ONE_HOUR, SignalInterval.FIVE_MINUTES],
  [SignalInterval.ONE_HOUR, SignalInterval.ONE_MINUTE],
];
const WRONG_PAIRS: Array<[SignalInterval, SignalInterval]> = [
  [SignalInterval.FIVE_MINUTES, SignalInterval.ONE_HOUR],
  [SignalInterval.ONE_MINUTE, SignalInterval.FIVE_MINUTES],
];

const isMetric = (given: Values) => given.kind !== 'query';
const rule = (blocks: Blocks) =>
  Object.entries({
    ...blocks.azurerm_monitor_metric_alert,
    ...blocks.azurerm_monitor_scheduled_query_rules_alert_v2,
  }).find(([id]) => id.includes('_Mine'))![1];

const alert: Subject<Construct> = {
  name: 'ObservabilityStack.addAlert',
  required: ['key'],
  props: {
    key: literalFormed(/^[A-Za-z][A-Za-z0-9-]*$/, fc.constantFrom('Mine', 'Mine-2'), '1a', 'a_b', 'a/b'),
    kind: oneOf('metric', 'query'),
    summary: text(fc.constantFrom('too many', 'Ä "x" <y>'), '', ' '),
    threshold: {
      good: fc.oneof(fc.constantFrom(0, -1, 0.5, 1e9).map(literal), whole(1, 9).good),
      bad: fc.constantFrom(NaN, Infinity).map(literal),
    },
    interval: { good: fc.constantFrom(...PAIRS).map(literal), bad: fc.constantFrom(...WRONG_PAIRS).map(literal) },
    severity: oneOf(...Object.values(Severity)),
    comparison: oneOf(...Object.values(Comparison)),
    missingData: oneOf(...Object.values(MissingData)),
    runbook: formed(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/, fc.constantFrom('stuck', 'a/b.c'), '/a', 'a?b'),
    resourceId: formed(
      /^\/subscriptions\/[^/]+(\/.+)?$/,
      fc.constantFrom(GROUP, `${GROUP}/providers/x/y/z`),
      'name-only',
    ),
  },
  ground: (place) => new Construct(place.workload(), 'Subject'),
  define: (scope, { kind, interval = PAIRS[0], resourceId: about, ...given }) => {
    const base = isMetric({ kind }) ? BUSY : STUCK;
    const [window, frequency] = interval;
    new AlertBook(scope, PLACE, {}).raise(scope, '', {
      ...base,
      window,
      frequency,
      ...(about === undefined ? {} : { resourceId: about, metricNamespace: 'Microsoft.Storage/storageAccounts' }),
      ...given,
    });
  },
  path: (id) => `${id}/Subject`,
  called: { interval: '(?:window|frequency)' },
  tame: ({ kind }) => (kind?.value === 'query' ? ['missingData'] : []),
  combined: ({ kind, missingData }) => (kind === 'query' && missingData === MissingData.IS_BAD ? ['missingData'] : []),
  emits: {
    severity: (blocks) => `P${rule(blocks).severity}`,
    threshold: (blocks) => {
      const [{ threshold }] = [rule(blocks).criteria].flat();
      return threshold;
    },
  },
};

describeProperties(availability, maintenance, alert);
