import { Construct } from 'constructs';
import { AzureState, Environment, Geography, StateAccount, Workload } from '../../src';
import { groupIn, networkIn, Rendered, workloadIn } from '../support';
import { RUNNERS, stateIn } from './state-fixtures';

const ACCOUNT = 'azurerm_storage_account';
const SHARED = '/subscriptions/0/resourceGroups/rg-state/providers/Microsoft.Storage/storageAccounts/ststate';

describe('defaults', () => {
  test('has no keys, no anonymous readers, and every version', () => {
    const { workload } = stateIn(Environment.DEV);

    const rendered = new Rendered(workload);
    expect(rendered.only(ACCOUNT)).toMatchObject({
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
      sas_policy: { expiration_period: '00.01:00:00', expiration_action: 'Block' },
      blob_properties: {
        versioning_enabled: true,
        change_feed_enabled: true,
        delete_retention_policy: { days: 30 },
        container_delete_retention_policy: { days: 30 },
      },
    });
    expect(rendered.only('azurerm_storage_container')).toMatchObject({
      name: 'tfstate',
      storage_account_id: expect.stringMatching(/^\$\{azurerm_storage_account\.[^.]+\.id\}$/),
      container_access_type: 'private',
    });
  });

  test('old versions go after a year', () => {
    const { workload } = stateIn(Environment.DEV);

    expect(new Rendered(workload).only('azurerm_storage_management_policy').rule).toEqual([
      {
        name: 'old-versions',
        enabled: true,
        filters: { blob_types: ['blockBlob'], prefix_match: ['tfstate/'] },
        actions: { version: { delete_after_days_since_creation: 365 } },
      },
    ]);
  });

  test('is reached from named addresses, and from nowhere else', () => {
    const allowedIpRules = ['203.0.113.7', '198.51.100.0/24'];
    const { workload } = stateIn(Environment.DEV, { allowedIpRules });

    expect(new Rendered(workload).only(ACCOUNT)).toMatchObject({
      public_network_access_enabled: true,
      network_rules: {
        default_action: 'Deny',
        bypass: ['AzureServices'],
        ip_rules: ['198.51.100.0/24', '203.0.113.7'],
      },
    });
  });

  test('is reached from a network, and from nowhere else', () => {
    const workload = workloadIn(Environment.DEV);

    stateIn(Environment.DEV, { network: networkIn(workload) }, workload);

    const rendered = new Rendered(workload);
    expect(rendered.only(ACCOUNT)).toMatchObject({
      public_network_access_enabled: false,
      network_rules: { default_action: 'Deny' },
    });
    expect(rendered.only('azurerm_private_endpoint')).toMatchObject({
      private_service_connection: { subresource_names: ['blob'] },
    });
  });

  test('is what the state of a stack can be put into', () => {
    const { workload, account } = stateIn(Environment.DEV);
    const { storageAccountName, containerName } = account;

    new AzureState(workload, 'Backend', { environment: Environment.DEV, storageAccountName, containerName });

    const rendered = new Rendered(workload);
    expect(rendered.json.terraform.backend.azurerm).toMatchObject({
      storage_account_name: rendered.only(ACCOUNT).name,
      container_name: 'tfstate',
    });
  });

  test('announces itself, and knows how a state is brought back', () => {
    const workload = workloadIn(Environment.DEV);
    const monitor = jest.fn();
    workload.addWatcher(Object.assign(new Construct(workload, 'Watcher'), { monitor }));

    const { account } = stateIn(Environment.DEV, { ...RUNNERS, storageAccountName: 'ststate' }, workload);

    expect(monitor.mock.calls).toEqual([[account]]);
    const { logSources, signals } = account.toMonitoringTarget();
    expect(logSources).toEqual({ Blob: `${account.storageAccountId}/blobServices/default` });
    expect(signals.map(({ metric }) => metric?.metricName)).toEqual(['Availability', 'Transactions']);
    const steps = account.toRecoverySteps();
    expect(steps.map(({ key }) => key)).toEqual(['RestoreState', 'UndeleteState', 'UnlockState', 'RevokeRoles']);
    expect(steps[1].commands).toEqual([
      'az storage blob undelete --account-name ststate --container-name tfstate --auth-mode login --name "$STATE_KEY"',
    ]);
  });
});

describe('environments', () => {
  test.each`
    environment            | replication | days
    ${Environment.DEV}     | ${'ZRS'}    | ${30}
    ${Environment.TEST}    | ${'ZRS'}    | ${30}
    ${Environment.STAGING} | ${'ZRS'}    | ${30}
    ${Environment.PREPROD} | ${'ZRS'}    | ${35}
    ${Environment.PROD}    | ${'GZRS'}   | ${35}
  `('$environment.name: $replication, $days days, locked', ({ environment, replication, days }) => {
    const { workload } = stateIn(environment);

    const rendered = new Rendered(workload);
    expect(rendered.only(ACCOUNT)).toMatchObject({
      account_replication_type: replication,
      blob_properties: { delete_retention_policy: { days } },
      lifecycle: { prevent_destroy: true },
    });
    expect(rendered.only('azurerm_storage_container').lifecycle).toEqual({ prevent_destroy: true });
    expect(rendered.only('azurerm_management_lock').lock_level).toBe('CanNotDelete');
  });

  test.each`
    location        | props                                      | replication
    ${'westus'}     | ${{}}                                      | ${'GRS'}
    ${'westus'}     | ${{ allowedLocations: ['westus'] }}        | ${'LRS'}
    ${'westeurope'} | ${{ allowedLocations: ['westeurope'] }}    | ${'ZRS'}
    ${'italynorth'} | ${{ geography: Geography.EUROPEAN_UNION }} | ${'ZRS'}
  `(
    'in $location with $props, the best copy that residency allows: $replication',
    ({ location, props, replication }) => {
      const workload = workloadIn(Environment.PROD, { location, ...props });

      stateIn(Environment.PROD, RUNNERS, workload);

      expect(new Rendered(workload).only(ACCOUNT).account_replication_type).toBe(replication);
    },
  );

  test('every one of these has a switch', () => {
    const { workload } = stateIn(Environment.PROD, {
      ...RUNNERS,
      containerName: 'states',
      recoveryDays: 90,
      versionDays: 30,
      deletionProtection: false,
      ignoreChanges: ['network_rules[0].ip_rules'],
    });

    const rendered = new Rendered(workload);
    expect(rendered.only(ACCOUNT)).toMatchObject({
      blob_properties: { delete_retention_policy: { days: 90 } },
      lifecycle: { ignore_changes: ['network_rules[0].ip_rules'] },
    });
    const container = rendered.only('azurerm_storage_container');
    expect([container.name, container.lifecycle]).toEqual(['states', undefined]);
    expect(rendered.all('azurerm_management_lock')).toEqual([]);
  });
});

describe('grants', () => {
  const owned = (workload: Workload) => new StateAccount(workload, 'State', RUNNERS);
  const imported = (workload: Workload) => StateAccount.fromStorageAccountId(workload, 'State', SHARED);

  test.each`
    grant               | role
    ${'grantRead'}      | ${'Storage Blob Data Reader'}
    ${'grantReadWrite'} | ${'Storage Blob Data Contributor'}
  `('$grant gives $role once, on the container of own and imported accounts', ({ grant, role }) => {
    [owned, imported].forEach((define) => {
      const workload = workloadIn(Environment.DEV);
      const account = define(workload);
      const grantee = groupIn(workload);
      const method = grant as 'grantRead';

      account[method](grantee);
      account[method](grantee);

      expect(new Rendered(workload).only('azurerm_role_assignment')).toMatchObject({
        role_definition_name: role,
        principal_id: grantee.principalId,
        scope:
          define === owned
            ? expect.stringMatching(/^\$\{azurerm_storage_container\.[^.]+\.id\}$/)
            : `${SHARED}/blobServices/default/containers/tfstate`,
      });
    });
  });

  test('an imported account tells its name', () => {
    const account = StateAccount.fromStorageAccountId(workloadIn(Environment.DEV), 'State', SHARED, 'states');
    expect([account.storageAccountName, account.containerName]).toEqual(['ststate', 'states']);
  });
});

describe('escape hatch', () => {
  test('the default child is the account, typed', () => {
    const { workload, account } = stateIn(Environment.DEV);

    account.resources.storageAccount.accountReplicationType = 'RAGZRS';

    expect(account.node.defaultChild).toBe(account.resources.storageAccount);
    expect(new Rendered(workload).only(ACCOUNT).account_replication_type).toBe('RAGZRS');
  });
});
