const JOIN = 'Microsoft.Network/virtualNetworks/subnets/join/action';

/** What distinguishes one purpose from another. */
interface Shape {
  /** Service that the subnet is delegated to. */
  readonly service?: string;
  /** What that service may do with the subnet. */
  readonly actions?: string[];
  /** Longest prefix that leaves enough addresses. */
  readonly longestPrefix: number;
  /** Name that Azure recognises the subnet by. */
  readonly fixedName?: string;
}

/**
 * What a subnet is for: its delegation, its smallest size and, for Azure's own appliances, its name.
 *
 * @see https://learn.microsoft.com/azure/virtual-network/virtual-network-for-azure-services
 */
export class SubnetPurpose {
  /** Virtual machines and whatever else brings its network interfaces along; at least a /29. */
  public static readonly GENERAL = new SubnetPurpose({ longestPrefix: 29 });
  /** API Management, injected; at least a /27. */
  public static readonly API_MANAGEMENT = new SubnetPurpose({ longestPrefix: 27 });
  /** Outbound traffic of App Service plans; at least a /26, because a plan takes twice its addresses while it scales. */
  public static readonly APP_SERVICE = new SubnetPurpose({
    service: 'Microsoft.Web/serverFarms',
    actions: ['Microsoft.Network/virtualNetworks/subnets/action'],
    longestPrefix: 26,
  });
  /** An environment of Container Apps with workload profiles; at least a /27. */
  public static readonly CONTAINER_APPS = SubnetPurpose.delegatedTo('Microsoft.App/environments', [JOIN], 27);
  /** Azure Firewall: Azure demands the name `AzureFirewallSubnet`, no security group and at least a /26. */
  public static readonly FIREWALL = new SubnetPurpose({ longestPrefix: 26, fixedName: 'AzureFirewallSubnet' });
  /** A VPN or ExpressRoute gateway: Azure demands the name `GatewaySubnet` and no security group; at least a /27. */
  public static readonly GATEWAY = new SubnetPurpose({ longestPrefix: 27, fixedName: 'GatewaySubnet' });
  /** Nodes of a Kubernetes cluster; at least a /22. */
  public static readonly KUBERNETES_NODES = new SubnetPurpose({ longestPrefix: 22 });
  /** PostgreSQL flexible servers, injected; at least a /28. */
  public static readonly POSTGRESQL = SubnetPurpose.delegatedTo(
    'Microsoft.DBforPostgreSQL/flexibleServers',
    [JOIN],
    28,
  );

  /**
   * A service that this list does not have and that wants a subnet of its own.
   *
   * @param service Name of the delegation, e.g. `Microsoft.Netapp/volumes`.
   * @param actions What the service may do; the list is specific to the service.
   * @param longestPrefix Length of the prefix of its smallest subnet, e.g. 28 for a /28.
   * @see https://learn.microsoft.com/azure/virtual-network/subnet-delegation-overview
   */
  public static delegatedTo(service: string, actions: string[], longestPrefix: number): SubnetPurpose {
    return new SubnetPurpose({ service, actions, longestPrefix });
  }

  /** Service that the subnet is delegated to, if any. */
  public readonly service?: string;
  /** What that service may do with the subnet. */
  public readonly actions: string[];
  /** Length of the prefix of the smallest subnet for this purpose. */
  public readonly longestPrefix: number;
  /** Name that Azure recognises the subnet by; such a subnet takes neither a security group nor a NAT gateway. */
  public readonly fixedName?: string;

  private constructor({ service, actions = [], longestPrefix, fixedName }: Shape) {
    this.service = service;
    this.actions = actions;
    this.longestPrefix = longestPrefix;
    this.fixedName = fixedName;
  }
}
