import { Environment } from '../../src/core/environment';
import { ManagedRedis } from '../../src/data/managed-redis';
import { RedisModule } from '../../src/data/redis-options';
import { RedisSku } from '../../src/data/redis-sku';
import { Rendered, workloadIn, workloadOn } from '../support';
import { cacheIn, CACHES, Choices, CLASSIC_ID, REDIS, REDIS_ID, redisIn } from './redis-fixtures';

const { DEV, PROD } = Environment;
const AT = 'stack/Billing/Cache';
const group = (geoReplicationGroup: string) => ({ createOnly: { geoReplicationGroup } });

describe('geo-replication', () => {
  const pairIn = (choices: Choices = {}, other: Choices = choices) => {
    const workload = workloadIn(DEV);
    const here = cacheIn(workload, { ...group('sessions'), ...choices });
    const there = cacheIn(workload, { ...group('sessions'), location: 'northeurope', ...other }, 'There');
    return { workload, here, there };
  };

  test('is managed by one cache, once, whatever the order', () => {
    const { workload, here, there } = pairIn();
    const another = cacheIn(workload, group('sessions'), 'Another');

    [there, another, there].forEach((peer) => here.addGeoPeer(peer));

    const id = ({ resources }: ManagedRedis) => `\${azurerm_managed_redis.${resources.redis.friendlyUniqueId}.id}`;
    expect(new Rendered(workload).only('azurerm_managed_redis_geo_replication')).toMatchObject({
      managed_redis_id: id(here),
      linked_managed_redis_ids: [id(another), id(there)],
    });
    expect([here.resources.geoReplication, there.resources.geoReplication]).toEqual([expect.anything(), undefined]);
  });

  test('takes in caches of somebody else, where data may live', () => {
    const { workload, here } = pairIn();
    const at = (id: string, region: string) =>
      ManagedRedis.fromAttributes(workload, id, { redisId: REDIS_ID, host: `amr.${region}.redis.azure.net` });

    here.addGeoPeer(at('Near', 'northeurope'));
    expect(() => here.addGeoPeer(at('Far', 'eastus'))).toThrow(
      new Error(
        `${AT}: the peer stack/Billing/Far must stay in northeurope, westeurope, got "eastus"; allow more with 'allowedLocations' or 'geography' on the workload`,
      ),
    );
    expect(() => here.addGeoPeer(ManagedRedis.fromClassicCacheId(workload, 'Old', CLASSIC_ID))).toThrow(
      new Error(`${AT}: 'peer' must be a Managed Redis, got stack/Billing/Old, which takes no part in geo-replication`),
    );
  });

  test('keeps to where the data of either workload may live', () => {
    const { workload, here } = pairIn();
    const narrow = workloadOn(workload.node.scope!, 'Narrow', {
      location: 'northeurope',
      allowedLocations: ['northeurope'],
    });

    expect(() => here.addGeoPeer(cacheIn(narrow, group('sessions')))).toThrow(
      new Error(
        `${AT}: stack/Billing/Cache, as a peer of stack/Narrow/Cache, must stay in northeurope, got "westeurope"; allow more with 'allowedLocations' or 'geography' on the workload`,
      ),
    );
  });

  test('has one manager, five members, and a name', () => {
    const { workload, here, there } = pairIn();
    const cache = (id: string) => cacheIn(workload, group('sessions'), id);
    here.addGeoPeer(there);

    const refused = (manager: ManagedRedis, peer: ManagedRedis) => {
      try {
        manager.addGeoPeer(peer);
        return 'taken';
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(refused(here, here)).toContain("'peer' must be another cache than this one");
    expect(refused(there, cache('A'))).toBe(
      "stack/Billing/There: 'peer' must be added to stack/Billing/Cache, which manages the group that this cache is in",
    );
    expect(refused(cache('B'), here)).toBe(
      "stack/Billing/B: 'peer' must not manage the group itself, as stack/Billing/Cache does; add all peers to that one",
    );
    expect(refused(cache('C'), there)).toBe(
      "stack/Billing/C: 'peer' must be in no other group, and stack/Billing/There is in that of stack/Billing/Cache",
    );
    expect(refused(here, cacheIn(workload, {}, 'Alone'))).toBe(
      `${AT}: 'createOnly.geoReplicationGroup' must be set on stack/Billing/Alone, to the same name on each cache of the group`,
    );
    expect(['D', 'E', 'F', 'G'].map((id) => refused(here, cache(id)))).toEqual(
      [
        undefined,
        undefined,
        undefined,
        `${AT}: 'peer' must be one of 4 at most, because Azure takes five caches in a group`,
      ].map((message) => message ?? 'taken'),
    );
  });

  test('takes equals, escape hatches included: nobody else says so before Azure', () => {
    const { workload, here, there } = pairIn(
      { sku: RedisSku.BALANCED_B5, createOnly: { geoReplicationGroup: 'a', modules: [RedisModule.JSON] } },
      { sku: RedisSku.BALANCED_B10, createOnly: { geoReplicationGroup: 'b' } },
    );
    here.addGeoPeer(there);
    there.resources.redis.addOverride('default_database.eviction_policy', 'NoEviction');

    const must = (attribute: string, own: string, other: string) =>
      `[${AT}] ${AT}: '${attribute}' must be the same on every cache of a group, got ${own} here and ${other} on stack/Billing/There`;
    expect(() => new Rendered(workload)).toThrow(
      [
        must('sku_name', '"Balanced_B5"', '"Balanced_B10"'),
        must('eviction_policy', '"VolatileLRU"', '"NoEviction"'),
        must('geo_replication_group_name', '"a"', '"b"'),
        must('module', '["RedisJSON"]', '[]'),
      ].join('\n  '),
    );
  });
});

describe('the steps', () => {
  const NAMED = { redisName: 'amr-orders' };
  const stepsOf = (environment: Environment, choices: Choices = {}) =>
    redisIn(environment, { ...NAMED, ...choices }, { resourceGroupName: 'rg-orders' }).redis.toRecoverySteps();

  test('import, export and scale, with the real names', () => {
    const at = '--resource-group rg-orders --cluster-name amr-orders';

    expect(stepsOf(DEV).map(({ key, commands }) => [key, commands])).toEqual([
      ['Import', [`az redisenterprise database import ${at} --sas-uris "$SAS_URIS"`]],
      ['Export', [`az redisenterprise database export ${at} --sas-uri "$SAS_URI"`]],
      ['Scale', [`az redisenterprise update ${at} --sku "$NEW_SKU"`, 'terraform plan -detailed-exitcode']],
    ]);
  });

  test('of a guarded cache with peers also do without one, and let access be taken away', () => {
    const steps = stepsOf(PROD, group('sessions')).slice(-2);

    expect(steps.map(({ key, occasion }) => [key, occasion])).toEqual([
      ['UnlinkPeer', 'failover'],
      ['RevokeAccess', 'offboarding'],
    ]);
    expect(steps[1].commands[0]).toBe(
      'az lock delete --name no-delete --resource-group rg-orders --resource amr-orders --resource-type Microsoft.Cache/redisEnterprise',
    );
  });
});

describe('escape hatch', () => {
  test('reaches everything, and the cache is the default child', () => {
    const { workload, redis } = redisIn(PROD, { ignoreChanges: ['tags["patched-by"]'] });
    const { resources } = redis;
    resources.redis.putDefaultDatabase({ clientProtocol: 'Encrypted', clusteringPolicy: 'NoCluster' });

    const rendered = new Rendered(workload);
    expect(redis.node.defaultChild).toBe(resources.redis);
    expect([resources.privateEndpoint, resources.deleteLock]).not.toContain(undefined);
    expect(rendered.only(REDIS).lifecycle).toEqual({ ignore_changes: ['tags["patched-by"]'], prevent_destroy: true });
    expect(rendered.only('terraform_data').triggers_replace.clustering_policy).toBe('NoCluster');
  });

  test.each<[string, string, unknown, string]>([
    [
      'no database',
      'default_database',
      undefined,
      "'default_database' must be there: a cache without it takes no connections, and removing it deletes the data",
    ],
    [
      'an identity that is not attached',
      'customer_managed_key',
      { key_vault_key_id: 'https://kv.vault.azure.net/keys/a/1', user_assigned_identity_id: `${CACHES}/id` },
      "'identity' must attach the identity that 'customer_managed_key' names, or Azure cannot fetch the key",
    ],
    [
      'two kinds of persistence',
      'default_database.persistence_append_only_file_backup_frequency',
      '1s',
      '\'default_database\' must have one kind of persistence, got snapshots every "1h" and a log every "1s"',
    ],
    [
      'persistence and peers',
      'default_database.geo_replication_group_name',
      'sessions',
      "'default_database' must have no persistence in geo-replication, which Azure refuses together",
    ],
  ])('stays below what Azure takes: %s', (_, path, value, message) => {
    const { workload, redis } = redisIn(DEV);
    if (value === undefined) {
      redis.resources.redis.resetDefaultDatabase();
    } else {
      redis.resources.redis.addOverride(path, value);
    }

    expect(() => new Rendered(workload)).toThrow(`[${AT}] ${AT}/Resource: ${message}`);
  });
});
