import { ManagedRedis as AzureManagedRedis } from '@cdktf/provider-azurerm/lib/managed-redis';
import { Construct } from 'constructs';
import { anEncryptionKey, aNetwork } from '../core/collaborators';
import { aListOf, anInstanceOf, aStruct, aText, Kinds, oneOf, someTexts } from '../core/kinds';
import { nameProblem } from '../core/naming';
import { ignoreProblems } from '../core/protection';
import { residencyProblem } from '../core/residency';
import { hasForm, isComputed, isText, shown } from '../core/validation';
import { ManagedRedisProps } from './managed-redis-props';
import {
  RedisClusteringPolicy,
  RedisCreateOnly,
  RedisEvictionPolicy,
  RedisModule,
  RedisPersistence,
} from './redis-options';
import { RedisPlan } from './redis-plan';
import { RedisSku } from './redis-sku';

/** What a cache takes. */
export const REDIS_KINDS: Kinds<ManagedRedisProps> = {
  network: aNetwork,
  'location?': aText,
  'sku?': anInstanceOf(RedisSku, 'RedisSku.BALANCED_B3'),
  'evictionPolicy?': oneOf(RedisEvictionPolicy),
  'persistence?': oneOf(RedisPersistence),
  'encryptionKey?': anEncryptionKey,
  'createOnly?': aStruct<RedisCreateOnly>({
    'clusteringPolicy?': oneOf(RedisClusteringPolicy),
    'modules?': aListOf(anInstanceOf(RedisModule, 'RedisModule.json()')),
  }),
  'ignoreChanges?': someTexts,
};

/** Azure resource id of a Managed Redis. */
export const REDIS_ID =
  /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Cache\/redisEnterprise\/([A-Za-z0-9-]{3,63})$/i;

/** Azure resource id of a classic Azure Cache for Redis. */
export const CLASSIC_ID =
  /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Cache\/redis\/([A-Za-z0-9-]{1,63})$/i;

/** Host name of a Managed Redis; its second label is the region. */
const HOST = /^[a-z0-9-]+\.[a-z0-9]+\.redis\.azure\.net$/i;

const GEO_MODULES = [RedisModule.SEARCH.name, RedisModule.JSON.name];

/**
 * What is wrong with the props of a cache, as clauses for `rejectIf()`.
 *
 * The provider says some of this in the plan, as long as nothing in the block is unknown; Azure says the rest in the middle of an
 * apply.
 */
export function redisProblems(redis: Construct, props: ManagedRedisProps, plan: RedisPlan): Array<string | false> {
  return [
    nameProblem(AzureManagedRedis.tfResourceType, redis, 'redisName', props.redisName),
    props.location !== undefined &&
      (isComputed(props.location)
        ? `'location' must be a literal, because residency follows from it at synthesis; got ${shown(props.location)}`
        : residencyProblem(redis, "'location'", props.location)),
    plan.sku._problem,
    ...ignoreProblems(props),
    ...moduleProblems(plan),
    plan.clusteringPolicy === RedisClusteringPolicy.NONE &&
      !plan.sku._unsharded &&
      `'createOnly.clusteringPolicy' must be ENTERPRISE or OSS on ${plan.sku.name}: without shards Azure takes no more than 25 GB, and no Flash Optimized size`,
    ...geoProblems(plan),
  ];
}

function moduleProblems({ modules, sku, evictionPolicy, clusteringPolicy }: RedisPlan): Array<string | false> {
  const names = modules.map(({ name }) => name);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  const searches = names.includes(RedisModule.SEARCH.name);
  const beside = names.filter((name) => name !== RedisModule.JSON.name);
  return [
    twice.length > 0 && `'createOnly.modules' must name each module once, got ${twice[0]} twice`,
    ...modules.map(
      ({ name, moduleArguments: text }) =>
        text !== undefined &&
        (isComputed(text) || text.trim() === '') &&
        `'createOnly.modules' must load ${name} with arguments that are literals, and not empty, because a change of them deletes the data; got ${shown(text)}`,
    ),
    searches &&
      evictionPolicy !== RedisEvictionPolicy.NO_EVICTION &&
      `'evictionPolicy' must be NO_EVICTION with the module ${RedisModule.SEARCH.name}, got ${evictionPolicy}`,
    searches &&
      clusteringPolicy !== RedisClusteringPolicy.ENTERPRISE &&
      `'createOnly.clusteringPolicy' must be ENTERPRISE with the module ${RedisModule.SEARCH.name}, got ${clusteringPolicy}`,
    sku._flash &&
      beside.length > 0 &&
      `'createOnly.modules' must be no other than ${RedisModule.JSON.name} on a Flash Optimized size, got ${beside.join(', ')} on ${sku.name}`,
  ];
}

function geoProblems({ geoReplicationGroup: group, sku, modules, persistence }: RedisPlan): Array<string | false> {
  if (group === undefined) {
    return [];
  }
  const refused = modules.map(({ name }) => name).filter((name) => !GEO_MODULES.includes(name));
  return [
    (isComputed(group) || !isText(group, /^(?=.{1,63}$)[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/)) &&
      `'createOnly.geoReplicationGroup' must be 1 to 63 letters, digits, or single hyphens between them, in a literal; got ${shown(group)}`,
    !sku._replicated &&
      `'sku' must be Balanced_B3 or larger, and not Flash Optimized, with a 'createOnly.geoReplicationGroup', got ${sku.name}`,
    refused.length > 0 &&
      `'createOnly.modules' must be no others than ${GEO_MODULES.join(' and ')} with a 'createOnly.geoReplicationGroup', got ${refused.join(', ')}`,
    persistence !== RedisPersistence.NONE &&
      `'persistence' must be NONE with a 'createOnly.geoReplicationGroup', got ${persistence}; Azure refuses both together, and the peers have the data`,
  ];
}

/** What is wrong with how an existing Managed Redis was named, as clauses for `rejectIf()`. */
export function attributeProblems(redisId: string, host: string): Array<string | false> {
  return [
    idProblem('redisId', redisId, REDIS_ID, 'redisEnterprise'),
    isComputed(host)
      ? `'host' must be a literal, because the region of the cache is part of it; got ${shown(host)}`
      : !HOST.test(host) && `'host' must be '<name>.<region>.redis.azure.net', got ${shown(host)}`,
  ];
}

/** What is wrong with the id of a classic cache, as a clause for `rejectIf()`. */
export function classicIdProblem(redisCacheId: string): string | false {
  return idProblem('redisCacheId', redisCacheId, CLASSIC_ID, 'redis');
}

function idProblem(prop: string, id: string, form: RegExp, type: string): string | false {
  return isComputed(id)
    ? `'${prop}' must be a literal, because names are read from it; got ${shown(id)}`
    : !hasForm(id, form) &&
        `'${prop}' must be '/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Cache/${type}/<name>', got ${shown(id)}`;
}
