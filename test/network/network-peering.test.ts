import { TerraformStack } from 'cdktf';
import { AzureProviders, Environment, Workload } from '../../src';
import { PeeringGateway, PeeringOptions } from '../../src/network/network-peering';
import { PrivateDns } from '../../src/network/private-dns';
import { PrivateNetwork } from '../../src/network/private-network';
import { Rendered, workloadIn } from '../support';

const HUB = '/subscriptions/0/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/vnet-hub';

function pair(): { hub: PrivateNetwork; spoke: PrivateNetwork } {
  const workload = workloadIn(Environment.DEV);
  const hub = new PrivateNetwork(workload, 'Hub', { addressSpace: '10.0.0.0/22' });
  return { hub, spoke: new PrivateNetwork(workload, 'Spoke', { addressSpace: '10.0.4.0/22' }) };
}

describe('defaults', () => {
  test('both directions are defined where both networks are', () => {
    const { hub, spoke } = pair();
    spoke.peerWith('hub', hub);

    const peerings = new Rendered(spoke).all('azurerm_virtual_network_peering');
    expect(peerings.map((peering) => [peering.virtual_network_name, peering.remote_virtual_network_id])).toEqual([
      [referenceTo(spoke, 'name'), referenceTo(hub, 'id')],
      [referenceTo(hub, 'name'), referenceTo(spoke, 'id')],
    ]);
    for (const peering of peerings) {
      expect(peering).toMatchObject({
        allow_virtual_network_access: true,
        allow_forwarded_traffic: false,
        allow_gateway_transit: false,
        use_remote_gateways: false,
      });
      expect(peering).not.toHaveProperty('depends_on');
    }
    expect(peerings.map(({ triggers }) => triggers)).toEqual([
      { remoteAddressSpace: '10.0.0.0/22' },
      { remoteAddressSpace: '10.0.4.0/22' },
    ]);
    expect(new Set(peerings.map(({ name }) => name)).size).toBe(2);
  });

  test('one direction is defined towards a network that is defined elsewhere', () => {
    const { spoke } = pair();
    const hub = PrivateNetwork.fromAttributes(spoke, 'Elsewhere', {
      virtualNetworkId: HUB,
      endpointSubnetId: `${HUB}/subnets/endpoints`,
      privateDns: PrivateDns.managedByPolicy(),
    });
    const { resources } = spoke.peerWith('hub', hub, { gateway: PeeringGateway.THEIRS, forwardedTraffic: true });

    expect(resources.reversePeering).toBeUndefined();
    expect(new Rendered(spoke).only('azurerm_virtual_network_peering')).toMatchObject({
      remote_virtual_network_id: HUB,
      use_remote_gateways: true,
      allow_forwarded_traffic: true,
    });
  });

  test('one direction is defined towards a network of another stack', () => {
    const { hub } = pair();
    const stack = new TerraformStack(hub.node.root, 'other');
    new AzureProviders(stack, 'Providers');
    const { name, environment, location, organization } = Workload.of(hub);
    const other = { name, environment, location, organization, owner: 'team-billing', costCenter: '4711' };
    const workload = new Workload(stack, 'Billing', other);
    const spoke = new PrivateNetwork(workload, 'Spoke', { addressSpace: '10.9.0.0/24' });
    spoke.peerWith('hub', hub);

    expect(new Rendered(hub).all('azurerm_virtual_network_peering')).toEqual([]);
    expect(new Rendered(spoke).all('azurerm_virtual_network_peering')).toHaveLength(1);
  });
});

describe('gateways', () => {
  const flags = (options: PeeringOptions) => {
    const { hub, spoke } = pair();
    spoke.peerWith('hub', hub, options);
    return new Rendered(spoke)
      .all('azurerm_virtual_network_peering')
      .map((peering) => [peering.allow_gateway_transit, peering.use_remote_gateways, peering.depends_on?.length ?? 0]);
  };

  test('theirs: they offer it, and this network uses it afterwards', () => {
    expect(flags({ gateway: PeeringGateway.THEIRS })).toEqual([
      [false, true, 1],
      [true, false, 0],
    ]);
  });

  test('ours: this network offers it, and they use it afterwards', () => {
    expect(flags({ gateway: PeeringGateway.OURS })).toEqual([
      [true, false, 0],
      [false, true, 1],
    ]);
  });
});

describe('fails', () => {
  test('with networks that overlap', () => {
    const { hub, spoke } = pair();
    const twin = new PrivateNetwork(spoke, 'Twin', { addressSpace: '10.0.0.0/16' });

    expect(() => twin.peerWith('hub', hub)).toThrow(
      "stack/Billing/Spoke/Twin/Peering-hub: peered networks must not overlap, got 10.0.0.0/16 and 10.0.0.0/22, of stack/Billing/Hub; give one of them another 'addressSpace'",
    );
  });

  test('with itself, with a key that cannot be, and with one that is taken', () => {
    const { hub, spoke } = pair();
    spoke.peerWith('hub', hub);

    expect(() => hub.peerWith('hub', hub)).toThrow(
      'stack/Billing/Hub/Peering-hub: a network cannot be peered with itself',
    );
    expect(() => spoke.peerWith('The hub', hub)).toThrow(
      'stack/Billing/Spoke: the key of a peering must have 1 to 40 lower-case letters, digits or hyphens and start with a letter, got "The hub"',
    );
    expect(() => spoke.peerWith('hub', hub)).toThrow('stack/Billing/Spoke: there is a peering "hub" already');
  });
});

describe('escape hatch', () => {
  test('each direction is at hand', () => {
    const { hub, spoke } = pair();
    const { resources, node } = spoke.peerWith('hub', hub);
    resources.reversePeering!.allowForwardedTraffic = true;

    expect(node.defaultChild).toBe(resources.peering);
    const forwarded = new Rendered(spoke).all('azurerm_virtual_network_peering').map((x) => x.allow_forwarded_traffic);
    expect(forwarded).toEqual([false, true]);
  });
});

function referenceTo({ resources }: PrivateNetwork, attribute: string): string {
  return `\${azurerm_virtual_network.${resources.virtualNetwork.friendlyUniqueId}.${attribute}}`;
}
