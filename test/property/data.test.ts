import * as fc from 'fast-check';
import {
  Weekday,
  ManagedPostgres,
  ManagedRedis,
  PostgresHighAvailability,
  PostgresSku,
  PostgresVersion,
  RedisClusteringPolicy,
  RedisEvictionPolicy,
  RedisPersistence,
  RedisSku,
  Workload,
} from '../../src';
import { regionNamed } from '../../src/core/locations';
import { flag, formed, list, literal, literalFormed, literalText, oneOf, Prop, whole } from './kit/choices';
import { guid, ignoreChanges, kebab, LOWER, DIGITS, publicAddress, word } from './kit/forms';
import { deployerIn, grounded, NETWORK, some } from './kit/ground';
import { describeProperties } from './kit/lane';
import { Blocks, Home, only, Subject, unwatched, Values } from './kit/subject';

const { NONE, SAME_ZONE, ZONE_REDUNDANT } = PostgresHighAvailability;
const SIZES = [32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384];

const hasZones = ({ location }: Home) => regionNamed(location)?.zones ?? false;
const server = (blocks: Blocks) => only(blocks, 'azurerm_postgresql_flexible_server');

/** Switches of the server that a user may turn on, in one of Azure's spellings. */
const parameters: Prop = {
  good: fc
    .constantFrom({}, { work_mem: '8192' }, { log_min_duration_statement: '500', log_lock_waits: 'on' })
    .map(literal),
  bad: fc
    .constantFrom(
      { require_secure_transport: 'off' },
      { log_connections: 'off' },
      { 'azure.extensions': 'hstore' },
      { no_such: '1' },
    )
    .map(literal),
};

/** Sizes, and what a standby asks of them. */
function standbyProblems({ highAvailability, sku, standbyZone, zone }: Values, home: Home): string[] {
  const { profile } = home.environment;
  const { burstable } = skuOf({ sku }, home);
  const standby = highAvailability ?? (profile.zoneRedundant ? (hasZones(home) ? ZONE_REDUNDANT : SAME_ZONE) : NONE);
  return [
    ...(standby !== NONE && burstable ? [highAvailability === undefined ? 'sku' : 'highAvailability'] : []),
    ...(highAvailability === ZONE_REDUNDANT && !hasZones(home) ? ['highAvailability'] : []),
    ...(zone !== undefined && !hasZones(home) ? ['zone'] : []),
    ...(standbyZone !== undefined && (!hasZones(home) || standby !== ZONE_REDUNDANT) ? ['standbyZone'] : []),
  ];
}

const managedPostgres: Subject<Workload> = {
  name: 'ManagedPostgres',
  required: ['network', 'principalName'],
  props: {
    network: some(NETWORK),
    principalName: formed(/\S/, word(LOWER, LOWER, 3, 20), '\t'),
    serverName: literalFormed(/^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/, kebab(3, 40), 'ab', 'Upper', 'a--b', '-ab'),
    databaseName: literalFormed(
      /^[a-z][a-z0-9_-]{0,55}$/,
      word(LOWER, `${LOWER}${DIGITS}_`, 3, 20),
      '1a',
      'postgres',
      'a'.repeat(57),
    ),
    version: oneOf(PostgresVersion.V15, PostgresVersion.V16, PostgresVersion.V17, PostgresVersion.V18),
    sku: oneOf(PostgresSku.B1MS, PostgresSku.D2DS_V5, PostgresSku.E4DS_V5),
    highAvailability: oneOf(NONE, SAME_ZONE, ZONE_REDUNDANT),
    backupDays: whole(7, 35),
    day: oneOf(...Object.values(Weekday)),
    hour: whole(0, 23),
    minute: whole(0, 59),
    addresses: list(publicAddress(), { min: 1 }),
    extensions: list(literalText(fc.constantFrom('hstore', 'citext', 'uuid-ossp'), '', 'a b', 'UPPER')),
    pgBouncer: flag(),
    parameters,
    tenantId: guid(),
    storageGib: { good: fc.constantFrom(...SIZES).map(literal), bad: fc.constantFrom(0, 33, -32, NaN).map(literal) },
    zone: oneOf('1', '2'),
    standbyZone: oneOf('3'),
    deletionProtection: flag(),
    unmonitored: flag(),
    ignoreChanges: ignoreChanges(),
  },
  called: {
    principalName: 'administrator.principalName',
    hour: 'maintenance.hour',
    minute: 'maintenance.minute',
    addresses: 'publicAccess.addresses',
    storageGib: 'createOnly.storageGib',
    zone: 'createOnly.zone',
    standbyZone: 'createOnly.standbyZone',
  },
  ground: (place) => place.workload(),
  define: (workload, props) => {
    const { principalName, day, hour, minute, addresses, storageGib, zone, standbyZone, ...others } = props;
    const window = [day, hour, minute].some((part) => part !== undefined);
    new ManagedPostgres(workload, 'Subject', {
      ...(grounded(workload, others) as { network: any }),
      administrator: { principal: deployerIn(workload), principalName },
      ...(window && { maintenance: { day: day ?? Weekday.SUNDAY, hour: hour ?? 0, minute } }),
      ...(addresses && { publicAccess: { addresses, reason: 'a data team without a network' } }),
      createOnly: { storageGib, zone, standbyZone },
    });
  },
  path: (id) => `${id}/Subject`,
  tame: ({ addresses }) => [
    'highAvailability',
    'sku',
    'zone',
    'standbyZone',
    'pgBouncer',
    // the wider ones are refused: see combined
    ...(addresses && widerThan24(addresses.value as string[]) ? ['addresses'] : []),
  ],
  combined: (values, home) => [
    ...standbyProblems(values, home),
    ...(values.pgBouncer === true && skuOf(values, home).burstable ? ['pgBouncer'] : []),
    ...(values.addresses && widerThan24(values.addresses) ? ['addresses'] : []),
    ...(home.organization === undefined && values.serverName === undefined ? ['organization'] : []),
  ],
  emits: {
    serverName: (blocks) => server(blocks).name,
    backupDays: (blocks) => server(blocks).backup_retention_days,
    hour: (blocks) => server(blocks).maintenance_window.start_hour,
    minute: (blocks) => server(blocks).maintenance_window.start_minute,
    storageGib: (blocks) => server(blocks).storage_mb / 1024,
    zone: (blocks) => server(blocks).zone,
    standbyZone: (blocks) => server(blocks).high_availability.standby_availability_zone,
    deletionProtection: (blocks) => blocks.azurerm_management_lock !== undefined,
    unmonitored: unwatched,
  },
  absent: {
    backupDays: ({ environment }) => environment.profile.recoveryDays,
    deletionProtection: ({ environment }) => environment.profile.locked,
    unmonitored: () => false,
  },
};

function skuOf({ sku }: Values, { environment }: Home): PostgresSku {
  return sku ?? (environment.profile.tier === 'economy' ? PostgresSku.B1MS : PostgresSku.D2DS_V5);
}

function widerThan24(addresses: string[]): boolean {
  return addresses.some((address) => Number(String(address).split('/')[1] ?? 32) < 24);
}

const cache = (blocks: Blocks) => only(blocks, 'azurerm_managed_redis');

/** What comes together, and does not go together. */
function redisConflicts({ clusteringPolicy, persistence, group, sku }: Values): string[] {
  const small = sku === RedisSku.BALANCED_B1;
  return [
    ...(group !== undefined && small ? ['sku'] : []),
    ...(group !== undefined && persistence !== undefined && persistence !== RedisPersistence.NONE
      ? ['persistence']
      : []),
    ...(clusteringPolicy === RedisClusteringPolicy.NONE && sku === RedisSku.MEMORY_M50 ? ['clusteringPolicy'] : []),
  ];
}

const managedRedis: Subject<Workload> = {
  name: 'ManagedRedis',
  required: ['network'],
  props: {
    network: some(NETWORK),
    redisName: literalFormed(/^(?=.{3,60}$)[a-z0-9]+(-[a-z0-9]+)*$/, kebab(3, 40), 'ab', 'a--b', '-ab', 'a'.repeat(61)),
    sku: {
      good: fc.constantFrom(RedisSku.BALANCED_B1, RedisSku.BALANCED_B5, RedisSku.MEMORY_M50).map(literal),
      bad: fc.constantFrom(RedisSku.of('Standard_C1'), RedisSku.of('')).map(literal),
    },
    highAvailability: flag(),
    evictionPolicy: oneOf(...Object.values(RedisEvictionPolicy)),
    persistence: oneOf(...Object.values(RedisPersistence)),
    clusteringPolicy: oneOf(...Object.values(RedisClusteringPolicy)),
    group: literalFormed(/^(?=.{1,63}$)[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/, kebab(1, 40), 'a--b', 'a_b', 'x'.repeat(64)),
    dataLossAccepted: flag(),
    deletionProtection: flag(),
    unmonitored: flag(),
    ignoreChanges: ignoreChanges(),
  },
  called: { clusteringPolicy: 'createOnly.clusteringPolicy', group: 'createOnly.geoReplicationGroup' },
  ground: (place) => place.workload(),
  define: (workload, { clusteringPolicy, group, ...props }) =>
    new ManagedRedis(workload, 'Subject', {
      ...(grounded(workload, props) as { network: any }),
      createOnly: { clusteringPolicy, geoReplicationGroup: group },
    }),
  path: (id) => `${id}/Subject`,
  tame: () => ['group', 'clusteringPolicy'],
  combined: (values, home) => [
    ...redisConflicts(values),
    ...(home.organization === undefined && values.redisName === undefined ? ['organization'] : []),
  ],
  emits: {
    redisName: (blocks) => cache(blocks).name,
    highAvailability: (blocks) => cache(blocks).high_availability_enabled,
    evictionPolicy: (blocks) => cache(blocks).default_database.eviction_policy,
    clusteringPolicy: (blocks) => cache(blocks).default_database.clustering_policy,
    deletionProtection: (blocks) => blocks.azurerm_management_lock !== undefined,
    unmonitored: unwatched,
  },
  absent: {
    evictionPolicy: () => RedisEvictionPolicy.VOLATILE_LRU,
    clusteringPolicy: () => RedisClusteringPolicy.ENTERPRISE,
    deletionProtection: ({ environment }) => environment.profile.locked,
    unmonitored: () => false,
  },
};

describeProperties(managedPostgres, managedRedis);
