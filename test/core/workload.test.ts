import { ApiManagementNamedValue } from '@cdktf/provider-azurerm/lib/api-management-named-value';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { Subnet } from '@cdktf/provider-azurerm/lib/subnet';
import { VirtualNetwork } from '@cdktf/provider-azurerm/lib/virtual-network';
import { Password } from '@cdktf/provider-random/lib/password';
import { RandomProvider } from '@cdktf/provider-random/lib/provider';
import { TerraformVariable, Testing, Token } from 'cdktf';
import { Construct } from 'constructs';
import { Environment, IMonitored, IWatcher, Workload, WorkloadProps } from '../../src';
import { Rendered, stackNamed, workloadIn } from '../support';

const PROPS: WorkloadProps = {
  name: 'billing',
  environment: Environment.DEV,
  location: 'westeurope',
  owner: 'team-billing',
  costCenter: '4711',
  organization: 'example.com',
};

const TAGS = { workload: 'billing', environment: 'dev', owner: 'team-billing', 'cost-center': '4711' };

describe('defaults', () => {
  test('is one tagged resource group', () => {
    const workload = workloadIn(Environment.DEV);

    expect(new Rendered(workload).only('azurerm_resource_group')).toEqual({
      name: expect.stringMatching(/^rg-billing-dev-[a-z0-9]{6}$/),
      location: 'westeurope',
      tags: TAGS,
    });
  });

  test('an existing resource group is used as it is', () => {
    const workload = workloadIn(Environment.DEV, { resourceGroupName: 'rg-shared' });

    expect(workload.resourceGroupName).toBe('rg-shared');
    expect(workload.resources.resourceGroup).toBeUndefined();
    expect(new Rendered(workload).all('azurerm_resource_group')).toEqual([]);
  });

  test('the name of that group may be one that Terraform has yet to compute', () => {
    const stack = stackNamed();
    const { stringValue } = new TerraformVariable(stack, 'Group', { type: 'string' });

    expect(new Workload(stack, 'Billing', { ...PROPS, resourceGroupName: stringValue }).resourceGroupName).toBe(
      stringValue,
    );
  });

  test('several workloads share a stack with plain resources', () => {
    const stack = stackNamed();
    new ResourceGroup(stack, 'Plain', { name: 'plain', location: 'eastus' });
    new Workload(stack, 'Billing', PROPS);
    new Workload(stack, 'Shipping', { ...PROPS, name: 'shipping', location: 'northeurope' });

    const groups = new Rendered(stack).all('azurerm_resource_group');
    expect(groups).toHaveLength(3);
    expect(groups).toContainEqual({ name: 'plain', location: 'eastus' });
    expect(groups.map(({ tags }) => tags?.workload).sort()).toEqual(['billing', 'shipping', undefined]);
  });

  test('a construct finds the nearest workload above', () => {
    const outer = workloadIn(Environment.DEV);
    const inner = new Workload(new Construct(outer, 'Part'), 'Inner', { ...PROPS, name: 'inner' });

    expect(Workload.of(new Construct(inner, 'Api'))).toBe(inner);
    expect(Workload.of(inner)).toBe(inner);
    expect(Workload.of(new Construct(outer, 'Api'))).toBe(outer);
    expect(new Rendered(outer).all('azurerm_resource_group').map(({ tags }) => tags.workload)).toEqual(
      expect.arrayContaining(['billing', 'inner']),
    );
  });

  test.each`
    written          | location        | hasZones
    ${'westeurope'}  | ${'westeurope'} | ${true}
    ${'West Europe'} | ${'westeurope'} | ${true}
    ${'ukwest'}      | ${'ukwest'}     | ${false}
    ${'UK WEST'}     | ${'ukwest'}     | ${false}
  `('$written is $location', ({ written, location, hasZones }) => {
    expect(workloadIn(Environment.DEV, { location: written })).toMatchObject({ location, hasZones });
  });
});

describe('tags', () => {
  const tagged = (tags: { [key: string]: string }, props?: Partial<WorkloadProps>) => {
    const workload = workloadIn(Environment.DEV, props);
    new VirtualNetwork(workload, 'Raw', {
      name: 'hub',
      resourceGroupName: 'rg',
      location: 'westeurope',
      addressSpace: ['10.0.0.0/16'],
      tags,
    });
    return new Rendered(workload).only('azurerm_virtual_network').tags;
  };

  test('reach resources of the provider too, beside tags of their own', () => {
    expect(tagged({ tenant: 'acme' })).toEqual({ ...TAGS, tenant: 'acme' });
  });

  test('win over tags set by hand, also in another case', () => {
    expect(tagged({ owner: 'me', Environment: 'prod', 'Cost-Center': '1', tenant: 'acme' })).toEqual({
      ...TAGS,
      tenant: 'acme',
    });
  });

  test('more of them are given once, and do not replace the mandatory ones', () => {
    expect(tagged({}, { tags: { criticality: 'high', Owner: 'me' } })).toEqual({ ...TAGS, criticality: 'high' });
  });

  test('that somebody else writes are left alone, beside whatever else is', () => {
    const tagsManagedElsewhere = ['hidden-link: /x', 'created-by'];
    const workload = workloadIn(Environment.PROD, { tagsManagedElsewhere });
    const raw = (id: string, ignoreChanges?: string[] | 'all') =>
      new ResourceGroup(workload, id, {
        name: id,
        location: 'westeurope',
        lifecycle: ignoreChanges && { preventDestroy: true, ignoreChanges },
      });
    raw('None');
    raw('Some', ['managed_by', 'tags["created-by"]']);
    raw('All', 'all');
    new RoleAssignment(workload, 'Untaggable', { scope: '/subscriptions/0', principalId: '0' });

    const rendered = new Rendered(workload);
    const ignored = (id: string) => rendered.at('azurerm_resource_group', id).lifecycle;
    expect(ignored('None')).toEqual({ ignore_changes: ['tags["created-by"]', 'tags["hidden-link: /x"]'] });
    expect(ignored('Some')).toEqual({
      prevent_destroy: true,
      ignore_changes: ['managed_by', 'tags["created-by"]', 'tags["hidden-link: /x"]'],
    });
    expect(ignored('All')).toEqual({ prevent_destroy: true, ignore_changes: 'all' });
    expect(rendered.only('azurerm_role_assignment')).not.toHaveProperty('lifecycle');
  });

  test('leave what the caller passed as it is', () => {
    const given = { tenant: 'acme' };
    const more = { criticality: 'high' };

    tagged(given, { tags: more });

    expect([given, more]).toEqual([{ tenant: 'acme' }, { criticality: 'high' }]);
  });

  test('are merged by Terraform with tags that it has yet to compute', () => {
    const workload = workloadIn(Environment.DEV);
    const { value } = new TerraformVariable(workload, 'Tags', { type: 'map(string)' });
    new ResourceGroup(workload, 'Raw', { name: 'raw', location: 'westeurope', tags: Token.asStringMap(value) });

    const groups = new Rendered(workload).all('azurerm_resource_group');
    expect(groups.find(({ name }) => name === 'raw').tags).toBe(
      '${merge(var.Billing_Tags_3CFEE81B, {"workload" = "billing", "environment" = "dev", "owner" = "team-billing", "cost-center" = "4711"})}',
    );
  });

  test('stay away from what has none, from lists of words and from other providers', () => {
    const workload = workloadIn(Environment.DEV);
    new RandomProvider(workload, 'random');
    new Password(workload, 'Password', { length: 16 });
    new Subnet(workload, 'Subnet', {
      name: 'snet',
      resourceGroupName: 'rg',
      virtualNetworkName: 'hub',
      addressPrefixes: ['10.0.0.0/24'],
    });
    new ApiManagementNamedValue(workload, 'Value', {
      name: 'value',
      apiManagementName: 'apim',
      resourceGroupName: 'rg',
      displayName: 'value',
      value: 'x',
      tags: ['a', 'b'],
    });

    const rendered = new Rendered(workload);
    expect(rendered.only('random_password')).toEqual({ length: 16 });
    expect(rendered.only('azurerm_subnet')).not.toHaveProperty('tags');
    expect(rendered.only('azurerm_api_management_named_value').tags).toEqual(['a', 'b']);
  });

  test('are the same after a second synthesis', () => {
    const workload = workloadIn(Environment.DEV, { tags: { criticality: 'high' } });
    expect(new Rendered(workload).json).toEqual(new Rendered(workload).json);
  });
});

describe('announcements', () => {
  class Thing extends Construct implements IMonitored {
    public toMonitoringTarget() {
      return { resourceId: this.node.id, metricNamespace: 'Test/things', logSources: {}, signals: [] };
    }
  }

  class Watcher extends Construct implements IWatcher {
    public readonly seen: string[] = [];

    public monitor(monitored: IMonitored): void {
      this.seen.push(monitored.node.id);
    }
  }

  test('reach every watcher, whichever was defined first', () => {
    const workload = workloadIn(Environment.DEV);
    const [early, late] = [new Watcher(workload, 'Early'), new Watcher(workload, 'Late')];

    workload.addWatcher(early);
    workload.announce(new Thing(workload, 'A'));
    workload.announce(new Thing(workload, 'B'), { unmonitored: false });
    workload.addWatcher(late);
    workload.announce(new Thing(workload, 'C'));

    expect(early.seen).toEqual(['A', 'B', 'C']);
    expect(late.seen).toEqual(['A', 'B', 'C']);
  });

  test('pass over what wants to be left out', () => {
    const workload = workloadIn(Environment.DEV);
    const watcher = new Watcher(workload, 'Watcher');
    workload.announce(new Thing(workload, 'A'), { unmonitored: true });
    workload.addWatcher(watcher);

    expect(watcher.seen).toEqual([]);
  });

  test('connections are remembered, and nobody can change what was', () => {
    const workload = workloadIn(Environment.DEV);
    const [client, target] = [new Thing(workload, 'A'), new Thing(workload, 'B')];
    workload.recordConnection({ name: 'STORE', client, target });

    workload.connections.pop();

    expect(workload.connections).toEqual([{ name: 'STORE', client, target }]);
  });
});

describe('escape hatch', () => {
  test('the default child is the resource group, typed', () => {
    const workload = workloadIn(Environment.DEV);

    const { resourceGroup } = workload.resources;
    resourceGroup!.managedBy = 'someone';

    expect(workload.node.defaultChild).toBe(resourceGroup);
    expect(new Rendered(workload).only('azurerm_resource_group')).toMatchObject({ managed_by: 'someone' });
  });

  test('works in any app, and in any kind of scope', () => {
    const stack = stackNamed();
    const workload = new Workload(new Construct(stack, 'Team'), 'Billing', PROPS);

    expect(Workload.of(workload).node.path).toBe('stack/Team/Billing');
    expect(JSON.parse(Testing.synth(stack, true)).resource.azurerm_resource_group).toBeDefined();
  });
});
