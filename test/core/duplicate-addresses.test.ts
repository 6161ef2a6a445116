import { DataAzurermClientConfig } from '@cdktf/provider-azurerm/lib/data-azurerm-client-config';
import { NatGateway } from '@cdktf/provider-azurerm/lib/nat-gateway';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { PublicIp } from '@cdktf/provider-azurerm/lib/public-ip';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { Subnet } from '@cdktf/provider-azurerm/lib/subnet';
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
import { EphemeralResource, SecureWebApp, WebAppRuntime } from '../../src';
import { addressProblemsOf, watchAddresses } from '../../src/core/duplicate-addresses';
import { stackNamed, workloadOn } from '../support';

const ID = '00000000-0000-0000-0000-000000000001';

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

describe('names of Azure that are shared', () => {
  const refusal = (...problems: string[]) =>
    `Validation failed with the following errors:\n  ${problems.map((problem) => `[stack] ${problem}`).join('\n  ')}\n\n`;
  const synth = () => Testing.synth(stack, true);
  const place = { name: 'same', resourceGroupName: 'rg-shared', location: 'westeurope' };

  test('of two apps are refused, whatever their case and group', () => {
    const [one, other] = ['One', 'Other'].map((id) => workloadOn(stack, id));
    const runtime = WebAppRuntime.node('22-lts');
    new SecureWebApp(one, 'Api', { webAppName: 'shop-api', publiclyReachable: true, runtime });
    new SecureWebApp(other, 'Api', { webAppName: 'Shop-API', publiclyReachable: true, runtime });

    expect(synth).toThrow(
      refusal(
        'stack/One/Api/Resource and stack/Other/Api/Resource are both the azurerm_linux_web_app shop-api, of which all of Azure can have one; give one of them another name',
      ),
    );
  });

  test('in one resource group are refused, by its name or by a reference to it', () => {
    const workload = workloadOn(stack, 'Billing');
    const { resourceGroupName, location } = workload;
    for (const id of ['A', 'B']) {
      new NatGateway(workload, id, { ...place });
      new PublicIp(workload, `${id}-Ip`, { name: 'same', resourceGroupName, location, allocationMethod: 'Static' });
    }

    expect(synth).toThrow(
      refusal(
        'stack/Billing/A and stack/Billing/B are both the azurerm_nat_gateway same, of which the resource group rg-shared can have one; give one of them another name',
        'stack/Billing/A-Ip and stack/Billing/B-Ip are both the azurerm_public_ip same, of which the resource group can have one; give one of them another name',
      ),
    );
  });

  test.each<[string, (id: string, n: number) => unknown]>([
    ['another group', (id, n) => new NatGateway(stack, id, { ...place, resourceGroupName: `rg-${n}` })],
    [
      'another parent',
      (id, n) => new Subnet(stack, id, { ...place, virtualNetworkName: `vnet-${n}`, addressPrefixes: ['10.0.0.0/24'] }),
    ],
    ['what is counted, and may not be there', (id, n) => new NatGateway(stack, id, { ...place, count: n })],
    ['what is counted by an override', (id, n) => new NatGateway(stack, id, place).addOverride('count', n)],
    [
      'another subscription',
      (id, n) => new NatGateway(stack, id, { ...place, provider: n > 0 ? otherSubscription() : undefined }),
    ],
    ['a name that Terraform has yet to compute', (id) => new NatGateway(stack, id, { ...place, name: later() })],
  ])('%s is fine', (_, define) => {
    workloadOn(stack, 'Watched');
    ['A', 'B'].forEach(define);

    expect(synth).not.toThrow();
  });

  const otherSubscription = () =>
    new AzurermProvider(stack, 'Other', { alias: 'other', features: [{}], subscriptionId: ID });
  const later = () =>
    ((stack.node.tryFindChild('name') as TerraformVariable | undefined) ?? new TerraformVariable(stack, 'name', {}))
      .stringValue;
});
