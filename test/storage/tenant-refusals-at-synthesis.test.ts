import { DataAzurermStorageAccountSas } from '@cdktf/provider-azurerm/lib/data-azurerm-storage-account-sas';
import { TerraformStack, Testing } from 'cdktf';
import {
  AgeSince,
  AzureProviders,
  GdprClassification,
  TenantStorageAccount,
  TenantStorageAccountProps,
} from '../../src';
import { groupIn, Rendered, workloadOn } from '../support';
import { defined, error, GUID } from './tenant-fixtures';

/** The sentences of a synthesis that fails. */
function refusals(account: TenantStorageAccount): string[] {
  try {
    Testing.synth(TerraformStack.of(account), true);
  } catch (thrown) {
    return String((thrown as Error).message)
      .split('\n')
      .filter((line) => line.includes('] '))
      .map((line) => line.slice(line.indexOf('] ') + 2));
  }
  return [];
}

describe('what Azure would refuse while Terraform applies, synthesis refuses, whoever wrote it', () => {
  const ACCOUNT: Array<[string, object, string]> = [
    [
      'restore without versions',
      { blob_properties: { versioning_enabled: false } },
      "'blob_properties.restore_policy' takes 'versioning_enabled', or Azure refuses it after it has created the account",
    ],
    [
      'restore without change feed',
      { blob_properties: { change_feed_enabled: false } },
      "'blob_properties.restore_policy' takes 'change_feed_enabled', or Azure refuses it after it has created the account",
    ],
    [
      'restore for as long as deletes are kept',
      { blob_properties: { restore_policy: { days: 7 } } },
      "'blob_properties.restore_policy.days' must be fewer than the days of 'delete_retention_policy', got 7 and 7",
    ],
    [
      'directories and versions',
      { is_hns_enabled: true },
      "'is_hns_enabled' and 'blob_properties.versioning_enabled' exclude each other: an account has directories or versions",
    ],
    [
      'immutability and restore',
      { immutability_policy: { state: 'Unlocked' } },
      "'immutability_policy' and 'blob_properties.restore_policy' exclude each other: what cannot change cannot be set back",
    ],
    [
      'a period of another form',
      { sas_policy: { expiration_period: '1.0:00:00' } },
      "'sas_policy.expiration_period' must be 'DD.HH:MM:SS', got \"1.0:00:00\"",
    ],
    [
      'SFTP without directories',
      { sftp_enabled: true },
      "'sftp_enabled' takes 'is_hns_enabled', which only a new account can have, and which excludes versions",
    ],
    [
      'Premium in two regions',
      { account_tier: 'Premium', account_replication_type: 'GRS' },
      '\'account_replication_type\' must be LRS or ZRS with the tier Premium, got "GRS"',
    ],
    [
      'shares without a cipher for tickets',
      { share_properties: { smb: { versions: ['SMB3.1.1'] } } },
      "'share_properties.smb' takes 'kerberos_ticket_encryption_type', e.g. AES-256: the provider sends an empty text otherwise",
    ],
  ];

  test.each(ACCOUNT)('%s', (_, overrides, sentence) => {
    const account = defined({ tenants: { acme: {} } });
    Object.entries(overrides).forEach(([path, value]) => account.resources.storageAccount.addOverride(path, value));

    expect(refusals(account)).toEqual([sentence]);
  });

  test('immutability without versions, or locked from the start', () => {
    const account = defined({ tenants: { acme: {} }, restoreDays: 0 });
    account.resources.storageAccount.addOverride('immutability_policy', { state: 'Locked' });
    account.resources.storageAccount.addOverride('blob_properties.versioning_enabled', false);

    expect(refusals(account)).toEqual([
      "'immutability_policy' takes 'blob_properties.versioning_enabled', or Azure refuses it after it has created the account",
      "'immutability_policy.state' must not be Locked at creation: create the account with Unlocked, and lock it when you are sure, for there is no way back",
    ]);
  });

  const rule = (actions: object, filters: object = {}) => ({
    name: 'own',
    enabled: true,
    filters: { blob_types: ['blockBlob'], ...filters },
    actions,
  });
  const RULES: Array<[string, object[], string]> = [
    [
      'more than ten prefixes',
      [rule({}, { prefix_match: Array.from({ length: 11 }, (_, i) => `${i}/`) })],
      'lifecycle rule "own" must have at most 10 prefixes, got 11: spread them over several rules',
    ],
    [
      'tags and versions',
      [
        rule(
          { version: { delete_after_days_since_creation: 1 } },
          { match_blob_index_tag: [{ name: 'a', value: 'b' }] },
        ),
      ],
      'lifecycle rule "own" goes by index tags, which versions and snapshots do not have: give those a rule without tags',
    ],
    [
      'two criteria for a tier',
      [
        rule({
          base_blob: {
            tier_to_cool_after_days_since_creation_greater_than: 1,
            tier_to_cool_after_days_since_modification_greater_than: 1,
          },
        }),
      ],
      `lifecycle rule "own" must have one criterion for 'tier_to_cool', got tier_to_cool_after_days_since_modification_greater_than and tier_to_cool_after_days_since_creation_greater_than`,
    ],
    [
      'archive before cool',
      [
        rule({
          base_blob: {
            tier_to_cool_after_days_since_modification_greater_than: 9,
            tier_to_archive_after_days_since_modification_greater_than: 3,
          },
        }),
      ],
      `lifecycle rule "own" must come to 'tier_to_archive' later than to 'tier_to_cool', got 3 and 9 days`,
    ],
    [
      'hot again without the last access',
      [rule({ base_blob: { auto_tier_to_hot_from_cool_enabled: true } })],
      `lifecycle rule "own" moves blobs back to hot, which takes 'tier_to_cool_after_days_since_last_access_time_greater_than'`,
    ],
    [
      'two rules of one name',
      [rule({}), rule({})],
      'lifecycle rules must have different names, got "own" more than once',
    ],
    [
      'a hundred and one rules',
      Array.from({ length: 100 }, (_, i) => ({ ...rule({}), name: `rule${i}` })),
      '101 lifecycle rules on an account, of 100 that Azure takes (as of 2026-07): give more tenants the same retention settings, ten of which share a rule, or put the next tenants into another account',
    ],
  ];

  test.each(RULES)('%s', (_, rules, sentence) => {
    const account = defined({ tenants: { acme: {} } });
    account.resources.lifecyclePolicy.addOverride('rule', rules);

    expect(refusals(account)).toEqual([sentence]);
  });

  test('the last access, where it is not tracked', () => {
    const account = defined({ tenants: { acme: {} }, retention: { coolAfterDays: 3, since: AgeSince.LAST_ACCESS } });
    account.resources.storageAccount.addOverride('blob_properties.last_access_time_enabled', false);

    expect(refusals(account)).toEqual([
      `lifecycle rule "cool3-versions90-since-last-access-1" goes by the last access, which takes 'blob_properties.last_access_time_enabled' on the account`,
    ]);
  });

  test('containers and metadata of other forms', () => {
    const account = defined({});
    const { container } = account.addTenant('acme').resources;
    container.addOverride('name', 'acme--eu');
    container.addOverride('metadata.tenant-id', 'acme');

    expect(refusals(account)).toEqual([
      'the container "acme--eu" must have 3 to 63 lower-case letters, digits or single hyphens between them',
      'the metadata "tenant-id" of the container "acme--eu" must have lower-case letters, digits or underscores, no digit first',
    ]);
  });

  test('a condition in an older language', () => {
    const account = defined({});
    const grant = account
      .addTenant('acme')
      .grantReadTagged(groupIn(account), { gdprClassification: GdprClassification.NONE });
    grant.resources.roleAssignment.conditionVersion = '1.0';

    expect(refusals(account)).toEqual([
      `a role with a 'condition' takes the 'condition_version' 2.0, the only one that Azure still accepts, got "1.0"`,
    ]);
  });

  test('a SAS in the state', () => {
    const account = defined({});
    new DataAzurermStorageAccountSas(account, 'Sas', {
      connectionString: 'x',
      start: '2026-01-01',
      expiry: '2026-01-02',
      permissions: {
        add: false,
        create: false,
        delete: false,
        filter: false,
        list: false,
        process: false,
        read: true,
        tag: false,
        update: false,
        write: false,
      },
      resourceTypes: { container: false, object: true, service: false },
      services: { blob: true, file: false, queue: false, table: false },
    });

    expect(refusals(account)).toEqual([
      'stack/Billing/Files/Sas: azurerm_storage_account_sas writes a SAS into the state, with an account key, which is off: let the app issue SAS in its own name, with grantIssueSas()',
    ]);
  });
});

describe('capacity', () => {
  const addresses = (count: number) =>
    Array.from({ length: count }, (_, i) => `203.0.${Math.floor(i / 250)}.${i % 250}`);
  const retained = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [`tenant-${i}`, { retention: { versionDays: 90 + i } }]),
    );
  const warningsOf = (scope: TenantStorageAccount) => scope.node.metadata.map(({ data }) => String(data));

  test('of IP rules: a warning from 320 on, an error from 401 on', () => {
    const NEXT = "name networks instead of single addresses, or let clients in through 'network'";
    expect(warningsOf(defined({ allowedIpRules: addresses(319) }))).toEqual([]);
    expect(warningsOf(defined({ allowedIpRules: addresses(320) }))).toEqual([
      `320 IP rules on an account, of 400 that Azure takes (as of 2026-07); before that is full, ${NEXT}`,
    ]);
    expect(() => defined({ allowedIpRules: addresses(401) })).toThrow(
      error(`401 IP rules on an account, of 400 that Azure takes (as of 2026-07): ${NEXT}`),
    );
  });

  test('of lifecycle rules: a warning from 80 on', () => {
    const few = defined({ tenants: retained(79) });
    const many = defined({ tenants: retained(80) });
    [few, many].forEach((account) => new Rendered(account));

    expect(warningsOf(few)).toEqual([]);
    expect(warningsOf(many)).toEqual([
      '80 lifecycle rules on an account, of 100 that Azure takes (as of 2026-07); before that is full, give more tenants the same retention settings, ten of which share a rule, or put the next tenants into another account',
    ]);
  });

  describe('of accounts in a region of a subscription', () => {
    function accounts(count: number, props: TenantStorageAccountProps = {}, subscriptionIds = [GUID, GUID]) {
      const app = Testing.app();
      const stacks = subscriptionIds.map((subscriptionId, i) => {
        const stack = new TerraformStack(app, `stamp-${i}`);
        new AzureProviders(stack, 'Providers', { subscriptionId });
        return stack;
      });
      const workloads = stacks.map((stack) => workloadOn(stack, 'Billing'));
      const made = Array.from(
        { length: count },
        (_, i) => new TenantStorageAccount(workloads[i % workloads.length], `Files-${i}`, props),
      );
      return { account: made[0], stack: stacks[0] };
    }
    const validated = ({ stack }: { stack: TerraformStack }) => stack.node.validate();
    const NEXT =
      "have Azure raise the limit, to 500 at most, and say so with 'storageAccountQuota'; or give the next tenants another stamp, in a subscription or region of its own";

    test('250 pass with a warning, over all stacks of a program', () => {
      const full = accounts(250);

      expect(validated(full)).toEqual([]);
      expect(full.stack.node.metadata.map(({ data }) => data)).toContain(
        `250 storage accounts in one region of a subscription, of 250 that Azure takes (as of 2026-07); before that is full, ${NEXT}`,
      );
    });

    test('251 do not, and the error names the next step', () => {
      expect(validated(accounts(251))).toEqual([
        `westeurope: 251 storage accounts in one region of a subscription, of 250 that Azure takes (as of 2026-07): ${NEXT}`,
      ]);
    });

    test('unless Azure raised the limit, or they are in two subscriptions', () => {
      expect(validated(accounts(251, { storageAccountQuota: 500 }))).toEqual([]);
      expect(validated(accounts(251, {}, [GUID, GUID.replace('1', '2')]))).toEqual([]);
    });
  });
});
