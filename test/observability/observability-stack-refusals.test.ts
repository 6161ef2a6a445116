import { Token } from 'cdktf';
import { Environment, ObservabilityStack, ObservabilityStackProps } from '../../src';
import { workloadIn } from '../support';
import { GROUP, LEAST, stackIn } from './fixtures';

describe('fails', () => {
  const refused = (props: Partial<ObservabilityStackProps>) => () => stackIn(workloadIn(Environment.DEV), props);

  test.each<[string, Partial<ObservabilityStackProps>, string]>([
    ['logDays', { logDays: 29 }, "'logDays' must be a whole number from 30 to 730, got 29"],
    ['dailyCapGigabytes', { dailyCapGigabytes: 0 }, "'dailyCapGigabytes' must be 0.1 to 4000, or -1 for no cap; got 0"],
    [
      'a table that is queried',
      { basicTables: ['AppRequests'] },
      "'basicTables' must leave out AppRequests: alerts and dashboards query it",
    ],
    ['a table', { basicTables: ['no table'] }, '\'basicTables\' must be names of tables, got "no table"'],
    ['a table twice', { basicTables: ['A', 'A'] }, "'basicTables' must name each table once"],
    ['samplingPercentage', { samplingPercentage: 0 }, "'samplingPercentage' must be above 0 and 100 at most, got 0"],
    [
      'personalFields',
      { personalFields: ['1'] },
      "'personalFields' must be literals of 1 to 64 letters, digits, '_', '.' or '-', a letter first, because patterns are made from them; got \"1\"",
    ],
    ['jobMinutes', { jobMinutes: 0.5 }, "'jobMinutes' must be a whole number from 1 to 1440, got 0.5"],
    [
      'runbookUrl',
      { runbookUrl: 'http://runbooks.example.com' },
      '\'runbookUrl\' must start with https:// and have no query, because the name of a runbook comes after it; got "http://runbooks.example.com"',
    ],
    [
      'workspaceId',
      { workspaceId: 'log' },
      '\'workspaceId\' must be the Azure resource id of a Log Analytics workspace, got "log"',
    ],
    [
      'logDays of an existing workspace',
      { workspaceId: `${GROUP}/providers/Microsoft.OperationalInsights/workspaces/log`, logDays: 30 },
      "'logDays' must be left out beside 'workspaceId': an existing workspace stays as it is",
    ],
    [
      'the region of no workspace',
      { workspaceLocation: 'northeurope' },
      "'workspaceLocation' must come with a 'workspaceId'",
    ],
    [
      'few places',
      { availability: { geoLocations: ['a', 'b'] } },
      "'geoLocations' must be at least 3 different places, or one that has trouble itself raises an alert; got 2",
    ],
    [
      'places that are not written here',
      { availability: { geoLocations: Token.asList('${var.places}') } },
      "'geoLocations' must be listed one by one, because they are counted; got a value that Terraform has yet to compute",
    ],
    [
      'a place twice',
      { availability: { geoLocations: ['a', 'b', 'c', 'c'] } },
      "'geoLocations' must name each place once",
    ],
    [
      'places that have no tag, and other mistakes beside',
      { availability: { geoLocations: ['Paris FR', 'b', 'c'], contentMatch: '' } },
      "'geoLocations' must be tags of places, e.g. emea-nl-ams-azr, got \"Paris FR\"; 'contentMatch' must not be empty; leave it out to take any answer",
    ],
    [
      'many places',
      { availability: { geoLocations: Array.from({ length: 17 }, (_, i) => `p${i}`) } },
      "'geoLocations' must be 16 at most, got 17",
    ],
    [
      'contentMatch',
      { availability: { contentMatch: '' } },
      "'contentMatch' must not be empty; leave it out to take any answer",
    ],
    [
      'certificateDays',
      { availability: { certificateDays: 14 } },
      "'certificateDays' must be a whole number from 15 to 365, got 14",
    ],
  ])('%s', (_, props, problem) => {
    expect(refused(props)).toThrow(new Error(`stack/Billing/Observability: ${problem}`));
  });

  test('without an organization, since every sender is given a role', () => {
    const workload = workloadIn(Environment.DEV, { organization: undefined });
    expect(() => new ObservabilityStack(workload, 'Observability', LEAST)).toThrow(
      'stack/Billing/Observability: names of role assignments are unique in a whole directory: give the workload',
    );
  });

  test('a second stack in a workload', () => {
    const workload = workloadIn(Environment.DEV);
    stackIn(workload);
    expect(() => new ObservabilityStack(workload, 'Second', LEAST)).toThrow(
      new Error(
        'stack/Billing/Second: the workload is watched already: two stacks would send the same logs twice, which Azure refuses where the workspace is the same; use the one that is there',
      ),
    );
  });

  test('a key of a resource that is there, or could be no address', () => {
    const stack = stackIn(workloadIn(Environment.DEV));
    const target = { resourceId: GROUP, metricNamespace: 'n', logSources: {}, signals: [] };
    stack.monitorResource('one', target);
    expect(() => stack.monitorResource('one', target)).toThrow(
      new Error('stack/Billing/Observability: there is a resource "one" already'),
    );
    expect(() => stack.monitorResource('a/b', target)).toThrow(
      new Error(
        'stack/Billing/Observability: \'key\' must start with a letter and have only letters, digits and hyphens, because it becomes part of addresses; got "a/b"',
      ),
    );
  });
});
