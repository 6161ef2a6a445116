import { IEncryptionKey } from '../contracts/encryption';
import { MonitoredProps } from '../contracts/monitoring';
import { IPrivateNetwork } from '../contracts/network';
import { ProtectedProps, SharedOwnershipProps } from '../contracts/ownership';
import { RedisCreateOnly, RedisEvictionPolicy, RedisPersistence } from './redis-options';
import { RedisSku } from './redis-sku';

/**
 * Properties for `ManagedRedis`.
 */
export interface ManagedRedisProps extends MonitoredProps, ProtectedProps, SharedOwnershipProps {
  /** Network that the cache is reached from, through an endpoint in it. */
  readonly network: IPrivateNetwork;

  /**
   * Name in Azure, unique in its region: 3 to 60 lower-case letters, digits, or single hyphens between them. A literal.
   *
   * @default - derived from the workload, its environment and the construct path
   */
  readonly redisName?: string;

  /**
   * Region of the cache, e.g. of a peer in geo-replication; data must be allowed there. Changing it replaces the cache.
   *
   * @default - the region of the workload
   */
  readonly location?: string;

  /**
   * Size. Changing it replaces the cache and loses its data; take the step `Scale` of `toRecoverySteps()` first, and the plan
   * is empty.
   *
   * @default - from the environment: B0 where its tier is economy (dev, test), B1 in staging, B5 in preprod and prod; at least B3 in
   * geo-replication
   */
  readonly sku?: RedisSku;

  /**
   * Whether each part of the data has a replica on another node, in another zone where the region has zones; without one, each
   * maintenance empties the memory. Changing it replaces the cache and loses its data.
   *
   * @default - from the environment: false where its tier is economy (dev, test) and the cache has no peers, else true
   */
  readonly highAvailability?: boolean;

  /**
   * What goes when the memory is full.
   *
   * @default - VOLATILE_LRU, or NO_EVICTION with the module SEARCH, which takes no other
   */
  readonly evictionPolicy?: RedisEvictionPolicy;

  /**
   * How the cache finds its data again after all its nodes failed. No backup: export the data for that, see `toRecoverySteps()`.
   *
   * @default - RDB_EVERY_HOUR, or NONE in geo-replication, where Azure has none and peers have the data
   */
  readonly persistence?: RedisPersistence;

  /**
   * Key of your own to encrypt the disks with. Azure takes one version of it: a rotation is followed by the next apply, so keep the
   * old version enabled until then.
   *
   * @default - a key of Azure's
   */
  readonly encryptionKey?: IEncryptionKey;

  /**
   * What the database is created with: it is **deleted with all its data** when one of these changes.
   *
   * @default - one endpoint that hides the shards, no modules, no peers
   */
  readonly createOnly?: RedisCreateOnly;

  /**
   * Lets an apply delete the database and all its data, because `createOnly` changed. Take it away afterwards.
   *
   * @default false
   */
  readonly dataLossAccepted?: boolean;
}
