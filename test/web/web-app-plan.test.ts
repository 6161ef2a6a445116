import { TerraformVariable } from 'cdktf';
import { Environment, PlanSku, SecureWebApp, WebAppPlan, WebAppPlanProps, WebAppRuntime, Weekday } from '../../src';
import { timeZonesLike, windowsTimeZone } from '../../src/core/time-zones';
import { Rendered, workloadIn } from '../support';

const NIGHT = {
  days: [Weekday.SUNDAY, Weekday.MONDAY],
  from: '20:00',
  to: '06:00',
  timeZone: 'Europe/Berlin',
  minInstances: 2,
  maxInstances: 4,
};

const planIn = (environment: Environment, props: WebAppPlanProps = {}) => {
  const workload = workloadIn(environment);
  new WebAppPlan(workload, 'Plan', props);
  return new Rendered(workload);
};

describe('autoscale', () => {
  test('out when one number is high, in when all are low', () => {
    const { profile, target_resource_id } = planIn(Environment.PROD).only('azurerm_monitor_autoscale_setting');

    expect(target_resource_id).toContain('azurerm_service_plan.');
    const [usual] = profile;
    expect(usual.capacity).toEqual({ default: 3, minimum: 3, maximum: 30 });
    expect(
      usual.rule.map(
        ({ metric_trigger: { metric_name, operator, threshold }, scale_action: { direction, cooldown } }: any) =>
          [metric_name, operator, threshold, direction, cooldown].join(' '),
      ),
    ).toEqual([
      'CpuPercentage GreaterThan 70 Increase PT5M',
      'CpuPercentage LessThan 35 Decrease PT10M',
      'MemoryPercentage GreaterThan 80 Increase PT5M',
      'MemoryPercentage LessThan 60 Decrease PT10M',
      'HttpQueueLength GreaterThan 50 Increase PT5M',
      'HttpQueueLength LessThan 10 Decrease PT10M',
    ]);
  });

  test('requests of the app decide as well, where asked', () => {
    const workload = workloadIn(Environment.PROD);
    new SecureWebApp(workload, 'Api', {
      runtime: WebAppRuntime.python('3.12'),
      publiclyReachable: true,
      requestsPerInstance: 600,
    });

    const { profile } = new Rendered(workload).only('azurerm_monitor_autoscale_setting');
    const [out, back] = profile[0].rule.slice(-2).map((rule: any) => rule.metric_trigger);
    expect(out).toMatchObject({
      metric_name: 'Requests',
      metric_resource_id: expect.stringContaining('azurerm_linux_web_app.'),
      divide_by_instance_count: true,
      statistic: 'Sum',
      threshold: 600,
    });
    expect(back).toMatchObject({ operator: 'LessThan', threshold: 300 });
  });

  test('a schedule is opened and closed, because Azure lets it last until the next one', () => {
    const { profile } = planIn(Environment.PROD, { schedules: { night: NIGHT } }).only(
      'azurerm_monitor_autoscale_setting',
    );

    expect(profile.map(({ name }: any) => name)).toEqual(['Default', 'night', '{"name":"Default","for":"night"}']);
    expect(profile[1]).toMatchObject({
      capacity: { default: 2, minimum: 2, maximum: 4 },
      recurrence: { days: ['Monday', 'Sunday'], hours: [20], minutes: [0], timezone: 'W. Europe Standard Time' },
    });
    expect(profile[2]).toMatchObject({
      capacity: { default: 3, minimum: 3, maximum: 30 },
      recurrence: { days: ['Monday', 'Tuesday'], hours: [6], minutes: [0], timezone: 'W. Europe Standard Time' },
    });
  });

  test('the order in which schedules are written moves nothing', () => {
    const noon = { ...NIGHT, from: '11:00', to: '13:00' };
    const [one, other] = [
      { noon, night: NIGHT },
      { night: NIGHT, noon },
    ].map((schedules) => planIn(Environment.PROD, { schedules }).only('azurerm_monitor_autoscale_setting'));
    expect(one).toEqual(other);
  });

  test('there is none where minimum and maximum are the same', () => {
    const rendered = planIn(Environment.PROD, { minInstances: 4, maxInstances: 4 });

    expect(rendered.all('azurerm_monitor_autoscale_setting')).toEqual([]);
    expect(rendered.only('azurerm_service_plan')).not.toHaveProperty('lifecycle');
  });
});

describe('environments', () => {
  test('a region without zones has none, and a size without zones neither', () => {
    const workload = workloadIn(Environment.PROD, { location: 'northcentralus' });
    new WebAppPlan(workload, 'Plan');
    new WebAppPlan(workload, 'Small', { sku: PlanSku.S1 });

    const rendered = new Rendered(workload);
    expect(rendered.at('azurerm_service_plan', 'Plan/Resource').zone_balancing_enabled).toBe(false);
    expect(rendered.at('azurerm_service_plan', 'Small/Resource')).not.toHaveProperty('zone_balancing_enabled');
    expect(rendered.at('azurerm_monitor_autoscale_setting', 'Small/Autoscale').profile[0].capacity.maximum).toBe(10);
  });

  test('a plan watches processor, memory and queue', () => {
    const plan = new WebAppPlan(workloadIn(Environment.DEV), 'Plan');
    const { metricNamespace, signals, logSources } = plan.toMonitoringTarget();

    expect(metricNamespace).toBe('Microsoft.Web/serverfarms');
    expect(logSources).toEqual({});
    expect(signals.map(({ metric, threshold }) => [metric?.metricName, threshold])).toEqual([
      ['CpuPercentage', 80],
      ['MemoryPercentage', 80],
      ['HttpQueueLength', 100],
    ]);
  });

  test('a plan that scales by itself tells when it did', () => {
    const plan = new WebAppPlan(workloadIn(Environment.PROD), 'Plan');

    expect(Object.keys(plan.toMonitoringTarget().logSources)).toEqual(['Autoscale']);
  });
});

describe('fails', () => {
  test.each<[string, Environment, WebAppPlanProps, string]>([
    [
      'too few machines for the zones',
      Environment.PROD,
      { minInstances: 2 },
      "'minInstances' must be at least 3 to span the zones, got 2; or set 'zoneRedundant' to false",
    ],
    [
      'too many machines for the size',
      Environment.PROD,
      { sku: PlanSku.S1, maxInstances: 11 },
      "'maxInstances' must be a whole number from 1 to 10, got 11",
    ],
    [
      'half a machine',
      Environment.PROD,
      { minInstances: 3.5 },
      "'minInstances' must be a whole number from 1 to 30, got 3.5",
    ],
    [
      'scaling on a basic size',
      Environment.DEV,
      { maxInstances: 3 },
      `'sku' must be S1 or better for 'minInstances' and 'maxInstances' to differ and for 'schedules', got "B1"; basic sizes cannot scale by themselves`,
    ],
    [
      'zones on a standard size',
      Environment.PROD,
      { sku: PlanSku.S1, zoneRedundant: true },
      `'sku' must be a premium size to be zone redundant, got "S1"`,
    ],
    [
      'an unknown time zone',
      Environment.PROD,
      { schedules: { night: { ...NIGHT, timeZone: 'Europe/Berlín' } } },
      `'schedules.night.timeZone' must be a time zone such as Europe/Berlin; got "Europe/Berlín"`,
    ],
    [
      'a time that is none',
      Environment.PROD,
      { schedules: { night: { ...NIGHT, from: '24:00' } } },
      `'schedules.night.from' must be a time as HH:MM, got "24:00"`,
    ],
    [
      'a schedule without length',
      Environment.PROD,
      { schedules: { night: { ...NIGHT, to: '20:00' } } },
      `'schedules.night.to' must differ from 'from', got "20:00" twice`,
    ],
    [
      'no days',
      Environment.PROD,
      { schedules: { night: { ...NIGHT, days: [] } } },
      "'schedules.night.days' must name at least one day",
    ],
    [
      'a minimum above the maximum at night',
      Environment.PROD,
      { schedules: { night: { ...NIGHT, minInstances: 5 } } },
      "'schedules.night.minInstances' must not be above 'schedules.night.maxInstances', got 5 and 4",
    ],
    [
      'one machine for several zones at night',
      Environment.PROD,
      { schedules: { night: { ...NIGHT, minInstances: 1 } } },
      "'schedules.night.minInstances' must be at least 2 in a plan that spans zones, got 1; or set 'zoneRedundant' to false",
    ],
    [
      'a reserved key',
      Environment.PROD,
      { schedules: { Default: NIGHT } },
      "'schedules.Default' must be a key of 1 to 60 letters, digits, spaces, '_' or '-', and not 'Default'",
    ],
    [
      'more profiles than Azure takes',
      Environment.PROD,
      {
        schedules: Object.fromEntries(
          [...'0123456789'].map((key) => [key, { ...NIGHT, from: `1${key}:00`, to: `1${key}:30` }]),
        ),
      },
      "'schedules' must be at most 9, because Azure takes 20 profiles; got 10",
    ],
  ])('%s', (_, environment, props, message) => {
    expect(() => planIn(environment, props)).toThrow(`stack/Billing/Plan: ${message}`);
  });

  test('zones where there are none', () => {
    const workload = workloadIn(Environment.PROD, { location: 'ukwest' });

    expect(() => new WebAppPlan(workload, 'Plan', { zoneRedundant: true })).toThrow(
      "stack/Billing/Plan: 'zoneRedundant' must be false in ukwest, which has no availability zones",
    );
  });

  test.each<[string, string, unknown, string]>([
    [
      'at synthesis: a minimum above the maximum',
      'profile.0.capacity.minimum',
      31,
      "the profile \"Default\" must have its 'default' between 'minimum' and 'maximum', got 3, 31 and 30",
    ],
    [
      'at synthesis: a default outside',
      'profile.0.capacity.default',
      1,
      "the profile \"Default\" must have its 'default' between 'minimum' and 'maximum', got 1, 3 and 30",
    ],
    [
      'at synthesis: once and again',
      'profile.1.fixed_date',
      { start: '2026-12-24T00:00:00Z', end: '2026-12-27T00:00:00Z' },
      "the profile \"night\" must have 'fixed_date' or 'recurrence', got both",
    ],
  ])('%s', (_, attribute, value, message) => {
    const workload = workloadIn(Environment.PROD);
    const plan = new WebAppPlan(workload, 'Plan', { schedules: { night: NIGHT } });
    plan.resources.autoscaleSetting!.addOverride(attribute, value);

    expect(() => new Rendered(workload)).toThrow(`stack/Billing/Plan/Autoscale: ${message}\n`);
  });

  test('but limits that Terraform has yet to compute pass', () => {
    const workload = workloadIn(Environment.PROD);
    const limit = new TerraformVariable(workload, 'Limit', { type: 'number' }).numberValue;
    new WebAppPlan(workload, 'Plan', { maxInstances: limit });

    expect(() => new Rendered(workload)).not.toThrow();
  });
});

test('time zones are those of Windows', () => {
  expect(windowsTimeZone('Europe/Berlin')).toBe('W. Europe Standard Time');
  expect(windowsTimeZone('constructor')).toBeUndefined();
  expect(timeZonesLike('Nowhere')).toEqual([]);
});
