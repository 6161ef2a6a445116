import { Environment, PostgresSku, PostgresVersion } from '../../src';
import { Rendered } from '../support';
import { Choices, GROUP, postgresIn } from './postgres-fixtures';

const { DEV } = Environment;

describe('parameters', () => {
  test('of the baseline and of extensions are known, and may be said', () => {
    const parameters = {
      'connection_throttle.enable': 'on',
      'cron.max_running_jobs': '5',
      log_checkpoints: 'off',
      log_connections: 'on',
      log_disconnections: 'on',
      'logfiles.retention_days': '4',
      max_connections: '100',
      'metrics.collector_database_activity': 'off',
      'pgaudit.log': 'ddl,role,write',
      require_secure_transport: 'on',
      ssl_min_protocol_version: 'TLSv1.3',
      TimeZone: 'UTC',
    };
    const { postgres } = postgresIn(DEV, { parameters });

    const set = Object.entries(postgres.resources.parameters).map(([name, { valueInput }]) => [name, valueInput]);
    expect(Object.fromEntries(set)).toMatchObject(parameters);
  });
});

describe('fails', () => {
  test.each<[string, Environment, Choices, string]>([
    [
      'an unknown parameter',
      DEV,
      { parameters: { 'work-mem': '8192' } },
      '\'parameters\' must have names that Azure lets users change, got "work-mem", did you mean work_mem?; one that this library does not know yet can be defined as a resource of its own',
    ],
    [
      'a parameter of nobody',
      DEV,
      { parameters: { 'acme.switch': 'on' } },
      '\'parameters\' must have names that Azure lets users change, got "acme.switch"; one that this library does not know yet can be defined as a resource of its own',
    ],
    [
      'a switch in capitals',
      DEV,
      { parameters: { jit: 'OFF' } },
      '\'parameters\' must have switches in lower case, because every plan would change them otherwise; got "OFF" for jit',
    ],
    [
      'no TLS',
      DEV,
      { parameters: { require_secure_transport: 'off' } },
      '\'parameters\' must leave require_secure_transport at on, because it protects the server; got "off"',
    ],
    [
      'old TLS',
      DEV,
      { parameters: { ssl_min_protocol_version: 'TLSv1' } },
      '\'parameters\' must leave ssl_min_protocol_version at TLSv1.2 or TLSv1.3, because it protects the server; got "TLSv1"',
    ],
    [
      'no audit',
      DEV,
      { parameters: { 'pgaudit.log': 'none' } },
      '\'parameters\' must leave pgaudit.log at a list of what is audited, because it protects the server; got "none"',
    ],
    [
      'a parameter with a prop',
      DEV,
      { parameters: { 'azure.extensions': 'VECTOR' } },
      "'parameters' must not have \"azure.extensions\", which has a prop of its own: use 'extensions'",
    ],
    [
      'throttling that PostgreSQL 18 has not',
      DEV,
      { version: PostgresVersion.V18, parameters: { 'connection_throttle.enable': 'on' } },
      '\'parameters\' must not have "connection_throttle.enable" for PostgreSQL 18, which Azure does not throttle',
    ],
    [
      'an extension in capitals',
      DEV,
      { extensions: ['VECTOR'] },
      '\'extensions\' must have names in lower case, literals, got "VECTOR"',
    ],
  ])('%s', (_, environment, choices, message) => {
    expect(() => postgresIn(environment, choices)).toThrow(new Error(`stack/Billing/Database: ${message}`));
  });
});

/** What only Azure would say, of whatever an escape hatch leaves behind. */
describe('fails at synthesis', () => {
  test.each<[string, Choices, string, unknown, string]>([
    [
      'a standby on a burstable size',
      {},
      'high_availability',
      { mode: 'SameZone' },
      "a burstable size takes no 'high_availability', got B_Standard_B1ms; take a general-purpose size, or no standby",
    ],
    [
      'both in one zone',
      { createOnly: { zone: '1' }, sku: PostgresSku.D2DS_V5 },
      'high_availability',
      { mode: 'ZoneRedundant', standby_availability_zone: '1' },
      '\'high_availability\' must have another zone than the server, got "1" for both',
    ],
    [
      'injected and public',
      { createOnly: { injected: true } },
      'public_network_access_enabled',
      true,
      "'public_network_access_enabled' must be false with a 'delegated_subnet_id', which closes the public endpoint for good",
    ],
    [
      'another suffix',
      { createOnly: { injected: true } },
      'private_dns_zone_id',
      `${GROUP}/Microsoft.Network/privateDnsZones/example.com`,
      '\'private_dns_zone_id\' must name a zone that ends in .postgres.database.azure.com, got "example.com"',
    ],
    [
      'a storage tier',
      {},
      'storage_tier',
      'P10',
      "'storage_tier' must be left out: a disk that has grown by itself no longer has it, and every plan fails then",
    ],
    [
      'no way to sign in',
      {},
      'authentication.active_directory_auth_enabled',
      false,
      "'authentication' must leave one way to sign in, got none; keep 'active_directory_auth_enabled' at true",
    ],
    [
      'no directory',
      {},
      'authentication',
      { active_directory_auth_enabled: true },
      "'authentication' must have the 'tenant_id' of the directory that identities come from",
    ],
    [
      'copies without a key',
      { createOnly: { geoRedundantBackup: true } },
      'customer_managed_key',
      { key_vault_key_id: 'https://kv.vault.azure.net/keys/data' },
      "'customer_managed_key' must have 'geo_backup_key_vault_key_id' and 'geo_backup_user_assigned_identity_id' where backups are geo-redundant",
    ],
  ])('%s', (_, choices, attribute, value, message) => {
    const { workload, postgres } = postgresIn(DEV, choices);
    const { server } = postgres.resources;
    if (attribute === 'authentication') {
      server.putAuthentication({ activeDirectoryAuthEnabled: true });
    } else {
      server.addOverride(attribute, value);
    }

    expect(() => new Rendered(workload)).toThrow(`stack/Billing/Database/Resource: ${message}`);
  });
});
