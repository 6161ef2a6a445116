import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { Construct } from 'constructs';
import {
  AzureProviders,
  Environment,
  EvidenceStore,
  EvidenceStoreProps,
  Grant,
  IEncryptionKey,
  IPrincipal,
  ManagedIdentity,
  Workload,
} from '../../src';
import { judge } from '../../src/testing';
import { groupIn, networkIn, Rendered, workloadIn, workloadOn } from '../support';
import { describeJudged } from '../testing/terraform/with-terraform';

const ACCOUNT = 'azurerm_storage_account';
const CONTAINER = 'azurerm_storage_container';
const POLICY = 'azurerm_storage_container_immutability_policy';
const ROLE = 'azurerm_role_assignment';
const SHARED = '/subscriptions/0/resourceGroups/rg-shared/providers/Microsoft.Storage/storageAccounts/stshared';
const WORKSPACE =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/log';

const APPENDER =
  '/subscriptions/00000000-0000-0000-0000-000000000002/providers/Microsoft.Authorization/roleDefinitions/00000000-0000-0000-0000-000000000003';

const AUDITS = { containers: { audits: {} } };

function storeIn(environment: Environment, props: EvidenceStoreProps = AUDITS, workload = workloadIn(environment)) {
  return { workload, store: new EvidenceStore(workload, 'Evidence', props) };
}

/** A key that is somebody else's. */
class Key extends Construct implements IEncryptionKey {
  public bindEncrypter(service: IPrincipal) {
    const resourceId = '/subscriptions/0/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv/keys/evidence';
    Grant.once(this, { grantee: service, role: 'Key Vault Crypto Service Encryption User', resourceId });
    const keyUri = 'https://kv.vault.azure.net/keys/evidence';
    return { keyUri, keyVersionUri: `${keyUri}/0` };
  }
}

describe('defaults', () => {
  test('holds every blob for seven years, unlocked', () => {
    const { workload } = storeIn(Environment.DEV);

    const rendered = new Rendered(workload);
    expect(rendered.only(CONTAINER)).toMatchObject({ name: 'audits', container_access_type: 'private' });
    expect(rendered.only(POLICY)).toMatchObject({
      storage_container_resource_manager_id: expect.stringMatching(/^\$\{azurerm_storage_container\.[^.]+\.id\}$/),
      immutability_period_in_days: 2557,
      protected_append_writes_all_enabled: false,
      locked: false,
    });
  });

  test('has no keys, no anonymous readers, no way in, and every version; nothing is set back', () => {
    const { workload } = storeIn(Environment.DEV);

    const account = new Rendered(workload).only(ACCOUNT);
    expect(account).toMatchObject({
      shared_access_key_enabled: false,
      allow_nested_items_to_be_public: false,
      public_network_access_enabled: false,
      infrastructure_encryption_enabled: true,
      sas_policy: { expiration_action: 'Block' },
      blob_properties: { versioning_enabled: true, delete_retention_policy: { days: 7 } },
    });
    expect(account.blob_properties).not.toHaveProperty('restore_policy');
  });

  test('announces itself with what to watch', () => {
    const workload = workloadIn(Environment.DEV);
    const monitor = jest.fn();
    workload.addWatcher(Object.assign(new Construct(workload, 'Watcher'), { monitor }));

    const { store } = storeIn(Environment.DEV, AUDITS, workload);

    expect(monitor.mock.calls).toEqual([[store]]);
    const { logSources, signals } = store.toMonitoringTarget();
    expect(Object.keys(logSources)).toEqual(['Blob', 'File', 'Queue', 'Table']);
    expect(signals.map(({ key }) => key)).toEqual(['Unavailable', 'Slow', 'Throttled', 'Denied']);
  });

  test('logs every access where it is told to, and then only there', () => {
    const { workload, store } = storeIn(Environment.DEV, { ...AUDITS, auditWorkspaceId: WORKSPACE });

    expect(new Rendered(workload).only('azurerm_monitor_diagnostic_setting')).toMatchObject({
      target_resource_id: expect.stringMatching(/\.id\}\/blobServices\/default$/),
      log_analytics_workspace_id: WORKSPACE,
      enabled_log: [{ category_group: 'audit' }],
    });
    expect(Object.keys(store.toMonitoringTarget().logSources)).toEqual(['File', 'Queue', 'Table']);
  });
});

describe('environments', () => {
  test.each`
    environment            | replication | guarded
    ${Environment.DEV}     | ${'ZRS'}    | ${false}
    ${Environment.TEST}    | ${'ZRS'}    | ${false}
    ${Environment.STAGING} | ${'ZRS'}    | ${false}
    ${Environment.PREPROD} | ${'ZRS'}    | ${false}
    ${Environment.PROD}    | ${'GZRS'}   | ${true}
  `('$environment.name: $replication, guarded: $guarded', ({ environment, replication, guarded }) => {
    const { workload } = storeIn(environment);

    const rendered = new Rendered(workload);
    expect(rendered.only(ACCOUNT).account_replication_type).toBe(replication);
    [ACCOUNT, CONTAINER, POLICY].forEach((type) =>
      expect(rendered.only(type).lifecycle).toEqual(guarded ? { prevent_destroy: true } : undefined),
    );
    expect(rendered.all('azurerm_management_lock')).toHaveLength(guarded ? 1 : 0);
  });

  test('a region by name has an account of its own, that every container is copied to', () => {
    const workload = workloadIn(Environment.PROD);
    const { store } = storeIn(
      Environment.PROD,
      {
        containers: { audits: {} },
        replicaLocation: 'North Europe',
        allowedIpRules: ['203.0.113.7'],
        encryptionKey: new Key(workload, 'Key'),
      },
      workload,
    );
    store.addContainer('contracts', { retentionDays: 3650 });

    const rendered = new Rendered(workload);
    expect(rendered.at(ACCOUNT, 'Evidence/Resource')).toMatchObject({
      location: 'westeurope',
      account_replication_type: 'ZRS',
      public_network_access_enabled: true,
    });
    expect(rendered.at(ACCOUNT, 'Evidence/Replica/Resource')).toMatchObject({
      location: 'northeurope',
      account_replication_type: 'ZRS',
      public_network_access_enabled: false,
      customer_managed_key: { key_vault_key_id: 'https://kv.vault.azure.net/keys/evidence' },
    });
    expect(rendered.at(POLICY, 'Container-contracts/Replica/Immutability').immutability_period_in_days).toBe(3650);
    const { rules } = rendered.only('azurerm_storage_object_replication');
    expect(rules).toEqual(
      ['audits', 'contracts'].map((name) => ({
        source_container_name: expect.stringContaining(`Container-${name}`),
        destination_container_name: expect.stringContaining(`Container-${name}_Replica`),
        copy_blobs_created_after: 'Everything',
      })),
    );
    const [own, copies] = ['Evidence/Lock', 'Evidence/Replica/Lock'].map((path) =>
      rendered.at('azurerm_management_lock', path),
    );
    expect(own.depends_on).toHaveLength(copies.depends_on.length + 1);
    expect(store.toRecoverySteps().map(({ key }) => key)).toContain('ReadCopies');
  });

  test('without containers nothing is copied, which Azure would refuse', () => {
    const { workload } = storeIn(Environment.DEV, { replicaLocation: 'northeurope' });

    expect(new Rendered(workload).only('azurerm_storage_object_replication').count).toBe(0);
  });

  test('every one of these has a switch', () => {
    const workload = workloadIn(Environment.PROD);
    storeIn(
      Environment.PROD,
      {
        containers: { audits: { retentionDays: 365, appendable: true } },
        network: networkIn(workload),
        storageAccountName: 'stevidence',
        recoveryDays: 90,
        deletionProtection: false,
        ignoreChanges: ['tags["patched-by"]'],
      },
      workload,
    );

    const rendered = new Rendered(workload);
    expect(rendered.only(ACCOUNT)).toMatchObject({
      name: 'stevidence',
      blob_properties: { delete_retention_policy: { days: 90 } },
      lifecycle: { ignore_changes: ['tags["patched-by"]'] },
    });
    expect(rendered.only(POLICY)).toMatchObject({
      immutability_period_in_days: 365,
      protected_append_writes_all_enabled: true,
    });
    expect(rendered.all('azurerm_private_endpoint')).toHaveLength(1);
    expect(rendered.all('azurerm_management_lock')).toEqual([]);
  });

  test('a container that was locked by hand is left alone, and guarded everywhere', () => {
    const { workload } = storeIn(Environment.DEV, { containers: { audits: { locked: true } } });

    const rendered = new Rendered(workload);
    expect(rendered.only(POLICY)).toMatchObject({
      locked: false,
      lifecycle: { prevent_destroy: true, ignore_changes: ['immutability_period_in_days', 'locked'] },
    });
    expect(rendered.only(CONTAINER).lifecycle).toEqual({ prevent_destroy: true });
  });
});

describe('grants', () => {
  const owned = (workload: Workload) => new EvidenceStore(workload, 'Evidence', AUDITS);
  const imported = (workload: Workload) => EvidenceStore.fromStorageAccountId(workload, 'Evidence', SHARED);
  const CONDITION =
    "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete'}) AND !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/move/action'})) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals ''))";

  test.each([owned, imported])('to append never gives the right to delete, on own and imported stores', (define) => {
    const workload = workloadIn(Environment.DEV);
    const store = define(workload);
    const grantee = groupIn(workload);

    store.containerNamed('audits').grantAppend(grantee);
    const { settings } = store.containerNamed('audits').bindClient(grantee);

    expect(new Rendered(workload).only(ROLE)).toMatchObject({
      role_definition_name: 'Storage Blob Data Contributor',
      scope:
        define === owned
          ? expect.stringMatching(/^\$\{azurerm_storage_container\.[^.]+\.id\}$/)
          : `${SHARED}/blobServices/default/containers/audits`,
      condition: CONDITION,
      condition_version: '2.0',
    });
    expect(settings).toEqual({ BLOB_ENDPOINT: store.blobEndpoint, CONTAINER: 'audits' });
  });

  test('to append can be a role of your own, which may delete nothing at all', () => {
    const { workload, store } = storeIn(Environment.DEV);

    store.containerNamed('audits').grantAppend(groupIn(workload), APPENDER);

    const role = new Rendered(workload).only(ROLE);
    expect(role.role_definition_id).toBe(APPENDER);
    expect(role).not.toHaveProperty('condition');
  });

  test('to read is given once, for a container or for all', () => {
    const { workload, store } = storeIn(Environment.DEV);
    const grantee = groupIn(workload);

    [1, 2].forEach(() => {
      store.grantRead(grantee);
      store.containerNamed('audits').grantRead(grantee);
    });

    const roles = new Rendered(workload).all(ROLE);
    expect(roles.map(({ role_definition_name: role }) => role)).toEqual(Array(2).fill('Storage Blob Data Reader'));
  });

  test('an imported store makes nothing of its own', () => {
    const workload = workloadIn(Environment.DEV);
    imported(workload).containerNamed('audits').grantRead(new ManagedIdentity(workload, 'Auditor'));

    const rendered = new Rendered(workload);
    expect([rendered.all(ACCOUNT), rendered.all(CONTAINER), rendered.all(POLICY)]).toEqual([[], [], []]);
  });
});

describe('the steps', () => {
  const stepsOf = (props: EvidenceStoreProps, environment = Environment.DEV) =>
    storeIn(
      environment,
      { storageAccountName: 'stevidence', ...props },
      workloadIn(environment, { resourceGroupName: 'rg' }),
    )
      .store.toRecoverySteps()
      .map(({ key, commands }) => [key, commands]);
  const AT = '--account-name stevidence --resource-group rg --container-name audits';
  const ETAG = `--if-match "$(az storage container immutability-policy show ${AT} --query etag --output tsv)"`;

  test('hold evidence for a case, and lock a retention: exact commands, for azurerm has no argument', () => {
    expect(stepsOf(AUDITS)).toEqual([
      ['HoldEvidence-audits', [`az storage container legal-hold set ${AT} --tags "$HOLD"`]],
      ['ClearHold-audits', [`az storage container legal-hold clear ${AT} --tags "$HOLD"`]],
      ['LockContainer-audits', [`az storage container immutability-policy lock ${AT} ${ETAG}`]],
    ]);
  });

  test('extend a locked one, which Terraform cannot, and fail over', () => {
    expect(stepsOf({ containers: { audits: { locked: true } } }, Environment.PROD).slice(-2)).toEqual([
      ['ExtendRetention-audits', [`az storage container immutability-policy extend ${AT} --period "$DAYS" ${ETAG}`]],
      [
        'FailOver',
        [
          'az storage account show --name stevidence --resource-group rg --expand geoReplicationStats --query geoReplicationStats.lastSyncTime',
          'az storage account failover --name stevidence --resource-group rg --yes',
        ],
      ],
    ]);
  });

  test('say what a lock means', () => {
    const { store } = storeIn(Environment.DEV);
    expect(store.toRecoverySteps().find(({ key }) => key === 'LockContainer-audits')?.summary).toBe(
      "Locks the retention of audits at 2557 days, for ever: nobody can shorten it, or delete the container or its account while a blob is held. Say 'locked' in the program right after.",
    );
  });
});

describe('fails', () => {
  const defined = (props: EvidenceStoreProps, workload = workloadIn(Environment.DEV)) =>
    new EvidenceStore(workload, 'Evidence', props);
  const error = (...clauses: string[]) => new Error(`stack/Billing/Evidence: ${clauses.join('; ')}`);

  test('with every problem at once', () => {
    expect(() =>
      defined({
        storageAccountName: 'St',
        replicaLocation: 'eastus',
        allowedIpRules: ['10.0.0.1'],
        recoveryDays: 1,
        auditWorkspaceId: 'law',
        ignoreChanges: [''],
        containers: { contracts: { retentionDays: 0 } },
      }),
    ).toThrow(
      error(
        `'storageAccountName' must be 3 to 24 lower-case letters or digits; got "St"`,
        `'replicaLocation' must stay in northeurope, westeurope, got "eastus"; allow more with 'allowedLocations' or 'geography' on the workload`,
        `'allowedIpRules' must be public addresses, got "10.0.0.1"; what is private comes in through 'network'`,
        `'auditWorkspaceId' must be the Azure resource id of a Log Analytics workspace, got "law"`,
        `'ignoreChanges' must be attributes in Terraform's spelling, such as tags or site_config[0].always_on; got ""`,
        "'recoveryDays' must be a whole number from 7 to 365, got 1",
        `'containers["contracts"].retentionDays' must be a whole number from 1 to 146000, got 0`,
      ),
    );
  });

  test('with copies in the same region, or in one that is yet to be computed', () => {
    expect(() => defined({ replicaLocation: 'West Europe' })).toThrow(
      error(`'replicaLocation' must be another region than that of the workload, got "West Europe"`),
    );
    const workload = workloadIn(Environment.DEV);
    const token = new TerraformVariable(workload, 'Region', { type: 'string' }).stringValue;
    expect(() => defined({ replicaLocation: token }, workload)).toThrow(
      error(
        "'replicaLocation' must be a literal, because residency is checked at synthesis; got a value that Terraform has yet to compute",
      ),
    );
  });

  test('without a second region where the environment wants one', () => {
    const remedy =
      "name an allowed region with 'replicaLocation', or allow more with 'allowedLocations' or 'geography' on the workload";
    expect(() => defined({}, workloadIn(Environment.PROD, { allowedLocations: ['westeurope'] }))).toThrow(
      error(
        `evidence must be copied to a second region, and the pair of westeurope, northeurope, is none that data may live in: ${remedy}`,
      ),
    );
    expect(() => defined({}, workloadIn(Environment.PROD, { location: 'italynorth' }))).toThrow(
      error(`evidence must be copied to a second region, and italynorth has no pair: ${remedy}`),
    );
  });

  test('with a container that Azure would refuse, or that contradicts the store', () => {
    const store = defined({ replicaLocation: 'northeurope', deletionProtection: false, containers: { audits: {} } });

    expect(() => store.addContainer('A--b', { retentionDays: 0, appendable: true, locked: true })).toThrow(
      error(
        'the name of a container must have 3 to 63 lower-case letters, digits or single hyphens between them, got "A--b"',
        "'retentionDays' must be a whole number from 1 to 146000, got 0",
        "'appendable' must be false with a 'replicaLocation': only whole blobs are copied; leave the region out for a geo-redundant account",
        "'locked' takes 'deletionProtection': Azure refuses to delete the container, or its account, while a blob is held",
      ),
    );
    expect(() => store.addContainer('audits')).toThrow(error('the container "audits" is there already'));
    expect(() => store.containerNamed('reports')).toThrow(
      error('there is no container "reports", only ["audits"]; add it with addContainer()'),
    );
    const token = new TerraformVariable(store, 'Name', { type: 'string' }).stringValue;
    expect(() => store.addContainer(token)).toThrow(
      error(
        'the name of a container must be a literal, because addresses are made from it; got a value that Terraform has yet to compute',
      ),
    );
  });

  test('to be locked by Terraform, whoever says so', () => {
    const { store } = storeIn(Environment.DEV);
    store.containers[0].resources.immutabilityPolicy.locked = true;

    expect(() => Testing.synth(TerraformStack.of(store), true)).toThrow(
      "'locked' must be false on an immutability policy: a lock is for ever, nobody can shorten the retention or delete the account until the last blob is free, and Terraform would lock before a single blob was tried; lock with the step LockContainer of toRecoverySteps()",
    );
  });

  test('to refer to what is no storage account', () => {
    expect(() => EvidenceStore.fromStorageAccountId(workloadIn(Environment.DEV), 'Evidence', 'stevidence')).toThrow(
      error(
        `'storageAccountId' must be '/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Storage/storageAccounts/<name>', got "stevidence"`,
      ),
    );
  });
});

describe('escape hatch', () => {
  test('the default children are account and container, typed', () => {
    const { workload, store } = storeIn(Environment.DEV);
    const [audits] = store.containers;

    audits.resources.immutabilityPolicy.immutabilityPeriodInDays = 10;

    expect(store.node.defaultChild).toBe(store.resources.storageAccount);
    expect(audits.node.defaultChild).toBe(audits.resources.container);
    expect(new Rendered(workload).only(POLICY).immutability_period_in_days).toBe(10);
  });
});

describeJudged('the real terraform', () => {
  test('takes a store with copies, guarded and not', async () => {
    const outdir = mkdtempSync(join(tmpdir(), 'evidence-'));
    const app = new App({ outdir });
    for (const environment of [Environment.DEV, Environment.PROD]) {
      const stack = new TerraformStack(app, environment.name);
      new AzureProviders(stack, 'Providers', { environment });
      const workload = workloadOn(stack, 'Billing', { environment });
      const store = new EvidenceStore(workload, 'Evidence', {
        containers: { audits: {}, contracts: { locked: true } },
        replicaLocation: 'northeurope',
        auditWorkspaceId: WORKSPACE,
      });
      store.containerNamed('audits').grantAppend(new ManagedIdentity(workload, 'Api'));
    }
    app.synth();
    const verdicts = await judge([outdir], { plan: true });
    rmSync(outdir, { recursive: true, force: true });

    expect(verdicts.map(({ findings }) => findings)).toEqual([[], []]);
  }, 60_000);
});
