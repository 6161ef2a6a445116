import { Environment } from '../../src';
import { PrivateDns } from '../../src/network/private-dns';
import { PrivateNetwork } from '../../src/network/private-network';
import { Rendered, workloadIn } from '../support';

const GROUP = '/subscriptions/0/resourceGroups/rg-hub';
const NETWORK = `${GROUP}/providers/Microsoft.Network/virtualNetworks/vnet-hub`;

const attributes = {
  virtualNetworkId: NETWORK,
  endpointSubnetId: `${NETWORK}/subnets/endpoints`,
  privateDns: PrivateDns.existingZones(GROUP),
};

test('emits nothing', () => {
  const workload = workloadIn(Environment.PROD);
  const appSubnetId = `${NETWORK}/subnets/app`;
  const network = PrivateNetwork.fromAttributes(workload, 'Network', { ...attributes, appSubnetId });

  expect(network.virtualNetworkId).toBe(NETWORK);
  expect(network.appSubnetId).toBe(appSubnetId);
  expect(network.location).toBe('westeurope');
  expect(network.bindPrivateDns(['privatelink.vaultcore.azure.net'])).toEqual({
    zoneIds: [`${GROUP}/providers/Microsoft.Network/privateDnsZones/privatelink.vaultcore.azure.net`],
    managedElsewhere: false,
    linkAddresses: [],
  });
  expect(Object.keys(new Rendered(workload).json.resource)).toEqual(['azurerm_resource_group']);
});

test('takes values that Terraform has yet to compute', () => {
  const workload = workloadIn(Environment.PROD);
  const ids = { virtualNetworkId: '${var.network}', endpointSubnetId: '${var.endpoints}', location: '${var.region}' };

  expect(PrivateNetwork.fromAttributes(workload, 'Network', { ...attributes, ...ids })).toMatchObject(ids);
});

test('says what is missing when somebody wants it', () => {
  const network = PrivateNetwork.fromAttributes(workloadIn(Environment.PROD), 'Network', attributes);

  expect(() => network.appSubnetId).toThrow(
    "stack/Billing/Network: something wants the 'appSubnetId' of this network: give it to 'PrivateNetwork.fromAttributes'",
  );
  expect(() => network.dataSubnetId).toThrow(
    "stack/Billing/Network: something wants the 'dataSubnetId' of this network: give it to 'PrivateNetwork.fromAttributes'",
  );
});

test('refuses what is no network, no subnet, or too far away', () => {
  const wrong = { ...attributes, virtualNetworkId: 'vnet', endpointSubnetId: NETWORK, location: 'West Europa' };
  expect(() => PrivateNetwork.fromAttributes(workloadIn(Environment.PROD), 'Network', wrong)).toThrow(
    `stack/Billing/Network: 'virtualNetworkId' must be the Azure resource id of a virtual network, got "vnet"; 'endpointSubnetId' must be the Azure resource id of a subnet, got "${NETWORK}"; 'location' must be a region of Azure, got "West Europa"; did you mean westeurope`,
  );
});
