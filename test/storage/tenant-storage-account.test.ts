import { Construct } from 'constructs';
import {
  AgeSince,
  Environment,
  GdprClassification,
  Grant,
  IEncryptionKey,
  IPrincipal,
  ManagedIdentity,
  StorageReplication,
  TenantIsolation,
  TenantStorageAccount,
  TenantStorageAccountProps,
  Workload,
} from '../../src';
import { groupIn, networkIn, Rendered, workloadIn } from '../support';

const ACCOUNT = 'azurerm_storage_account';
const CONTAINER = 'azurerm_storage_container';
const POLICY = 'azurerm_storage_management_policy';
const ROLE = 'azurerm_role_assignment';
const SHARED = '/subscriptions/0/resourceGroups/rg-shared/providers/Microsoft.Storage/storageAccounts/stshared';
const TAGGER =
  '/subscriptions/00000000-0000-0000-0000-000000000002/providers/Microsoft.Authorization/roleDefinitions/00000000-0000-0000-0000-000000000003';

const ACME = { tenants: { acme: {} } };

function filesIn(
  environment: Environment,
  props: TenantStorageAccountProps = ACME,
  workload = workloadIn(environment),
) {
  return { workload, account: new TenantStorageAccount(workload, 'Files', props) };
}

/** A key that is somebody else's. */
class Key extends Construct implements IEncryptionKey {
  public bindEncrypter(service: IPrincipal) {
    const resourceId = '/subscriptions/0/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv/keys/files';
    Grant.once(this, { grantee: service, role: 'Key Vault Crypto Service Encryption User', resourceId });
    const keyUri = 'https://kv.vault.azure.net/keys/files';
    return { keyUri, keyVersionUri: `${keyUri}/0` };
  }
}

describe('defaults', () => {
  test('has no keys, no anonymous readers, no way in, and every version', () => {
    const { workload } = filesIn(Environment.DEV);

    expect(new Rendered(workload).only(ACCOUNT)).toMatchObject({
      name: expect.stringMatching(/^stbillingdev[a-z0-9]+$/),
      account_kind: 'StorageV2',
      account_tier: 'Standard',
      min_tls_version: 'TLS1_2',
      https_traffic_only_enabled: true,
      shared_access_key_enabled: false,
      default_to_oauth_authentication: true,
      local_user_enabled: false,
      sftp_enabled: false,
      allow_nested_items_to_be_public: false,
      cross_tenant_replication_enabled: false,
      allowed_copy_scope: 'AAD',
      infrastructure_encryption_enabled: true,
      public_network_access_enabled: false,
      network_rules: { default_action: 'Deny', bypass: ['AzureServices'] },
      sas_policy: { expiration_period: '00.01:00:00', expiration_action: 'Block' },
      blob_properties: {
        versioning_enabled: true,
        change_feed_enabled: true,
        last_access_time_enabled: true,
        delete_retention_policy: { days: 7 },
        container_delete_retention_policy: { days: 7 },
        restore_policy: { days: 6 },
      },
    });
  });

  test('each tenant has a container, labelled with what is known of it', () => {
    const { workload } = filesIn(Environment.DEV, {
      tenants: { acme: { gdprClassification: GdprClassification.PERSONAL, metadata: { plan: 'gold' } }, globex: {} },
    });

    const rendered = new Rendered(workload);
    expect(rendered.at(CONTAINER, 'Tenant-acme/Resource')).toMatchObject({
      name: 'acme',
      storage_account_id: expect.stringMatching(/^\$\{azurerm_storage_account\.[^.]+\.id\}$/),
      container_access_type: 'private',
      metadata: {
        tenant_id: 'acme',
        tenant_state: 'active',
        environment: 'dev',
        gdpr_classification: 'personal',
        plan: 'gold',
      },
    });
    expect(rendered.at(CONTAINER, 'Tenant-globex/Resource')).not.toHaveProperty('storage_account_name');
  });

  test('blobs stay, earlier versions and snapshots go after 90 days', () => {
    const { workload } = filesIn(Environment.DEV);

    expect(new Rendered(workload).only(POLICY).rule).toEqual([
      {
        name: 'versions90-1',
        enabled: true,
        filters: { blob_types: ['blockBlob'], prefix_match: ['acme/'] },
        actions: {
          snapshot: { delete_after_days_since_creation_greater_than: 90 },
          version: { delete_after_days_since_creation: 90 },
        },
      },
    ]);
  });

  test('without tenants there are no rules, which Azure would refuse', () => {
    const { workload, account } = filesIn(Environment.DEV, {});

    expect(new Rendered(workload).only(POLICY).count).toBe(0);
    account.addTenant('acme');
    expect(new Rendered(workload).only(POLICY)).not.toHaveProperty('count');
  });

  test('is reached from a network, and from nowhere else', () => {
    const workload = workloadIn(Environment.DEV);

    filesIn(Environment.DEV, { ...ACME, network: networkIn(workload) }, workload);

    const rendered = new Rendered(workload);
    expect(rendered.only(ACCOUNT).public_network_access_enabled).toBe(false);
    expect(rendered.only('azurerm_private_endpoint')).toMatchObject({
      private_service_connection: { subresource_names: ['blob'] },
    });
  });

  test('announces itself with what to watch, and tells apps where it is without a secret', () => {
    const workload = workloadIn(Environment.DEV);
    const monitor = jest.fn();
    workload.addWatcher(Object.assign(new Construct(workload, 'Watcher'), { monitor }));

    const { account } = filesIn(Environment.DEV, { ...ACME, storageAccountName: 'stacme' }, workload);

    expect(monitor.mock.calls).toEqual([[account]]);
    const { logSources, metricNamespace, signals } = account.toMonitoringTarget();
    expect(metricNamespace).toBe('Microsoft.Storage/storageAccounts');
    expect(logSources).toEqual({
      Blob: `${account.storageAccountId}/blobServices/default`,
      File: `${account.storageAccountId}/fileServices/default`,
      Queue: `${account.storageAccountId}/queueServices/default`,
      Table: `${account.storageAccountId}/tableServices/default`,
    });
    expect(signals.map(({ key, metric }) => [key, metric?.metricName])).toEqual([
      ['Unavailable', 'Availability'],
      ['Slow', 'SuccessServerLatency'],
      ['Throttled', 'Transactions'],
      ['Denied', 'Transactions'],
    ]);
    expect(account.bindClient(groupIn(workload)).settings).toEqual({
      BLOB_ENDPOINT: 'https://stacme.blob.core.windows.net/',
      SAS_MAX_HOURS: '1',
    });
  });
});

describe('environments', () => {
  test.each`
    environment            | replication | days  | guarded
    ${Environment.DEV}     | ${'ZRS'}    | ${7}  | ${false}
    ${Environment.TEST}    | ${'ZRS'}    | ${7}  | ${false}
    ${Environment.STAGING} | ${'ZRS'}    | ${14} | ${false}
    ${Environment.PREPROD} | ${'ZRS'}    | ${35} | ${false}
    ${Environment.PROD}    | ${'GZRS'}   | ${35} | ${true}
  `('$environment.name: $replication, $days days, guarded: $guarded', ({ environment, replication, days, guarded }) => {
    const { workload } = filesIn(environment);

    const rendered = new Rendered(workload);
    const lifecycle = guarded ? { prevent_destroy: true } : undefined;
    expect(rendered.only(ACCOUNT)).toMatchObject({
      account_replication_type: replication,
      blob_properties: { delete_retention_policy: { days }, restore_policy: { days: days - 1 } },
    });
    expect(rendered.only(ACCOUNT).lifecycle).toEqual(lifecycle);
    expect(rendered.only(CONTAINER).lifecycle).toEqual(lifecycle);
    expect(rendered.all('azurerm_management_lock')).toHaveLength(guarded ? 1 : 0);
    expect(rendered.all('terraform_data')).toHaveLength(guarded ? 1 : 0);
  });

  test('no copy leaves the regions that data may live in', () => {
    const workload = workloadIn(Environment.PROD, { allowedLocations: ['westeurope'] });

    filesIn(Environment.PROD, ACME, workload);

    expect(new Rendered(workload).only(ACCOUNT).account_replication_type).toBe('ZRS');
  });

  test('every one of these has a switch', () => {
    const workload = workloadIn(Environment.PROD);
    const { account } = filesIn(
      Environment.PROD,
      {
        tenants: { acme: {} },
        containerNaming: '{workload}-{environment}-{tenant}',
        allowedIpRules: ['203.0.113.7', '198.51.100.0/24'],
        storageAccountName: 'stacme',
        replication: StorageReplication.RAGRS,
        recoveryDays: 60,
        restoreDays: 0,
        sasHours: 36,
        encryptionKey: new Key(workload, 'Key'),
        defender: { malwareScanGigabytesPerMonth: 100, sensitiveDataDiscovery: false },
        capacityAlertGigabytes: 2,
        deletionProtection: false,
        ignoreChanges: ['tags["patched-by"]'],
      },
      workload,
    );

    const rendered = new Rendered(workload);
    expect(rendered.only(ACCOUNT)).toMatchObject({
      name: 'stacme',
      account_replication_type: 'RAGRS',
      public_network_access_enabled: true,
      network_rules: { ip_rules: ['198.51.100.0/24', '203.0.113.7'] },
      sas_policy: { expiration_period: '01.12:00:00' },
      customer_managed_key: {
        key_vault_key_id: 'https://kv.vault.azure.net/keys/files',
        user_assigned_identity_id: expect.stringContaining('azurerm_user_assigned_identity.'),
      },
      identity: { type: 'UserAssigned' },
      depends_on: [expect.stringContaining('azurerm_role_assignment.')],
      lifecycle: { ignore_changes: ['tags["patched-by"]'] },
    });
    expect(rendered.only(ACCOUNT).blob_properties).not.toHaveProperty('restore_policy');
    expect(rendered.only(CONTAINER).name).toBe('billing-prod-acme');
    expect(rendered.only('azurerm_security_center_storage_defender')).toMatchObject({
      override_subscription_settings_enabled: true,
      malware_scanning_on_upload_enabled: true,
      malware_scanning_on_upload_cap_gb_per_month: 100,
      sensitive_data_discovery_enabled: false,
    });
    expect(rendered.all('azurerm_management_lock')).toEqual([]);
    expect(account.toMonitoringTarget().signals.at(-1)).toMatchObject({
      metric: { metricName: 'UsedCapacity' },
      threshold: 2 * 1024 ** 3,
    });
    expect(account.toRecoverySteps().map(({ key }) => key)).toEqual([
      'RestoreVersion',
      'UndeleteContainer',
      'FailOver',
    ]);
  });

  test('Defender has a cap unless the search for malware is off', () => {
    const rendered = (defender: object) =>
      new Rendered(filesIn(Environment.DEV, { defender }).workload).only('azurerm_security_center_storage_defender');

    expect(rendered({})).toMatchObject({
      malware_scanning_on_upload_enabled: true,
      malware_scanning_on_upload_cap_gb_per_month: 5000,
    });
    const off = rendered({ malwareScanGigabytesPerMonth: 0 });
    expect(off.malware_scanning_on_upload_enabled).toBe(false);
    expect(off).not.toHaveProperty('malware_scanning_on_upload_cap_gb_per_month');
  });

  test('retention settings become rules: versions and snapshots included, tags on blobs only', () => {
    const { workload } = filesIn(Environment.DEV, {
      replication: StorageReplication.LRS,
      retention: {
        coolAfterDays: 30,
        coldAfterDays: 90,
        archiveAfterDays: 180,
        deleteAfterDays: 365,
        versionDays: 100,
        tagged: [{ tags: { gdprClassification: GdprClassification.PERSONAL, jobId: 'import' }, deleteAfterDays: 60 }],
      },
      tenants: {
        globex: {},
        acme: {},
        own: { retention: { coolAfterDays: 1, since: AgeSince.LAST_ACCESS, hotOnAccess: true } },
      },
    });

    const [first, own, ...others] = new Rendered(workload).only(POLICY).rule;
    expect(others).toHaveLength(1);
    expect(own).toMatchObject({
      filters: { prefix_match: ['acme/', 'globex/'] },
      actions: {
        base_blob: {
          tier_to_cool_after_days_since_modification_greater_than: 30,
          tier_to_cold_after_days_since_modification_greater_than: 90,
          tier_to_archive_after_days_since_modification_greater_than: 180,
          delete_after_days_since_modification_greater_than: 365,
        },
        version: {
          change_tier_to_cool_after_days_since_creation: 30,
          tier_to_cold_after_days_since_creation_greater_than: 90,
          delete_after_days_since_creation: 100,
        },
        snapshot: { delete_after_days_since_creation_greater_than: 100 },
      },
    });
    expect(own.actions.version).not.toHaveProperty('change_tier_to_archive_after_days_since_creation');
    expect(others[0]).toMatchObject({
      filters: {
        prefix_match: ['acme/', 'globex/'],
        match_blob_index_tag: [
          { name: 'gdpr_classification', value: 'personal' },
          { name: 'job_id', value: 'import' },
        ],
      },
      actions: { base_blob: { delete_after_days_since_modification_greater_than: 60 } },
    });
    expect(first).toMatchObject({
      filters: { prefix_match: ['own/'] },
      actions: {
        base_blob: {
          tier_to_cool_after_days_since_last_access_time_greater_than: 1,
          auto_tier_to_hot_from_cool_enabled: true,
        },
      },
    });
  });

  test('an account of its own carries the tenant as a tag', () => {
    const { workload } = filesIn(Environment.DEV, { ...ACME, isolation: TenantIsolation.ACCOUNT });

    expect(new Rendered(workload).only(ACCOUNT).tags).toMatchObject({ tenant: 'acme', workload: 'billing' });
  });

  test('tenants that come, go or change places move nobody else', () => {
    const rendered = (...keys: string[]) => {
      const { workload } = filesIn(Environment.PROD, { tenants: Object.fromEntries(keys.map((key) => [key, {}])) });
      return new Rendered(workload);
    };
    const [two, same, three] = [
      rendered('acme', 'globex'),
      rendered('globex', 'acme'),
      rendered('acme', 'new', 'globex'),
    ];

    expect(same.json.resource).toEqual(two.json.resource);
    expect(three.addresses()).toEqual(expect.arrayContaining(two.addresses()));
    expect(three.at(CONTAINER, 'Tenant-globex/Resource')).toEqual(two.at(CONTAINER, 'Tenant-globex/Resource'));
  });
});

describe('grants', () => {
  const owned = (workload: Workload) => new TenantStorageAccount(workload, 'Files', ACME);
  const imported = (workload: Workload) => TenantStorageAccount.fromStorageAccountId(workload, 'Files', SHARED);

  test.each`
    grant               | role
    ${'grantRead'}      | ${'Storage Blob Data Reader'}
    ${'grantReadWrite'} | ${'Storage Blob Data Contributor'}
    ${'grantIssueSas'}  | ${'Storage Blob Delegator'}
  `('$grant gives $role once, on own and imported accounts', ({ grant, role }) => {
    [owned, imported].forEach((define) => {
      const workload = workloadIn(Environment.DEV);
      const account = define(workload);
      const grantee = groupIn(workload);
      const method = grant as 'grantRead';

      account[method](grantee);
      account[method](grantee);

      expect(new Rendered(workload).only(ROLE)).toMatchObject({
        role_definition_name: role,
        principal_id: grantee.principalId,
        scope: define === owned ? expect.stringMatching(/^\$\{azurerm_storage_account\.[^.]+\.id\}$/) : SHARED,
      });
    });
  });

  test.each`
    grant               | role
    ${'grantRead'}      | ${'Storage Blob Data Reader'}
    ${'grantReadWrite'} | ${'Storage Blob Data Contributor'}
  `('$grant of a tenant gives $role on its container', ({ grant, role }) => {
    [owned, imported].forEach((define) => {
      const workload = workloadIn(Environment.DEV);
      const account = define(workload);
      const method = grant as 'grantRead';

      account.tenantNamed('acme')[method](groupIn(workload));
      account.tenantNamed('acme')[method](workload.node.findChild('Group') as unknown as IPrincipal);

      expect(new Rendered(workload).only(ROLE)).toMatchObject({
        role_definition_name: role,
        scope:
          define === owned
            ? expect.stringMatching(/^\$\{azurerm_storage_container\.[^.]+\.id\}$/)
            : `${SHARED}/blobServices/default/containers/acme`,
      });
    });
  });

  test('an imported account makes nothing of its own', () => {
    const workload = workloadIn(Environment.DEV);
    const account = TenantStorageAccount.fromStorageAccountId(workload, 'Files', SHARED, '{environment}-{tenant}');

    const { settings } = account.tenantNamed('acme').bindClient(groupIn(workload));

    expect(account.storageAccountName).toBe('stshared');
    expect(settings).toEqual({ BLOB_ENDPOINT: 'https://stshared.blob.core.windows.net/', CONTAINER: 'dev-acme' });
    expect(account.bindClient(new ManagedIdentity(workload, 'Api')).settings).not.toHaveProperty('SAS_MAX_HOURS');
    const rendered = new Rendered(workload);
    expect([rendered.all(ACCOUNT), rendered.all(CONTAINER), rendered.all(POLICY)]).toEqual([[], [], []]);
  });

  test('by index tags is a condition, in the version that Azure takes, apart from other rights to read', () => {
    const { workload, account } = filesIn(Environment.DEV);
    const grantee = groupIn(workload);
    const tags = { gdprClassification: GdprClassification.NONE, tenantId: 'acme' };

    [tags, { ...tags }, { jobId: '7' }].forEach((one) => account.tenantNamed('acme').grantReadTagged(grantee, one));

    const roles = new Rendered(workload).all(ROLE);
    expect(roles).toHaveLength(2);
    expect(roles[0]).toMatchObject({
      role_definition_name: 'Storage Blob Data Reader',
      condition_version: '2.0',
      condition:
        "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'} AND NOT SubOperationMatches{'Blob.List'})) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags:gdpr_classification<$key_case_sensitive$>] StringEquals 'none' AND @Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags:tenant_id<$key_case_sensitive$>] StringEquals 'acme'))",
    });
  });

  test('to set index tags takes a role of your own', () => {
    const { workload, account } = filesIn(Environment.DEV);

    account.tenantNamed('acme').grantTag(groupIn(workload), TAGGER);

    expect(new Rendered(workload).only(ROLE).role_definition_id).toBe(TAGGER);
  });

  test('no environment gives a right to delete for good', () => {
    const { workload, account } = filesIn(Environment.PROD);
    const grantee = groupIn(workload);
    [account, account.tenantNamed('acme')].forEach((place) => place.bindClient(grantee));
    account.grantIssueSas(grantee);

    const roles = new Rendered(workload).all(ROLE).map(({ role_definition_name: role }) => role);
    expect(roles).not.toContain('Storage Blob Data Owner');
  });
});

describe('escape hatch', () => {
  test('the default children are account and container, typed', () => {
    const { workload, account } = filesIn(Environment.DEV);
    const tenant = account.addTenant('globex');

    account.resources.storageAccount.accessTier = 'Cool';
    tenant.resources.container.metadata = { renamed: 'yes' };

    expect(account.node.defaultChild).toBe(account.resources.storageAccount);
    expect(tenant.node.defaultChild).toBe(tenant.resources.container);
    const rendered = new Rendered(workload);
    expect(rendered.only(ACCOUNT).access_tier).toBe('Cool');
    expect(rendered.at(CONTAINER, 'Tenant-globex/Resource').metadata).toEqual({ renamed: 'yes' });
  });
});
