import { readFileSync } from 'fs';
import { AzureProviders, Environment, Geography, Workload } from 'azure-platform-constructs';
import { TerraformHclModule, TerraformStack, Testing } from 'cdktf';
import { row } from './row';
import { example, foundationIn, platform, platformIn, Stack } from './synthesized';

const ENVIRONMENTS = ['dev', 'staging', 'prod'] as const;
const SERVER = 'azurerm_postgresql_flexible_server';

row('FND-1', () => {
  const sizes = ENVIRONMENTS.map((environment) => {
    const stack = platformIn(environment);
    const server = stack.at(SERVER, 'Database/Resource');
    const plan = stack.at('azurerm_service_plan', 'Api/Plan/Resource');
    return [
      [plan.sku_name, plan.worker_count, plan.zone_balancing_enabled ?? false],
      [server.sku_name, server.high_availability?.mode, server.geo_redundant_backup_enabled],
      stack.at('azurerm_managed_redis', 'Cache/Resource').sku_name,
      stack.at('azurerm_log_analytics_workspace', 'Observability/Resource').retention_in_days,
    ];
  });
  expect(sizes).toEqual([
    [['B1', 1, false], ['B_Standard_B1ms', undefined, false], 'Balanced_B0', 30],
    [['P0v3', 2, true], ['GP_Standard_D2ds_v5', undefined, false], 'Balanced_B1', 90],
    [['P1v3', 3, true], ['GP_Standard_D2ds_v5', 'ZoneRedundant', true], 'Balanced_B5', 365],
  ]);
  expect(platformIn('prod').at(SERVER, 'Replica-abroad/Resource').location).toBe('northeurope');
  // the table has two more, and teams define their own
  expect([Environment.TEST.name, Environment.PREPROD.name]).toEqual(['test', 'preprod']);
  expect(Environment.PREPROD.profile).toMatchObject({ zoneRedundant: true });
});

row('FND-2', () => {
  const keys = ENVIRONMENTS.map((environment) => {
    const stack = platformIn(environment);
    const foundation = foundationIn(environment);
    const account = foundation.at('azurerm_storage_account', 'Resource');
    const backend = stack.json.terraform.backend.azurerm;
    expect(backend).toMatchObject({
      storage_account_name: account.name,
      container_name: foundation.at('azurerm_storage_container', 'Container').name,
      use_azuread_auth: true,
    });
    expect(account).toMatchObject({
      shared_access_key_enabled: false,
      min_tls_version: 'TLS1_2',
      infrastructure_encryption_enabled: true,
      blob_properties: { versioning_enabled: true, delete_retention_policy: { days: expect.any(Number) } },
      network_rules: { default_action: 'Deny' },
      lifecycle: { prevent_destroy: true },
    });
    expect(foundation.at('azurerm_management_lock', 'Lock')).toMatchObject({
      lock_level: 'CanNotDelete',
      scope: `\${${account.address}.id}`,
    });
    return `${backend.storage_account_name}/${backend.key}`;
  });
  expect(new Set(keys).size).toBe(ENVIRONMENTS.length);
});

row('FND-3', () => {
  const prod = platformIn('prod');
  const names: Array<[string, string, RegExp]> = [
    ['azurerm_resource_group', 'Fundraising/Resource', /^rg-fundraising-prod-\w{6}$/],
    ['azurerm_virtual_network', 'Network/Resource', /^vnet-fundraising-prod-[\w-]{1,44}$/],
    ['azurerm_service_plan', 'Api/Plan/Resource', /^asp-fundraising-prod-[\w-]{1,40}$/],
    ['azurerm_linux_web_app', 'Api/Resource', /^app-fundraising-prod-[a-z0-9-]{1,39}$/],
    ['azurerm_postgresql_flexible_server', 'Database/Resource', /^psql-fundraising-prod-[a-z0-9-]{1,42}$/],
    ['azurerm_key_vault', 'Vault/Resource', /^kv-(?=.{1,21}$)[a-z]+-prod-[a-z0-9]{6}$/],
    ['azurerm_cdn_frontdoor_profile', 'Edge/Resource', /^afd-fundraising-prod-[\w-]{1,70}$/],
    ['azurerm_cdn_frontdoor_firewall_policy', 'Edge/Firewall', /^fdfpfundraisingprod[a-z0-9]{1,109}$/],
    ['azurerm_log_analytics_workspace', 'Observability/Resource', /^log-fundraising-prod-[\w-]{1,43}$/],
    ['azurerm_storage_account', 'FlowLogs/Account', /^st(?=.{1,22}$)fundraisingprod[a-z0-9]+$/],
  ];
  for (const [type, path, form] of names) {
    expect(prod.at(type, path).name).toMatch(form);
    const inAll = ENVIRONMENTS.filter((environment) => Object.keys(platformIn(environment).all(type)).length > 0);
    const all = inAll.flatMap((environment) =>
      Object.values(platformIn(environment).all(type)).map(({ name }) => name),
    );
    expect(new Set(all).size).toBe(all.length);
  }
});

row('FND-4', () => {
  for (const environment of ENVIRONMENTS) {
    const tags = { owner: 'team-fundraising', environment, 'cost-center': '4720', workload: expect.any(String) };
    for (const stack of [platformIn(environment), foundationIn(environment)]) {
      const untagged = stack
        .everything()
        .filter(({ type }) => type.startsWith('azurerm_') && takesTags(type))
        .filter(({ attributes }) => !matches(attributes.tags, tags))
        .map(({ type, path }) => `${type} ${path}`);
      expect(untagged).toEqual([]);
    }
  }
});

row('FND-6', () => {
  for (const environment of ENVIRONMENTS) {
    const regions = platformIn(environment)
      .everything()
      .map(({ attributes }) => attributes.location)
      .filter((location) => location !== undefined);
    expect(new Set(regions)).toEqual(
      new Set(environment === 'prod' ? ['westeurope', 'northeurope', 'global'] : ['westeurope', 'global']),
    );
    const email = platformIn(environment).at('azurerm_communication_service', 'Email/Resource');
    expect(email.data_location).toBe('Europe');
  }
  expect(
    () =>
      new Workload(new TerraformStack(Testing.app(), 'abroad'), 'Fundraising', {
        name: 'fundraising',
        environment: Environment.PROD,
        geography: Geography.EUROPEAN_UNION,
        location: 'eastus',
        owner: 'team-fundraising',
        costCenter: '4720',
      }),
  ).toThrow(/'location' must stay in .*got "eastus"/);
});

row('FND-7', () => {
  const prod = platformIn('prod');
  const kept: Array<[string, string]> = [
    ['azurerm_postgresql_flexible_server', 'Database'],
    ['azurerm_managed_redis', 'Cache'],
    ['azurerm_key_vault', 'Vault'],
    ['azurerm_key_vault', 'Channels'],
    ['azurerm_log_analytics_workspace', 'Observability'],
    ['azurerm_data_protection_backup_vault', 'Backups'],
    ['azurerm_communication_service', 'Email'],
    ['azurerm_dns_zone', 'Zone'],
  ];
  for (const [type, path] of kept) {
    expect(prod.at(type, `${inWorkload(path)}/Resource`).lifecycle.prevent_destroy).toBe(true);
    expect(prod.at('azurerm_management_lock', `${inWorkload(path)}/Lock`)).toMatchObject({
      lock_level: 'CanNotDelete',
      scope: expect.stringContaining(prod.at(type, `${inWorkload(path)}/Resource`).address),
    });
  }
  expect(prod.at('azurerm_key_vault', 'Vault/Resource')).toMatchObject({
    purge_protection_enabled: true,
    soft_delete_retention_days: 90,
  });
  expect(prod.at('azurerm_data_protection_backup_vault', 'Backups/Resource').soft_delete).toBe('AlwaysOn');
  expect(prod.json.provider.azurerm[0].features[0]).toMatchObject({
    resource_group: [{ prevent_deletion_if_contains_resources: true }],
    key_vault: [{ purge_soft_delete_on_destroy: false }],
  });
  // what comes and goes is not in the way of anybody
  expect(platformIn('dev').types).not.toContain('azurerm_management_lock');
});

row('FND-8', () => {
  const addresses = (stack: Stack, domain: string) =>
    stack.everything().map(({ type, path }) => `${type} ${path.split(domain).join('<domain>')}`);
  const dev = addresses(platformIn('dev'), 'dev.example.com');
  const staging = addresses(platformIn('staging'), 'staging.example.com');
  const prod = new Set(addresses(platformIn('prod'), 'example.com'));
  // the workspace has a cap outside of prod, and so an alert on what comes near it
  const only = ['azurerm_monitor_scheduled_query_rules_alert_v2 Fundraising/Observability/Alerts/Ingestion/Resource'];
  expect(staging.filter((address) => !prod.has(address))).toEqual(only);
  // and its database lives on CPU credits there, which somebody has to look at
  const credits = 'azurerm_monitor_metric_alert Fundraising/Observability/Watched/Database/CpuCredits/Resource';
  expect(dev.filter((address) => !prod.has(address))).toEqual([credits, ...only]);
  expect(dev.length).toBeGreaterThan(200);
});

/** The platform itself brings nothing but a registry, so that this is asserted on the example that is about it. */
row('FND-9', () => {
  const prod = example('existing-resources').stack('existing-resources-prod');
  const group = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-legacy';
  expect(prod.types.sort()).toEqual([
    'azurerm_linux_web_app',
    'azurerm_linux_web_app_slot',
    'azurerm_private_endpoint',
    'azurerm_role_assignment',
    'azurerm_storage_account',
  ]);
  expect(prod.at('azurerm_linux_web_app', 'Web/Resource')).toMatchObject({
    resource_group_name: 'rg-legacy',
    service_plan_id: `${group}/providers/Microsoft.Web/serverFarms/asp-legacy`,
    identity: {
      identity_ids: [`${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-legacy`],
    },
    virtual_network_subnet_id: `${group}/providers/Microsoft.Network/virtualNetworks/vnet-legacy/subnets/apps`,
    app_settings: { SMTP_PASSWORD: expect.stringContaining('kv-legacy.vault.azure.net/secrets/smtp-password') },
  });
  const registry = platformIn('prod').at('azurerm_role_assignment', 'Api/Registry/Grant-AcrPull-p5ycwu/Resource');
  expect(registry.scope).toMatch(/resourceGroups\/rg-shared\/.*\/registries\/crfundraising$/);
});

row('FND-10', () => {
  const prod = example('existing-resources').stack('existing-resources-prod');
  const uploads = prod.at('azurerm_storage_account', 'Crm/Uploads');
  expect(uploads).toMatchObject({ resource_group_name: 'rg-legacy', account_replication_type: 'ZRS' });
  expect(prod.at('azurerm_linux_web_app', 'Web/Resource').app_settings.UPLOADS_ENDPOINT).toBe(
    `\${${uploads.address}.primary_blob_endpoint}`,
  );
  // no example needs a module; one in the same stack takes what a workload knows, and is taken
  const stack = new TerraformStack(Testing.app(), 'modules');
  new AzureProviders(stack, 'Providers');
  const { resourceGroupName, location } = new Workload(stack, 'Crm', {
    name: 'crm',
    environment: Environment.DEV,
    location: 'westeurope',
    owner: 'team-crm',
    costCenter: '4714',
  });
  new TerraformHclModule(stack, 'Legacy', {
    source: 'Azure/avm-res-web-site/azurerm',
    variables: { resourceGroupName, location },
  });
  const { module, resource } = JSON.parse(Testing.synth(stack));
  const [groupId] = Object.keys(resource.azurerm_resource_group);
  expect(module.Legacy).toMatchObject({
    source: 'Azure/avm-res-web-site/azurerm',
    location: 'westeurope',
    resourceGroupName: `\${azurerm_resource_group.${groupId}.name}`,
  });
  expect(platform().stackNames.length).toBeGreaterThan(ENVIRONMENTS.length);
});

function inWorkload(path: string): string {
  return `Fundraising/${path}`;
}

/** Whether a type of the provider has tags: its bindings say so. */
function takesTags(type: string): boolean {
  const folder = type.replace('azurerm_', '').replace(/_/g, '-');
  const bindings = require.resolve(`@cdktf/provider-azurerm/lib/${folder}`).replace(/\.js$/, '.d.ts');
  return /readonly tags\?:/.test(readFileSync(bindings, 'utf8').slice(0, 20000));
}

function matches(actual: any, expected: { [name: string]: unknown }): boolean {
  try {
    expect(actual).toMatchObject(expected);
    return true;
  } catch {
    return false;
  }
}
