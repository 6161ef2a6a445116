import { DataAzurermClientConfig } from '@cdktf/provider-azurerm/lib/data-azurerm-client-config';
import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { StorageContainer } from '@cdktf/provider-azurerm/lib/storage-container';
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

  test('looks the same in whatever order things were added', () => {
    const [one, other] = [lockedAccount(['a', 'b'], true), lockedAccount(['b', 'a'], false)];

    expect(new Rendered(one).json).toEqual(new Rendered(other).json);
    expect(JSON.stringify(new Rendered(one).json)).toBe(JSON.stringify(new Rendered(other).json));
  });
});
