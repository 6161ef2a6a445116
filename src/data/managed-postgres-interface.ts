import { DataAzurermClientConfig } from '@cdktf/provider-azurerm/lib/data-azurerm-client-config';
import { ManagementLock } from '@cdktf/provider-azurerm/lib/management-lock';
import { PostgresqlFlexibleServer } from '@cdktf/provider-azurerm/lib/postgresql-flexible-server';
import { PostgresqlFlexibleServerActiveDirectoryAdministrator } from '@cdktf/provider-azurerm/lib/postgresql-flexible-server-active-directory-administrator';
import { PostgresqlFlexibleServerConfiguration } from '@cdktf/provider-azurerm/lib/postgresql-flexible-server-configuration';
import { PostgresqlFlexibleServerFirewallRule } from '@cdktf/provider-azurerm/lib/postgresql-flexible-server-firewall-rule';
import { PrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Sleep } from '@cdktf/provider-time/lib/sleep';
import { IConnectionTarget } from '../contracts/connection';
import { IMonitored } from '../contracts/monitoring';
import { IPrincipal } from '../contracts/principal';
import { ConnectOptions, PostgresAccessStep, PostgresGrant } from './postgres-role';

/**
 * A PostgreSQL server that identities connect to.
 */
export interface IManagedPostgres extends IConnectionTarget, IMonitored {
  /** Azure resource id of the server. */
  readonly serverId: string;
  /** Host name of the server. */
  readonly host: string;
  /** Database that clients are led to. */
  readonly databaseName: string;

  /**
   * Gives a client roles in the database; `toAccessSteps()` says how they get there.
   *
   * @param grantee The identity that connects.
   * @param options What it may do; it reads and writes if nothing is said.
   */
  grantConnect(grantee: IPrincipal, options?: ConnectOptions): PostgresGrant;

  /** Steps that give clients their roles, which no API of Azure does; without a secret, and safe to repeat. */
  toAccessSteps(): PostgresAccessStep[];
}

/**
 * How an existing server is found.
 */
export interface ManagedPostgresAttributes {
  /** Azure resource id of the server; a literal, for its host name is made from it. */
  readonly serverId: string;
  /** Database that clients are led to; a literal. */
  readonly databaseName: string;

  /**
   * Whether clients go through PgBouncer.
   *
   * @default false
   */
  readonly pgBouncer?: boolean;
}

/**
 * What a server needs to be encrypted with keys of its owner.
 */
export interface PostgresEncryptionResources {
  /** Identity that fetches the key, if there is one. */
  readonly encryptionIdentity?: UserAssignedIdentity;
  /** Identity that fetches the key of the geo-redundant backups, if there is one. */
  readonly geoEncryptionIdentity?: UserAssignedIdentity;
  /** The wait between the roles of these identities and the server. */
  readonly encryptionRoleWait?: Sleep;
}

/**
 * The Terraform resources behind a `ManagedPostgres`; those of databases and replicas are theirs.
 */
export interface ManagedPostgresResources extends PostgresEncryptionResources {
  /** The server itself. */
  readonly server: PostgresqlFlexibleServer;
  /** Its administrator. */
  readonly administrator: PostgresqlFlexibleServerActiveDirectoryAdministrator;
  /** Its server parameters, by name. */
  readonly parameters: { [name: string]: PostgresqlFlexibleServerConfiguration };
  /** What lets addresses in over the internet, by address. */
  readonly firewallRules: { [address: string]: PostgresqlFlexibleServerFirewallRule };
  /** Its endpoint in the network, unless it is injected. */
  readonly privateEndpoint?: PrivateEndpoint;
  /** What Terraform is signed in as, unless the directory was given. */
  readonly clientConfig?: DataAzurermClientConfig;
  /** The delete lock, where the server is guarded. */
  readonly deleteLock?: ManagementLock;
}
