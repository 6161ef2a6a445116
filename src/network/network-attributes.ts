import { PrivateDns } from './private-dns';

/**
 * What is known about a network that is defined elsewhere.
 */
export interface PrivateNetworkAttributes {
  /** Azure resource id of the virtual network. */
  readonly virtualNetworkId: string;
  /** Azure resource id of the subnet for private endpoints. */
  readonly endpointSubnetId: string;

  /**
   * Who keeps the private DNS zones of that network; a second zone of the same name cannot be linked to it.
   */
  readonly privateDns: PrivateDns;

  /**
   * Region of the network.
   *
   * @default - the region of the workload
   */
  readonly location?: string;

  /**
   * Azure resource id of the subnet for outbound traffic of apps, delegated to `Microsoft.Web/serverFarms`.
   *
   * @default - none; an error where an app wants it
   */
  readonly appSubnetId?: string;

  /**
   * Azure resource id of the subnet for injected databases, delegated to `Microsoft.DBforPostgreSQL/flexibleServers`.
   *
   * @default - none; an error where a database wants it
   */
  readonly dataSubnetId?: string;
}
