import { ManagedRedis as AzureManagedRedis } from '@cdktf/provider-azurerm/lib/managed-redis';
import { Construct } from 'constructs';
import { ServiceTier } from '../core/environment';
import { canonicalLocation } from '../core/locations';
import { nameOf, nameProblem } from '../core/naming';
import { Workload } from '../core/workload';
import { ManagedRedisProps } from './managed-redis-props';
import { RedisClusteringPolicy, RedisEvictionPolicy, RedisModule, RedisPersistence } from './redis-options';
import { RedisSku } from './redis-sku';

const { ECONOMY, STANDARD, CRITICAL } = ServiceTier;

/** Customers get what a Standard C1 had and more; a larger size is a command away, and the alert on memory says when. */
const SKU = { [ECONOMY]: RedisSku.BALANCED_B0, [STANDARD]: RedisSku.BALANCED_B1, [CRITICAL]: RedisSku.BALANCED_B5 };

/** What a cache is like once props, environment and region are put together. */
export interface RedisPlan {
  readonly redisName: string;
  readonly location: string;
  readonly sku: RedisSku;
  readonly highAvailability: boolean;
  readonly evictionPolicy: RedisEvictionPolicy;
  readonly persistence: RedisPersistence;
  readonly clusteringPolicy: RedisClusteringPolicy;
  /** Sorted: in another order, Terraform would have them loaded anew. */
  readonly modules: RedisModule[];
  readonly geoReplicationGroup?: string;
}

/**
 * Puts props, environment and region together.
 */
export function planFor(redis: Construct, props: ManagedRedisProps): RedisPlan {
  const workload = Workload.of(redis);
  const { tier } = workload.environment.profile;
  const {
    clusteringPolicy = RedisClusteringPolicy.ENTERPRISE,
    modules = [],
    geoReplicationGroup,
  } = props.createOnly ?? {};
  const replicated = geoReplicationGroup !== undefined;
  const searches = modules.some(({ name }) => name === RedisModule.SEARCH.name);
  const usual = SKU[tier];
  return {
    redisName: props.redisName ?? ownName(redis),
    location: canonicalLocation(props.location ?? workload.location),
    sku: props.sku ?? (replicated && !usual._replicated ? RedisSku.BALANCED_B3 : usual),
    highAvailability: props.highAvailability ?? (tier !== ECONOMY || replicated),
    evictionPolicy:
      props.evictionPolicy ?? (searches ? RedisEvictionPolicy.NO_EVICTION : RedisEvictionPolicy.VOLATILE_LRU),
    persistence: props.persistence ?? (replicated ? RedisPersistence.NONE : RedisPersistence.RDB_EVERY_HOUR),
    clusteringPolicy,
    modules: [...modules].sort((a, b) => (a.name < b.name ? -1 : 1)),
    geoReplicationGroup,
  };
}

function ownName(redis: Construct): string {
  const type = AzureManagedRedis.tfResourceType;
  return nameProblem(type, redis, 'redisName') ? '' : nameOf(type, redis);
}
