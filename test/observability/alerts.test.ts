import { readFileSync } from 'fs';
import { join } from 'path';
import { AlertTuning, MissingData, ObservabilityStackProps, Severity, SignalInterval, Geography } from '../../src';
import { regionsIn } from '../../src/core/locations';
import { REFRESH } from '../../src/observability/alert-table';
import { regionName } from '../../src/observability/region-name';
import { Rendered } from '../support';
import { tuned } from './alert-fixtures';
import { alertTableOfAll } from './alert-subjects';
import { AT } from './fixtures';

const METRIC = 'azurerm_monitor_metric_alert';
const LOG = 'azurerm_monitor_scheduled_query_rules_alert_v2';
const ACTIVITY = 'azurerm_monitor_activity_log_alert';

const { FIVE_MINUTES, ONE_HOUR } = SignalInterval;

const untuned = new Rendered(tuned().workload).json.resource;

/** Resources that tuning changes, by address. */
function differing(alerts: ObservabilityStackProps['alerts']): string[] {
  const [before, after] = [untuned, new Rendered(tuned(alerts).workload).json.resource];
  const addresses = [before, after].flatMap((resources) =>
    Object.entries<object>(resources).flatMap(([type, blocks]) => Object.keys(blocks).map((id) => `${type}.${id}`)),
  );
  const at = (resources: any, address: string) => {
    const [type, id] = address.split('.');
    return JSON.stringify(resources[type]?.[id]);
  };
  return [...new Set(addresses)].filter((address) => at(before, address) !== at(after, address)).sort();
}

describe('tuning', () => {
  test.each<[string, AlertTuning]>([
    ['one/Busy', { threshold: 95 }],
    ['one/Busy', { window: ONE_HOUR, frequency: FIVE_MINUTES }],
    ['one/Busy', { severity: Severity.P1 }],
    ['one/Busy', { runbook: 'special/case' }],
    ['one/Busy', { disabled: true }],
    ['one/Stuck', { threshold: 3 }],
    ['one/Stuck', { disabled: true }],
    ['ErrorRate', { threshold: 1 }],
    ['ResourceHealth', { severity: Severity.P3 }],
    ['ResourceHealth', { disabled: true }],
    ['one/Availability-Health', { threshold: 5 }],
  ])('%s: %j changes one resource', (key, tuning) => {
    const found = differing({ [key]: tuning });
    expect(found.map((address) => address.includes(key.replace('/', '_')))).toEqual([true]);
  });

  test('nothing that is 0 or false is taken for left out', () => {
    expect(differing({ 'one/Busy': { threshold: 0 } })).toHaveLength(1);
    expect(differing({ 'one/Busy': { disabled: false } })).toEqual([]);
  });

  test('a disabled availability test is gone with its alert', () => {
    expect(differing({ 'one/Availability-Health': { disabled: true } })).toHaveLength(2);
  });

  test('an alert of all constructs at once, and one of them again', () => {
    const { workload } = tuned({ '*/Busy': { threshold: 70, severity: Severity.P1 }, 'two/Busy': { threshold: 60 } });
    const rendered = new Rendered(workload);
    const thresholds = ['one', 'two'].map((name) => rendered.at(METRIC, `${name}/Busy/Resource`).criteria[0].threshold);
    expect(thresholds).toEqual([70, 60]);
    rendered.has(METRIC, 'two/Busy/Resource', { severity: 1 });
    rendered.has(METRIC, 'two/Calm/Resource', { severity: 2 });
  });

  test('a metric that must be there after all takes a rule on silence, and the way there', () => {
    expect(differing({ 'one/Busy': { missingData: MissingData.IS_BAD } })).toEqual([
      expect.stringMatching(/^azurerm_monitor_diagnostic_setting\..*one_Metrics/),
      expect.stringMatching(/^azurerm_monitor_scheduled_query_rules_alert_v2\..*one_Busy_Silence/),
    ]);
  });

  test('a key that no alert has is told of at synthesis, with those that there are', () => {
    const { workload } = tuned({ 'one/Bussy': { threshold: 1 }, '*/Never': {}, 'three/Busy': {} });
    expect(() => new Rendered(workload)).toThrow(
      /'alerts' tunes "\*\/Never", but there is no such alert; there are .*\n.*'alerts' tunes "one\/Bussy", but there is no such alert; there are "one\/Availability-Health", "one\/Busy", "one\/Certificate", "one\/Stuck"\n.*'alerts' tunes "three\/Busy", but there is no such alert; there are "one\/Busy", "two\/Busy"/,
    );
  });

  test('what the activity log does not have is refused', () => {
    expect(() => tuned({ ServiceIncident: { threshold: 1, window: ONE_HOUR } })).toThrow(
      new Error(
        `${AT}alert "ServiceIncident": 'threshold' does not exist on the activity log, which has events and no numbers; alert "ServiceIncident": 'window' does not exist on the activity log, which has events and no numbers`,
      ),
    );
  });

  test('a number below zero is refused, since what is compared with it never is', () => {
    expect(() => tuned({ 'one/Busy': { threshold: -3 } })).toThrow(
      new Error(`${AT}alert "one/Busy": 'threshold' must not be below 0, as what it is compared with never is; got -3`),
    );
  });

  test('more failures than places are refused', () => {
    expect(() => tuned({ 'one/Availability-Health': { threshold: 6 } })).toThrow(
      /alert "one\/Availability-Health": 'threshold' must be a whole number from 1 to 5, the places that ask; got 6$/,
    );
  });
});

describe('seed alerts', () => {
  const { workload, stack } = tuned({}, { slos: { api: { availability: 99.9 } }, jobMinutes: 10 });
  const rendered = new Rendered(workload);

  test.each([
    ['ErrorRate', 5, 'PT5M', 1],
    ['ResponseTime', 3000, 'PT5M', 2],
    ['JobDuration', 10, 'PT15M', 2],
    ['FailedPipeline', 0, 'PT15M', 2],
    ['DailyCap', 0, 'PT1H', 1],
    ['Ingestion', 0.8, 'P1D', 3],
    ['Slo-api-Availability-FastBurn', 14.4, 'PT1H', 1],
  ])('%s is above %d in %s', (key, threshold, window, severity) => {
    rendered.has(LOG, `Alerts/${key}/Resource`, { window_duration: window, severity });
    expect(rendered.at(LOG, `Alerts/${key}/Resource`).criteria[0]).toMatchObject({
      operator: 'GreaterThan',
      threshold,
    });
  });

  test('the operations of the CIS benchmark are told of, and the health of services, for the whole subscription', () => {
    const found = rendered.all(ACTIVITY).filter(({ scopes }) => /^\$\{data\.azurerm_subscription\./.test(scopes[0]));
    expect(
      found.map(({ criteria }) => criteria.operation_name ?? criteria.service_health.events.join()).sort(),
    ).toEqual([
      'Incident',
      'Informational,ActionRequired',
      'Maintenance',
      'Microsoft.Authorization/policyAssignments/delete',
      'Microsoft.Authorization/policyAssignments/write',
      'Microsoft.Network/networkSecurityGroups/delete',
      'Microsoft.Network/networkSecurityGroups/write',
      'Microsoft.Network/publicIPAddresses/delete',
      'Microsoft.Network/publicIPAddresses/write',
      'Microsoft.Security/securitySolutions/delete',
      'Microsoft.Security/securitySolutions/write',
      'Microsoft.Sql/servers/firewallRules/delete',
      'Microsoft.Sql/servers/firewallRules/write',
      'Security',
    ]);
    expect(found.every(({ location }) => location === 'global')).toBe(true);
  });

  test('the health of resources and failed deployments are told of for the resource group', () => {
    const { scopes, criteria } = rendered.at(ACTIVITY, 'FailedDeployment/Resource');
    expect(scopes[0]).toContain('azurerm_resource_group.');
    expect(criteria.statuses).toEqual(['Failed']);
    expect(rendered.at(ACTIVITY, 'ResourceHealth/Resource').criteria.resource_health.current).toEqual([
      'Degraded',
      'Unavailable',
    ]);
  });

  test.each([
    ['VaultDeleted', 'Microsoft.KeyVault/vaults/delete'],
    ['WorkspaceDeleted', 'Microsoft.OperationalInsights/workspaces/delete'],
  ])('%s: what others stop working without is missed at once', (key, operation_name) => {
    const { scopes, criteria, description } = rendered.at(ACTIVITY, `${key}/Resource`);
    expect(scopes[0]).toContain('azurerm_resource_group.');
    expect(criteria).toEqual({ category: 'Administrative', operation_name, statuses: ['Succeeded'] });
    expect(description).toMatch(/^P1 /);
  });

  test('none has an empty scope, and each names its runbook and reaches somebody', () => {
    for (const rule of [METRIC, LOG, ACTIVITY].flatMap((type) => rendered.all(type))) {
      expect(rule.scopes.every((scope: string) => scope !== '')).toBe(true);
      expect(rule.description).toContain('Runbook: https://runbooks.example.com/billing/');
      const actions = JSON.stringify(rule.action);
      expect(actions).toContain('azurerm_monitor_action_group.');
      expect(actions).toContain('"runbook":"https://runbooks.example.com/billing/');
    }
    expect(Object.keys(stack.resources.logAlerts)).toContain('ErrorRate');
  });

  test('incidents of Azure are told of in the words that Azure has for regions', () => {
    expect(rendered.at(ACTIVITY, 'ServiceIncident/Resource').criteria.service_health.locations).toEqual([
      'Global',
      'West Europe',
    ]);
    const regions = Object.values(Geography).flatMap(regionsIn);
    expect(regions.filter((region) => regionName(region) === undefined)).toEqual([]);
    expect(['germanywestcentral', 'southcentralus', 'southeastasia', 'uksouth', 'eastus2'].map(regionName)).toEqual([
      'Germany West Central',
      'South Central US',
      'Southeast Asia',
      'UK South',
      'East US 2',
    ]);
    expect(regionName('atlantis')).toBeUndefined();
  });
});

test('the table of all alerts is up to date', () => {
  const committed = readFileSync(join(__dirname, '../../src/observability/ALERTS.md'), 'utf8');
  const found = committed === alertTableOfAll() ? 'up to date' : `stale: run ${REFRESH}`;
  expect(found).toBe('up to date');
});
