import {
  ManagedIdentity,
  ManagedRedis,
  PrivateNetwork,
  Principal,
  RedisClusteringPolicy,
  RedisEvictionPolicy,
  RedisModule,
  RedisPersistence,
  RedisSku,
  SecretVault,
  Workload,
} from '../../../src';

const GUID = '00000000-0000-0000-0000-000000000001';
const CACHES = `/subscriptions/${GUID}/resourceGroups/rg-shared/providers/Microsoft.Cache`;

/** A cache as it is when nothing is said. */
export function plain(workload: Workload): void {
  const network = new PrivateNetwork(workload, 'CacheNetwork', { addressSpace: '10.40.0.0/24' });
  new ManagedRedis(workload, 'Cache', { network }).grantConnect(new ManagedIdentity(workload, 'CacheClient'));
}

/** Caches with every prop that adds something. */
export function loaded(workload: Workload): void {
  const network = new PrivateNetwork(workload, 'CacheNetwork', { addressSpace: '10.40.0.0/24' });
  const vault = new SecretVault(workload, 'CacheVault', { network });
  const client = new ManagedIdentity(workload, 'CacheClient');
  new ManagedRedis(workload, 'Search', {
    network,
    redisName: 'amr-billing-search',
    sku: RedisSku.MEMORY_M10,
    highAvailability: true,
    persistence: RedisPersistence.AOF_EVERY_SECOND,
    encryptionKey: vault.addKey('cache'),
    createOnly: { modules: [RedisModule.SEARCH, RedisModule.BLOOM.withArguments('ERROR_RATE 0.01 INITIAL_SIZE 400')] },
    dataLossAccepted: true,
    deletionProtection: true,
    ignoreChanges: ['tags["patched-by"]'],
  }).grantConnect(client);

  const sessions = {
    network,
    sku: RedisSku.BALANCED_B3,
    evictionPolicy: RedisEvictionPolicy.NO_EVICTION,
    createOnly: { geoReplicationGroup: 'sessions', clusteringPolicy: RedisClusteringPolicy.OSS },
  };
  const here = new ManagedRedis(workload, 'Sessions', sessions);
  const there = new ManagedRedis(workload, 'SessionsAbroad', { ...sessions, location: 'northeurope' });
  here.addGeoPeer(there);
  [here, there].forEach((redis) => redis.grantConnect(client));
}

/** Caches that are somebody else's. */
export function borrowed(workload: Workload): void {
  const client = Principal.servicePrincipal(workload, 'CacheClient', GUID);
  ManagedRedis.fromAttributes(workload, 'Cache', {
    redisId: `${CACHES}/redisEnterprise/amr-shared`,
    host: 'amr-shared.westeurope.redis.azure.net',
  }).grantConnect(client);
  ManagedRedis.fromClassicCacheId(workload, 'OldCache', `${CACHES}/redis/redis-shared`).grantConnect(client);
}
