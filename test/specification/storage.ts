import { Environment, TenantStorageAccount, Workload } from 'azure-platform-constructs';
import { TerraformStack, Testing } from 'cdktf';
import { row } from './row';
import { example, Stack } from './synthesized';

const ACCOUNT = 'azurerm_storage_account';
const CONTAINER = 'azurerm_storage_container';

/** The platform has no storage of its own: the examples that are about storage stand in for it. */
function tenants(environment: 'dev' | 'staging' | 'prod' = 'prod'): Stack {
  return example('data-quality-saas').stack(`data-quality-saas-${environment}`);
}

function evidence(): Stack {
  return example('evidence-store').stack('evidence-store-prod');
}

row('STO-1', () => {
  const account = tenants().at(ACCOUNT, 'Files/Resource');
  for (const tenant of ['acme', 'globex', 'initech']) {
    expect(tenants().at(CONTAINER, `Files/Tenant-${tenant}/Resource`)).toMatchObject({
      name: tenant,
      container_access_type: 'private',
      storage_account_id: `\${${account.address}.id}`,
      metadata: { tenant_id: tenant, environment: 'prod' },
    });
  }
  expect(account).toMatchObject({ public_network_access_enabled: false, allow_nested_items_to_be_public: false });
  const names = (['dev', 'staging', 'prod'] as const).map((name) => tenants(name).at(ACCOUNT, 'Files/Resource').name);
  expect(new Set(names).size).toBe(3);
});

/** Accounts in several zones have no archive tier: cold is the last one there. */
row('STO-2', () => {
  const { rule } = tenants().at('azurerm_storage_management_policy', 'Files/LifecyclePolicy');
  const actionsOf = (tenant: string) =>
    rule.find(({ filters }: any) => filters.prefix_match.includes(`${tenant}/`) && !filters.match_blob_index_tag)
      .actions;
  expect(actionsOf('initech').base_blob).toEqual({
    tier_to_cool_after_days_since_modification_greater_than: 30,
    tier_to_cold_after_days_since_modification_greater_than: 180,
    delete_after_days_since_modification_greater_than: 3650,
  });
  expect(actionsOf('globex').base_blob.delete_after_days_since_modification_greater_than).toBe(365);
  expect(actionsOf('acme').base_blob).toEqual({ delete_after_days_since_modification_greater_than: 90 });
  expect(actionsOf('acme').version.delete_after_days_since_creation).toBe(90);
});

/** Addresses and protocol are in each link, which the runtime helper of the library signs. */
row('STO-3', () => {
  const account = tenants().at(ACCOUNT, 'Files/Resource');
  expect(account).toMatchObject({
    shared_access_key_enabled: false,
    https_traffic_only_enabled: true,
    sas_policy: { expiration_period: '00.01:00:00', expiration_action: 'Block' },
  });
  const identity = tenants().at('azurerm_user_assigned_identity', 'Api/Identity/Resource');
  const delegators = Object.values(tenants().all('azurerm_role_assignment')).filter(
    ({ role_definition_name: role }) => role === 'Storage Blob Delegator',
  );
  expect(delegators).toEqual([
    expect.objectContaining({
      scope: `\${${account.address}.id}`,
      principal_id: `\${${identity.address}.principal_id}`,
    }),
  ]);
});

row('STO-4', () => {
  expect(tenants().at(CONTAINER, 'Files/Tenant-acme/Resource').metadata).toMatchObject({
    tenant_id: 'acme',
    environment: 'prod',
    gdpr_classification: 'personal',
  });
  const { rule } = tenants().at('azurerm_storage_management_policy', 'Files/LifecyclePolicy');
  const tagged = rule.find(({ filters }: any) => filters.match_blob_index_tag);
  expect(tagged.filters).toMatchObject({
    prefix_match: ['initech/'],
    match_blob_index_tag: [{ name: 'gdpr_classification', value: 'special-category' }],
  });
  expect(tagged.actions.base_blob.delete_after_days_since_modification_greater_than).toBe(365);
  const reader = Object.values(tenants().all('azurerm_role_assignment')).find(({ condition }) => condition);
  expect(reader).toMatchObject({
    role_definition_name: 'Storage Blob Data Reader',
    condition_version: '2.0',
    condition: expect.stringMatching(/tags:job_id.*StringEquals/s),
  });
});

row('STO-5', () => {
  const account = evidence().at(ACCOUNT, 'Evidence/Resource');
  expect(account).toMatchObject({ account_replication_type: 'GZRS', lifecycle: { prevent_destroy: true } });
  const immutability = evidence().at(
    'azurerm_storage_container_immutability_policy',
    'Container-deployments/Immutability',
  );
  expect(immutability).toMatchObject({
    // seven years, two of them leap years
    immutability_period_in_days: 2557,
    protected_append_writes_all_enabled: false,
    storage_container_resource_manager_id: evidence().idOf(CONTAINER, 'Container-deployments/Resource'),
  });
  const { condition } = evidence().at(
    'azurerm_role_assignment',
    'Container-deployments/Grant-StorageBlobDataContributor-ymv4zy/Resource',
  );
  expect(condition).toContain('blobs/delete');
});

row('STO-6', () => {
  expect(tenants().at(ACCOUNT, 'Files/Resource').blob_properties).toMatchObject({
    versioning_enabled: true,
    change_feed_enabled: true,
    delete_retention_policy: { days: 35 },
    container_delete_retention_policy: { days: 35 },
    restore_policy: { days: 34 },
  });
  const [defender] = Object.values(tenants().all('azurerm_security_center_storage_defender'));
  expect(defender).toMatchObject({ malware_scanning_on_upload_enabled: true });
  // azurerm 4.55 makes an inventory and then fails, so that it is refused rather than broken
  const stack = new TerraformStack(Testing.app(), 'inventory');
  const workload = new Workload(stack, 'DataQuality', {
    name: 'dataquality',
    environment: Environment.DEV,
    location: 'westeurope',
    owner: 'team-data-quality',
    costCenter: '4714',
  });
  expect(() => new TenantStorageAccount(workload, 'Files', { inventory: true })).toThrow(/issue 31311 of the provider/);
});
