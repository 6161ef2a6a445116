import { IConstruct } from 'constructs';

/**
 * Who writes the DNS records of private endpoints, and where.
 */
export interface PrivateDnsBinding {
  /** Azure resource ids of the private DNS zones; empty where nobody of ours writes records. */
  readonly zoneIds: string[];
  /** Whether somebody else, usually Azure Policy, writes the records, so that Terraform must leave them alone. */
  readonly managedElsewhere: boolean;
  /** Terraform addresses of the links that are made here; what resolves a name while it is created waits for them. */
  readonly linkAddresses: string[];
}

/**
 * A network that constructs put their private endpoints and their outbound traffic into.
 */
export interface IPrivateNetwork extends IConstruct {
  /** Azure resource id of the virtual network. */
  readonly virtualNetworkId: string;
  /** Region of the network; private endpoints lie there too. */
  readonly location: string;
  /** Azure resource id of the subnet for outbound traffic of apps, delegated to App Service. */
  readonly appSubnetId: string;
  /** Azure resource id of the subnet for private endpoints. */
  readonly endpointSubnetId: string;
  /** Azure resource id of the subnet for injected databases, delegated to PostgreSQL. */
  readonly dataSubnetId: string;

  /**
   * Sees to it that some private DNS zones can be resolved in this network, and says who writes records in them.
   *
   * Called by constructs.
   *
   * @param zoneNames Names of the zones, e.g. `privatelink.vaultcore.azure.net`.
   */
  bindPrivateDns(zoneNames: string[]): PrivateDnsBinding;
}
