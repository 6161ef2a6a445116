import { row } from './row';
import { platformIn } from './synthesized';

const SERVER = 'azurerm_postgresql_flexible_server';

row('FND-5', () => {
  const prod = platformIn('prod');
  const open = prod
    .everything()
    .filter(({ attributes: { public_network_access_enabled: flag, public_network_access: word } }) => {
      return flag === true || word === 'Enabled';
    })
    .map(({ path }) => path);
  // Azure's own workflows and flow logs come from outside: both deny by default; a Static Web App is public, and knows its edge
  expect(open.sort()).toEqual(['Channels/Resource', 'Network/FlowLogs/Account', 'Site/Resource'].map(inWorkload));
  expect(prod.at('azurerm_key_vault', 'Channels/Resource').network_acls.default_action).toBe('Deny');
  expect(prod.at('azurerm_storage_account', 'FlowLogs/Account').network_rules.default_action).toBe('Deny');

  const endpoints = prod.all('azurerm_private_endpoint');
  const app = prod.idOf('azurerm_linux_web_app', 'Api/Resource');
  expect(
    Object.fromEntries(
      Object.entries(endpoints).map(([path, { private_service_connection: to }]) => [
        path,
        to.private_connection_resource_id,
      ]),
    ),
  ).toEqual({
    [inWorkload('Api/PrivateEndpoint/Resource')]: app,
    [inWorkload('Api/StagingPrivateEndpoint/Resource')]: app,
    [inWorkload('Cache/PrivateEndpoint/Resource')]: prod.idOf('azurerm_managed_redis', 'Cache/Resource'),
    [inWorkload('Database/PrivateEndpoint/Resource')]: prod.idOf(SERVER, 'Database/Resource'),
    [inWorkload('Database/Replica-abroad/PrivateEndpoint/Resource')]: prod.idOf(SERVER, 'Replica-abroad/Resource'),
    [inWorkload('Vault/PrivateEndpoint/Resource')]: prod.idOf('azurerm_key_vault', 'Vault/Resource'),
  });
  const guarded = prod.at(
    'azurerm_subnet_network_security_group_association',
    'Network/Endpoints/SecurityGroupAssociation',
  );
  for (const { private_dns_zone_group: group, subnet_id: subnet } of Object.values(endpoints)) {
    expect(group.private_dns_zone_ids).toEqual([expect.stringContaining('azurerm_private_dns_zone.')]);
    expect(subnet).toBe(`\${${guarded.address}.subnet_id}`);
  }
  for (const link of Object.values(prod.all('azurerm_private_dns_zone_virtual_network_link'))) {
    expect(link.virtual_network_id).toBe(prod.idOf('azurerm_virtual_network', 'Network/Resource'));
  }
  for (const { security_rule: rules } of Object.values(prod.all('azurerm_network_security_group'))) {
    for (const direction of ['Inbound', 'Outbound']) {
      expect(rules).toContainEqual(
        expect.objectContaining({ direction, access: 'Deny', priority: 4096, source_address_prefix: '*' }),
      );
    }
  }
  for (const { default_outbound_access_enabled: byDefault } of Object.values(prod.all('azurerm_subnet'))) {
    expect(byDefault).toBe(false);
  }
  expect(Object.keys(prod.all('azurerm_nat_gateway'))).toHaveLength(1);
  const outbound = prod.at('azurerm_subnet_nat_gateway_association', 'Network/App/NatGatewayAssociation');
  const address = prod.at('azurerm_nat_gateway_public_ip_association', 'Network/Outbound/PublicIpAssociation');
  expect(outbound.nat_gateway_id).toBe(`\${${address.address}.nat_gateway_id}`);
  expect(address).toMatchObject({
    nat_gateway_id: prod.idOf('azurerm_nat_gateway', 'Network/Outbound/Resource'),
    public_ip_address_id: prod.idOf('azurerm_public_ip', 'Network/Outbound/PublicIp'),
  });
  for (const place of [
    prod.at('azurerm_linux_web_app', 'Api/Resource'),
    prod.at('azurerm_linux_web_app_slot', 'Api/Staging'),
  ]) {
    expect(place).toMatchObject({
      virtual_network_subnet_id: `\${${outbound.address}.subnet_id}`,
      https_only: true,
      ftp_publish_basic_authentication_enabled: false,
      webdeploy_publish_basic_authentication_enabled: false,
      site_config: { vnet_route_all_enabled: true, minimum_tls_version: '1.2', scm_minimum_tls_version: '1.2' },
    });
  }
  expect(prod.at('azurerm_network_watcher_flow_log', 'Network/FlowLogs/Resource')).toMatchObject({
    enabled: true,
    target_resource_id: prod.idOf('azurerm_virtual_network', 'Network/Resource'),
  });
  const parameter = 'Fundraising/Database/Parameter-ssl_min_protocol_version';
  expect(prod.at('azurerm_postgresql_flexible_server_configuration', parameter).value).toBe('TLSv1.2');
  expect(prod.at('azurerm_managed_redis', 'Cache/Resource').default_database.client_protocol).toBe('Encrypted');
});

function inWorkload(path: string): string {
  return `Fundraising/${path}`;
}
