import { TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { Environment, SecretVault, SecretVaultProps, VaultSku } from '../../src';
import { groupIn, networkIn, Rendered, workloadIn } from '../support';

const WORKSPACE = '/subscriptions/0/resourceGroups/rg-shared/providers/Microsoft.OperationalInsights/workspaces/log';

function vaultIn(environment: Environment, props: SecretVaultProps = {}) {
  const workload = workloadIn(environment);
  return { workload, vault: new SecretVault(workload, 'Vault', props) };
}

describe('defaults', () => {
  test('is private, by role, recoverable, and written to by nobody', () => {
    const { workload } = vaultIn(Environment.DEV);

    const rendered = new Rendered(workload);
    expect(rendered.only('azurerm_key_vault')).toMatchObject({
      name: expect.stringMatching(/^kv-billing-dev-[a-z0-9-]+$/),
      tenant_id: expect.stringContaining('data.azurerm_client_config'),
      rbac_authorization_enabled: true,
      soft_delete_retention_days: 90,
      public_network_access_enabled: false,
      network_acls: { default_action: 'Deny', bypass: 'AzureServices' },
      enabled_for_deployment: false,
      enabled_for_disk_encryption: false,
      enabled_for_template_deployment: false,
    });
    expect(rendered.addresses().map((address) => address.split('.')[0])).toEqual([
      'azurerm_eventgrid_system_topic',
      'azurerm_key_vault',
      'azurerm_resource_group',
    ]);
  });

  test('what expires is told through Event Grid, unless that is switched off', () => {
    const { workload } = vaultIn(Environment.DEV);
    const quiet = vaultIn(Environment.DEV, { nearExpiryEvents: false });

    expect(new Rendered(workload).only('azurerm_eventgrid_system_topic')).toMatchObject({
      source_resource_id: expect.stringMatching(/^\$\{azurerm_key_vault\.[^.]+\.id\}$/),
      topic_type: 'Microsoft.KeyVault.vaults',
      location: 'westeurope',
    });
    expect(new Rendered(quiet.workload).all('azurerm_eventgrid_system_topic')).toEqual([]);
  });

  test('an endpoint in a network', () => {
    const workload = workloadIn(Environment.DEV);
    const network = networkIn(workload);

    new SecretVault(workload, 'Vault', { network });

    const rendered = new Rendered(workload);
    expect(rendered.only('azurerm_private_endpoint')).toMatchObject({
      subnet_id: network.endpointSubnetId,
      private_service_connection: { subresource_names: ['vault'] },
      private_dns_zone_group: {
        private_dns_zone_ids: [expect.stringMatching(/\/privatelink\.vaultcore\.azure\.net$/)],
      },
    });
    expect(rendered.only('azurerm_key_vault').public_network_access_enabled).toBe(false);
  });

  test('named addresses open the public endpoint to them, whatever their order', () => {
    const [one, other] = [
      ['203.0.113.7', '198.51.100.0/24'],
      ['198.51.100.0/24', '203.0.113.7'],
    ].map((allowedIpRules) => {
      const { workload } = vaultIn(Environment.DEV, { allowedIpRules });
      return new Rendered(workload).only('azurerm_key_vault');
    });

    expect(one).toMatchObject({
      public_network_access_enabled: true,
      network_acls: { default_action: 'Deny', ip_rules: ['198.51.100.0/24', '203.0.113.7'] },
    });
    expect(one).toEqual(other);
  });

  test('every access goes to the audit log of a workspace, and the watchers leave the logs alone', () => {
    const watched = vaultIn(Environment.DEV).vault;
    const { workload, vault } = vaultIn(Environment.DEV, { auditWorkspaceId: WORKSPACE });

    const setting = new Rendered(workload).only('azurerm_monitor_diagnostic_setting');
    expect(setting).toMatchObject({
      name: 'audit',
      log_analytics_workspace_id: WORKSPACE,
      enabled_log: [{ category_group: 'audit' }],
    });
    expect(setting).not.toHaveProperty('log_analytics_destination_type');
    expect(vault.toMonitoringTarget().logSources).toEqual({});
    expect(watched.toMonitoringTarget().logSources).toEqual({ Vault: watched.vaultId });
  });

  test('announces itself with signals that Azure Monitor has', () => {
    const workload = workloadIn(Environment.DEV);
    const monitor = jest.fn();
    workload.addWatcher(Object.assign(new Construct(workload, 'Watcher'), { monitor }));

    const vault = new SecretVault(workload, 'Vault');
    new SecretVault(workload, 'Quiet', { unmonitored: true });

    expect(monitor.mock.calls).toEqual([[vault]]);
    const { metricNamespace, signals } = vault.toMonitoringTarget();
    expect(metricNamespace).toBe('Microsoft.KeyVault/vaults');
    expect(signals.map(({ metric, key }) => metric?.metricName ?? key)).toEqual([
      'Availability',
      'SaturationShoebox',
      'ServiceApiLatency',
      'ServiceApiResult',
      'ServiceApiResult',
      'NearExpiry',
    ]);
    // before the first access neither table is there, and a union of nothing fails
    expect(signals.at(-1)?.query?.query.split('\n').slice(0, 3)).toEqual([
      'union isfuzzy=true AzureDiagnostics, AZKVAuditLogs,',
      '  (datatable(TimeGenerated: datetime, _ResourceId: string, OperationName: string) [])',
      expect.stringMatching(/^\| where _ResourceId =~ "\$\{/),
    ]);
  });

  test('is recovered by its real name', () => {
    const { vault } = vaultIn(Environment.DEV, { vaultName: 'kv-billing' });

    expect(vault.toRecoverySteps()).toMatchObject([
      {
        key: 'RecoverVault',
        commands: ['az keyvault recover --name kv-billing --location westeurope', 'terraform apply'],
      },
    ]);
  });
});

describe('environments', () => {
  test.each`
    environment            | sku           | purge    | locks
    ${Environment.DEV}     | ${'standard'} | ${false} | ${0}
    ${Environment.TEST}    | ${'standard'} | ${false} | ${0}
    ${Environment.STAGING} | ${'standard'} | ${true}  | ${0}
    ${Environment.PREPROD} | ${'premium'}  | ${true}  | ${0}
    ${Environment.PROD}    | ${'premium'}  | ${true}  | ${1}
  `('$environment.name: $sku, purge protection $purge, $locks locks', ({ environment, sku, purge, locks }) => {
    const { workload } = vaultIn(environment);

    const rendered = new Rendered(workload);
    const vault = rendered.only('azurerm_key_vault');
    expect(vault).toMatchObject({ sku_name: sku, purge_protection_enabled: purge });
    expect(vault.lifecycle?.prevent_destroy ?? false).toBe(locks === 1);
    expect(rendered.all('azurerm_management_lock')).toHaveLength(locks);
  });

  test('every one of these has a switch', () => {
    const { workload } = vaultIn(Environment.PROD, {
      sku: VaultSku.STANDARD,
      purgeProtection: false,
      deletionProtection: false,
      ignoreChanges: ['network_acls'],
      tenantId: '00000000-0000-0000-0000-000000000002',
    });

    const rendered = new Rendered(workload);
    expect(rendered.only('azurerm_key_vault')).toMatchObject({
      sku_name: 'standard',
      purge_protection_enabled: false,
      tenant_id: '00000000-0000-0000-0000-000000000002',
      lifecycle: { ignore_changes: ['network_acls'] },
    });
    expect(rendered.all('azurerm_management_lock')).toEqual([]);
    expect(rendered.json.data).toBeUndefined();
  });

  test('the lock comes after everything else in the vault, later grants included', () => {
    const { workload, vault } = vaultIn(Environment.PROD);
    vault.grantReadSecrets(groupIn(workload));
    vault.addKey('cmk');

    expect(new Rendered(workload).only('azurerm_management_lock').depends_on).toEqual([
      expect.stringMatching(/^azurerm_eventgrid_system_topic\./),
      expect.stringMatching(/^azurerm_key_vault\./),
      expect.stringMatching(/^azurerm_key_vault_key\./),
      expect.stringMatching(/^azurerm_role_assignment\./),
      expect.stringMatching(/^time_offset\./),
    ]);
  });
});

describe('fails', () => {
  const defined = (props: SecretVaultProps, workload = workloadIn(Environment.DEV)) =>
    new SecretVault(workload, 'Vault', props);

  test('with every problem at once', () => {
    expect(() =>
      defined({
        vaultName: 'kv--billing',
        allowedIpRules: ['0.0.0.0/0', '10.0.0.4', '203.0.113.9/24', '2001:db8::1'],
        runnerInNetwork: true,
        auditWorkspaceId: 'log',
        tenantId: 'contoso',
      }),
    ).toThrow(
      new Error(
        [
          `stack/Billing/Vault: 'vaultName' must be 3 to 24 letters, digits, or single hyphens between them, a letter first; got "kv--billing"`,
          `'allowedIpRules' must be IPv4 addresses, or networks from /16 to /30, got "0.0.0.0/0"`,
          `'allowedIpRules' must be public addresses, got "10.0.0.4"; what is private comes in through 'network'`,
          `'allowedIpRules' must name a network by its first address, 203.0.113.0/24, got "203.0.113.9/24"`,
          `'allowedIpRules' must be IPv4 addresses, or networks from /16 to /30, got "2001:db8::1"`,
          `'runnerInNetwork' must come with the 'network' that the vault has its endpoint in`,
          `'auditWorkspaceId' must be the Azure resource id of a Log Analytics workspace, got "log"`,
          `'tenantId' must be a GUID, got "contoso"`,
        ].join('; '),
      ),
    );
  });

  test('when names or addresses come from a token', () => {
    const workload = workloadIn(Environment.DEV);
    const token = new TerraformVariable(workload, 'Name', { type: 'string' }).stringValue;

    expect(() => defined({ vaultName: token, allowedIpRules: [token] }, workload)).toThrow(
      new Error(
        "stack/Billing/Vault: 'vaultName' must be a literal, because the name of azurerm_key_vault is part of host names and of other names; got a value that Terraform has yet to compute; 'allowedIpRules' must be literals, because what a firewall lets in is checked at synthesis; got a value that Terraform has yet to compute",
      ),
    );
  });

  test('ids that Terraform has yet to compute are let through', () => {
    const workload = workloadIn(Environment.DEV);
    const token = new TerraformVariable(workload, 'Id', { type: 'string' }).stringValue;

    expect(() => defined({ auditWorkspaceId: token, tenantId: token }, workload)).not.toThrow();
  });

  test('without an organization', () => {
    expect(() => defined({}, workloadIn(Environment.DEV, { organization: undefined }))).toThrow(
      new Error(
        `stack/Billing/Vault: names of azurerm_key_vault are unique in all of Azure: give the workload "stack/Billing" an 'organization', a literal that no other organization uses, e.g. your domain or subscription id`,
      ),
    );
  });

  test('to refer to what is no vault, and to what is no name of a secret', () => {
    const workload = workloadIn(Environment.DEV);

    expect(() => SecretVault.fromVaultId(workload, 'Shared', 'kv-shared')).toThrow(
      new Error(
        `stack/Billing/Shared: 'vaultId' must be '/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.KeyVault/vaults/<name>', got "kv-shared"`,
      ),
    );
    expect(() => defined({}, workload).secretNamed('api_key')).toThrow(
      new Error(`stack/Billing/Vault: 'name' must have 1 to 127 letters, digits or hyphens, got "api_key"`),
    );
  });
});

describe('escape hatch', () => {
  test('the default child is the vault, typed', () => {
    const { workload, vault } = vaultIn(Environment.DEV);

    vault.resources.vault.enabledForDiskEncryption = true;

    expect(vault.node.defaultChild).toBe(vault.resources.vault);
    expect(new Rendered(workload).only('azurerm_key_vault').enabled_for_disk_encryption).toBe(true);
  });
});
