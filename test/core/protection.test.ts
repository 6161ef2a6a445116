import { DataAzurermClientConfig } from '@cdktf/provider-azurerm/lib/data-azurerm-client-config';
import { MonitorDiagnosticSetting } from '@cdktf/provider-azurerm/lib/monitor-diagnostic-setting';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { StorageContainer } from '@cdktf/provider-azurerm/lib/storage-container';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { Environment, Grant } from '../../src';
import { defineDeleteLock, ignoreProblems, isGuarded, lifecycleOf } from '../../src/core/protection';
import { ENVIRONMENTS, groupIn, Rendered, workloadIn } from '../support';

describe('lifecycle', () => {
  test.each`
    guarded  | ignored            | block
    ${false} | ${[]}              | ${undefined}
    ${true}  | ${[]}              | ${{ preventDestroy: true }}
    ${false} | ${['zone']}        | ${{ ignoreChanges: ['zone'] }}
    ${true}  | ${['b', 'a', 'b']} | ${{ preventDestroy: true, ignoreChanges: ['a', 'b'] }}
  `('guarded $guarded, ignoring $ignored', ({ guarded, ignored, block }) => {
    expect(lifecycleOf(guarded, ...ignored)).toEqual(block);
  });
});

describe('attributes to leave alone', () => {
  test.each`
    given
    ${'tags'}
    ${'tags["CostCenter"]'}
    ${'tags.costCenter'}
    ${'site_config[0].always_on'}
    ${'site_config[0].ip_restriction'}
  `('$given is taken', ({ given }) => {
    expect(ignoreProblems({ ignoreChanges: [given] })).toEqual([false]);
  });

  test.each`
    given                       | problem
    ${'all'}                    | ${'\'ignoreChanges\' must name each attribute, because Terraform takes the word all in place of a list and not in one; got "all"'}
    ${'appSettings'}            | ${"'ignoreChanges' must be attributes in Terraform's spelling, here app_settings; got \"appSettings\""}
    ${'siteConfig[0].alwaysOn'} | ${"'ignoreChanges' must be attributes in Terraform's spelling, here site_config[0].always_on; got \"siteConfig[0].alwaysOn\""}
    ${'App Settings'}           | ${"'ignoreChanges' must be attributes in Terraform's spelling, such as tags or site_config[0].always_on; got \"App Settings\""}
  `('$given is refused', ({ given, problem }) => {
    expect(ignoreProblems({ ignoreChanges: [given] })).toEqual([problem]);
  });
});

describe('guard', () => {
  test.each(ENVIRONMENTS)('follows the environment: $name', (environment) => {
    expect(isGuarded(workloadIn(environment), {})).toBe(environment === Environment.PROD);
  });

  test('what the user says wins, also when it is false', () => {
    expect(isGuarded(workloadIn(Environment.PROD), { deletionProtection: false })).toBe(false);
    expect(isGuarded(workloadIn(Environment.DEV), { deletionProtection: true })).toBe(true);
  });
});

describe('delete lock', () => {
  /** An account with two containers and two grants, its lock among them. */
  function lockedAccount(containers: string[], lockFirst: boolean): Construct {
    const owner = new Construct(workloadIn(Environment.PROD), 'Store');
    const account = new StorageAccount(owner, 'Resource', {
      name: 'acme',
      resourceGroupName: 'rg',
      location: 'westeurope',
      accountTier: 'Standard',
      accountReplicationType: 'LRS',
    });
    new DataAzurermClientConfig(owner, 'Client');
    if (lockFirst) {
      defineDeleteLock(owner, account.id, 'holds data');
    }
    for (const name of containers) {
      new StorageContainer(new Construct(owner, `Part-${name}`), 'Resource', { name, storageAccountId: account.id });
    }
    if (!lockFirst) {
      defineDeleteLock(owner, account.id, 'holds data');
    }
    const reader = groupIn(owner);
    containers.forEach((part) => Grant.once(owner, { grantee: reader, role: 'Reader', resourceId: account.id, part }));
    return owner;
  }

  test('comes after everything else in the construct, later grants included', () => {
    const rendered = new Rendered(lockedAccount(['a', 'b'], true));
    const lock = rendered.only('azurerm_management_lock');

    expect(lock).toMatchObject({
      name: 'no-delete',
      scope: '${azurerm_storage_account.Billing_Store_1C3E80AE.id}',
      lock_level: 'CanNotDelete',
      notes: 'holds data',
    });
    expect(lock.depends_on).toEqual(
      rendered.addresses().filter((address) => !/^azurerm_(management_lock|resource_group)\./.test(address)),
    );
    expect(lock.depends_on).toHaveLength(5);
  });

  /** An account with its lock, and how to send logs of something from wherever one likes. */
  function watchedAccount() {
    const workload = workloadIn(Environment.PROD);
    const owner = new Construct(workload, 'Store');
    const account = (id: string) =>
      new StorageAccount(owner, id, {
        name: id.toLowerCase(),
        resourceGroupName: 'rg',
        location: 'westeurope',
        accountTier: 'Standard',
        accountReplicationType: 'LRS',
      });
    const [locked, longer] = [account('Resource'), account('Resources')];
    const deleteLock = defineDeleteLock(owner, locked.id, 'holds data');
    const settings = (scope = new Construct(workload, 'Watch')) => ({
      scope,
      send: (id: string, targetResourceId: string) =>
        new MonitorDiagnosticSetting(scope, id, {
          name: 'logs',
          targetResourceId,
          logAnalyticsWorkspaceId: '/workspace',
          enabledLog: [{ categoryGroup: 'allLogs' }],
        }),
    });
    const awaited = () =>
      (new Rendered(owner).only('azurerm_management_lock').depends_on as string[]).filter((address) =>
        address.startsWith('azurerm_monitor_diagnostic_setting.'),
      );
    return { workload, owner, locked, longer, deleteLock, settings, awaited };
  }

  const addressesOf = (...settings: MonitorDiagnosticSetting[]) =>
    settings.map(({ friendlyUniqueId }) => `azurerm_monitor_diagnostic_setting.${friendlyUniqueId}`).sort();

  test('comes after settings that send logs of what is locked, or of what lies below it, wherever they are', () => {
    const { locked, settings, awaited } = watchedAccount();
    const { send } = settings();
    const account = send('Account', locked.id);
    const blobs = send('Blobs', `${locked.id}/blobServices/default`);

    expect(awaited()).toEqual(addressesOf(account, blobs));
  });

  test('comes not after settings on something else', () => {
    const { workload, longer, deleteLock, settings, awaited } = watchedAccount();
    const { send } = settings();
    send('Other', longer.id);
    send('Lock', deleteLock.id);
    send('Subscription', `/subscriptions/${workload.name}`);

    expect(awaited()).toEqual([]);
  });

  test('follows settings that come and go between two renderings', () => {
    const { locked, settings, awaited } = watchedAccount();
    const { scope, send } = settings();
    const first = send('First', locked.id);
    expect(awaited()).toEqual(addressesOf(first));

    const second = send('Second', locked.id);
    expect(awaited()).toEqual(addressesOf(first, second));

    scope.node.tryRemoveChild('First');
    expect(awaited()).toEqual(addressesOf(second));
  });

  test('names a setting in its own construct once, and none of another stack', () => {
    const { workload, owner, locked, settings, awaited } = watchedAccount();
    const own = settings(owner).send('AuditLog', locked.id);
    const inner = new TerraformStack(TerraformStack.of(workload), 'Inner');
    new AzurermProvider(inner, 'Azure', { features: [{}] });
    settings(inner).send('Elsewhere', locked.id);

    expect(awaited()).toEqual(addressesOf(own));
  });

  test('looks the same in whatever order things were added', () => {
    const [one, other] = [lockedAccount(['a', 'b'], true), lockedAccount(['b', 'a'], false)];

    expect(new Rendered(one).json).toEqual(new Rendered(other).json);
    expect(JSON.stringify(new Rendered(one).json)).toBe(JSON.stringify(new Rendered(other).json));
  });
});
