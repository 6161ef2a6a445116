import { DataAzurermStorageAccountSas } from '@cdktf/provider-azurerm/lib/data-azurerm-storage-account-sas';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  AgeSince,
  AzureProviders,
  Environment,
  GdprClassification,
  StorageReplication,
  TenantIsolation,
  TenantRetention,
  TenantStorageAccount,
  TenantStorageAccountProps,
  WorkloadProps,
} from '../../src';
import { groupIn, Rendered, workloadIn, workloadOn } from '../support';

const GUID = '00000000-0000-0000-0000-000000000001';
const COMPUTED = 'got a value that Terraform has yet to compute';

function defined(props: TenantStorageAccountProps, workload = workloadIn(Environment.DEV)) {
  return new TenantStorageAccount(workload, 'Files', props);
}

const error = (...clauses: string[]) => new Error(`stack/Billing/Files: ${clauses.join('; ')}`);

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

describe('fails', () => {
  test('with every problem of the account at once', () => {
    expect(() =>
      defined({
        storageAccountName: 'St-Acme',
        allowedIpRules: ['0.0.0.0/0', '10.0.0.1'],
        recoveryDays: 3,
        restoreDays: 3,
        sasHours: 169,
        containerNaming: 'files-{region}',
        inventory: true,
        defender: { malwareScanGigabytesPerMonth: -1 },
        capacityAlertGigabytes: 0,
        storageAccountQuota: 600,
        isolation: TenantIsolation.CONTAINER,
      }),
    ).toThrow(
      error(
        `'storageAccountName' must be 3 to 24 lower-case letters or digits; got "St-Acme"`,
        `'allowedIpRules' must be IPv4 addresses, or networks from /16 to /30, got "0.0.0.0/0"`,
        `'allowedIpRules' must be public addresses, got "10.0.0.1"; what is private comes in through 'network'`,
        "'recoveryDays' must be a whole number from 7 to 365, got 3",
        "'restoreDays' must be a whole number from 0 to 2, fewer than 'recoveryDays', got 3",
        "'sasHours' must be a whole number from 1 to 168, got 169",
        `'containerNaming' must have {tenant} in it, or all tenants would share a container, got "files-{region}"`,
        `'containerNaming' must have no other placeholders than {tenant}, {environment} and {workload}, got "files-{region}"`,
        "'inventory' must be left out: azurerm 4.55 creates the policy in Azure, then fails, and replaces it in every plan (issue 31311 of the provider); define it with 'az storage account blob-inventory-policy create' until then",
        "'defender.malwareScanGigabytesPerMonth' must be a whole number from 0 to 100000, got -1",
        "'capacityAlertGigabytes' must be a whole number from 1 to 5000000, got 0",
        "'storageAccountQuota' must be a whole number from 250 to 500, got 600",
      ),
    );
  });

  test.each`
    location        | replication                 | allowed           | clause
    ${'westus'}     | ${StorageReplication.ZRS}   | ${undefined}      | ${"'replication' must do without zones in westus, which has none, got ZRS"}
    ${'italynorth'} | ${StorageReplication.GZRS}  | ${undefined}      | ${"'replication' must be LRS or ZRS in italynorth, which has no paired region, got GZRS"}
    ${'westeurope'} | ${StorageReplication.RAGRS} | ${['westeurope']} | ${"the copy in the paired region, which 'replication' RAGRS makes, must stay in westeurope, got \"northeurope\"; allow more with 'allowedLocations' or 'geography' on the workload"}
  `('to keep data as $replication in $location', ({ location, replication, allowed, clause }) => {
    const workload = workloadIn(Environment.PROD, { location, allowedLocations: allowed } as Partial<WorkloadProps>);

    expect(() => defined({ replication }, workload)).toThrow(error(clause));
  });

  test.each<[string, TenantRetention, string[]]>([
    [
      'archive before cool',
      { coolAfterDays: 90, archiveAfterDays: 30 },
      [
        "'retention.archiveAfterDays' must be more than 'coolAfterDays', got 30 and 90: blobs pass from hot to cool to cold to the archive, and are deleted last",
        "'retention.archiveAfterDays' must be left out with ZRS, which has no archive tier: use 'coldAfterDays', or give the account the 'replication' GRS, which cannot be changed later",
      ],
    ],
    [
      'days that are none',
      { coolAfterDays: -1, versionDays: 0.5 },
      [
        "'retention.coolAfterDays' must be a whole number from 0 to 99999, got -1",
        "'retention.versionDays' must be a whole number from 1 to 99999, got 0.5",
      ],
    ],
    [
      'fewer versions than a restore takes',
      { versionDays: 3 },
      [
        "'retention.versionDays' must not be fewer than the 6 days of 'restoreDays', for which the account needs its versions; got 3",
      ],
    ],
    [
      'hot again without access time',
      { coolAfterDays: 3, hotOnAccess: true },
      ["'retention.hotOnAccess' takes 'since' the last access, or Azure does not know that somebody read a blob"],
    ],
    [
      'hot again from nowhere',
      { since: AgeSince.LAST_ACCESS, hotOnAccess: true },
      ["'retention.hotOnAccess' takes 'coolAfterDays': nothing else brings a blob to where it could come back from"],
    ],
    [
      'tags that would keep blobs longer',
      { deleteAfterDays: 30, tagged: [{ tags: { jobId: 'a' }, deleteAfterDays: 90 }] },
      [
        "'retention.tagged.deleteAfterDays' must be fewer than the 30 days of blobs without the tags, got 90: rules add up, and the earliest wins, so tags cannot keep a blob longer",
      ],
    ],
    [
      'tags that are none, and do nothing',
      { tagged: [{ tags: {} }, { tags: { jobId: "o'hara" }, coolAfterDays: 1 }] },
      [
        "'retention.tagged.tags' must name at least one tag, or it would mean every blob",
        "'retention.tagged' must say when its blobs move or go",
        "the tag job_id of 'retention.tagged.tags' must have 1 to 256 letters, digits, spaces or any of +-./:=_, got \"o'hara\"",
      ],
    ],
    [
      'the same tags twice',
      { tagged: [1, 2].map((coolAfterDays) => ({ tags: { jobId: 'a' }, coolAfterDays })) },
      ["'retention.tagged' must name each set of tags once"],
    ],
  ])('with a retention of %s', (_, retention, clauses) => {
    expect(() => defined({ retention })).toThrow(error(...clauses));
    expect(() => defined({}).addTenant('acme', { retention })).toThrow(error(...clauses));
    const named = clauses.map((clause) => clause.replace(/'retention\b/, `'tenants["acme"].retention`));
    expect(() => defined({ tenants: { acme: { retention } } })).toThrow(error(...named));
  });

  test('with a tenant whose container Azure would refuse, or that says what the library says', () => {
    expect(() => defined({ tenants: { 'acme--eu': {} } })).toThrow(
      error(
        'the key of a tenant must have 1 to 63 lower-case letters, digits or single hyphens between them, got "acme--eu"',
      ),
    );
    expect(() => defined({ tenants: { a: { metadata: { 'tenant-id': 'a', tenant_id: 'b' } } } })).toThrow(
      error(
        `the container of tenant "a" must have 3 to 63 lower-case letters, digits or single hyphens between them, got "a"; change 'containerNaming' or the key`,
        `'tenants["a"].metadata' must have keys of lower-case letters, digits or underscores, no digit first, got "tenant-id"`,
        '\'tenants["a"].metadata\' must leave tenant_id to the library, which writes it',
      ),
    );
  });

  test('with a tenant twice, a second one in an account of its own, or one that left', () => {
    const account = defined({ tenants: { acme: {} }, isolation: TenantIsolation.ACCOUNT });
    expect(() => account.addTenant('acme')).toThrow(error('the tenant "acme" is there already'));
    expect(() => account.addTenant('globex')).toThrow(
      error(
        `'isolation' by account leaves room for one tenant, here "acme": give "globex" a TenantStorageAccount of its own`,
      ),
    );
    expect(() => account.tenantNamed('globex')).toThrow(
      error('there is no tenant "globex", only ["acme"]; add it with addTenant()'),
    );
    expect(() => defined({ tenants: { acme: {} }, releasedTenants: ['acme'] })).toThrow(
      error(`the key "acme" is that of a tenant that left: 'releasedTenants' keeps it from being used again`),
    );
    expect(() => defined({ releasedTenants: ['acme', 'acme'] })).toThrow(
      error(`'releasedTenants' must name each tenant once, got "acme" twice`),
    );
    expect(() => defined({ releasedTenants: ['acme'], isolation: TenantIsolation.ACCOUNT })).toThrow(
      error(
        "'releasedTenants' takes isolation by container: an account is released as a whole, with the step ReleaseTenant of toRecoverySteps()",
      ),
    );
  });

  test('with what Terraform has yet to compute, where names and groups are made from it', () => {
    const workload = workloadIn(Environment.DEV);
    const text = new TerraformVariable(workload, 'Text', { type: 'string' }).stringValue;
    const number = new TerraformVariable(workload, 'Number', { type: 'number' }).numberValue;
    const account = defined({}, workload);

    expect(() => account.addTenant(text)).toThrow(
      error(`the key of a tenant must be a literal, because addresses and names are made from it; ${COMPUTED}`),
    );
    expect(() => account.addTenant('acme', { retention: { coolAfterDays: number, versionDays: number } })).toThrow(
      error(
        `'retention.coolAfterDays' must be a literal, because tenants are grouped by it at synthesis; ${COMPUTED}`,
        `'retention.versionDays' must be a literal, because tenants are grouped by it at synthesis; ${COMPUTED}`,
      ),
    );
    expect(() => account.addTenant('acme').grantReadTagged(groupIn(workload), { jobId: text })).toThrow(
      new Error(
        `stack/Billing/Files/Tenant-acme: the tag job_id of 'tags' must be a literal, because rules are grouped and named by it at synthesis; ${COMPUTED}`,
      ),
    );
    expect(
      () =>
        new TenantStorageAccount(workload, 'More', { sasHours: number, restoreDays: number, containerNaming: text }),
    ).toThrow(
      new Error(
        [
          `stack/Billing/More: 'restoreDays' and 'recoveryDays' must be literals, because they are compared at synthesis; ${COMPUTED}`,
          `'sasHours' must be a literal, because a period is made from it at synthesis; ${COMPUTED}`,
          `'containerNaming' must be a literal, because names are made from it at synthesis; ${COMPUTED}`,
        ].join('; '),
      ),
    );
  });

  test('to refer to what is no storage account', () => {
    const workload = workloadIn(Environment.DEV);

    expect(() => TenantStorageAccount.fromStorageAccountId(workload, 'Files', 'stacme', 'files')).toThrow(
      error(
        `'storageAccountId' must be '/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Storage/storageAccounts/<name>', got "stacme"`,
        `'containerNaming' must have {tenant} in it, or all tenants would share a container, got "files"`,
      ),
    );
    const text = new TerraformVariable(workload, 'Text', { type: 'string' }).stringValue;
    expect(() => TenantStorageAccount.fromStorageAccountId(workload, 'Other', text)).toThrow(
      new Error(
        `stack/Billing/Other: 'storageAccountId' must be a literal, because the addresses of its blobs are made from it; ${COMPUTED}`,
      ),
    );
  });

  test('without an organization', () => {
    expect(() => defined({}, workloadIn(Environment.DEV, { organization: undefined }))).toThrow(
      error(
        `names of azurerm_storage_account are unique in all of Azure: give the workload "stack/Billing" an 'organization', a literal that no other organization uses, e.g. your domain or subscription id`,
      ),
    );
  });
});

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
