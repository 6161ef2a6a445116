import { row } from './row';
import { foundationIn, platform, platformIn } from './synthesized';

const QUERY_ALERT = 'azurerm_monitor_scheduled_query_rules_alert_v2';

/** What a key, a signature or a connection string looks like. */
const LOOKS_SECRET = /(AccountKey|SharedAccessKey|Password)=[^;$]|[?&]sig=|BEGIN [A-Z ]*PRIVATE KEY|\bgh[pousr]_\w{20}/;

/** A second vault keeps the addresses of chat channels alone, because Azure's own workflows read those from outside of the network. */
row('SEC-1', () => {
  const names = (['dev', 'staging', 'prod'] as const).map(
    (environment) => platformIn(environment).at('azurerm_key_vault', 'Vault/Resource').name,
  );
  expect(new Set(names).size).toBe(3);
  const prod = platformIn('prod');
  expect(prod.at('azurerm_key_vault', 'Vault/Resource')).toMatchObject({
    rbac_authorization_enabled: true,
    purge_protection_enabled: true,
    soft_delete_retention_days: 90,
    public_network_access_enabled: false,
    network_acls: { default_action: 'Deny' },
  });
  expect(prod.at('azurerm_key_vault', 'Channels/Resource')).toMatchObject({
    rbac_authorization_enabled: true,
    purge_protection_enabled: true,
  });
  // whoever reads a vault reads one secret of it; only the deployers, who write what rotates, have more
  const grants = Object.entries(prod.all('azurerm_role_assignment')).filter(([path]) =>
    /\/(Vault|Channels)\//.test(path),
  );
  const ofOne = grants
    .filter(([, { scope }]) => /\/secrets\/\w|key_vault_secret\./.test(scope))
    .map(([, grant]) => grant);
  expect(ofOne.map((grant) => grant.role_definition_name)).toEqual(Array(5).fill('Key Vault Secrets User'));
  expect(grants.filter(([, grant]) => !ofOne.includes(grant)).map(([, grant]) => grant.role_definition_name)).toEqual([
    'Key Vault Secrets Officer',
  ]);
  expect(prod.at('azurerm_monitor_diagnostic_setting', 'Watched/Vault/Logs-Vault')).toMatchObject({
    target_resource_id: prod.idOf('azurerm_key_vault', 'Vault/Resource'),
    log_analytics_workspace_id: prod.idOf('azurerm_log_analytics_workspace', 'Observability/Resource'),
    // audit: who, what, when
    enabled_log: [{ category_group: 'allLogs' }],
  });
});

row('SEC-2', () => {
  const prod = platformIn('prod');
  const rotation = prod.at('time_rotating', 'Secret-session-key/Rotation');
  expect(rotation.rotation_days).toBe(90);
  expect(prod.at('azurerm_key_vault_secret', 'Secret-session-key/Resource')).toMatchObject({
    value_wo_version: `\${${rotation.address}.unix}`,
    expiration_date: `\${timeadd(${rotation.address}.rotation_rfc3339, "1080h")}`,
  });
  for (const vault of ['Vault', 'Channels']) {
    expect(prod.at(QUERY_ALERT, `Watched/${vault}/NearExpiry/Resource`)).toMatchObject({
      scopes: [prod.idOf('azurerm_log_analytics_workspace', 'Observability/Resource')],
      criteria: [{ query: expect.stringContaining('endswith "NearExpiryEventGridNotification"') }],
    });
    expect(prod.at('azurerm_eventgrid_system_topic', `${vault}/EventTopic`).topic_type).toBe(
      'Microsoft.KeyVault.vaults',
    );
  }
});

/** A log of a pipeline is no generated file; there, whatever is read at run time is masked. */
row('SEC-3', () => {
  const found = platform()
    .texts()
    .filter(([, text]) => LOOKS_SECRET.test(text))
    .map(([file]) => file);
  expect(found).toEqual([]);
  const prod = platformIn('prod');
  const [password] = Object.keys(prod.json.ephemeral.random_password);
  const secret = prod.at('azurerm_key_vault_secret', 'Secret-session-key/Resource');
  expect(secret.value_wo).toBe(`\${ephemeral.random_password.${password}.result}`);
  expect(secret).not.toHaveProperty('value');
  expect(prod.types.filter((type) => /^random_/.test(type))).toEqual([]);
  const migrate = platform()
    .workflow('promotion-api')
    .jobs['deploy-prod'].steps.find(({ name }: any) => name === 'Migrate the database');
  expect(migrate.run).toMatch(/mask "\$PGPASSWORD"/);
});

row('SEC-4', () => {
  for (const environment of ['dev', 'staging', 'prod'] as const) {
    const foundation = foundationIn(environment);
    const credentials = Object.values(foundation.all('azurerm_federated_identity_credential'));
    expect(credentials.length).toBeGreaterThanOrEqual(4);
    for (const credential of credentials) {
      expect(credential).toMatchObject({
        issuer: 'https://token.actions.githubusercontent.com',
        audience: ['api://AzureADTokenExchange'],
        subject: expect.stringMatching(/^repo:example\/fundraising:/),
      });
    }
    expect(foundation.types.filter((type) => /password|application_certificate/.test(type))).toEqual([]);
  }
  const workflow = platform().file('.github/workflows/infrastructure.yml');
  expect(workflow).toContain('ARM_USE_OIDC: true');
  expect(workflow).not.toMatch(/CLIENT_SECRET|secrets\.(?!GITHUB_TOKEN)/);
});
