import { Construct } from 'constructs';
import {
  Environment,
  GdprClassification,
  IPrincipal,
  ManagedIdentity,
  TenantStorageAccount,
  Workload,
} from '../../src';
import { groupIn, networkIn, Rendered, workloadIn } from '../support';
import { ACME, filesIn } from './tenant-fixtures';

const ACCOUNT = 'azurerm_storage_account';
const CONTAINER = 'azurerm_storage_container';
const POLICY = 'azurerm_storage_management_policy';
const ROLE = 'azurerm_role_assignment';
const SHARED = '/subscriptions/0/resourceGroups/rg-shared/providers/Microsoft.Storage/storageAccounts/stshared';
const TAGGER =
  '/subscriptions/00000000-0000-0000-0000-000000000002/providers/Microsoft.Authorization/roleDefinitions/00000000-0000-0000-0000-000000000003';

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
        change_feed_retention_in_days: 7,
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
