import { ManagedRedis as AzureManagedRedis } from '@cdktf/provider-azurerm/lib/managed-redis';
import { ManagedRedisGeoReplication } from '@cdktf/provider-azurerm/lib/managed-redis-geo-replication';
import { Lazy } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { residencyProblem } from '../core/residency';
import { isComputed, rejectIf, shown } from '../core/validation';
import { Workload } from '../core/workload';
import { renderedRedis, RenderedRedis } from './redis-database';

/** Azure takes five caches in a group: one manages it. */
const MOST_PEERS = 4;

const ID = 'GeoReplication';

/** A cache that takes part in geo-replication. */
export interface GeoMember extends IConstruct {
  readonly redisId: string;
  /** Where it is; nothing for a classic cache. */
  _region(): string | undefined;
  /** The resource behind it, unless it is defined elsewhere. */
  _redis(): AzureManagedRedis | undefined;
}

/** The group that a cache manages, if it does. */
export function groupManagedBy(redis: IConstruct): ManagedRedisGeoReplication | undefined {
  return redis.node.tryFindChild(ID) as ManagedRedisGeoReplication | undefined;
}

const peers = new WeakMap<IConstruct, GeoMember[]>();
const managers = new WeakMap<IConstruct, IConstruct>();

/** The peers that a cache manages, sorted by path. */
function peersOf(manager: IConstruct): GeoMember[] {
  return [...(peers.get(manager) ?? [])].sort((a, b) => (a.node.path < b.node.path ? -1 : 1));
}

/**
 * Links a cache to another one, once.
 */
export function linkOnce(manager: GeoMember & Construct, peer: GeoMember): void {
  const known = peersOf(manager);
  if (known.includes(peer)) {
    return;
  }
  rejectIf(manager, ...linkProblems(manager, peer, known.length));
  peers.set(manager, [...known, peer]);
  managers.set(peer, manager);
  if (known.length === 0) {
    new ManagedRedisGeoReplication(manager, ID, {
      managedRedisId: manager.redisId,
      linkedManagedRedisIds: Lazy.listValue({ produce: () => peersOf(manager).map(({ redisId }) => redisId) }),
    });
    manager.node.addValidation({ validate: () => differences(manager) });
  }
}

function linkProblems(manager: GeoMember & Construct, peer: GeoMember, known: number): Array<string | false> {
  const { node } = peer;
  const [here, there] = [Workload.of(manager), Workload.of(peer)];
  const region = peer._region?.();
  if (region === undefined) {
    return [`'peer' must be a Managed Redis, got ${node.path}, which takes no part in geo-replication`];
  }
  return [
    (peer as IConstruct) === manager && "'peer' must be another cache than this one",
    known >= MOST_PEERS && `'peer' must be one of ${MOST_PEERS} at most, because Azure takes five caches in a group`,
    groupManagedBy(peer) !== undefined &&
      `'peer' must not manage the group itself, as ${node.path} does; add all peers to that one`,
    managers.has(manager) &&
      `'peer' must be added to ${managers.get(manager)!.node.path}, which manages the group that this cache is in`,
    managers.has(peer) &&
      managers.get(peer) !== manager &&
      `'peer' must be in no other group, and ${node.path} is in that of ${managers.get(peer)!.node.path}`,
    residencyProblem(manager, `the peer ${node.path}`, region),
    here !== there &&
      residencyProblem(peer, `${manager.node.path}, as a peer of ${node.path},`, manager._region() ?? ''),
    ...[manager, peer].map(
      (member) =>
        groupNameOf(member) === '' &&
        `'createOnly.geoReplicationGroup' must be set on ${member.node.path}, to the same name on each cache of the group`,
    ),
  ];
}

/** Name of the group as Terraform gets it; nothing where it is not known here. */
function groupNameOf(member: GeoMember): string | undefined {
  const redis = member._redis();
  return redis && (renderedRedis(redis).default_database?.geo_replication_group_name ?? '');
}

/** What must be the same in all caches of a group, in Terraform's spelling: nobody says so before Azure. */
const SAME: ReadonlyArray<readonly [attribute: string, read: (redis: RenderedRedis) => unknown]> = [
  ['sku_name', (redis) => redis.sku_name],
  ['clustering_policy', (redis) => redis.default_database?.clustering_policy],
  ['eviction_policy', (redis) => redis.default_database?.eviction_policy],
  ['geo_replication_group_name', (redis) => redis.default_database?.geo_replication_group_name],
  [
    'module',
    (redis) => (redis.default_database?.module ?? []).map(({ name, args }) => [name, args ?? ''].join(' ').trim()),
  ],
];

/** In what the caches of a group differ, escape hatches included. */
function differences(manager: GeoMember): string[] {
  const own = manager._redis();
  if (own === undefined) {
    return [];
  }
  return peersOf(manager).flatMap((peer) => {
    const other = peer._redis();
    return other === undefined
      ? []
      : SAME.flatMap(([attribute, read]) => {
          const [here, there] = [read(renderedRedis(own)), read(renderedRedis(other))];
          const same = isComputed(here) || isComputed(there) || JSON.stringify(here) === JSON.stringify(there);
          return same
            ? []
            : [
                `${manager.node.path}: '${attribute}' must be the same on every cache of a group, got ${shown(here)} here and ${shown(there)} on ${peer.node.path}`,
              ];
        });
  });
}
