import { TerraformResource, TerraformVariable } from 'cdktf';
import * as fc from 'fast-check';
import { Environment } from '../../src';
import { PrivateNetwork, PrivateNetworkProps } from '../../src/network/private-network';
import { PrivateSubnet, SubnetOptions } from '../../src/network/private-subnet';
import { TrafficDirection } from '../../src/network/security-rule';
import { SubnetPurpose } from '../../src/network/subnet-purpose';
import { Rendered, workloadIn } from '../support';

function networkIn(environment: Environment, props: Partial<PrivateNetworkProps> = {}): PrivateNetwork {
  return new PrivateNetwork(workloadIn(environment), 'Network', { addressSpace: '10.20.0.0/22', ...props });
}

describe('defaults', () => {
  test('nothing gets in or out but what is listed', () => {
    const network = networkIn(Environment.PROD);
    const { appSubnet, endpointSubnet, dataSubnet } = network;
    const ports = '443,445,5432,6432,8500-8599,10000';
    const rest = ['Inbound 4095 Allow * AzureLoadBalancer:*', 'Inbound 4096 Deny * *:*', 'Outbound 4096 Deny * *:*'];

    expect([appSubnet, endpointSubnet, dataSubnet].map(rulesOf)).toEqual([
      [
        'Outbound 4001 Allow Tcp 10.20.1.0/24:' + ports,
        'Outbound 4002 Allow Tcp 10.20.2.0/24:5432,6432',
        'Outbound 4004 Allow Tcp Internet:443',
        ...rest,
      ].sort(),
      [`Inbound 4001 Allow Tcp VirtualNetwork:${ports}`, ...rest].sort(),
      [
        'Inbound 4001 Allow Tcp 10.20.0.0/24:5432,6432',
        'Inbound 4002 Allow Tcp 10.20.2.0/24:5432,6432',
        'Outbound 4002 Allow Tcp 10.20.2.0/24:5432,6432',
        'Outbound 4005 Allow Tcp Storage:443',
        'Outbound 4006 Allow Tcp AzureActiveDirectory:443',
        'Outbound 4007 Allow Tcp AzureKeyVault:443',
        ...rest,
      ].sort(),
    ]);
  });

  test('DNS servers of your own can be asked', () => {
    const network = networkIn(Environment.DEV, { dnsServers: ['10.0.0.4', '10.0.0.5'] });
    const jobs = network.addSubnet('jobs', { cidr: '10.20.3.0/26' });

    for (const subnet of [network.appSubnet, network.dataSubnet, jobs]) {
      expect(rulesOf(subnet)).toContain('Outbound 4003 Allow * 10.0.0.4,10.0.0.5:53');
    }
  });

  test('a list of DNS servers that Terraform has yet to compute stays a list', () => {
    const workload = workloadIn(Environment.DEV);
    const servers = new TerraformVariable(workload, 'Servers', { type: 'list(string)' });
    const network = new PrivateNetwork(workload, 'Network', {
      addressSpace: '10.0.0.0/24',
      dnsServers: servers.listValue,
    });

    const reference = `\${var.${servers.friendlyUniqueId}}`;
    expect(new Rendered(workload).only('azurerm_virtual_network').dns_servers).toBe(reference);
    const group = written(network.resources.app.networkSecurityGroup!);
    expect(group.security_rule.find(({ name }: any) => name === 'AllowDns')).toMatchObject({
      destination_address_prefixes: reference,
      destination_address_prefix: null,
    });
  });
});

describe('a subnet that is added', () => {
  test('talks within itself, to endpoints, and to the internet by HTTPS', () => {
    const network = networkIn(Environment.PROD);
    const jobs = network.addSubnet('jobs', { cidr: '10.20.3.0/26' });

    expect(rulesOf(jobs)).toEqual([
      'Inbound 4001 Allow * 10.20.3.0/26:*',
      'Inbound 4095 Allow * AzureLoadBalancer:*',
      'Inbound 4096 Deny * *:*',
      'Outbound 4001 Allow * 10.20.3.0/26:*',
      'Outbound 4002 Allow Tcp 10.20.1.0/24:443,445,5432,6432,8500-8599,10000',
      'Outbound 4004 Allow Tcp Internet:443',
      'Outbound 4096 Deny * *:*',
    ]);
    expect(jobs.resources.natGatewayAssociation).toBeDefined();
    expect(written(jobs.resources.subnet)).toMatchObject({
      name: expect.stringMatching(/^snet-billing-prod-network-jobs-/),
      address_prefixes: ['10.20.3.0/26'],
      default_outbound_access_enabled: false,
    });
  });

  test('has no way out when it should not', () => {
    const vault = networkIn(Environment.PROD).addSubnet('vault', { cidr: '10.20.3.0/26', outbound: false });

    expect(rulesOf(vault).join()).not.toContain('Internet');
    expect(vault.resources.natGatewayAssociation).toBeUndefined();
  });

  test('is delegated to what it is for', () => {
    const network = networkIn(Environment.DEV);
    const own = SubnetPurpose.delegatedTo(
      'Microsoft.ContainerInstance/containerGroups',
      ['Microsoft.Network/networkinterfaces/*'],
      28,
    );
    const [jobs, runners] = [
      network.addSubnet('jobs', { cidr: '10.20.3.0/27', purpose: SubnetPurpose.CONTAINER_APPS }),
      network.addSubnet('runners', { cidr: '10.20.3.32/28', purpose: own }),
    ].map(({ resources }) => written(resources.subnet).delegation[0].service_delegation);

    expect(jobs.name).toBe('Microsoft.App/environments');
    expect(runners).toEqual({
      name: 'Microsoft.ContainerInstance/containerGroups',
      actions: ['Microsoft.Network/networkinterfaces/*'],
    });
  });

  test('carries the name that Azure demands, and then no security group', () => {
    const network = networkIn(Environment.PROD);
    const hub = network.addSubnet('vpn', { cidr: '10.20.3.0/27', purpose: SubnetPurpose.GATEWAY });

    expect(written(hub.resources.subnet).name).toBe('GatewaySubnet');
    expect(Object.values(hub.resources).filter((resource) => resource)).toHaveLength(1);
    expect(() =>
      hub.addRule('Web', { priority: 100, direction: TrafficDirection.INBOUND, remotes: ['10.9.0.1'], ports: ['80'] }),
    ).toThrow('stack/Billing/Network/vpn: Azure allows no security group in this subnet, so no rule "Web"');
  });

  test('moves no other one, in whichever order they are added', () => {
    const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
    const blockFor = (key: string) => `10.20.3.${keys.indexOf(key) * 32}/27`;
    const rendered = (chosen: string[]) => {
      const network = networkIn(Environment.DEV);
      chosen.forEach((key) => network.addSubnet(key, { cidr: blockFor(key) }));
      const { resource } = new Rendered(network).json;
      return Object.entries<object>({ ...resource.azurerm_subnet, ...resource.azurerm_network_security_group });
    };
    const everything = new Map(rendered(keys).map(([id, block]) => [id, JSON.stringify(block)]));
    fc.assert(
      fc.property(fc.shuffledSubarray(keys), (chosen) =>
        rendered(chosen).every(([id, block]) => everything.get(id) === JSON.stringify(block)),
      ),
      { numRuns: 15 },
    );
  });

  describe('fails', () => {
    const add = (key: string, options: Partial<SubnetOptions>) => () => {
      const network = networkIn(Environment.DEV);
      network.addSubnet('jobs', { cidr: '10.20.3.0/26' });
      network.addSubnet(key, { cidr: '10.20.3.64/26', ...options });
    };

    test('with a block that cannot be, and proposes the next free one', () => {
      expect(add('x', { cidr: '10.20.1.128/25' })).toThrow(
        `stack/Billing/Network: 'cidr' of subnet "x" overlaps "Endpoints" (10.20.1.0/24), got 10.20.1.128/25; the next free /25 is 10.20.3.128/25`,
      );
      expect(add('x', { cidr: '10.20.2.0/23' })).toThrow(
        `stack/Billing/Network: 'cidr' of subnet "x" overlaps "Data" (10.20.2.0/24) and "jobs" (10.20.3.0/26), got 10.20.2.0/23; no /23 is free in 10.20.0.0/22: put the subnet into a second network and peer with that, or, where no other network lies there, make the 'addressSpace' 10.20.0.0/21, which leaves all subnets where they are`,
      );
      expect(add('x', { cidr: '10.30.0.0/26' })).toThrow(
        `stack/Billing/Network: 'cidr' of subnet "x" must lie in 10.20.0.0/22, got 10.30.0.0/26; the next free /26 is 10.20.3.64/26`,
      );
      expect(add('x', { cidr: '10.20.3.65/26' })).toThrow(
        `stack/Billing/Network: 'cidr' of subnet "x" has host bits set, got 10.20.3.65/26: did you mean 10.20.3.64/26?; the next free /27 is 10.20.3.64/27`,
      );
    });

    test.each([
      [
        '10.20.0.0/24',
        '10.20.0.0/25',
        `"App" (10.20.0.0/26) and "Endpoints" (10.20.0.64/26), got 10.20.0.0/25; no /25 is free in 10.20.0.0/24: put the subnet into a second network and peer with that; a larger 'addressSpace' would move the subnets for apps, endpoints and data, since the network is smaller than a /22, and Azure moves none that is in use`,
      ],
      [
        '10.20.4.0/22',
        '10.20.4.0/23',
        '"App" (10.20.4.0/24) and "Endpoints" (10.20.5.0/24), got 10.20.4.0/23; no /23 is free in 10.20.4.0/22: put the subnet into a second network and peer with that',
      ],
      [
        '192.168.0.0/16',
        '192.168.0.0/17',
        '"App" (192.168.0.0/24) and "Endpoints" (192.168.1.0/24) and "Data" (192.168.2.0/24), got 192.168.0.0/17; no /17 is free in 192.168.0.0/16: put the subnet into a second network and peer with that',
      ],
      [
        '10.20.0.0/22',
        '10.20.0.0/22',
        `"App" (10.20.0.0/24) and "Endpoints" (10.20.1.0/24) and "Data" (10.20.2.0/24), got 10.20.0.0/22; no /22 is free in 10.20.0.0/22: put the subnet into a second network and peer with that, or, where no other network lies there, make the 'addressSpace' 10.20.0.0/21, which leaves all subnets where they are`,
      ],
    ])('with a block for which %s has no place, and says what moves nothing', (addressSpace, cidr, message) => {
      const network = networkIn(Environment.DEV, { addressSpace });
      if (addressSpace.endsWith('/16')) {
        network.addSubnet('jobs', { cidr: '192.168.128.0/24' });
      }
      expect(() => network.addSubnet('x', { cidr })).toThrow(
        new Error(`stack/Billing/Network: 'cidr' of subnet "x" overlaps ${message}`),
      );
    });

    test('without a block, and proposes one', () => {
      expect(add('x', { cidr: '' })).toThrow(
        `stack/Billing/Network: 'cidr' of subnet "x" must be a block of IPv4 addresses like 10.0.0.0/24, got ""; the next free /27 is 10.20.3.64/27`,
      );
      expect(add('x', { cidr: undefined, purpose: SubnetPurpose.APP_SERVICE })).toThrow(
        `stack/Billing/Network: 'cidr' of subnet "x" must be a block of IPv4 addresses like 10.0.0.0/24, got nothing; the next free /26 is 10.20.3.64/26`,
      );
    });

    test('with a block that Terraform has yet to compute, and says why', () => {
      expect(add('x', { cidr: '${var.block}' })).toThrow(
        `stack/Billing/Network: 'cidr' of subnet "x" must be a literal, because addresses are planned at synthesis; got a value that Terraform has yet to compute; the next free /27 is 10.20.3.64/27`,
      );
    });

    test.each([
      ['APP_SERVICE', SubnetPurpose.APP_SERVICE, '10.20.3.64/27', 'at least a /26', '/26 is 10.20.3.64/26'],
      ['POSTGRESQL', SubnetPurpose.POSTGRESQL, '10.20.3.64/29', 'at least a /28', '/28 is 10.20.3.64/28'],
      ['API_MANAGEMENT', SubnetPurpose.API_MANAGEMENT, '10.20.3.64/28', 'at least a /27', '/27 is 10.20.3.64/27'],
      ['CONTAINER_APPS', SubnetPurpose.CONTAINER_APPS, '10.20.3.64/28', 'at least a /27', '/27 is 10.20.3.64/27'],
      ['GENERAL', SubnetPurpose.GENERAL, '10.20.3.64/30', 'at least a /29', '/29 is 10.20.3.64/29'],
    ])('with a block that is too small for %s', (_, purpose, cidr, demand, free) => {
      expect(add('x', { purpose, cidr })).toThrow(
        `stack/Billing/Network: 'cidr' of subnet "x" must be ${demand}, got ${cidr}; the next free ${free}`,
      );
    });

    test('with a key that cannot be', () => {
      expect(add('Jobs 2', {})).toThrow(
        'stack/Billing/Network: the key of a subnet must have 1 to 40 lower-case letters, digits or hyphens and start with a letter, got "Jobs 2"',
      );
      expect(add('jobs', {})).toThrow('stack/Billing/Network: there is a subnet "jobs" already');
      expect(add('app', {})).toThrow('stack/Billing/Network: there is a subnet "app" already');
      expect(add('AzureBastionSubnet', {})).toThrow(
        `stack/Billing/Network: the key "AzureBastionSubnet" is a name of Azure's own: use another key with 'purpose: SubnetPurpose.GATEWAY' or 'SubnetPurpose.FIREWALL'; others, like Azure Bastion, need rules of their own and a plain azurerm_subnet`,
      );
    });
  });
});

/** What a resource renders to. */
function written(resource: TerraformResource): any {
  return new Rendered(resource).json.resource[resource.terraformResourceType][resource.friendlyUniqueId];
}

/** The rules of a subnet, one line each, sorted. */
function rulesOf({ resources }: PrivateSubnet): string[] {
  const { security_rule } = written(resources.networkSecurityGroup!);
  return security_rule.map((rule: any) => {
    const near = rule.direction === 'Inbound' ? 'destination' : 'source';
    const far = rule.direction === 'Inbound' ? 'source' : 'destination';
    expect(rule[`${near}_address_prefix`]).toBe('*');
    expect(rule.source_port_range).toBe('*');
    const remotes = rule[`${far}_address_prefix`] ?? rule[`${far}_address_prefixes`].join();
    const ports = rule.destination_port_range ?? rule.destination_port_ranges.join();
    return `${rule.direction} ${rule.priority} ${rule.access} ${rule.protocol} ${remotes}:${ports}`;
  });
}
