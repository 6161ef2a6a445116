import { VirtualNetwork } from '@cdktf/provider-azurerm/lib/virtual-network';
import { TerraformOutput, TerraformResource, TerraformVariable } from 'cdktf';
import { Environment, IMonitored, MonitoringTarget, WorkloadProps } from '../../src';
import { PrivateNetwork, PrivateNetworkProps } from '../../src/network/private-network';
import { ENVIRONMENTS, Rendered, workloadIn } from '../support';

const GROUP = '/subscriptions/0/resourceGroups/rg-hub';
const WORKSPACE = {
  workspaceResourceId: `${GROUP}/providers/Microsoft.OperationalInsights/workspaces/log-hub`,
  workspaceGuid: '00000000-0000-0000-0000-000000000004',
};

function networkIn(
  environment: Environment,
  props: Partial<PrivateNetworkProps> = {},
  workloadProps: Partial<WorkloadProps> = {},
): PrivateNetwork {
  return new PrivateNetwork(workloadIn(environment, workloadProps), 'Network', {
    addressSpace: '10.20.0.0/22',
    ...props,
  });
}

describe('defaults', () => {
  test('is one block, encrypted where machines can', () => {
    const virtualNetwork = new Rendered(networkIn(Environment.DEV)).only('azurerm_virtual_network');

    expect(virtualNetwork).toMatchObject({
      address_space: ['10.20.0.0/22'],
      location: 'westeurope',
      encryption: { enforcement: 'AllowUnencrypted' },
    });
    expect(virtualNetwork).not.toHaveProperty('dns_servers');
    expect(virtualNetwork).not.toHaveProperty('ddos_protection_plan');
    expect(virtualNetwork).not.toHaveProperty('subnet');
  });

  test('has subnets for apps, endpoints and data, without a way out by default', () => {
    const network = networkIn(Environment.DEV);
    const rendered = new Rendered(network);
    const { app, endpoints, data } = network.resources;
    const subnets = [app, endpoints, data].map(({ subnet }) => written(rendered, subnet));

    expect(subnets.map(({ address_prefixes }) => address_prefixes[0])).toEqual([
      '10.20.0.0/24',
      '10.20.1.0/24',
      '10.20.2.0/24',
    ]);
    for (const subnet of subnets) {
      expect(subnet).toMatchObject({
        default_outbound_access_enabled: false,
        private_endpoint_network_policies: 'Enabled',
      });
      expect(subnet).not.toHaveProperty('service_endpoints');
    }
    expect(subnets.map(({ delegation }) => delegation?.[0].service_delegation)).toEqual([
      { name: 'Microsoft.Web/serverFarms', actions: ['Microsoft.Network/virtualNetworks/subnets/action'] },
      undefined,
      {
        name: 'Microsoft.DBforPostgreSQL/flexibleServers',
        actions: ['Microsoft.Network/virtualNetworks/subnets/join/action'],
      },
    ]);
    expect(rendered.all('azurerm_subnet_network_security_group_association')).toHaveLength(3);
  });

  test('keeps its subnets where they are when it grows from a /22 on, with the same first address, and else moves them', () => {
    const blocksIn = (addressSpace: string) =>
      new Rendered(networkIn(Environment.DEV, { addressSpace }))
        .all('azurerm_subnet')
        .map(({ address_prefixes }) => address_prefixes[0])
        .sort();
    const grown = ['10.0.0.0/22', '10.0.0.0/21', '10.0.0.0/20', '10.0.0.0/16', '10.0.0.0/8'];

    expect(new Set(grown.map((block) => blocksIn(block).join())).size).toBe(1);
    expect(blocksIn('10.0.0.0/24')).toEqual(['10.0.0.0/26', '10.0.0.128/26', '10.0.0.64/26']);
    expect(blocksIn('10.0.0.0/23')).toEqual(['10.0.0.0/25', '10.0.0.128/25', '10.0.1.0/25']);
    expect(blocksIn('10.0.0.0/22')).toEqual(['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24']);
  });

  test('whoever uses a subnet waits for its security group and its way out', () => {
    const [dev, prod] = [Environment.DEV, Environment.PROD].map((environment) => {
      const network = networkIn(environment);
      new TerraformOutput(network, 'AppSubnet', { value: network.appSubnetId });
      return Object.values<any>(new Rendered(network).json.output)[0].value;
    });

    expect(dev).toMatch(/^\$\{azurerm_subnet_network_security_group_association\..+\.subnet_id\}$/);
    expect(prod).toMatch(/^\$\{azurerm_subnet_nat_gateway_association\..+\.subnet_id\}$/);
  });

  test('keeps flow logs for 90 days at least', () => {
    expect(new Rendered(networkIn(Environment.DEV)).only('azurerm_network_watcher_flow_log')).toMatchObject({
      network_watcher_name: 'NetworkWatcher_westeurope',
      resource_group_name: 'NetworkWatcherRG',
      location: 'westeurope',
      target_resource_id: expect.stringMatching(/^\$\{azurerm_virtual_network\..+\.id\}$/),
      version: 2,
      enabled: true,
      retention_policy: { enabled: true, days: 90 },
    });
  });

  test('keeps them on an account that only trusted services reach', () => {
    expect(new Rendered(networkIn(Environment.DEV)).only('azurerm_storage_account')).toMatchObject({
      account_kind: 'StorageV2',
      account_replication_type: 'ZRS',
      min_tls_version: 'TLS1_2',
      https_traffic_only_enabled: true,
      allow_nested_items_to_be_public: false,
      shared_access_key_enabled: true,
      sas_policy: { expiration_period: '01.00:00:00', expiration_action: 'Log' },
      local_user_enabled: false,
      cross_tenant_replication_enabled: false,
      network_rules: { default_action: 'Deny', bypass: ['AzureServices'] },
      blob_properties: { delete_retention_policy: { days: 7 }, container_delete_retention_policy: { days: 7 } },
    });
  });

  test('takes DNS servers, a DDoS plan, another Network Watcher and a workspace for traffic analytics', () => {
    const rendered = new Rendered(
      networkIn(Environment.DEV, {
        dnsServers: ['10.0.0.4', '10.0.0.5'],
        ddosProtectionPlanId: `${GROUP}/providers/Microsoft.Network/ddosProtectionPlans/plan`,
        networkWatcherName: 'nw-we',
        networkWatcherResourceGroupName: 'rg-nw',
        trafficAnalytics: { ...WORKSPACE, workspaceLocation: 'North Europe' },
      }),
    );

    expect(rendered.only('azurerm_virtual_network')).toMatchObject({
      dns_servers: ['10.0.0.4', '10.0.0.5'],
      ddos_protection_plan: { enable: true },
    });
    expect(rendered.only('azurerm_network_watcher_flow_log')).toMatchObject({
      network_watcher_name: 'nw-we',
      resource_group_name: 'rg-nw',
      traffic_analytics: {
        enabled: true,
        workspace_resource_id: WORKSPACE.workspaceResourceId,
        workspace_id: WORKSPACE.workspaceGuid,
        workspace_region: 'northeurope',
      },
    });
  });

  test('a region of traffic analytics that Terraform has yet to compute stays as it is', () => {
    const workload = workloadIn(Environment.DEV);
    const region = new TerraformVariable(workload, 'Region', { type: 'string' });
    const trafficAnalytics = { ...WORKSPACE, workspaceLocation: region.stringValue };
    new PrivateNetwork(workload, 'Network', { addressSpace: '10.0.0.0/24', trafficAnalytics });

    const { traffic_analytics } = new Rendered(workload).only('azurerm_network_watcher_flow_log');
    expect(traffic_analytics.workspace_region).toBe(`\${var.${region.friendlyUniqueId}}`);
  });

  test('leaves flow logs to somebody else when asked', () => {
    const rendered = new Rendered(networkIn(Environment.DEV, { flowLogs: false }, { organization: undefined }));

    expect(rendered.all('azurerm_network_watcher_flow_log')).toEqual([]);
    expect(rendered.all('azurerm_storage_account')).toEqual([]);
  });
});

describe('environments', () => {
  test.each(ENVIRONMENTS.map((environment) => [environment.name, environment] as const))('%s', (_, environment) => {
    const { dedicatedOutbound, geoRedundant, logDays } = environment.profile;
    const network = networkIn(environment);
    const rendered = new Rendered(network);

    expect(rendered.all('azurerm_nat_gateway')).toHaveLength(dedicatedOutbound ? 1 : 0);
    expect(rendered.all('azurerm_subnet_nat_gateway_association')).toHaveLength(dedicatedOutbound ? 2 : 0);
    expect(network.outboundIpAddress !== undefined).toBe(dedicatedOutbound);
    expect(rendered.only('azurerm_network_watcher_flow_log').retention_policy.days).toBe(Math.max(90, logDays));
    expect(rendered.only('azurerm_storage_account').account_replication_type).toBe(geoRedundant ? 'GZRS' : 'ZRS');
  });

  test('an address of its own lies in all zones, its gateway in none', () => {
    const rendered = new Rendered(networkIn(Environment.PROD));

    expect(rendered.only('azurerm_public_ip')).toMatchObject({
      sku: 'Standard',
      allocation_method: 'Static',
      zones: ['1', '2', '3'],
    });
    expect(rendered.only('azurerm_nat_gateway')).toMatchObject({ sku_name: 'Standard' });
    expect(rendered.only('azurerm_nat_gateway')).not.toHaveProperty('zones');
  });

  test('a region without zones, or a residency without its pair, gets what it can have', () => {
    const rendered = new Rendered(
      networkIn(Environment.PROD, {}, { location: 'westus', allowedLocations: ['westus'], geography: undefined }),
    );

    expect(rendered.only('azurerm_public_ip')).not.toHaveProperty('zones');
    expect(rendered.only('azurerm_storage_account').account_replication_type).toBe('LRS');
  });

  test('an address of its own can be asked for, and refused', () => {
    const [asked, refused] = [
      networkIn(Environment.DEV, { dedicatedOutbound: true }),
      networkIn(Environment.PROD, { dedicatedOutbound: false }),
    ].map((network) => new Rendered(network).all('azurerm_nat_gateway').length);

    expect([asked, refused]).toEqual([1, 0]);
  });

  test('announces its way out to whoever watches the workload', () => {
    const monitored: MonitoringTarget[] = [];
    for (const unmonitored of [false, true]) {
      const network = networkIn(Environment.PROD, { unmonitored });
      const watcher = Object.assign(network, {
        monitor: (found: IMonitored) => monitored.push(found.toMonitoringTarget()),
      });
      (network.node.scope as any).addWatcher(watcher);
    }

    expect(monitored.map(({ metricNamespace }) => metricNamespace)).toEqual(['Microsoft.Network/natGateways']);
    expect(monitored[0].signals.map(({ metric }) => metric!.metricName)).toEqual([
      'DatapathAvailability',
      'SNATConnectionCount',
      'PacketDropCount',
    ]);
  });
});

describe('fails', () => {
  const reject = (props: Partial<PrivateNetworkProps>) => () => networkIn(Environment.DEV, props);

  test('with an address space that cannot be', () => {
    expect(reject({ addressSpace: '10.0.0.1/24' })).toThrow(
      "stack/Billing/Network: 'addressSpace' has host bits set, got 10.0.0.1/24: did you mean 10.0.0.0/24?",
    );
    expect(reject({ addressSpace: '10.0.0.0/25' })).toThrow(
      "stack/Billing/Network: 'addressSpace' must be from /8 to /24, got 10.0.0.0/25",
    );
    expect(reject({ addressSpace: '20.0.0.0/16' })).toThrow(
      "stack/Billing/Network: 'addressSpace' must lie in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10, because a public block would hide its owner from everything in the network; got 20.0.0.0/16",
    );
  });

  test('with an address space that Terraform has yet to compute, and says why', () => {
    expect(reject({ addressSpace: '${var.space}' })).toThrow(
      "stack/Billing/Network: 'addressSpace' must be a literal, because addresses are planned at synthesis; got a value that Terraform has yet to compute",
    );
  });

  test('with everything at once', () => {
    const trafficAnalytics = { workspaceResourceId: 'log', workspaceGuid: 'log', workspaceLocation: 'eastus' };
    expect(reject({ addressSpace: 'all', dnsServers: ['dns.example.com', '10.0.0.4'], trafficAnalytics })).toThrow(
      /^stack\/Billing\/Network: 'addressSpace' must be a block of IPv4 addresses like 10\.0\.0\.0\/24, got "all"; 'dnsServers' must be IPv4 addresses, got "dns\.example\.com"; 'workspaceResourceId' must be the Azure resource id of a Log Analytics workspace, got "log"; 'workspaceGuid' must be a GUID, the 'workspace_id' of the workspace, got "log"; 'workspaceLocation' must stay in .+, got "eastus"; allow more with 'allowedLocations' or 'geography' on the workload$/,
    );
  });

  test('with a workspace for flow logs that are off', () => {
    expect(reject({ flowLogs: false, trafficAnalytics: WORKSPACE })).toThrow(
      "stack/Billing/Network: 'trafficAnalytics' evaluates flow logs: leave out 'flowLogs: false', or leave out the workspace",
    );
  });

  test('with flow logs but without an organization to name their account by', () => {
    expect(() => networkIn(Environment.DEV, {}, { organization: undefined })).toThrow(
      `stack/Billing/Network: names of azurerm_storage_account are unique in all of Azure: give the workload "stack/Billing" an 'organization', a literal that no other organization uses, e.g. your domain or subscription id`,
    );
  });
});

describe('escape hatch', () => {
  test('everything is reached in one step, typed', () => {
    const network = networkIn(Environment.PROD);
    network.bindPrivateDns(['privatelink.vaultcore.azure.net']);
    const { virtualNetwork, app, flowLogAccount, privateDnsZones, privateDnsZoneLinks, ...rest } = network.resources;

    (virtualNetwork as VirtualNetwork).flowTimeoutInMinutes = 10;
    app.networkSecurityGroup!.addOverride('tags.team', 'network');
    expect(flowLogAccount?.terraformResourceType).toBe('azurerm_storage_account');
    expect(Object.keys(rest).sort()).toEqual(
      ['data', 'endpoints', 'flowLog', 'natGateway', 'natGatewayPublicIpAssociation', 'publicIp'].sort(),
    );
    expect(Object.keys(privateDnsZones)).toEqual(['privatelink.vaultcore.azure.net']);
    expect(Object.keys(privateDnsZoneLinks)).toEqual(['privatelink.vaultcore.azure.net']);

    expect(network.node.defaultChild).toBe(virtualNetwork);
    const rendered = new Rendered(network);
    expect(rendered.only('azurerm_virtual_network').flow_timeout_in_minutes).toBe(10);
    expect(written(rendered, app.networkSecurityGroup!).tags).toMatchObject({ team: 'network' });
  });
});

/** What a resource renders to. */
function written(rendered: Rendered, { terraformResourceType, friendlyUniqueId }: TerraformResource): any {
  return rendered.json.resource[terraformResourceType][friendlyUniqueId];
}
