import { row } from './row';
import { platform, platformIn } from './synthesized';

const SERVER = 'azurerm_postgresql_flexible_server';
const PARAMETER = 'azurerm_postgresql_flexible_server_configuration';
const METRIC_ALERT = 'azurerm_monitor_metric_alert';

row('PG-1', () => {
  const server = (environment: 'dev' | 'staging' | 'prod') => platformIn(environment).at(SERVER, 'Database/Resource');
  expect(server('prod')).toMatchObject({
    version: '17',
    sku_name: 'GP_Standard_D2ds_v5',
    high_availability: { mode: 'ZoneRedundant' },
    auto_grow_enabled: true,
    storage_mb: 131072,
    // failovers move the server, and growth is Azure's: neither is taken back
    lifecycle: { ignore_changes: expect.arrayContaining(['storage_mb', 'zone']) },
  });
  expect(server('staging')).toMatchObject({ sku_name: 'GP_Standard_D2ds_v5', auto_grow_enabled: true });
  expect(server('dev').sku_name).toBe('B_Standard_B1ms');
});

row('PG-2', () => {
  const prod = platformIn('prod');
  const server = prod.at(SERVER, 'Database/Resource');
  expect(server).toMatchObject({ backup_retention_days: 35, geo_redundant_backup_enabled: true });
  const policy = prod.at('azurerm_data_protection_backup_policy_postgresql_flexible_server', 'PostgresPolicy/Resource');
  expect(policy.retention_rule.map((rule: any) => rule.life_cycle[0].duration)).toEqual(['P7Y', 'P12M']);
  const instance = 'azurerm_data_protection_backup_instance_postgresql_flexible_server';
  expect(prod.at(instance, 'Backup-database/Resource')).toMatchObject({
    server_id: `\${${server.address}.id}`,
    backup_policy_id: `\${${policy.address}.id}`,
  });
  expect(platform().file('runbook.md')).toMatch(
    new RegExp(`az postgres flexible-server restore .*${server.name}.*--restore-time`),
  );
});

row('PG-3', () => {
  const prod = platformIn('prod');
  expect(prod.at(SERVER, 'Database/Resource').public_network_access_enabled).toBe(false);
  expect(prod.types).not.toContain('azurerm_postgresql_flexible_server_firewall_rule');
  expect(prod.at('azurerm_private_endpoint', 'Fundraising/Database/PrivateEndpoint/Resource')).toMatchObject({
    subnet_id: expect.stringContaining('Network_Endpoints'),
    private_service_connection: {
      private_connection_resource_id: prod.idOf(SERVER, 'Database/Resource'),
      subresource_names: ['postgresqlServer'],
    },
  });
  const value = (name: string) => {
    const parameter = prod.at(PARAMETER, `Fundraising/Database/Parameter-${name}`);
    expect(parameter.server_id).toBe(prod.idOf(SERVER, 'Database/Resource'));
    return parameter.value;
  };
  expect(value('require_secure_transport')).toBe('on');
  expect(value('log_connections')).toBe('on');
  expect(value('log_disconnections')).toBe('on');
  expect(value('pgaudit.log')).toBe('ddl,role');
  expect(value('shared_preload_libraries')).toContain('pgaudit');
  expect(prod.at('azurerm_linux_web_app', 'Api/Resource').app_settings.DB_PGSSLMODE).toBe('verify-full');
});

row('PG-4', () => {
  const prod = platformIn('prod');
  const server = prod.at(SERVER, 'Database/Resource');
  expect(server.authentication).toMatchObject({ active_directory_auth_enabled: true, password_auth_enabled: false });
  expect(Object.keys(server).filter((name) => /password|login/.test(name))).toEqual([]);
  expect(prod.at(`${SERVER}_active_directory_administrator`, 'Database/Administrator')).toMatchObject({
    server_name: `\${${server.address}.name}`,
    principal_type: 'Group',
    principal_name: 'fundraising-administrators',
  });
  // the app is a role of its own, bound to its identity, by the SQL that the stack puts out
  const { DB_PGUSER: user } = prod.at('azurerm_linux_web_app', 'Api/Resource').app_settings;
  const sql = Object.values<any>(prod.json.output).find(({ description }) =>
    /gives clients their roles/.test(description),
  );
  const identity = prod.at('azurerm_user_assigned_identity', 'Api/Identity/Resource');
  expect(sql.value).toContain(
    `pgaadauth_create_principal_with_oid('${user}', '\${${identity.address}.principal_id}', 'service', false, false)`,
  );
});

row('PG-5', () => {
  const prod = platformIn('prod');
  const replica = prod.at(SERVER, 'Replica-abroad/Resource');
  expect(replica).toMatchObject({
    create_mode: 'Replica',
    source_server_id: prod.idOf(SERVER, 'Database/Resource'),
    location: 'northeurope',
    lifecycle: { prevent_destroy: true },
  });
  expect(prod.at(METRIC_ALERT, 'Database.Replica-abroad/Lag/Resource')).toMatchObject({
    scopes: [`\${${replica.address}.id}`],
    severity: 1,
    criteria: [{ metric_name: 'physical_replication_delay_in_seconds', operator: 'GreaterThan', threshold: 300 }],
  });
  expect(platform().file('runbook.md')).toMatch(
    new RegExp(`az postgres flexible-server replica promote .*--name ${replica.name}`),
  );
});

/** What remains organisational: somebody reads the issues that a drill opens, and says in DRILL_CHECK what data must be there. */
row('PG-6', () => {
  const { name } = platformIn('prod').at(SERVER, 'Database/Resource');
  const restore = drillIn('restore-test', 'restore-test-prod', 'Database/RestoreTest');
  expect(restore).toMatchObject({ MEASURE_RTO_MINUTES: '240', MEASURE_RPO_MINUTES: '15' });
  expect(restore.MEASURE_COMMAND).toContain(`--source-server ${name} --restore-time`);
  expect(restore.MEASURE_COMMAND).toContain('--query state --output tsv)" = Ready');
  expect(restore.MEASURE_COMMAND).toMatch(/trap 'az postgres flexible-server delete .*-drill --yes' EXIT/);
  const promotion = drillIn('drill', 'drill-prod', 'Database/PromotionDrill');
  expect(promotion).toMatchObject({ MEASURE_RTO_MINUTES: '15', MEASURE_RPO_MINUTES: '15' });
  expect(promotion.MEASURE_COMMAND).toContain('replica promote');
});

row('PG-7', () => {
  const { steps, concurrency } = platform().workflow('promotion-api').jobs['deploy-prod'];
  const names = steps.map(({ name }: any) => name);
  const order = ['Back up the database', 'Migrate the database', 'Roll out'].map((name) => names.indexOf(name));
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(order).not.toContain(-1);
  // each step runs only when those before it succeeded
  expect(steps[order[1]]).not.toHaveProperty('continue-on-error');
  expect(steps[order[2]]).not.toHaveProperty('if');
  expect(steps[order[1]].run).toContain('alembic upgrade head');
  expect(concurrency['cancel-in-progress']).toBe(false);
});

/** The platform keeps Azure's key: a key of its own would take a second vault in the paired region, for the copies there. */
row('PG-8', () => {
  const prod = platformIn('prod');
  expect(prod.at(SERVER, 'Database/Resource').maintenance_window).toEqual({
    day_of_week: 0,
    start_hour: 3,
    start_minute: 0,
  });
  const parameter = (name: string) => prod.at(PARAMETER, `Fundraising/Database/Parameter-${name}`).value;
  expect(parameter('log_min_duration_statement')).toBe('2000');
  expect(parameter('pgbouncer.enabled')).toBe('true');
  expect(prod.at('azurerm_linux_web_app', 'Api/Resource').app_settings.DB_PGPORT).toBe('6432');
  // burstable servers have no pool
  expect(platformIn('dev').at('azurerm_linux_web_app', 'Api/Resource').app_settings.DB_PGPORT).toBe('5432');
  const databases = Object.values(prod.all(`${SERVER}_database`));
  expect(databases.map(({ name }) => name)).toEqual(['fundraising', 'reports']);
});

row('RDS-1', () => {
  const prod = platformIn('prod');
  const cache = prod.at('azurerm_managed_redis', 'Cache/Resource');
  expect(cache).toMatchObject({
    // 6 GB; C1 has 1 GB
    sku_name: 'Balanced_B5',
    high_availability_enabled: true,
    public_network_access: 'Disabled',
    default_database: { client_protocol: 'Encrypted', access_keys_authentication_enabled: false },
  });
  expect(
    prod.at('azurerm_private_endpoint', 'Cache/PrivateEndpoint/Resource').private_service_connection,
  ).toMatchObject({
    private_connection_resource_id: `\${${cache.address}.id}`,
    subresource_names: ['redisEnterprise'],
  });
  expect(prod.at('azurerm_linux_web_app', 'Api/Resource').app_settings).toMatchObject({
    CACHE_HOST: `\${${cache.address}.hostname}`,
    CACHE_TLS: 'true',
    CACHE_PORT: '10000',
  });
  const { principal_id: client } = JSON.parse(
    prod
      .at('azurerm_resource_group_template_deployment', 'Cache/Grant-p5ycwu/Resource')
      .parameters_content.replace(/"client":\{"value":"([^"]+)"\}/, '"principal_id":"$1"'),
  );
  expect(client).toBe(`\${${prod.at('azurerm_user_assigned_identity', 'Api/Identity/Resource').address}.principal_id}`);
});

/** Managed Redis writes itself to disk; copies in storage are an export, which the runbook has. */
row('RDS-2', () => {
  const { default_database: database, name } = platformIn('prod').at('azurerm_managed_redis', 'Cache/Resource');
  expect(database.persistence_redis_database_backup_frequency).toBe('1h');
  const runbook = platform().file('runbook.md');
  for (const command of ['export', 'import']) {
    expect(runbook).toMatch(new RegExp(`az redisenterprise database ${command} .*${name}`));
  }
});

/** The environment of the step that measures a drill. */
function drillIn(workflow: string, job: string, drill: string): any {
  const step = platform()
    .workflow(workflow)
    .jobs[job].steps.find(({ env }: any) => env?.MEASURE_NAME?.endsWith(`/Fundraising/${drill}`));
  expect(step?.run).toBe('node .delivery/pipeline/measure.cjs');
  return step.env;
}
