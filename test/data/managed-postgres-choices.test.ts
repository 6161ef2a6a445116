import { Environment, ManagedIdentity, ManagedPostgres, PostgresVersion, PrivateNetwork, SecretVault } from '../../src';
import { Rendered, workloadIn } from '../support';
import { GROUP, keyIn, parametersIn, postgresIn, required, SERVER, SERVER_ID } from './postgres-fixtures';

describe('choices', () => {
  test('injected: in the data subnet, after the link of a zone whose name Azure takes', () => {
    const workload = workloadIn(Environment.PROD);
    const network = new PrivateNetwork(workload, 'Own', { addressSpace: '10.0.0.0/22' });
    new ManagedPostgres(workload, 'Database', { ...required(workload), network, createOnly: { injected: true } });

    const rendered = new Rendered(workload);
    expect(rendered.only(SERVER)).toMatchObject({
      delegated_subnet_id: expect.stringContaining('azurerm_subnet'),
      private_dns_zone_id: expect.stringContaining('azurerm_private_dns_zone'),
      public_network_access_enabled: false,
      depends_on: [expect.stringMatching(/^azurerm_private_dns_zone_virtual_network_link\./)],
    });
    expect(rendered.only('azurerm_private_dns_zone').name).toBe('billing-prod.private.postgres.database.azure.com');
    expect(rendered.all('azurerm_private_endpoint')).toEqual([]);
  });

  test('injected, with a zone that somebody else keeps', () => {
    const privateDnsZoneId = `${GROUP}/Microsoft.Network/privateDnsZones/hub.private.postgres.database.azure.com`;
    const { workload } = postgresIn(Environment.DEV, { createOnly: { injected: true, privateDnsZoneId } });

    expect(new Rendered(workload).only(SERVER).private_dns_zone_id).toBe(privateDnsZoneId);
  });

  test('named addresses open the public endpoint to them, for a reason that is kept', () => {
    const reason = 'break-glass access from the office';
    const { workload } = postgresIn(Environment.DEV, {
      publicAccess: { addresses: ['203.0.113.7', '198.51.100.0/28'], reason },
    });

    const rendered = new Rendered(workload);
    expect(rendered.only(SERVER)).toMatchObject({
      public_network_access_enabled: true,
      tags: { 'public-access-reason': reason, workload: 'billing' },
    });
    expect(rendered.at(`${SERVER}_firewall_rule`, 'Database/Firewall-198.51.100.0-28')).toMatchObject({
      name: 'administrators-198-51-100-0-28',
      start_ip_address: '198.51.100.0',
      end_ip_address: '198.51.100.15',
    });
    expect(rendered.at(`${SERVER}_firewall_rule`, 'Database/Firewall-203.0.113.7')).toMatchObject({
      start_ip_address: '203.0.113.7',
      end_ip_address: '203.0.113.7',
    });
    expect(rendered.all('azurerm_private_endpoint')).toHaveLength(1);
  });

  test('keys of their owner, each under an identity of its region, after their roles', () => {
    const workload = workloadIn(Environment.PROD);
    const encryption = { key: keyIn(workload, 'Near'), geoBackupKey: keyIn(workload, 'Far') };
    new ManagedPostgres(workload, 'Database', { ...required(workload), createOnly: { encryption } });

    const rendered = new Rendered(workload);
    const [near, far] = ['EncryptionIdentity', 'GeoEncryptionIdentity'].map((id) =>
      rendered.at('azurerm_user_assigned_identity', `Database/${id}/Resource`),
    );
    expect([near.location, far.location]).toEqual(['westeurope', 'northeurope']);
    expect(rendered.only(SERVER)).toMatchObject({
      customer_managed_key: {
        key_vault_key_id: 'https://kv-near.vault.azure.net/keys/data',
        primary_user_assigned_identity_id: expect.stringContaining('Database_EncryptionIdentity'),
        geo_backup_key_vault_key_id: 'https://kv-far.vault.azure.net/keys/data',
        geo_backup_user_assigned_identity_id: expect.stringContaining('GeoEncryptionIdentity'),
      },
      identity: { type: 'UserAssigned', identity_ids: [expect.anything(), expect.anything()] },
      depends_on: [expect.stringMatching(/^time_sleep\..*EncryptionRoleWait/)],
    });
    expect(rendered.only('time_sleep').triggers.assignments.match(/azurerm_role_assignment/g)).toHaveLength(2);
  });

  test('a password is read back from the vault, and changes with its version there', () => {
    const workload = workloadIn(Environment.DEV);
    const vault = new SecretVault(workload, 'Vault', { allowedIpRules: ['203.0.113.7'] });
    const passwordSecret = vault.addGeneratedSecret('postgres');
    new ManagedPostgres(workload, 'Database', { ...required(workload), passwordSecret });

    const rendered = new Rendered(workload);
    expect(rendered.only(SERVER)).toMatchObject({
      authentication: { active_directory_auth_enabled: true, password_auth_enabled: true },
      administrator_login: 'dbadmin',
      administrator_password_wo: expect.stringMatching(/^\$\{ephemeral\.azurerm_key_vault_secret\.[^}]+\.value\}$/),
      administrator_password_wo_version: expect.stringMatching(
        /^\$\{azurerm_key_vault_secret\.[^}]+\.value_wo_version\}$/,
      ),
    });
    expect(rendered.only(SERVER)).not.toHaveProperty('administrator_password');
    expect(parametersIn(rendered)).toMatchObject({
      'azure.accepted_password_auth_method': 'scram-sha-256',
      password_encryption: 'scram-sha-256',
    });
  });

  test('a drill starts from a backup, with the databases that are in it', () => {
    const restoreFrom = { serverId: SERVER_ID, pointInTime: '2026-05-04T03:00:00Z' };
    const { workload } = postgresIn(Environment.PROD, { createOnly: { restoreFrom }, deletionProtection: false });

    const rendered = new Rendered(workload);
    expect(rendered.only(SERVER)).toMatchObject({
      create_mode: 'PointInTimeRestore',
      source_server_id: SERVER_ID,
      point_in_time_restore_time_in_utc: '2026-05-04T03:00:00Z',
    });
    expect(rendered.only(SERVER)).not.toHaveProperty('high_availability');
    expect(rendered.all(`${SERVER}_database`)).toEqual([]);
  });

  test('own parameters, extensions and libraries beside the baseline, PgBouncer on request', () => {
    const { workload, postgres } = postgresIn(Environment.STAGING, {
      parameters: { work_mem: '8192', 'logfiles.retention_days': '5' },
      extensions: ['vector', 'citext'],
      preloadLibraries: ['pg_prewarm'],
      pgBouncer: true,
    });
    const { settings } = postgres.bindClient(new ManagedIdentity(workload, 'Worker'));

    expect(parametersIn(new Rendered(workload))).toMatchObject({
      'azure.extensions': 'CITEXT,PGAUDIT,VECTOR',
      'logfiles.retention_days': '5',
      'pgbouncer.enabled': 'true',
      shared_preload_libraries: 'pg_cron,pg_prewarm,pg_stat_statements,pgaudit',
      work_mem: '8192',
    });
    expect(settings.PGPORT).toBe('6432');
  });

  test('PostgreSQL 18 does without what Azure has not for it', () => {
    const { workload } = postgresIn(Environment.DEV, { version: PostgresVersion.V18 });

    const names = Object.keys(parametersIn(new Rendered(workload)));
    expect(names).not.toContain('connection_throttle.enable');
    expect(names).not.toContain('metrics.collector_database_activity');
  });
});
