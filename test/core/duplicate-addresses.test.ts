import { DataAzurermClientConfig } from '@cdktf/provider-azurerm/lib/data-azurerm-client-config';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import {
  DataTerraformRemoteStateLocal,
  TerraformHclModule,
  TerraformLocal,
  TerraformOutput,
  TerraformStack,
  TerraformVariable,
  Testing,
} from 'cdktf';
import { Construct } from 'constructs';
import { EphemeralResource } from '../../src';
import { addressProblemsOf, watchAddresses } from '../../src/core/duplicate-addresses';
import { stackNamed } from '../support';

const group = (scope: Construct, id: string) => new ResourceGroup(scope, id, { name: 'rg', location: 'westeurope' });

const shared = (address: string, ...paths: string[]) =>
  `${paths.join(' and ')} have the same address ${address}, so that Terraform would see only one of them; change the id of the newer one by more than characters that cdktf drops from addresses (it keeps letters, digits, '_' and '-', and leaves out ids 'Default'), or its logical id where one was set`;

const illegal = (address: string, path: string) =>
  `${path}: ${address} is no address that Terraform takes; give it an id that starts with a letter, and has letters, digits, '_' and '-' only`;

let stack: TerraformStack;
beforeEach(() => {
  stack = stackNamed();
});

describe('addresses that are shared', () => {
  test.each([
    ['characters that cdktf drops', ['a.b', 'ab', 'a b']],
    ['a scope that does not count', ['ab', 'Default/ab']],
    ['a resource that does not count', ['ab', 'ab/Default']],
  ])('%s', (_, paths) => {
    for (const path of paths) {
      const ids = path.split('/');
      const scope = ids
        .slice(0, -1)
        .reduce<Construct>(
          (within, id) => (within.node.tryFindChild(id) as Construct) ?? new Construct(within, id),
          stack,
        );
      group(scope, ids.at(-1)!);
    }

    expect(addressProblemsOf(stack)).toEqual([
      shared('azurerm_resource_group.ab', ...paths.map((path) => `stack/${path}`)),
    ]);
  });

  test('a logical id that is set twice', () => {
    group(stack, 'a').overrideLogicalId('main');
    group(stack, 'b').overrideLogicalId('main');

    expect(addressProblemsOf(stack)).toEqual([shared('azurerm_resource_group.main', 'stack/a', 'stack/b')]);
  });

  test.each<[string, string, (id: string) => unknown]>([
    ['data sources', 'data.azurerm_client_config', (id) => new DataAzurermClientConfig(stack, id)],
    ['outputs', 'output', (id) => new TerraformOutput(stack, id, { value: 1 })],
    ['variables', 'var', (id) => new TerraformVariable(stack, id, {})],
    ['locals', 'local', (id) => new TerraformLocal(stack, id, 1)],
    [
      'ephemeral resources',
      'ephemeral.random_password',
      (id) => new EphemeralResource(stack, id, { type: 'random_password', attributes: {} }),
    ],
    ['modules', 'module', (id) => new TerraformHclModule(stack, id, { source: 'Azure/naming/azurerm' })],
    [
      'remote states',
      'data.terraform_remote_state',
      (id) => new DataTerraformRemoteStateLocal(stack, id, { path: 'x' }),
    ],
  ])('%s', (_, block, define) => {
    define('a.b');
    define('ab');

    expect(addressProblemsOf(stack)).toEqual([shared(`${block}.ab`, 'stack/a.b', 'stack/ab')]);
  });
});

describe('addresses that are fine', () => {
  test('one name in several types, and what is in another stack', () => {
    group(stack, 'ab');
    new TerraformOutput(stack, 'a.b', { value: 1 });
    new TerraformVariable(stack, 'a b', {});
    group(new TerraformStack(stack, 'inner'), 'ab');

    expect(addressProblemsOf(stack)).toEqual([]);
  });

  test('a resource that is only told to have moved', () => {
    group(stack, 'ab').addMoveTarget('target');
    group(stack, 'old').moveTo('target');
    group(stack, 'o.ld');

    expect(addressProblemsOf(stack)).toEqual([]);
  });

  test.each(['_ab', 'a-b', 'A1'])('the id %s', (id) => {
    group(stack, id);

    expect(addressProblemsOf(stack)).toEqual([]);
  });
});

describe('names that Terraform does not take', () => {
  test.each([
    ['1abc', '1abc'],
    ['-a', '-a'],
    ['…', ''],
  ])('the id %s', (id, name) => {
    group(stack, id);

    expect(addressProblemsOf(stack)).toEqual([illegal(`azurerm_resource_group.${name}`, `stack/${id}`)]);
  });

  test('the logical id of an output', () => {
    new TerraformOutput(stack, 'a.b', { value: 1, staticId: true });

    expect(addressProblemsOf(stack)).toEqual([illegal('output.a.b', 'stack/a.b')]);
  });
});

test('synthesis of a watched stack fails with every problem, once', () => {
  watchAddresses(stack);
  watchAddresses(stack);
  group(stack, 'a.b');
  group(stack, 'ab');
  group(stack, '1abc');

  const problems = [
    shared('azurerm_resource_group.ab', 'stack/a.b', 'stack/ab'),
    illegal('azurerm_resource_group.1abc', 'stack/1abc'),
  ];
  expect(() => Testing.synth(stack, true)).toThrow(
    `Validation failed with the following errors:\n  ${problems.map((problem) => `[stack] ${problem}`).join('\n  ')}`,
  );
});
