import { scratch } from '../support/scratch';
import { comparisonsIn, Resources } from './fixture';

const folder = scratch('cli');
const { impactOf, impacts, kindOf } = comparisonsIn(folder);

const GROUP = 'azurerm_resource_group';
const PLAN = 'azurerm_service_plan';
const APP = 'azurerm_linux_web_app';

describe('references', () => {
  const app = (plan: string, more: object = {}) => ({
    [APP]: { web: { name: 'web', service_plan_id: plan, ...more } },
  });
  const kinds = (before: Resources, after: Resources) =>
    Object.fromEntries(impacts(before, after).map(({ address, kind }) => [address, kind]));

  test('to what the configuration says are the same as that', () => {
    const group = { [GROUP]: { main: { name: 'rg', location: 'westeurope' } } };

    expect(
      kinds(
        { ...group, ...app('p', { resource_group_name: 'rg', tags: { where: 'in rg' } }) },
        {
          ...group,
          ...app('p', { resource_group_name: `\${${GROUP}.main.name}`, tags: { where: `in \${${GROUP}.main.name}` } }),
        },
      ),
    ).toEqual({});
  });

  test('to what is replaced replace in turn, as far as they force it', () => {
    const stack = (name: string) => ({
      [GROUP]: { main: { name, location: 'westeurope' } },
      azurerm_virtual_network: { net: { name: 'net', resource_group_name: `\${${GROUP}.main.name}` } },
      azurerm_subnet: { data: { name: 'data', virtual_network_name: '${azurerm_virtual_network.net.name}' } },
      azurerm_private_endpoint: { pe: { subnet_id: '${azurerm_subnet.data.id}' } },
      azurerm_nat_gateway: { out: { location: `\${${GROUP}.main.location}` } },
      azurerm_management_lock: { lock: { scope: '${azurerm_virtual_network.net.id}' } },
      [PLAN]: { plan: { name: `\${join("-", [${GROUP}.main.name, "plan"])}` } },
      ...app(`\${${PLAN}.plan.id}`),
    });

    expect(kinds(stack('one'), stack('two'))).toEqual({
      [`${GROUP}.main`]: 'replaced',
      'azurerm_virtual_network.net': 'replaced',
      'azurerm_management_lock.lock': 'replaced',
      // an expression whose outcome only Terraform computes, and a plan that might stay
      [`${PLAN}.plan`]: 'unclear',
    });
  });

  test('to the id of what is replaced are new, also in a list', () => {
    const stack = (name: string) => ({
      azurerm_subnet: { data: { name } },
      azurerm_private_endpoint: { pe: { subnet_id: '${azurerm_subnet.data.id}' } },
      azurerm_nat_gateway: { out: { zones: ['${azurerm_subnet.data.id}'] } },
      ...app('p', { virtual_network_subnet_id: '${azurerm_subnet.data.id}' }),
    });

    expect(impacts(stack('one'), stack('two'))).toMatchObject([
      { address: 'azurerm_linux_web_app.web', kind: 'changed', arguments: ['virtual_network_subnet_id'] },
      { address: 'azurerm_nat_gateway.out', kind: 'replaced' },
      {
        address: 'azurerm_private_endpoint.pe',
        kind: 'replaced',
        because: [
          {
            path: 'subnet_id',
            before: '${azurerm_subnet.data.id}',
            after: '${azurerm_subnet.data.id of its replacement}',
          },
        ],
      },
      { address: 'azurerm_subnet.data', kind: 'replaced' },
    ]);
  });

  test.each([
    ['another resource', '${azurerm_subnet.a.id}', '${azurerm_subnet.b.id}', 'replaced'],
    ['nothing before', undefined, '${azurerm_subnet.b.id}', 'replaced'],
    ['a literal before', '/subscriptions/0', '${azurerm_subnet.b.id}', 'unclear'],
    ['data', '${data.azurerm_subnet.a.id}', '${data.azurerm_subnet.b.id}', 'unclear'],
  ])('to %s', (_, before, after, kind) => {
    expect(kindOf('azurerm_private_endpoint', { subnet_id: before }, { subnet_id: after })).toBe(kind);
  });

  test('to what has moved stay what they are', () => {
    const endpoint = (subnet: string) => ({ azurerm_private_endpoint: { pe: { subnet_id: `\${${subnet}.id}` } } });
    const { impacts: found } = JSON.parse(
      impactOf(
        { resource: { azurerm_subnet: { a: { name: 'a' } }, ...endpoint('azurerm_subnet.a') } },
        {
          resource: { azurerm_subnet: { b: { name: 'a' } }, ...endpoint('azurerm_subnet.b') },
          moved: [{ from: 'azurerm_subnet.a', to: 'azurerm_subnet.b' }],
        },
        '--json',
      ).out,
    );

    expect(found).toEqual([{ stack: 'shop', address: 'azurerm_subnet.b', movedFrom: 'azurerm_subnet.a' }]);
  });

  test('in a circle end', () => {
    const circle = (tag: string) => ({ [GROUP]: { a: { managed_by: `\${${GROUP}.a.managed_by}`, tags: { tag } } } });

    expect(kinds(circle('1'), circle('2'))).toEqual({ [`${GROUP}.a`]: 'changed' });
  });
});
