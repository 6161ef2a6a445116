import { App, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { AzureProviders, Environment, EvidenceStore, EvidenceStoreProps, ManagedIdentity } from '../../src';
import { judge } from '../../src/testing';
import { workloadIn, workloadOn } from '../support';
import { scratch } from '../support/scratch';
import { describeJudged } from '../testing/terraform/with-terraform';
import { AUDITS, storeIn, WORKSPACE } from './evidence-fixtures';

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
      ['RevokeLinks', ['az storage account revoke-delegation-keys --name stevidence --resource-group rg']],
    ]);
  });

  test('extend a locked one, which Terraform cannot, and fail over', () => {
    expect(stepsOf({ containers: { audits: { locked: true } } }, Environment.PROD).slice(-4, -1)).toEqual([
      ['ExtendRetention-audits', [`az storage container immutability-policy extend ${AT} --period "$DAYS" ${ETAG}`]],
      ['RevokeLinks', ['az storage account revoke-delegation-keys --name stevidence --resource-group rg']],
      [
        'FailOver',
        [
          'az storage account show --name stevidence --resource-group rg --expand geoReplicationStats --query geoReplicationStats.lastSyncTime',
          'az storage account failover --name stevidence --resource-group rg --yes',
        ],
      ],
    ]);
  });

  test('end links that were leaked, also those to the copies', () => {
    const steps = new Map(stepsOf({ replicaLocation: 'northeurope' }) as Array<[string, string[]]>);

    expect(steps.get('RevokeLinks')).toEqual([
      'az storage account revoke-delegation-keys --name stevidence --resource-group rg',
      expect.stringMatching(
        /^az storage account revoke-delegation-keys --name (?!stevidence )\w+ --resource-group rg$/,
      ),
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

describeJudged('the real terraform', () => {
  test('takes a store with copies, guarded and not', async () => {
    const outdir = scratch('evidence');
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

    expect(verdicts.map(({ findings }) => findings)).toEqual([[], []]);
  }, 60_000);
});
