import { TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { AzureState, Environment, Geography, StateAccount, StateAccountProps, Workload } from '../../src';
import { groupIn, networkIn, Rendered, workloadIn } from '../support';

const ACCOUNT = 'azurerm_storage_account';
const RUNNERS = { allowedIpRules: ['203.0.113.7'] };
const SHARED = '/subscriptions/0/resourceGroups/rg-state/providers/Microsoft.Storage/storageAccounts/ststate';

function stateIn(environment: Environment, props: StateAccountProps = RUNNERS, workload = workloadIn(environment)) {
  return { workload, account: new StateAccount(workload, 'State', props) };
}

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
    expect(steps.map(({ key }) => key)).toEqual(['RestoreState', 'UndeleteState', 'UnlockState']);
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

describe('fails', () => {
  const defined = (props: StateAccountProps, workload = workloadIn(Environment.DEV)) =>
    new StateAccount(workload, 'State', props);
  const LITERAL =
    'must be a literal, because Terraform reads the backend before it computes anything; got a value that Terraform has yet to compute';

  test('when nobody would reach it', () => {
    const error = new Error(
      "stack/Billing/State: one of 'network' and 'allowedIpRules' must say who reaches the account, or nothing could run Terraform with it: give a network that the runners sit in, or the public addresses that they come from",
    );
    expect(() => defined({})).toThrow(error);
    expect(() => defined({ allowedIpRules: [] })).toThrow(error);
  });

  test('with every problem at once', () => {
    expect(() =>
      defined({
        storageAccountName: 'State-Account',
        allowedIpRules: ['0.0.0.0/0', '192.168.0.0/16', '198.51.100.7/24', '203.0.113.7/32'],
        containerName: '$web',
        recoveryDays: 3,
        versionDays: 0,
      }),
    ).toThrow(
      new Error(
        [
          `stack/Billing/State: 'storageAccountName' must be 3 to 24 lower-case letters or digits; got "State-Account"`,
          `'allowedIpRules' must be IPv4 addresses, or networks from /16 to /30, got "0.0.0.0/0"`,
          `'allowedIpRules' must be public addresses, got "192.168.0.0/16"; what is private comes in through 'network'`,
          `'allowedIpRules' must name a network by its first address, 198.51.100.0/24, got "198.51.100.7/24"`,
          `'allowedIpRules' must be IPv4 addresses, or networks from /16 to /30, got "203.0.113.7/32"`,
          `'containerName' must have 3 to 63 lower-case letters, digits or single hyphens between them, got "$web"`,
          "'recoveryDays' must be a whole number from 7 to 365, got 3",
          "'versionDays' must be a whole number from 7 to 3650, got 0",
        ].join('; '),
      ),
    );
  });

  test('with what Terraform has yet to compute, where it reads the state first', () => {
    const workload = workloadIn(Environment.DEV);
    const token = new TerraformVariable(workload, 'Name', { type: 'string' }).stringValue;

    expect(() => defined({ allowedIpRules: [token], containerName: token }, workload)).toThrow(
      new Error(
        `stack/Billing/State: 'allowedIpRules' must be literals, because what a firewall lets in is checked at synthesis; got a value that Terraform has yet to compute; 'containerName' ${LITERAL}`,
      ),
    );
    expect(() => StateAccount.fromStorageAccountId(workload, 'Shared', token)).toThrow(
      new Error(`stack/Billing/Shared: 'storageAccountId' ${LITERAL}`),
    );
  });

  test('to refer to what is no storage account', () => {
    const workload = workloadIn(Environment.DEV);

    expect(() => StateAccount.fromStorageAccountId(workload, 'Shared', 'ststate', 'T')).toThrow(
      new Error(
        `stack/Billing/Shared: 'storageAccountId' must be '/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Storage/storageAccounts/<name>', got "ststate"; 'containerName' must have 3 to 63 lower-case letters, digits or single hyphens between them, got "T"`,
      ),
    );
  });

  test('without an organization', () => {
    const workload = workloadIn(Environment.DEV, { organization: undefined });

    expect(() => defined(RUNNERS, workload)).toThrow(
      new Error(
        `stack/Billing/State: names of azurerm_storage_account are unique in all of Azure: give the workload "stack/Billing" an 'organization', a literal that no other organization uses, e.g. your domain or subscription id`,
      ),
    );
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
