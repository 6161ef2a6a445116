import { ManagedRedis as AzureManagedRedis } from '@cdktf/provider-azurerm/lib/managed-redis';
import { isComputed, shown } from '../core/validation';
import { renderedRedis } from './redis-database';

/**
 * What Azure would refuse in the middle of an apply, whoever wrote it: the last look at a cache, escape hatches included.
 */
export function redisOversights(redis: AzureManagedRedis): string[] {
  const { customer_managed_key: key, default_database: database, identity } = renderedRedis(redis);
  const attached = identity?.identity_ids ?? [];
  const rdb = database?.persistence_redis_database_backup_frequency;
  const aof = database?.persistence_append_only_file_backup_frequency;
  return [
    database === undefined &&
      "'default_database' must be there: a cache without it takes no connections, and removing it deletes the data",
    key !== undefined &&
      !isComputed(attached) &&
      !attached.includes(key.user_assigned_identity_id ?? '') &&
      "'identity' must attach the identity that 'customer_managed_key' names, or Azure cannot fetch the key",
    rdb !== undefined &&
      aof !== undefined &&
      `'default_database' must have one kind of persistence, got snapshots every ${shown(rdb)} and a log every ${shown(aof)}`,
    (rdb ?? aof) !== undefined &&
      (database?.geo_replication_group_name ?? '') !== '' &&
      "'default_database' must have no persistence in geo-replication, which Azure refuses together",
  ]
    .filter((problem) => problem !== false)
    .map((problem) => `${redis.node.path}: ${problem}`);
}
