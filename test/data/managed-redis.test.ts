import { Construct } from 'constructs';
import { ManagedIdentity } from '../../src/access/managed-identity';
import { Principal } from '../../src/access/principal';
import { Environment } from '../../src/core/environment';
import { ManagedRedis } from '../../src/data/managed-redis';
import {
  RedisClusteringPolicy,
  RedisEvictionPolicy,
  RedisModule,
  RedisPersistence,
} from '../../src/data/redis-options';
import { RedisSku } from '../../src/data/redis-sku';
import { networkIn, Rendered, workloadIn } from '../support';
import { cacheIn, Choices, CLASSIC_ID, DEPLOYMENT, keyIn, REDIS, REDIS_ID, redisIn } from './redis-fixtures';

const { DEV, STAGING, PROD } = Environment;
const GUARD = 'terraform_data';
const CLIENT = '00000000-0000-0000-0000-00000000000A';

describe('defaults', () => {
  test('is private, keyless, encrypted and finds its data again', () => {
    const { workload } = redisIn(DEV);

    const rendered = new Rendered(workload);
    expect(rendered.only(REDIS)).toMatchObject({
      name: expect.stringMatching(/^amr-billing-dev-cache-[a-z0-9]{6}$/),
      location: 'westeurope',
      public_network_access: 'Disabled',
      default_database: {
        access_keys_authentication_enabled: false,
        client_protocol: 'Encrypted',
        clustering_policy: 'EnterpriseCluster',
        eviction_policy: 'VolatileLRU',
        persistence_redis_database_backup_frequency: '1h',
      },
    });
    expect(rendered.only('azurerm_private_endpoint')).toMatchObject({
      subnet_id: networkIn(workload).endpointSubnetId,
      private_service_connection: { subresource_names: ['redisEnterprise'] },
      private_dns_zone_group: {
        private_dns_zone_ids: [expect.stringMatching(/privatelink\.redis\.azure\.net$/)],
      },
    });
    for (const absent of ['azurerm_redis_cache', DEPLOYMENT, 'azurerm_managed_redis_geo_replication']) {
      expect(rendered.all(absent)).toEqual([]);
    }
  });

  test('announces itself with signals that Azure Monitor has', () => {
    const workload = workloadIn(DEV);
    const monitor = jest.fn();
    workload.addWatcher(Object.assign(new Construct(workload, 'Watcher'), { monitor }));

    const redis = cacheIn(workload);
    cacheIn(workload, { unmonitored: true }, 'Quiet');

    expect(monitor.mock.calls).toEqual([[redis]]);
    const { metricNamespace, logSources, signals } = redis.toMonitoringTarget();
    expect(metricNamespace).toBe('Microsoft.Cache/redisEnterprise');
    expect(logSources).toEqual({ Database: `${redis.redisId}/databases/default` });
    expect(signals.map(({ metric }) => metric?.metricName)).toEqual([
      'usedmemory',
      'serverLoad',
      'percentProcessorTime',
      'usedmemorypercentage',
      'errors',
      'connectedclients',
    ]);
  });

  test.each`
    choices                                                 | key                 | expected
    ${{}}                                                   | ${'Connections'}    | ${{ threshold: 12_000 }}
    ${{ sku: RedisSku.BALANCED_B10 }}                       | ${'Connections'}    | ${{ threshold: 24_000 }}
    ${{ sku: RedisSku.of('ComputeOptimized_X700') }}        | ${'Connections'}    | ${{ threshold: 160_000 }}
    ${{ evictionPolicy: RedisEvictionPolicy.NO_EVICTION }}  | ${'Memory'}         | ${{ severity: 'P1' }}
    ${{ evictionPolicy: RedisEvictionPolicy.ALL_KEYS_LRU }} | ${'Memory'}         | ${{ severity: 'P2' }}
    ${{ createOnly: { geoReplicationGroup: 'sessions' } }}  | ${'GeoReplication'} | ${{ threshold: 1, window: 'PT30M' }}
  `('warns of $key for $choices', ({ choices, key, expected }) => {
    const { signals } = redisIn(DEV, choices).redis.toMonitoringTarget();

    expect(signals.find((signal) => signal.key === key)).toMatchObject(expected);
  });
});

describe('environments', () => {
  test.each`
    environment            | sku              | replicas | guarded
    ${DEV}                 | ${'Balanced_B0'} | ${false} | ${undefined}
    ${Environment.TEST}    | ${'Balanced_B0'} | ${false} | ${undefined}
    ${STAGING}             | ${'Balanced_B1'} | ${true}  | ${undefined}
    ${Environment.PREPROD} | ${'Balanced_B5'} | ${true}  | ${undefined}
    ${PROD}                | ${'Balanced_B5'} | ${true}  | ${true}
  `('$environment.name: $sku, replicas $replicas, guarded $guarded', ({ environment, sku, replicas, guarded }) => {
    const { workload } = redisIn(environment);

    const rendered = new Rendered(workload);
    const cache = rendered.only(REDIS);
    expect(cache).toMatchObject({ sku_name: sku, high_availability_enabled: replicas });
    expect(cache.lifecycle?.prevent_destroy).toBe(guarded);
    expect(rendered.only(GUARD).lifecycle?.prevent_destroy).toBe(guarded);
    expect(rendered.all('azurerm_management_lock')).toHaveLength(guarded ? 1 : 0);
  });

  test.each<[string, Environment, Choices, object]>([
    ['no replica', PROD, { highAvailability: false }, { high_availability_enabled: false }],
    ['a size', DEV, { sku: RedisSku.MEMORY_M10 }, { sku_name: 'MemoryOptimized_M10' }],
    ['a name', DEV, { redisName: 'orders' }, { name: 'orders' }],
    ['a region', DEV, { location: 'North Europe' }, { location: 'northeurope' }],
    [
      'a log of writes',
      DEV,
      { persistence: RedisPersistence.AOF_EVERY_SECOND },
      { default_database: { persistence_append_only_file_backup_frequency: '1s' } },
    ],
    [
      'snapshots now and then',
      DEV,
      { persistence: RedisPersistence.RDB_EVERY_12_HOURS },
      { default_database: { persistence_redis_database_backup_frequency: '12h' } },
    ],
    [
      'search, and what it takes',
      DEV,
      { createOnly: { modules: [RedisModule.SEARCH] } },
      { default_database: { eviction_policy: 'NoEviction', clustering_policy: 'EnterpriseCluster' } },
    ],
    [
      'peers, and what they take',
      DEV,
      { createOnly: { geoReplicationGroup: 'sessions', clusteringPolicy: RedisClusteringPolicy.OSS } },
      {
        sku_name: 'Balanced_B3',
        high_availability_enabled: true,
        default_database: { clustering_policy: 'OSSCluster' },
      },
    ],
  ])('an answer is an answer: %s', (_, environment, choices, expected) => {
    expect(new Rendered(redisIn(environment, choices).workload).only(REDIS)).toMatchObject(expected);
  });

  test.each<[string, Choices]>([
    ['nothing is kept', { persistence: RedisPersistence.NONE }],
    ['peers have the data', { createOnly: { geoReplicationGroup: 'sessions' } }],
  ])('no persistence where %s', (_, choices) => {
    const { default_database: database } = new Rendered(redisIn(PROD, choices).workload).only(REDIS);

    expect(Object.keys(database).filter((name) => name.startsWith('persistence'))).toEqual([]);
  });

  test('the order of modules makes no difference', () => {
    const modules = [RedisModule.TIME_SERIES, RedisModule.BLOOM.withArguments('ERROR_RATE 0.01'), RedisModule.JSON];
    const of = (order: RedisModule[]) => new Rendered(redisIn(PROD, { createOnly: { modules: order } }).workload).json;

    expect(of(modules)).toEqual(of([...modules].reverse()));
    expect(Object.values<any>(of(modules).resource[GUARD])[0].triggers_replace.modules).toEqual([
      'RedisBloom ERROR_RATE 0.01',
      'RedisJSON',
      'RedisTimeSeries',
    ]);
  });

  test('accepted data loss lifts the one guard and no other', () => {
    const rendered = new Rendered(redisIn(PROD, { dataLossAccepted: true }).workload);

    expect(rendered.only(GUARD)).not.toHaveProperty('lifecycle');
    expect(rendered.only(REDIS).lifecycle.prevent_destroy).toBe(true);
  });

  test('a key of its own is fetched in a version, under an identity that waits for its role', () => {
    const workload = workloadIn(PROD);
    const { resources } = cacheIn(workload, { encryptionKey: keyIn(workload) });

    const identity = `\${azurerm_user_assigned_identity.${resources.encryptionIdentity!.friendlyUniqueId}.id}`;
    expect(new Rendered(workload).only(REDIS)).toMatchObject({
      identity: { type: 'UserAssigned', identity_ids: [identity] },
      customer_managed_key: {
        key_vault_key_id: 'https://kv-shared.vault.azure.net/keys/data/1',
        user_assigned_identity_id: identity,
      },
      depends_on: [`time_sleep.${resources.encryptionRoleWait!.friendlyUniqueId}`],
    });
  });
});

describe('grants', () => {
  const contentsOf = ({ template_content: template, parameters_content: values }: any) => ({
    template: JSON.parse(template),
    values: JSON.parse(values),
  });

  test('let an identity in by a deployment of its own, once', () => {
    const { workload, redis } = redisIn(DEV);
    const api = new ManagedIdentity(workload, 'Api');

    const grant = redis.grantConnect(api);
    const { principalId, principalType } = api;
    const app = Object.assign(new Construct(workload, 'App'), { principalId, principalType, actsAs: api });
    expect(redis.grantConnect(app)).toBe(grant);

    const deployment = new Rendered(workload).only(DEPLOYMENT);
    expect(deployment).toMatchObject({
      name: expect.stringMatching(/^deploy-billing-dev-cache-grant-/),
      deployment_mode: 'Incremental',
      resource_group_name: expect.stringContaining('azurerm_resource_group.'),
    });
    const { template, values } = contentsOf(deployment);
    expect(template.resources).toEqual([
      {
        type: 'Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments',
        apiVersion: '2025-07-01',
        name: "[concat(parameters('redis'), '/default/', parameters('client'))]",
        properties: { accessPolicyName: 'default', user: { objectId: "[parameters('client')]" } },
      },
    ]);
    expect(values).toEqual({
      redis: { value: expect.stringMatching(/^\$\{azurerm_managed_redis\..+\.name\}$/) },
      client: { value: expect.stringMatching(/^\$\{azurerm_user_assigned_identity\..+\.principal_id\}$/) },
    });
    expect(grant.resources.deployment).toBe(grant.node.defaultChild);
  });

  test('tell how to connect, without a secret, to whoever is connected', () => {
    const { workload, redis } = redisIn(DEV);

    const { settings } = redis.bindClient(Principal.servicePrincipal(workload, 'Api', CLIENT));

    expect(settings).toEqual({
      HOST: redis.host,
      PORT: '10000',
      TLS: 'true',
      USERNAME: CLIENT,
      TOKEN_SCOPE: 'https://redis.azure.com/.default',
    });
  });

  test('are deployed anew into a new database, which knows nobody', () => {
    const databaseOf = (choices: Choices) => {
      const { workload, redis } = redisIn(DEV, choices);
      redis.grantConnect(new ManagedIdentity(workload, 'Api'));
      return contentsOf(new Rendered(workload).only(DEPLOYMENT)).template.metadata.database;
    };

    const before = databaseOf({});
    expect(databaseOf({ sku: RedisSku.BALANCED_B10, evictionPolicy: RedisEvictionPolicy.ALL_KEYS_LFU })).toBe(before);
    expect(databaseOf({ createOnly: { clusteringPolicy: RedisClusteringPolicy.OSS } })).not.toBe(before);
  });

  test('on a cache of somebody else', () => {
    const workload = workloadIn(PROD);
    const host = 'amr-shared.westeurope.redis.azure.net';
    const redis = ManagedRedis.fromAttributes(workload, 'Cache', { redisId: REDIS_ID, host });

    const { settings } = redis.grantConnect(Principal.user(workload, 'Operator', CLIENT));

    expect(settings).toMatchObject({ HOST: host, PORT: '10000', USERNAME: CLIENT });
    const rendered = new Rendered(workload);
    const deployment = rendered.only(DEPLOYMENT);
    expect(deployment.resource_group_name).toBe('rg-shared');
    expect(contentsOf(deployment).values).toEqual({ redis: { value: 'amr-shared' }, client: { value: CLIENT } });
    expect(rendered.all(REDIS)).toEqual([]);
    expect(redis.toMonitoringTarget().signals.map(({ key }) => key)).not.toContain('Connections');
  });

  test("on a classic cache, which is only ever somebody else's", () => {
    const workload = workloadIn(PROD);
    const redis = ManagedRedis.fromClassicCacheId(workload, 'Cache', CLASSIC_ID);

    const { settings } = redis.grantConnect(Principal.servicePrincipal(workload, 'Api', CLIENT));

    expect(settings).toMatchObject({ HOST: 'redis-shared.redis.cache.windows.net', PORT: '6380' });
    const rendered = new Rendered(workload);
    expect(rendered.only('azurerm_redis_cache_access_policy_assignment')).toMatchObject({
      redis_cache_id: CLASSIC_ID,
      name: CLIENT,
      access_policy_name: 'Data Contributor',
      object_id: CLIENT,
      object_id_alias: 'Api',
    });
    expect([rendered.all('azurerm_redis_cache'), rendered.all(DEPLOYMENT)]).toEqual([[], []]);
    const { metricNamespace, logSources } = redis.toMonitoringTarget();
    expect([metricNamespace, logSources]).toEqual(['Microsoft.Cache/redis', { Cache: CLASSIC_ID }]);
  });
});
