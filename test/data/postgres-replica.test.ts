import { Construct } from 'constructs';
import { Environment, ManagedIdentity, ManagedPostgres, PostgresSku, ReplicaOptions, WorkloadProps } from '../../src';
import { Rendered, workloadIn } from '../support';
import { Choices, keyIn, postgresIn, required, SERVER } from './postgres-fixtures';

const { DEV, STAGING, PROD } = Environment;

function replicaIn(
  environment: Environment,
  options: ReplicaOptions = {},
  choices: Choices = {},
  props?: Partial<WorkloadProps>,
) {
  const { workload, postgres } = postgresIn(environment, choices, props);
  return { workload, postgres, replica: postgres.addReplica('copy', options) };
}

describe('defaults', () => {
  test('follows its primary, with its parameters, after they are set, and without backups or standby', () => {
    const { workload, postgres } = replicaIn(STAGING, {}, { parameters: { work_mem: '8192' } });

    const rendered = new Rendered(workload);
    const replica = rendered.at(SERVER, 'Replica-copy/Resource');
    expect(replica).toMatchObject({
      create_mode: 'Replica',
      source_server_id: expect.stringMatching(/^\$\{azurerm_postgresql_flexible_server\.[^}]+\.id\}$/),
      location: 'westeurope',
      sku_name: 'GP_Standard_D2ds_v5',
      storage_mb: 65536,
      auto_grow_enabled: true,
      public_network_access_enabled: false,
      lifecycle: { ignore_changes: ['high_availability[0].standby_availability_zone', 'storage_mb', 'zone'] },
    });
    for (const absent of [
      'backup_retention_days',
      'high_availability',
      'replication_role',
      'authentication',
      'version',
    ]) {
      expect(replica).not.toHaveProperty(absent);
    }
    expect(replica.depends_on).toHaveLength(Object.keys(postgres.resources.parameters).length);
    expect(rendered.at(`${SERVER}_configuration`, 'Replica-copy/Parameter-work_mem').value).toBe('8192');
    expect(rendered.all('azurerm_private_endpoint')).toHaveLength(2);
    expect(rendered.all(`${SERVER}_virtual_endpoint`)).toEqual([]);
  });

  test('announces itself, and tells how far it is behind', () => {
    const workload = workloadIn(STAGING);
    const monitor = jest.fn();
    workload.addWatcher(Object.assign(new Construct(workload, 'Watcher'), { monitor }));

    const postgres = new ManagedPostgres(workload, 'Database', required(workload));
    const replica = postgres.addReplica('copy');
    postgres.addReplica('quiet', { unmonitored: true });

    expect(monitor.mock.calls).toEqual([[postgres], [replica]]);
    const { resourceId, signals } = replica.toMonitoringTarget();
    expect(resourceId).toBe(replica.serverId);
    expect(signals.find(({ key }) => key === 'Lag')).toMatchObject({
      metric: { metricName: 'physical_replication_delay_in_seconds' },
      threshold: 300,
    });
  });
});

describe('choices', () => {
  test('in another region, encrypted with a key there, larger', () => {
    const workload = workloadIn(PROD);
    const encryption = { key: keyIn(workload, 'Near'), geoBackupKey: keyIn(workload, 'Far') };
    const postgres = new ManagedPostgres(workload, 'Database', { ...required(workload), createOnly: { encryption } });
    postgres.addReplica('abroad', {
      location: 'North Europe',
      encryptionKey: encryption.geoBackupKey,
      sku: PostgresSku.D4DS_V5,
      storageGib: 256,
    });

    const rendered = new Rendered(workload);
    expect(rendered.at(SERVER, 'Replica-abroad/Resource')).toMatchObject({
      location: 'northeurope',
      sku_name: 'GP_Standard_D4ds_v5',
      storage_mb: 262144,
      customer_managed_key: { key_vault_key_id: 'https://kv-far.vault.azure.net/keys/data' },
      lifecycle: { prevent_destroy: true },
    });
    const identity = rendered.at('azurerm_user_assigned_identity', 'Replica-abroad/EncryptionIdentity/Resource');
    expect(identity.location).toBe('northeurope');
    expect(rendered.all('azurerm_management_lock')).toHaveLength(2);
  });

  test('in the region of its primary it takes the key of the primary', () => {
    const workload = workloadIn(STAGING);
    const encryption = { key: keyIn(workload) };
    new ManagedPostgres(workload, 'Database', { ...required(workload), createOnly: { encryption } }).addReplica('copy');

    expect(new Rendered(workload).at(SERVER, 'Replica-copy/Resource').customer_managed_key.key_vault_key_id).toBe(
      'https://kv-key.vault.azure.net/keys/data',
    );
  });

  test('two names that follow a switch of roles', () => {
    const { workload, postgres, replica } = replicaIn(STAGING, { virtualEndpoint: true });

    const { name, ...endpoint } = new Rendered(workload).only(`${SERVER}_virtual_endpoint`);
    expect(endpoint).toMatchObject({
      type: 'ReadWrite',
      source_server_id: expect.stringContaining('Billing_Database_'),
      replica_server_id: expect.stringContaining('Replica-copy'),
      lifecycle: { ignore_changes: ['replica_server_id', 'source_server_id'] },
    });
    expect(replica.writerHost).toBe(`${name}.writer.postgres.database.azure.com`);
    expect(replica.readerHost).toBe(`${name}.reader.postgres.database.azure.com`);
    expect(postgres.toRecoverySteps().map(({ key }) => key)).toContain('SwitchOver-copy');
  });

  test('a promoted one changes in one attribute, and is behind nobody', () => {
    const { workload, replica } = replicaIn(STAGING, { promoted: true });
    replica.resources.server.backupRetentionDays = 14;

    expect(new Rendered(workload).at(SERVER, 'Replica-copy/Resource')).toMatchObject({
      create_mode: 'Replica',
      replication_role: 'None',
      source_server_id: expect.anything(),
    });
    expect(replica.toMonitoringTarget().signals.map(({ key }) => key)).not.toContain('Lag');
  });

  test('unguarded beside a guarded primary, if that is what is said', () => {
    const { workload } = replicaIn(PROD, { deletionProtection: false });

    const rendered = new Rendered(workload);
    expect(rendered.at(SERVER, 'Replica-copy/Resource').lifecycle).not.toHaveProperty('prevent_destroy');
    expect(rendered.all('azurerm_management_lock')).toHaveLength(1);
  });
});

describe('recovery', () => {
  test('prints what to type, with the real names', () => {
    const { postgres } = replicaIn(
      PROD,
      { serverName: 'orders-copy', virtualEndpoint: true },
      { serverName: 'orders' },
      { resourceGroupName: 'rg-orders' },
    );

    expect(Object.fromEntries(postgres.toRecoverySteps().map(({ key, commands }) => [key, commands[0]]))).toEqual({
      RestorePointInTime:
        'az postgres flexible-server restore --resource-group rg-orders --name orders-restored --source-server orders --restore-time "$RESTORE_TIME"',
      FailoverToStandby:
        'az postgres flexible-server restart --resource-group rg-orders --name orders --failover Forced',
      'Promote-copy':
        'az postgres flexible-server replica promote --resource-group rg-orders --name orders-copy --yes --promote-mode Standalone --promote-option Forced',
      'SwitchOver-copy':
        'az postgres flexible-server replica promote --resource-group rg-orders --name orders-copy --yes --promote-mode SwitchOver --promote-option Planned',
      RestoreGeo:
        'az postgres flexible-server geo-restore --resource-group rg-orders --name orders-northeurope --source-server orders --location northeurope',
      RevokeAccess:
        'az lock delete --name no-delete --resource-group rg-orders --resource orders --resource-type Microsoft.DBforPostgreSQL/flexibleServers',
    });
  });
});

describe('grants', () => {
  test('a client reads here, as the same user, on the host of the replica', () => {
    const { workload, postgres, replica } = replicaIn(STAGING);
    const reader = new ManagedIdentity(workload, 'Reports');
    const writer = new ManagedIdentity(workload, 'Api');
    const { userName } = postgres.grantConnect(writer);

    const { settings } = replica.bindClient(reader);
    expect(settings).toMatchObject({ PGHOST: replica.host, PGDATABASE: 'billing' });
    expect(postgres.grantConnect(reader).roleNames).toEqual(['billing_reader']);
    expect(replica.bindClient(writer).settings.PGUSER).toBe(userName);
    expect(postgres.grantConnect(writer).roleNames).toEqual(['billing_writer']);
  });
});

describe('fails', () => {
  test.each<[string, Environment, Choices, ReplicaOptions, string]>([
    [
      'of a burstable size',
      DEV,
      {},
      {},
      "a server of a burstable size has no replicas, got B_Standard_B1ms; give 'sku' of the server a general-purpose size, e.g. D2DS_V5",
    ],
    [
      'smaller than its primary',
      STAGING,
      { sku: PostgresSku.D4DS_V5 },
      { sku: PostgresSku.D2DS_V5 },
      "'sku' must not be smaller than the primary's GP_Standard_D4ds_v5, or the replica cannot follow; got GP_Standard_D2ds_v5",
    ],
    [
      'with less storage',
      STAGING,
      {},
      { storageGib: 32 },
      "'storageGib' must not be less than the 64 of the primary, got 32",
    ],
    [
      'where data may not go',
      STAGING,
      {},
      { location: 'eastus' },
      "'location' must stay in northeurope, westeurope, got \"eastus\"; allow more with 'allowedLocations' or 'geography' on the workload",
    ],
    [
      'with a key beside none',
      STAGING,
      {},
      { encryptionKey: keyIn(workloadIn(DEV)) },
      "'encryptionKey' must be left out, because the primary is encrypted with a key of Azure's",
    ],
    [
      'without a key abroad',
      STAGING,
      { createOnly: { encryption: { key: keyIn(workloadIn(DEV)) } } },
      { location: 'northeurope' },
      "'encryptionKey' must name a key in a vault in northeurope, because the primary is encrypted with one of its own",
    ],
    [
      'injected abroad',
      STAGING,
      { createOnly: { injected: true } },
      { location: 'northeurope' },
      "'network' must lie in northeurope as the injected replica does, got westeurope",
    ],
    [
      'behind before it starts',
      STAGING,
      {},
      { maxLagSeconds: 10 },
      "'maxLagSeconds' must be a whole number from 30 to 86400, got 10",
    ],
  ])('%s', (_, environment, choices, options, message) => {
    const { postgres } = postgresIn(environment, choices);
    expect(() => postgres.addReplica('copy', options)).toThrow(new Error(`stack/Billing/Database: ${message}`));
  });

  test('a key that is taken or none, a second pair of names, and a sixth replica', () => {
    const { postgres } = replicaIn(STAGING, { virtualEndpoint: true });
    const at = 'stack/Billing/Database';

    expect(() => postgres.addReplica('copy')).toThrow(new Error(`${at}: there is a replica "copy" already`));
    expect(() => postgres.addReplica('Copy 2')).toThrow(
      new Error(
        `${at}: 'key' must have 1 to 32 lower-case letters, digits or hyphens, a letter first, in a literal; got "Copy 2"`,
      ),
    );
    expect(() => postgres.addReplica('other', { virtualEndpoint: true })).toThrow(
      new Error(`${at}: 'virtualEndpoint' must be left to one replica of a server`),
    );
    ['b', 'c', 'd', 'e'].forEach((key) => postgres.addReplica(key));
    expect(() => postgres.addReplica('f')).toThrow(
      new Error(`${at}: a server has at most 5 replicas, and this would be one more`),
    );
  });

  test.each<[string, string, unknown, string]>([
    [
      'a standby',
      'high_availability',
      { mode: 'SameZone' },
      "a replica takes no 'high_availability'; give it one once it is a server of its own",
    ],
    [
      'backups',
      'backup_retention_days',
      7,
      "a replica takes neither 'backup_retention_days' nor 'geo_redundant_backup_enabled': backups are taken of its primary",
    ],
  ])('at synthesis: %s of its own', (_, attribute, value, message) => {
    const { workload, replica } = replicaIn(STAGING);
    replica.resources.server.addOverride(attribute, value);

    expect(() => new Rendered(workload)).toThrow(`stack/Billing/Database/Replica-copy/Resource: ${message}`);
  });
});

describe('escape hatch', () => {
  test('reaches the replica, its default child', () => {
    const { workload, replica } = replicaIn(STAGING);
    replica.resources.parameters.log_checkpoints.value = 'off';

    expect(replica.node.defaultChild).toBe(replica.resources.server);
    expect(new Rendered(workload).at(`${SERVER}_configuration`, 'Replica-copy/Parameter-log_checkpoints').value).toBe(
      'off',
    );
  });
});
