import { Construct } from 'constructs';
import {
  Comparison,
  Environment,
  Weekday,
  ManagedPostgres,
  PostgresHighAvailability,
  PostgresSku,
  PostgresVersion,
} from '../../src';
import { networkIn, Rendered, workloadIn } from '../support';
import { Choices, PARAMETER, parametersIn, postgresIn, required, SERVER } from './postgres-fixtures';

const { DEV, PROD } = Environment;
const TENANT = '00000000-0000-0000-0000-000000000003';

describe('defaults', () => {
  test('is private, known to the directory only, and drifts where it must', () => {
    const { workload } = postgresIn(Environment.DEV);

    const rendered = new Rendered(workload);
    const server = rendered.only(SERVER);
    expect(server).toMatchObject({
      name: expect.stringMatching(/^psql-billing-dev-database-[a-z0-9]{6}$/),
      version: '17',
      auto_grow_enabled: true,
      public_network_access_enabled: false,
      authentication: {
        active_directory_auth_enabled: true,
        password_auth_enabled: false,
        tenant_id: expect.stringContaining('data.azurerm_client_config'),
      },
      maintenance_window: { day_of_week: 0, start_hour: 3, start_minute: 0 },
      lifecycle: { ignore_changes: ['high_availability[0].standby_availability_zone', 'storage_mb', 'zone'] },
    });
    for (const absent of ['administrator_login', 'administrator_password_wo', 'storage_tier', 'zone', 'create_mode']) {
      expect(server).not.toHaveProperty(absent);
    }
    expect(rendered.only(`${SERVER}_active_directory_administrator`)).toMatchObject({
      object_id: '00000000-0000-0000-0000-000000000009',
      principal_name: 'dbas',
      principal_type: 'Group',
      server_name: expect.stringMatching(/^\$\{azurerm_postgresql_flexible_server\..+\.name\}$/),
    });
    expect(rendered.only('azurerm_private_endpoint')).toMatchObject({
      subnet_id: networkIn(workload).endpointSubnetId,
      private_service_connection: { subresource_names: ['postgresqlServer'] },
    });
    expect(rendered.only(`${SERVER}_database`)).toMatchObject({
      name: 'billing',
      collation: 'en_US.utf8',
      charset: 'UTF8',
    });
    expect(rendered.all(`${SERVER}_firewall_rule`)).toEqual([]);
  });

  test('logs, audits and throttles; what is loaded at the start comes first', () => {
    const { workload } = postgresIn(Environment.DEV);

    const rendered = new Rendered(workload);
    expect(parametersIn(rendered)).toEqual({
      'azure.extensions': 'PGAUDIT',
      'connection_throttle.enable': 'on',
      log_checkpoints: 'on',
      log_connections: 'on',
      log_disconnections: 'on',
      'logfiles.retention_days': '7',
      'metrics.collector_database_activity': 'on',
      'pgaudit.log': 'ddl,role',
      require_secure_transport: 'on',
      shared_preload_libraries: 'pg_cron,pg_stat_statements,pgaudit',
      ssl_min_protocol_version: 'TLSv1.2',
    });
    const first = expect.stringContaining('Parameter-shared_preload_libraries');
    const later = rendered.all(PARAMETER).filter(({ name }) => name !== 'shared_preload_libraries');
    expect(later.map(({ depends_on }) => depends_on)).toEqual(later.map(() => [first]));
    expect(rendered.only(`${SERVER}_database`).depends_on).toEqual([first]);
  });

  test('announces itself with signals that Azure Monitor has', () => {
    const workload = workloadIn(Environment.DEV);
    const monitor = jest.fn();
    workload.addWatcher(Object.assign(new Construct(workload, 'Watcher'), { monitor }));

    const postgres = new ManagedPostgres(workload, 'Database', required(workload));
    new ManagedPostgres(workload, 'Quiet', { ...required(workload), unmonitored: true });

    expect(monitor.mock.calls).toEqual([[postgres]]);
    const { metricNamespace, logSources, signals } = postgres.toMonitoringTarget();
    expect(metricNamespace).toBe('Microsoft.DBforPostgreSQL/flexibleServers');
    expect(logSources).toEqual({ Server: postgres.serverId });
    expect(signals.map(({ metric }) => metric?.metricName)).toEqual([
      'is_db_alive',
      'cpu_percent',
      'cpu_credits_remaining',
      'memory_percent',
      'storage_percent',
      'disk_iops_consumed_percentage',
      'active_connections',
      'connections_failed',
      'deadlocks',
    ]);
  });

  test.each`
    sku                    | threshold
    ${PostgresSku.B2S}     | ${10}
    ${PostgresSku.D2DS_V5} | ${undefined}
  `('warns at $threshold CPU credits on $sku.name, since only burstable sizes live on them', ({ sku, threshold }) => {
    const { postgres } = postgresIn(Environment.DEV, { sku });

    const { signals } = postgres.toMonitoringTarget();
    const found = signals.find(({ metric }) => metric?.metricName === 'cpu_credits_remaining');
    expect(found?.threshold).toBe(threshold);
    expect(found?.comparison).toBe(threshold && Comparison.LESS_THAN);
  });

  test.each`
    choices                                        | threshold
    ${{}}                                          | ${40}
    ${{ sku: PostgresSku.D2DS_V5 }}                | ${687}
    ${{ sku: PostgresSku.E8DS_V5 }}                | ${4000}
    ${{ parameters: { max_connections: '200' } }}  | ${160}
    ${{ parameters: { max_connections: '${x}' } }} | ${40}
  `('warns at $threshold connections for $choices', ({ choices, threshold }) => {
    const { postgres } = postgresIn(Environment.DEV, choices);

    const { signals } = postgres.toMonitoringTarget();
    expect(signals.find(({ key }) => key === 'Connections')?.threshold).toBe(threshold);
  });
});

describe('environments', () => {
  test.each`
    environment            | sku                      | gib    | days  | standby            | geo      | guarded
    ${Environment.DEV}     | ${'B_Standard_B1ms'}     | ${32}  | ${7}  | ${undefined}       | ${false} | ${false}
    ${Environment.TEST}    | ${'B_Standard_B1ms'}     | ${32}  | ${7}  | ${undefined}       | ${false} | ${false}
    ${Environment.STAGING} | ${'GP_Standard_D2ds_v5'} | ${64}  | ${14} | ${undefined}       | ${false} | ${false}
    ${Environment.PREPROD} | ${'GP_Standard_D2ds_v5'} | ${128} | ${35} | ${'ZoneRedundant'} | ${false} | ${false}
    ${Environment.PROD}    | ${'GP_Standard_D2ds_v5'} | ${128} | ${35} | ${'ZoneRedundant'} | ${true}  | ${true}
  `(
    '$environment.name: $sku, $days days, standby $standby',
    ({ environment, sku, gib, days, standby, geo, guarded }) => {
      const { workload } = postgresIn(environment);

      const rendered = new Rendered(workload);
      const server = rendered.only(SERVER);
      expect(server).toMatchObject({
        sku_name: sku,
        storage_mb: gib * 1024,
        backup_retention_days: days,
        geo_redundant_backup_enabled: geo,
      });
      expect(server.high_availability?.mode).toBe(standby);
      expect(server.lifecycle.prevent_destroy).toBe(guarded || undefined);
      expect(rendered.only(`${SERVER}_database`).lifecycle?.prevent_destroy).toBe(guarded || undefined);
      expect(rendered.all('azurerm_management_lock')).toHaveLength(guarded ? 1 : 0);
    },
  );

  test.each`
    where                          | props                                                             | standby            | geo
    ${'a region without zones'}    | ${{ location: 'westus', allowedLocations: ['westus', 'eastus'] }} | ${'SameZone'}      | ${true}
    ${'a region without a pair'}   | ${{ location: 'italynorth' }}                                     | ${'ZoneRedundant'} | ${false}
    ${'a pair data may not go to'} | ${{ location: 'westeurope', allowedLocations: ['westeurope'] }}   | ${'ZoneRedundant'} | ${false}
  `('prod in $where: $standby, geo-redundant $geo', ({ props, standby, geo }) => {
    const { workload } = postgresIn(Environment.PROD, {}, props);

    expect(new Rendered(workload).only(SERVER)).toMatchObject({
      high_availability: { mode: standby },
      geo_redundant_backup_enabled: geo,
    });
  });

  test.each<[string, Environment, Choices, string, unknown]>([
    [
      'no geo-redundant backup',
      PROD,
      { createOnly: { geoRedundantBackup: false } },
      'geo_redundant_backup_enabled',
      false,
    ],
    ['no standby', PROD, { highAvailability: PostgresHighAvailability.NONE }, 'high_availability', undefined],
    ['no protection', PROD, { deletionProtection: false }, 'lifecycle.prevent_destroy', undefined],
    ['protection', DEV, { deletionProtection: true }, 'lifecycle.prevent_destroy', true],
    [
      'midnight',
      DEV,
      { maintenance: { day: Weekday.SATURDAY, hour: 0, minute: 0 } },
      'maintenance_window.start_hour',
      0,
    ],
    ['Saturday', DEV, { maintenance: { day: Weekday.SATURDAY, hour: 0 } }, 'maintenance_window.day_of_week', 6],
    ['not injected', PROD, { createOnly: { injected: false } }, 'delegated_subnet_id', undefined],
    ['a week of backups', PROD, { backupDays: 7 }, 'backup_retention_days', 7],
    ['another version', PROD, { version: PostgresVersion.V16 }, 'version', '16'],
    [
      'a near standby',
      Environment.STAGING,
      { highAvailability: PostgresHighAvailability.SAME_ZONE },
      'high_availability.mode',
      'SameZone',
    ],
    ['a zone', PROD, { createOnly: { zone: '1', standbyZone: '2' } }, 'zone', '1'],
    [
      'its standby',
      PROD,
      { createOnly: { zone: '1', standbyZone: '2' } },
      'high_availability.standby_availability_zone',
      '2',
    ],
    ['a directory', PROD, { tenantId: TENANT }, 'authentication.tenant_id', TENANT],
  ])('an answer is an answer: %s', (_, environment, choices, path, expected) => {
    const { workload } = postgresIn(environment, choices);

    const server = new Rendered(workload).only(SERVER);
    expect(path.split('.').reduce((value, key) => value?.[key], server)).toBe(expected);
  });
});

describe('escape hatch', () => {
  test('reaches everything, and the server is the default child', () => {
    const { workload, postgres } = postgresIn(Environment.PROD, { ignoreChanges: ['tags["patched-by"]'] });
    const { server, parameters, deleteLock, administrator, privateEndpoint } = postgres.resources;
    parameters['pgaudit.log'].value = 'ddl,role,write';
    server.backupRetentionDays = 30;

    const rendered = new Rendered(workload);
    expect(postgres.node.defaultChild).toBe(server);
    expect([deleteLock, administrator, privateEndpoint]).not.toContain(undefined);
    expect(rendered.only(SERVER)).toMatchObject({
      backup_retention_days: 30,
      lifecycle: { ignore_changes: expect.arrayContaining(['tags["patched-by"]', 'zone']) },
    });
    expect(parametersIn(rendered)['pgaudit.log']).toBe('ddl,role,write');
  });
});
