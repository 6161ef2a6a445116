import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { AzureProviders, Environment, PrivateEndpoint, PrivateLinkTarget, Workload } from '../../src';
import { PrivateDns } from '../../src/network/private-dns';
import { PrivateNetwork } from '../../src/network/private-network';
import { Rendered, stackNamed, workloadIn, workloadOn } from '../support';

const VAULT = '/subscriptions/0/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv';
const HUB = '/subscriptions/0/resourceGroups/rg-hub';
const ZONE = 'privatelink.vaultcore.azure.net';

function networkIn(workload: Workload, privateDns?: PrivateDns): PrivateNetwork {
  return new PrivateNetwork(workload, 'Network', { addressSpace: '10.20.0.0/22', privateDns });
}

function endpointIn(workload: Workload, privateDns?: PrivateDns, target = PrivateLinkTarget.VAULT): PrivateEndpoint {
  return new PrivateEndpoint(workload, 'Vault', {
    network: networkIn(workload, privateDns),
    resourceId: VAULT,
    target,
  });
}

describe('defaults', () => {
  test('lies in the subnet for endpoints, with its name in a zone of the network', () => {
    const workload = workloadIn(Environment.DEV);
    endpointIn(workload);

    const rendered = new Rendered(workload);
    const endpoint = rendered.only('azurerm_private_endpoint');
    expect(endpoint).toMatchObject({
      location: 'westeurope',
      custom_network_interface_name: `nic-${endpoint.name}`,
      subnet_id: expect.stringContaining('azurerm_subnet_network_security_group_association.'),
      private_service_connection: {
        name: endpoint.name,
        private_connection_resource_id: VAULT,
        subresource_names: ['vault'],
        is_manual_connection: false,
      },
      private_dns_zone_group: { name: 'default', private_dns_zone_ids: [expect.stringMatching(/^\$\{.+\.id\}$/)] },
    });
    expect(endpoint).not.toHaveProperty('lifecycle');
    expect(rendered.only('azurerm_private_dns_zone').name).toBe(ZONE);
  });

  test.each([
    [PrivateLinkTarget.slot('staging'), 'sites-staging', 'privatelink.azurewebsites.net'],
    [PrivateLinkTarget.of('registry', ['privatelink.azurecr.io']), 'registry', 'privatelink.azurecr.io'],
    [PrivateLinkTarget.REDIS, 'redisEnterprise', 'privatelink.redis.azure.net'],
  ])('knows %#', (target, subresource, zone) => {
    const workload = workloadIn(Environment.DEV);
    endpointIn(workload, undefined, target);

    const rendered = new Rendered(workload);
    const { private_service_connection } = rendered.only('azurerm_private_endpoint');
    expect(private_service_connection.subresource_names).toEqual([subresource]);
    expect(rendered.only('azurerm_private_dns_zone').name).toBe(zone);
  });
});

describe("the network's own zones", () => {
  test('are made and linked once, when they are needed first', () => {
    const workload = workloadIn(Environment.DEV);
    const network = networkIn(workload);
    expect(new Rendered(workload).all('azurerm_private_dns_zone')).toEqual([]);

    network.bindPrivateDns([ZONE]);
    const { zoneIds, managedElsewhere, linkAddresses } = network.bindPrivateDns([ZONE, 'privatelink.azurecr.io']);

    expect(zoneIds).toHaveLength(2);
    expect(managedElsewhere).toBe(false);
    expect(linkAddresses).toHaveLength(2);
    expect(linkAddresses[0]).toMatch(/^azurerm_private_dns_zone_virtual_network_link\./);
    const rendered = new Rendered(workload);
    const zones = rendered.all('azurerm_private_dns_zone').map(({ name }) => name);
    expect(zones.sort()).toEqual(['privatelink.azurecr.io', ZONE]);
    for (const link of rendered.all('azurerm_private_dns_zone_virtual_network_link')) {
      expect(link).toMatchObject({
        private_dns_zone_name: expect.stringMatching(/^\$\{azurerm_private_dns_zone\..+\.name\}$/),
        virtual_network_id: expect.stringMatching(/^\$\{azurerm_virtual_network\..+\.id\}$/),
        registration_enabled: false,
        resolution_policy: 'NxDomainRedirect',
      });
    }
  });

  test('fall back to the internet only where Azure can: in zones of Private Link', () => {
    const workload = workloadIn(Environment.DEV);
    networkIn(workload).bindPrivateDns(['acme.postgres.database.azure.com', 'westeurope.data.privatelink.azurecr.io']);

    const links = new Rendered(workload).all('azurerm_private_dns_zone_virtual_network_link');
    expect(links.map(({ resolution_policy }) => resolution_policy)).toEqual([undefined, 'NxDomainRedirect']);
  });

  test('keep apart whose names differ in a dot or hyphen only', () => {
    const workload = workloadIn(Environment.DEV);
    networkIn(workload).bindPrivateDns(['a.b-c', 'a-b.c', 'a.b.c', 'ab.c']);

    const rendered = new Rendered(workload);
    expect(rendered.all('azurerm_private_dns_zone')).toHaveLength(4);
    const links = rendered.all('azurerm_private_dns_zone_virtual_network_link').map(({ name }) => name);
    expect(new Set(links).size).toBe(4);
  });

  test('cannot be there twice in a resource group', () => {
    const workload = workloadIn(Environment.DEV);
    networkIn(workload).bindPrivateDns([ZONE]);
    const second = new PrivateNetwork(workload, 'Second', { addressSpace: '10.30.0.0/24' });

    expect(() => second.bindPrivateDns([ZONE])).toThrow(
      "stack/Billing/Second: the resource group has a private DNS zone privatelink.vaultcore.azure.net already, at stack/Billing/Network/PrivateDns/privatelink.vaultcore.azure.net/Resource: give one of the networks 'privateDns: PrivateDns.existingZones(…)', or a resource group of its own",
    );
  });

  test('cannot be there twice in a resource group that several workloads share', () => {
    const stack = stackNamed();
    const [billing, orders, others] = ['Billing', 'Orders', 'Others'].map((id, n) =>
      workloadOn(stack, id, { resourceGroupName: n < 2 ? 'rg-shared' : 'rg-others' }),
    );
    networkIn(billing).bindPrivateDns([ZONE]);
    const second = networkIn(orders);

    expect(() => second.bindPrivateDns([ZONE])).toThrow(
      "stack/Orders/Network: the resource group has a private DNS zone privatelink.vaultcore.azure.net already, at stack/Billing/Network/PrivateDns/privatelink.vaultcore.azure.net/Resource: give one of the networks 'privateDns: PrivateDns.existingZones(…)', or a resource group of its own",
    );
    expect(() => networkIn(others).bindPrivateDns([ZONE])).not.toThrow();
  });

  test('serve a network that is defined elsewhere, too', () => {
    const workload = workloadIn(Environment.DEV);
    const virtualNetworkId = `${HUB}/providers/Microsoft.Network/virtualNetworks/vnet`;
    const endpointSubnetId = `${virtualNetworkId}/subnets/endpoints`;
    const privateDns = PrivateDns.ownZones();
    PrivateNetwork.fromAttributes(workload, 'Network', {
      virtualNetworkId,
      endpointSubnetId,
      privateDns,
    }).bindPrivateDns([ZONE]);

    const rendered = new Rendered(workload);
    expect(rendered.only('azurerm_private_dns_zone_virtual_network_link').virtual_network_id).toBe(virtualNetworkId);
    expect(rendered.all('azurerm_virtual_network')).toEqual([]);
  });

  test('have names that are literals', () => {
    expect(() => networkIn(workloadIn(Environment.DEV)).bindPrivateDns(['${var.zone}'])).toThrow(
      'stack/Billing/Network: names of private DNS zones must be literals, because addresses in Terraform are made from them; got a value that Terraform has yet to compute',
    );
  });
});

describe('links that are made here', () => {
  const LINK = 'azurerm_private_dns_zone_virtual_network_link';
  const linksIn = (rendered: Rendered) => Object.keys(rendered.json.resource[LINK]).map((id) => `${LINK}.${id}`);

  test('go after the endpoints that are found through them, and never wait for one', () => {
    const workload = workloadIn(Environment.DEV);
    const network = networkIn(workload);
    const registry = PrivateLinkTarget.of('registry', ['privatelink.azurecr.io', ZONE]);
    [PrivateLinkTarget.VAULT, PrivateLinkTarget.VAULT, registry].forEach(
      (target, n) => new PrivateEndpoint(workload, `Endpoint${n}`, { network, resourceId: VAULT, target }),
    );

    const rendered = new Rendered(workload);
    const [registryLink, vaultLink] = linksIn(rendered).sort();
    expect(rendered.all('azurerm_private_endpoint').map(({ depends_on }) => depends_on)).toEqual([
      [vaultLink],
      [vaultLink],
      [registryLink, vaultLink],
    ]);
    for (const type of ['azurerm_private_dns_zone', LINK]) {
      rendered.all(type).forEach((made) => {
        expect(made).not.toHaveProperty('depends_on');
        expect(JSON.stringify(made)).not.toContain('azurerm_private_endpoint');
      });
    }
  });

  test('lead to zones of a hub, too', () => {
    const workload = workloadIn(Environment.DEV);
    endpointIn(workload, PrivateDns.existingZones(HUB, { linked: false }));

    const rendered = new Rendered(workload);
    expect(rendered.only('azurerm_private_endpoint').depends_on).toEqual(linksIn(rendered));
  });

  test('of another stack are not waited for, since that one goes later anyway', () => {
    const app = Testing.app();
    const [hub, workload] = ['hub', 'vaults'].map((name) => {
      const stack = new TerraformStack(app, name);
      new AzureProviders(stack, 'Providers');
      return workloadOn(stack, 'Billing');
    });
    const network = networkIn(hub);
    new PrivateEndpoint(workload, 'Vault', { network, resourceId: VAULT, target: PrivateLinkTarget.VAULT });

    const endpoint = new Rendered(workload).only('azurerm_private_endpoint');
    expect(endpoint).not.toHaveProperty('depends_on');
    expect(endpoint.private_dns_zone_group.private_dns_zone_ids).toHaveLength(1);
  });
});

describe('zones of a hub', () => {
  test('are written to, and neither made nor linked', () => {
    const workload = workloadIn(Environment.DEV);
    endpointIn(workload, PrivateDns.existingZones(HUB));

    const rendered = new Rendered(workload);
    const endpoint = rendered.only('azurerm_private_endpoint');
    expect(endpoint.private_dns_zone_group.private_dns_zone_ids).toEqual([
      `${HUB}/providers/Microsoft.Network/privateDnsZones/${ZONE}`,
    ]);
    expect(endpoint).not.toHaveProperty('lifecycle');
    expect(endpoint).not.toHaveProperty('depends_on');
    expect(rendered.all('azurerm_private_dns_zone')).toEqual([]);
    expect(rendered.all('azurerm_private_dns_zone_virtual_network_link')).toEqual([]);
  });

  test('are linked once when they are not yet', () => {
    const workload = workloadIn(Environment.DEV);
    const network = networkIn(workload, PrivateDns.existingZones(HUB, { linked: false }));
    network.bindPrivateDns([ZONE]);
    network.bindPrivateDns([ZONE]);

    expect(new Rendered(workload).only('azurerm_private_dns_zone_virtual_network_link')).toMatchObject({
      private_dns_zone_name: ZONE,
      resource_group_name: 'rg-hub',
      resolution_policy: 'NxDomainRedirect',
    });
    expect(Object.keys(network.resources.privateDnsZoneLinks)).toEqual([ZONE]);
    expect(network.resources.privateDnsZones).toEqual({});
  });

  test('may be known to Terraform only', () => {
    const workload = workloadIn(Environment.DEV);
    const group = new TerraformVariable(workload, 'Group', { type: 'string' });
    networkIn(workload, PrivateDns.existingZones(group.stringValue, { linked: false })).bindPrivateDns([ZONE]);

    expect(new Rendered(workload).only('azurerm_private_dns_zone_virtual_network_link').resource_group_name).toBe(
      `\${element(split("/", var.${group.friendlyUniqueId}), 4)}`,
    );
  });

  test('lie in a resource group', () => {
    const wrong = PrivateDns.existingZones('rg-hub');
    expect(() => networkIn(workloadIn(Environment.DEV), wrong)).toThrow(
      `stack/Billing/Network: 'resourceGroupId' of the private DNS zones must be '/subscriptions/<id>/resourceGroups/<name>', got "rg-hub"`,
    );
  });
});

describe('zones that Azure Policy keeps', () => {
  test('are left alone, and so are the records of endpoints', () => {
    const workload = workloadIn(Environment.DEV);
    endpointIn(workload, PrivateDns.managedByPolicy());

    const rendered = new Rendered(workload);
    const endpoint = rendered.only('azurerm_private_endpoint');
    expect(endpoint.lifecycle).toEqual({ ignore_changes: ['private_dns_zone_group'] });
    expect(endpoint).not.toHaveProperty('private_dns_zone_group');
    expect(endpoint).not.toHaveProperty('depends_on');
    expect(rendered.all('azurerm_private_dns_zone')).toEqual([]);
    expect(rendered.all('azurerm_private_dns_zone_virtual_network_link')).toEqual([]);
  });
});

describe('escape hatch', () => {
  test('the default child is the endpoint, typed', () => {
    const workload = workloadIn(Environment.DEV);
    const { resources, node } = endpointIn(workload);
    resources.privateEndpoint.customNetworkInterfaceName = 'nic-vault';

    expect(node.defaultChild).toBe(resources.privateEndpoint);
    expect(new Rendered(workload).only('azurerm_private_endpoint').custom_network_interface_name).toBe('nic-vault');
  });
});
