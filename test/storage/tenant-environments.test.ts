import { Construct } from 'constructs';
import {
  AgeSince,
  Environment,
  GdprClassification,
  Grant,
  IEncryptionKey,
  IPrincipal,
  StorageReplication,
  TenantIsolation,
} from '../../src';
import { Rendered, workloadIn } from '../support';
import { ACME, filesIn } from './tenant-fixtures';

const ACCOUNT = 'azurerm_storage_account';
const CONTAINER = 'azurerm_storage_container';
const POLICY = 'azurerm_storage_management_policy';

/** A key that is somebody else's. */
class Key extends Construct implements IEncryptionKey {
  public bindEncrypter(service: IPrincipal) {
    const resourceId = '/subscriptions/0/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv/keys/files';
    Grant.once(this, { grantee: service, role: 'Key Vault Crypto Service Encryption User', resourceId });
    const keyUri = 'https://kv.vault.azure.net/keys/files';
    return { keyUri, keyVersionUri: `${keyUri}/0` };
  }
}

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
      depends_on: [expect.stringContaining('time_sleep.Billing_Files_EncryptionRoleWait_')],
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
      'RevokeLinks',
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
