import { Construct } from 'constructs';
import { Environment, EvidenceStore, Grant, IEncryptionKey, IPrincipal, ManagedIdentity, Workload } from '../../src';
import { groupIn, networkIn, Rendered, workloadIn } from '../support';
import { AUDITS, storeIn, WORKSPACE } from './evidence-fixtures';

const ACCOUNT = 'azurerm_storage_account';
const CONTAINER = 'azurerm_storage_container';
const POLICY = 'azurerm_storage_container_immutability_policy';
const ROLE = 'azurerm_role_assignment';
const SHARED = '/subscriptions/0/resourceGroups/rg-shared/providers/Microsoft.Storage/storageAccounts/stshared';

const APPENDER =
  '/subscriptions/00000000-0000-0000-0000-000000000002/providers/Microsoft.Authorization/roleDefinitions/00000000-0000-0000-0000-000000000003';

/** A key that is somebody else's. */
class Key extends Construct implements IEncryptionKey {
  public bindEncrypter(service: IPrincipal) {
    const resourceId = '/subscriptions/0/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv/keys/evidence';
    Grant.once(this, { grantee: service, role: 'Key Vault Crypto Service Encryption User', resourceId });
    const keyUri = 'https://kv.vault.azure.net/keys/evidence';
    return { keyUri, keyVersionUri: `${keyUri}/0` };
  }
}

describe('defaults', () => {
  test('holds every blob for seven years, unlocked', () => {
    const { workload } = storeIn(Environment.DEV);

    const rendered = new Rendered(workload);
    expect(rendered.only(CONTAINER)).toMatchObject({ name: 'audits', container_access_type: 'private' });
    expect(rendered.only(POLICY)).toMatchObject({
      storage_container_resource_manager_id: expect.stringMatching(/^\$\{azurerm_storage_container\.[^.]+\.id\}$/),
      immutability_period_in_days: 2557,
      protected_append_writes_all_enabled: false,
      locked: false,
    });
  });

  test('has no keys, no anonymous readers, no way in, and every version; nothing is set back', () => {
    const { workload } = storeIn(Environment.DEV);

    const account = new Rendered(workload).only(ACCOUNT);
    expect(account).toMatchObject({
      shared_access_key_enabled: false,
      allow_nested_items_to_be_public: false,
      public_network_access_enabled: false,
      infrastructure_encryption_enabled: true,
      sas_policy: { expiration_action: 'Block' },
      blob_properties: { versioning_enabled: true, delete_retention_policy: { days: 7 } },
    });
    expect(account.blob_properties).not.toHaveProperty('restore_policy');
  });

  test('announces itself with what to watch', () => {
    const workload = workloadIn(Environment.DEV);
    const monitor = jest.fn();
    workload.addWatcher(Object.assign(new Construct(workload, 'Watcher'), { monitor }));

    const { store } = storeIn(Environment.DEV, AUDITS, workload);

    expect(monitor.mock.calls).toEqual([[store]]);
    const { logSources, signals } = store.toMonitoringTarget();
    expect(Object.keys(logSources)).toEqual(['Blob', 'File', 'Queue', 'Table']);
    expect(signals.map(({ key }) => key)).toEqual(['Unavailable', 'Slow', 'Throttled', 'Denied']);
  });

  test('logs every access where it is told to, and then only there', () => {
    const { workload, store } = storeIn(Environment.DEV, { ...AUDITS, auditWorkspaceId: WORKSPACE });

    expect(new Rendered(workload).only('azurerm_monitor_diagnostic_setting')).toMatchObject({
      target_resource_id: expect.stringMatching(/\.id\}\/blobServices\/default$/),
      log_analytics_workspace_id: WORKSPACE,
      enabled_log: [{ category_group: 'audit' }],
    });
    expect(Object.keys(store.toMonitoringTarget().logSources)).toEqual(['File', 'Queue', 'Table']);
  });

  test('logs who reads the copies as well', () => {
    const replicaLocation = 'northeurope';
    const audited = storeIn(Environment.DEV, { ...AUDITS, replicaLocation, auditWorkspaceId: WORKSPACE });
    const watched = storeIn(Environment.DEV, { ...AUDITS, replicaLocation });

    const rendered = new Rendered(audited.workload);
    const [own, copies] = ['AuditLog', 'ReplicaAuditLog'].map((id) =>
      rendered.at('azurerm_monitor_diagnostic_setting', `Evidence/${id}`),
    );
    expect(copies).toEqual({ ...own, target_resource_id: expect.stringMatching(/Replica.+\/blobServices\/default$/) });
    expect(audited.store.resources.replicaAuditLog).toBeDefined();
    expect(Object.keys(audited.store.toMonitoringTarget().logSources)).toEqual(['File', 'Queue', 'Table']);
    const { logSources } = watched.store.toMonitoringTarget();
    expect(Object.keys(logSources)).toEqual(['Blob', 'ReplicaBlob', 'File', 'Queue', 'Table']);
    expect(logSources.ReplicaBlob).toMatch(/\/blobServices\/default$/);
  });
});

describe('environments', () => {
  test.each`
    environment            | replication | guarded
    ${Environment.DEV}     | ${'ZRS'}    | ${false}
    ${Environment.TEST}    | ${'ZRS'}    | ${false}
    ${Environment.STAGING} | ${'ZRS'}    | ${false}
    ${Environment.PREPROD} | ${'ZRS'}    | ${false}
    ${Environment.PROD}    | ${'GZRS'}   | ${true}
  `('$environment.name: $replication, guarded: $guarded', ({ environment, replication, guarded }) => {
    const { workload } = storeIn(environment);

    const rendered = new Rendered(workload);
    expect(rendered.only(ACCOUNT).account_replication_type).toBe(replication);
    [ACCOUNT, CONTAINER, POLICY].forEach((type) =>
      expect(rendered.only(type).lifecycle).toEqual(guarded ? { prevent_destroy: true } : undefined),
    );
    expect(rendered.all('azurerm_management_lock')).toHaveLength(guarded ? 1 : 0);
  });

  test('a region by name has an account of its own, that every container is copied to', () => {
    const workload = workloadIn(Environment.PROD);
    const { store } = storeIn(
      Environment.PROD,
      {
        containers: { audits: {} },
        replicaLocation: 'North Europe',
        allowedIpRules: ['203.0.113.7'],
        encryptionKey: new Key(workload, 'Key'),
      },
      workload,
    );
    store.addContainer('contracts', { retentionDays: 3650 });

    const rendered = new Rendered(workload);
    expect(rendered.at(ACCOUNT, 'Evidence/Resource')).toMatchObject({
      location: 'westeurope',
      account_replication_type: 'ZRS',
      public_network_access_enabled: true,
    });
    expect(rendered.at(ACCOUNT, 'Evidence/Replica/Resource')).toMatchObject({
      location: 'northeurope',
      account_replication_type: 'ZRS',
      public_network_access_enabled: false,
      customer_managed_key: { key_vault_key_id: 'https://kv.vault.azure.net/keys/evidence' },
    });
    expect(rendered.at(POLICY, 'Container-contracts/Replica/Immutability').immutability_period_in_days).toBe(3650);
    const { rules } = rendered.only('azurerm_storage_object_replication');
    expect(rules).toEqual(
      ['audits', 'contracts'].map((name) => ({
        source_container_name: expect.stringContaining(`Container-${name}`),
        destination_container_name: expect.stringContaining(`Container-${name}_Replica`),
        copy_blobs_created_after: 'Everything',
      })),
    );
    const [own, copies] = ['Evidence/Lock', 'Evidence/Replica/Lock'].map((path) =>
      rendered.at('azurerm_management_lock', path),
    );
    expect(own.depends_on).toHaveLength(copies.depends_on.length + 1);
    expect(store.toRecoverySteps().map(({ key }) => key)).toContain('ReadCopies');
  });

  test('without containers nothing is copied, which Azure would refuse', () => {
    const { workload } = storeIn(Environment.DEV, { replicaLocation: 'northeurope' });

    expect(new Rendered(workload).only('azurerm_storage_object_replication').count).toBe(0);
  });

  test('every one of these has a switch', () => {
    const workload = workloadIn(Environment.PROD);
    storeIn(
      Environment.PROD,
      {
        containers: { audits: { retentionDays: 365, appendable: true } },
        network: networkIn(workload),
        storageAccountName: 'stevidence',
        recoveryDays: 90,
        deletionProtection: false,
        ignoreChanges: ['tags["patched-by"]'],
      },
      workload,
    );

    const rendered = new Rendered(workload);
    expect(rendered.only(ACCOUNT)).toMatchObject({
      name: 'stevidence',
      blob_properties: { delete_retention_policy: { days: 90 } },
      lifecycle: { ignore_changes: ['tags["patched-by"]'] },
    });
    expect(rendered.only(POLICY)).toMatchObject({
      immutability_period_in_days: 365,
      protected_append_writes_all_enabled: true,
    });
    expect(rendered.all('azurerm_private_endpoint')).toHaveLength(1);
    expect(rendered.all('azurerm_management_lock')).toEqual([]);
  });

  test('a container that was locked by hand is left alone, and guarded everywhere', () => {
    const { workload } = storeIn(Environment.DEV, { containers: { audits: { locked: true } } });

    const rendered = new Rendered(workload);
    expect(rendered.only(POLICY)).toMatchObject({
      locked: false,
      lifecycle: { prevent_destroy: true, ignore_changes: ['immutability_period_in_days', 'locked'] },
    });
    expect(rendered.only(CONTAINER).lifecycle).toEqual({ prevent_destroy: true });
  });
});

describe('grants', () => {
  const owned = (workload: Workload) => new EvidenceStore(workload, 'Evidence', AUDITS);
  const imported = (workload: Workload) => EvidenceStore.fromStorageAccountId(workload, 'Evidence', SHARED);
  const CONDITION =
    "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete'}) AND !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/move/action'})) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals ''))";

  test.each([owned, imported])('to append never gives the right to delete, on own and imported stores', (define) => {
    const workload = workloadIn(Environment.DEV);
    const store = define(workload);
    const grantee = groupIn(workload);

    store.containerNamed('audits').grantAppend(grantee);
    const { settings } = store.containerNamed('audits').bindClient(grantee);

    expect(new Rendered(workload).only(ROLE)).toMatchObject({
      role_definition_name: 'Storage Blob Data Contributor',
      scope:
        define === owned
          ? expect.stringMatching(/^\$\{azurerm_storage_container\.[^.]+\.id\}$/)
          : `${SHARED}/blobServices/default/containers/audits`,
      condition: CONDITION,
      condition_version: '2.0',
    });
    expect(settings).toEqual({ BLOB_ENDPOINT: store.blobEndpoint, CONTAINER: 'audits' });
  });

  test('to append can be a role of your own, which may delete nothing at all', () => {
    const { workload, store } = storeIn(Environment.DEV);

    store.containerNamed('audits').grantAppend(groupIn(workload), APPENDER);

    const role = new Rendered(workload).only(ROLE);
    expect(role.role_definition_id).toBe(APPENDER);
    expect(role).not.toHaveProperty('condition');
  });

  test('to read is given once, for a container or for all', () => {
    const { workload, store } = storeIn(Environment.DEV);
    const grantee = groupIn(workload);

    [1, 2].forEach(() => {
      store.grantRead(grantee);
      store.containerNamed('audits').grantRead(grantee);
    });

    const roles = new Rendered(workload).all(ROLE);
    expect(roles.map(({ role_definition_name: role }) => role)).toEqual(Array(2).fill('Storage Blob Data Reader'));
  });

  test('an imported store makes nothing of its own', () => {
    const workload = workloadIn(Environment.DEV);
    imported(workload).containerNamed('audits').grantRead(new ManagedIdentity(workload, 'Auditor'));

    const rendered = new Rendered(workload);
    expect([rendered.all(ACCOUNT), rendered.all(CONTAINER), rendered.all(POLICY)]).toEqual([[], [], []]);
  });
});

describe('escape hatch', () => {
  test('the default children are account and container, typed', () => {
    const { workload, store } = storeIn(Environment.DEV);
    const [audits] = store.containers;

    audits.resources.immutabilityPolicy.immutabilityPeriodInDays = 10;

    expect(store.node.defaultChild).toBe(store.resources.storageAccount);
    expect(audits.node.defaultChild).toBe(audits.resources.container);
    expect(new Rendered(workload).only(POLICY).immutability_period_in_days).toBe(10);
  });
});
