import { TerraformVariable } from 'cdktf';
import { Environment } from '../../src/core/environment';
import { ManagedRedis } from '../../src/data/managed-redis';
import {
  RedisClusteringPolicy,
  RedisEvictionPolicy,
  RedisModule,
  RedisPersistence,
} from '../../src/data/redis-options';
import { RedisSku } from '../../src/data/redis-sku';
import { groupIn, workloadIn } from '../support';
import { cacheIn, Choices, CLASSIC_ID, keyIn, REDIS_ID, redisIn } from './redis-fixtures';

const { DEV, PROD } = Environment;
const AT = 'stack/Billing/Cache';
const FLASH = RedisSku.of('FlashOptimized_A250');
const UNKNOWN = '${var.x}';
const group = (geoReplicationGroup: string) => ({ createOnly: { geoReplicationGroup } });
const withModules = (...modules: RedisModule[]) => ({ createOnly: { modules } });

describe('fails', () => {
  test.each<[string, Choices, string]>([
    [
      'a name with capitals',
      { redisName: 'Orders' },
      '\'redisName\' must be 3 to 60 lower-case letters, digits, or single hyphens between them; got "Orders"',
    ],
    [
      'a size that Terraform does not know',
      { sku: RedisSku.of('Enterprise_E10') },
      '\'sku\' must be a size that Terraform knows, e.g. Balanced_B10, got "Enterprise_E10"',
    ],
    [
      'a region that data may not live in',
      { location: 'eastus' },
      "'location' must stay in northeurope, westeurope, got \"eastus\"; allow more with 'allowedLocations' or 'geography' on the workload",
    ],
    [
      'a region that nobody knows yet',
      { location: UNKNOWN },
      '\'location\' must be a literal, because residency follows from it at synthesis; got "${var.x}"',
    ],
    [
      'attributes that are none',
      { ignoreChanges: ['Tags!'] },
      "'ignoreChanges' must be attributes in Terraform's spelling, such as tags or site_config[0].always_on; got \"Tags!\"",
    ],
    [
      'a module twice',
      withModules(RedisModule.JSON, RedisModule.JSON.withArguments('X 1')),
      "'createOnly.modules' must name each module once, got RedisJSON twice",
    ],
    [
      'no arguments',
      withModules(RedisModule.BLOOM.withArguments(' ')),
      '\'createOnly.modules\' must load RedisBloom with arguments that are literals, and not empty, because a change of them deletes the data; got " "',
    ],
    [
      'search in a memory that is emptied',
      { ...withModules(RedisModule.SEARCH), evictionPolicy: RedisEvictionPolicy.VOLATILE_LRU },
      "'evictionPolicy' must be NO_EVICTION with the module RediSearch, got VolatileLRU",
    ],
    [
      'search over shards that show',
      { createOnly: { modules: [RedisModule.SEARCH], clusteringPolicy: RedisClusteringPolicy.OSS } },
      "'createOnly.clusteringPolicy' must be ENTERPRISE with the module RediSearch, got OSSCluster",
    ],
    [
      'other modules than JSON on disk',
      { ...withModules(RedisModule.JSON, RedisModule.BLOOM), sku: FLASH },
      "'createOnly.modules' must be no other than RedisJSON on a Flash Optimized size, got RedisBloom on FlashOptimized_A250",
    ],
    [
      'no shards for much data',
      { createOnly: { clusteringPolicy: RedisClusteringPolicy.NONE }, sku: RedisSku.BALANCED_B50 },
      "'createOnly.clusteringPolicy' must be ENTERPRISE or OSS on Balanced_B50: without shards Azure takes no more than 25 GB, and no Flash Optimized size",
    ],
    [
      'a group without a name',
      group(UNKNOWN),
      '\'createOnly.geoReplicationGroup\' must be 1 to 63 letters, digits, or single hyphens between them, in a literal; got "${var.x}"',
    ],
    [
      'a small cache with peers',
      { ...group('sessions'), sku: RedisSku.BALANCED_B1 },
      "'sku' must be Balanced_B3 or larger, and not Flash Optimized, with a 'createOnly.geoReplicationGroup', got Balanced_B1",
    ],
    [
      'modules that peers do not have',
      { createOnly: { geoReplicationGroup: 'sessions', modules: [RedisModule.TIME_SERIES] } },
      "'createOnly.modules' must be no others than RediSearch and RedisJSON with a 'createOnly.geoReplicationGroup', got RedisTimeSeries",
    ],
    [
      'persistence with peers, and two hyphens',
      { ...group('a--b'), persistence: RedisPersistence.RDB_EVERY_HOUR },
      "'createOnly.geoReplicationGroup' must be 1 to 63 letters, digits, or single hyphens between them, in a literal; got \"a--b\"; 'persistence' must be NONE with a 'createOnly.geoReplicationGroup', got 1h; Azure refuses both together, and the peers have the data",
    ],
  ])('%s', (_, choices, message) => {
    expect(() => redisIn(DEV, choices)).toThrow(new Error(`${AT}: ${message}`));
  });

  test('without an organization', () => {
    expect(() => redisIn(DEV, {}, { organization: undefined })).toThrow(
      `${AT}: names of azurerm_managed_redis are unique in all of Azure`,
    );
  });

  test('a group of the directory', () => {
    const { workload, redis } = redisIn(DEV);

    expect(() => redis.grantConnect(groupIn(workload))).toThrow(
      new Error(
        `${AT}: 'grantee' must be an identity or a person, because Redis on Azure knows no groups of the directory; got the group stack/Billing/Group`,
      ),
    );
  });

  test('a key without a version, and what is computed is no problem', () => {
    const workload = workloadIn(PROD);

    expect(() => cacheIn(workload, { encryptionKey: keyIn(workload, '') })).toThrow(
      new Error(
        `${AT}: 'encryptionKey' must give the address of a version, https://<vault>/keys/<name>/<version>, because Managed Redis takes no other; got "https://kv-shared.vault.azure.net/keys/data"`,
      ),
    );
    const computed = { bindEncrypter: () => ({ keyUri: UNKNOWN, keyVersionUri: UNKNOWN }) };
    cacheIn(workload, { encryptionKey: Object.assign(new TerraformVariable(workload, 'x', {}), computed) }, 'Other');
  });

  test.each([
    ['fromAttributes', CLASSIC_ID, "'redisId'", 'redisEnterprise'],
    ['fromClassicCacheId', REDIS_ID, "'redisCacheId'", 'redis'],
  ])('%s: an id of something else, or one that nobody knows yet', (factory, wrong, prop, type) => {
    const workload = workloadIn(DEV);
    const define = (id: string, redisId: string) => () =>
      factory === 'fromAttributes'
        ? ManagedRedis.fromAttributes(workload, id, { redisId, host: 'a.westeurope.redis.azure.net' })
        : ManagedRedis.fromClassicCacheId(workload, id, redisId);

    expect(define('Cache', wrong)).toThrow(
      new Error(
        `${AT}: ${prop} must be '/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Cache/${type}/<name>', got ${JSON.stringify(wrong)}`,
      ),
    );
    expect(define('Later', UNKNOWN)).toThrow(
      new Error(`stack/Billing/Later: ${prop} must be a literal, because names are read from it; got "\${var.x}"`),
    );
  });

  test.each([
    ['redis.example.com', "'host' must be '<name>.<region>.redis.azure.net', got \"redis.example.com\""],
    [UNKNOWN, '\'host\' must be a literal, because the region of the cache is part of it; got "${var.x}"'],
  ])('fromAttributes: the host %s', (host, message) => {
    expect(() => ManagedRedis.fromAttributes(workloadIn(DEV), 'Cache', { redisId: REDIS_ID, host })).toThrow(
      new Error(`${AT}: ${message}`),
    );
  });
});
