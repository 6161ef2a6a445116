import { StorageQueue } from '@cdktf/provider-azurerm/lib/storage-queue';
import { StorageShare } from '@cdktf/provider-azurerm/lib/storage-share';
import { StorageTable } from '@cdktf/provider-azurerm/lib/storage-table';
import { TerraformStack, TerraformVariable } from 'cdktf';
import {
  AgeSince,
  Environment,
  StorageReplication,
  TenantIsolation,
  TenantRetention,
  TenantState,
  TenantStorageAccount,
  WorkloadProps,
} from '../../src';
import { groupIn, Rendered, workloadIn } from '../support';
import { defined, error, GUID } from './tenant-fixtures';

const COMPUTED = 'got a value that Terraform has yet to compute';

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

  test('with too few days of recovery, and no word of days of restoring that nobody asked for', () => {
    expect(() => defined({ recoveryDays: 0 })).toThrow(
      error("'recoveryDays' must be a whole number from 7 to 365, got 0"),
    );
  });

  test('with values of another kind, tenants among them', () => {
    expect(() =>
      defined({
        network: 'vnet',
        isolation: 'account-',
        tenants: { acme: undefined, globex: { state: 'gone' } },
      } as never),
    ).toThrow(
      error(
        `'isolation' must be one of ${Object.values(TenantIsolation)
          .map((one) => `"${one}"`)
          .join(', ')}, got "account-"`,
        `'network' must be a network, e.g. a PrivateNetwork, got "vnet"`,
        "'tenants.acme' must be an object, got nothing",
        `'tenants.globex.state' must be one of ${Object.values(TenantState)
          .map((one) => `"${one}"`)
          .join(', ')}, got "gone"`,
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

test('shares and tables on an account without keys are warned of, once, and those elsewhere are not', () => {
  const account = defined({ storageAccountName: 'stbilling' });
  const stack = TerraformStack.of(account);
  const storageAccountId = account.storageAccountId;
  const elsewhere = `/subscriptions/${GUID}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/stother`;
  const declared = [
    new StorageShare(stack, 'Share', { name: 'share', quota: 1, storageAccountId }),
    new StorageTable(stack, 'Table', { name: 'table', storageAccountName: account.storageAccountName }),
    new StorageQueue(stack, 'Queue', { name: 'queue', storageAccountId }),
    new StorageShare(stack, 'Other', { name: 'share', quota: 1, storageAccountId: elsewhere }),
  ];

  [1, 2].forEach(() => new Rendered(account));

  const warnings = declared.map(({ node }) => node.metadata.filter(({ type }) => type === '@cdktf/warn'));
  expect(warnings.map((found) => found.map(({ data }) => data))).toEqual([
    [
      'clients mount a share with a key unless they sign in by Kerberos, and this account has no keys: give shares an account of their own, or attach a directory to this one',
    ],
    [
      "the provider makes a table over the network and not through Resource Manager, and this account has no keys: whoever runs Terraform needs the role 'Storage Table Data Contributor' and a way through the firewall, or the apply ends with 403",
    ],
    [],
    [],
  ]);
});
