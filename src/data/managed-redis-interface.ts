import { ManagedRedis as AzureManagedRedis } from '@cdktf/provider-azurerm/lib/managed-redis';
import { ManagedRedisGeoReplication } from '@cdktf/provider-azurerm/lib/managed-redis-geo-replication';
import { ManagementLock } from '@cdktf/provider-azurerm/lib/management-lock';
import { PrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Sleep } from '@cdktf/provider-time/lib/sleep';
import { TerraformResource } from 'cdktf';
import { IConnectionTarget } from '../contracts/connection';
import { IMonitored } from '../contracts/monitoring';
import { IPrincipal } from '../contracts/principal';
import { RedisGrant } from './redis-grant';

/**
 * A Redis that identities connect to.
 */
export interface IManagedRedis extends IConnectionTarget, IMonitored {
  /** Azure resource id of the cache. */
  readonly redisId: string;
  /** Host name of the cache. */
  readonly host: string;
  /** Port that takes TLS, and nothing else. */
  readonly port: number;

  /**
   * Lets an identity read and write all keys, and tells how it connects.
   *
   * @param grantee The identity, or a person; Redis on Azure knows no groups.
   */
  grantConnect(grantee: IPrincipal): RedisGrant;
}

/**
 * How an existing Managed Redis is found.
 */
export interface ManagedRedisAttributes {
  /** Azure resource id, `…/Microsoft.Cache/redisEnterprise/<name>`; a literal. */
  readonly redisId: string;
  /** Host name, `<name>.<region>.redis.azure.net`; a literal. */
  readonly host: string;
}

/**
 * The Terraform resources behind a `ManagedRedis`; those of grants are theirs.
 */
export interface ManagedRedisResources {
  /** The cache itself, with its database. */
  readonly redis: AzureManagedRedis;
  /** Its endpoint in the network. */
  readonly privateEndpoint: PrivateEndpoint;
  /** The `terraform_data` that is replaced when a change deletes the database, and refuses that where the cache is guarded. */
  readonly dataLossGuard: TerraformResource;
  /** The group of caches, on the one that manages it. */
  readonly geoReplication?: ManagedRedisGeoReplication;
  /** The identity that fetches the key to encrypt with. */
  readonly encryptionIdentity?: UserAssignedIdentity;
  /** The wait between the roles of that identity and the cache. */
  readonly encryptionRoleWait?: Sleep;
  /** The delete lock, where the cache is guarded. */
  readonly deleteLock?: ManagementLock;
}
