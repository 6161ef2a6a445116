import { ManagedRedis as AzureManagedRedis } from '@cdktf/provider-azurerm/lib/managed-redis';
import { Construct } from 'constructs';
import { ConnectionConfig } from '../contracts/connection';
import { MonitoringTarget } from '../contracts/monitoring';
import { IPrivateNetwork } from '../contracts/network';
import { IPrincipal } from '../contracts/principal';
import { IRecoverable, RecoveryStep } from '../contracts/recovery';
import { aBearerOf, checkKinds } from '../core/kinds';
import { defineDeleteLock, isGuarded, lifecycleOf } from '../core/protection';
import { rejectIf } from '../core/validation';
import { Workload } from '../core/workload';
import { PrivateEndpoint } from '../network/private-endpoint';
import { PrivateLinkTarget } from '../network/private-link-target';
import { IManagedRedis, ManagedRedisAttributes, ManagedRedisResources } from './managed-redis-interface';
import { ManagedRedisProps } from './managed-redis-props';
import { letInto, letIntoClassic } from './redis-access';
import { databaseKey, defineDataLossGuard } from './redis-database';
import { redisEncryption } from './redis-encryption';
import { GeoMember, groupManagedBy, linkOnce } from './redis-geo';
import { RedisGrant, RedisGrantResources } from './redis-grant';
import { RedisPersistence } from './redis-options';
import { planFor, RedisPlan } from './redis-plan';
import {
  attributeProblems,
  CLASSIC_ID,
  classicIdProblem,
  REDIS_ID,
  REDIS_KINDS,
  redisProblems,
} from './redis-problems';
import { redisRecovery } from './redis-recovery';
import { redisOversights } from './redis-rules';
import { classicSignals, redisSignals } from './redis-signals';

/** Ports for TLS: of Managed Redis, and of the classic service. */
const [PORT, CLASSIC_PORT] = [10_000, 6380];

abstract class ManagedRedisBase extends Construct implements IManagedRedis {
  public abstract readonly redisId: string;
  public abstract readonly host: string;
  public readonly port: number = PORT;

  public grantConnect(grantee: IPrincipal): RedisGrant {
    const { host, port } = this;
    return RedisGrant._once({ scope: this, host, port, define: (...args) => this._letIn(...args) }, grantee);
  }

  public bindClient(client: IPrincipal): ConnectionConfig {
    return { settings: this.grantConnect(client).settings, networks: this._networks() };
  }

  public toMonitoringTarget(): MonitoringTarget {
    return {
      resourceId: this.redisId,
      metricNamespace: 'Microsoft.Cache/redisEnterprise',
      // who connects, and as whom; the cache itself has no logs
      logSources: { Database: `${this.redisId}/databases/default` },
      signals: redisSignals(this._plan()),
    };
  }

  /** @internal */
  public _plan(): RedisPlan | undefined {
    return undefined;
  }

  /** @internal */
  public _redis(): AzureManagedRedis | undefined {
    return undefined;
  }

  /** Networks that lead to the cache and nothing else does, where that is known.
   * @internal */
  public _networks(): IPrivateNetwork[] | undefined {
    return undefined;
  }

  /** The region, which every host name has in it; a classic cache takes no part in geo-replication.
   * @internal */
  public _region(): string | undefined {
    return this._plan()?.location ?? this.host.split('.')[1];
  }

  /** @internal */
  protected abstract _letIn(grant: RedisGrant, grantee: IPrincipal): RedisGrantResources;
}

/**
 * A Managed Redis that identities connect to, over TLS, from a private network; nobody has a key.
 *
 * Terraform's plan calls some changes an update in place that delete all data: those of `createOnly`. They show as a replaced
 * `terraform_data` beside the cache, which refuses the plan where the cache is guarded. Another `sku` or `highAvailability`
 * replaces the cache. A guarded cache also refuses to let clients go: see the step `RevokeAccess` of `toRecoverySteps()`.
 */
export class ManagedRedis extends ManagedRedisBase implements IRecoverable {
  /** Refers to a Managed Redis that is defined elsewhere, in the subscription of this stack. */
  public static fromAttributes(scope: Construct, id: string, attributes: ManagedRedisAttributes): IManagedRedis {
    const { redisId, host } = attributes;
    class Import extends ManagedRedisBase {
      public readonly redisId = redisId;
      public readonly host = host;
      /** @internal */
      protected _letIn(grant: RedisGrant, grantee: IPrincipal): RedisGrantResources {
        const [, resourceGroupName = '', redisName = ''] = REDIS_ID.exec(redisId) ?? [];
        return letInto(grant, { resourceGroupName, redisName }, grantee);
      }
    }
    const imported = new Import(scope, id);
    rejectIf(imported, ...attributeProblems(redisId, host));
    return imported;
  }

  /**
   * Refers to a classic Azure Cache for Redis, which can no longer be created and is switched off in September 2028: the way there
   * is to create a Managed Redis beside it, and to move clients over.
   *
   * @param redisCacheId Azure resource id, `…/Microsoft.Cache/redis/<name>`; a literal, for its host name is made from it.
   */
  public static fromClassicCacheId(scope: Construct, id: string, redisCacheId: string): IManagedRedis {
    class Import extends ManagedRedisBase {
      public readonly redisId = redisCacheId;
      public readonly host = `${CLASSIC_ID.exec(redisCacheId)?.[2].toLowerCase()}.redis.cache.windows.net`;
      public override readonly port = CLASSIC_PORT;

      public override toMonitoringTarget(): MonitoringTarget {
        return {
          resourceId: this.redisId,
          metricNamespace: 'Microsoft.Cache/redis',
          logSources: { Cache: this.redisId },
          signals: classicSignals(),
        };
      }

      /** @internal */
      public override _region(): undefined {
        return undefined;
      }

      /** @internal */
      protected _letIn(grant: RedisGrant, grantee: IPrincipal): RedisGrantResources {
        return letIntoClassic(grant, redisCacheId, grantee);
      }
    }
    const imported = new Import(scope, id);
    rejectIf(imported, classicIdProblem(redisCacheId));
    return imported;
  }

  public readonly redisId: string;
  public readonly host: string;
  /** Name of the cache in Azure, a literal. */
  public readonly redisName: string;

  private readonly own: Omit<ManagedRedisResources, 'geoReplication'>;
  private readonly plan: RedisPlan;
  private readonly guarded: boolean;
  private readonly network: IPrivateNetwork;

  constructor(scope: Construct, id: string, props: ManagedRedisProps) {
    super(scope, id);
    checkKinds(this, props, REDIS_KINDS);
    const workload = Workload.of(this);
    this.plan = planFor(this, props);
    this.guarded = isGuarded(this, props);
    rejectIf(this, ...redisProblems(this, props, this.plan));

    this.network = props.network;
    this.redisName = this.plan.redisName;
    const { encryptionIdentity, encryptionRoleWait, ...encryption } =
      props.encryptionKey === undefined ? {} : redisEncryption(this, props.encryptionKey);
    const redis = new AzureManagedRedis(this, 'Resource', {
      ...configOf(this.plan),
      ...encryption,
      resourceGroupName: workload.resourceGroupName,
      dependsOn: encryptionRoleWait && [encryptionRoleWait],
      lifecycle: lifecycleOf(this.guarded, ...(props.ignoreChanges ?? [])),
    });
    this.redisId = redis.id;
    this.host = redis.hostname;
    const target = { network: props.network, resourceId: redis.id, target: PrivateLinkTarget.REDIS };
    this.own = {
      redis,
      privateEndpoint: new PrivateEndpoint(this, 'PrivateEndpoint', target).resources.privateEndpoint,
      dataLossGuard: defineDataLossGuard(this, redis, this.guarded && !(props.dataLossAccepted ?? false)),
      encryptionIdentity,
      encryptionRoleWait,
      deleteLock: this.guarded ? defineDeleteLock(this, redis.id, 'Holds data.') : undefined,
    };
    this.node.addValidation({ validate: () => redisOversights(redis) });
    workload.announce(this, props);
  }

  /** Escape hatch: the Terraform resources behind this construct. */
  public get resources(): ManagedRedisResources {
    return { ...this.own, geoReplication: groupManagedBy(this) };
  }

  /**
   * Makes a group of this cache and another one: what is written to either is read from both, a moment later.
   *
   * One cache manages the group and is given all others, four at most, each with the same size, policies, modules and
   * `createOnly.geoReplicationGroup`. A cache that joins loses what it held before.
   *
   * @param peer The other cache, in a region that the data of both workloads may live in.
   */
  public addGeoPeer(peer: IManagedRedis): void {
    rejectIf(this, aBearerOf<IManagedRedis>('a cache, e.g. a ManagedRedis', 'redisId')('peer', peer));
    linkOnce(this, peer as IManagedRedis & GeoMember);
  }

  public toRecoverySteps(): RecoveryStep[] {
    return redisRecovery(this, this.guarded, this.plan.geoReplicationGroup !== undefined);
  }

  /** @internal */
  public override _plan(): RedisPlan {
    return this.plan;
  }

  /** @internal */
  public override _redis(): AzureManagedRedis {
    return this.own.redis;
  }

  /** @internal */
  public override _networks(): IPrivateNetwork[] {
    return [this.network];
  }

  /** @internal */
  protected _letIn(grant: RedisGrant, grantee: IPrincipal): RedisGrantResources {
    const { redis } = this.own;
    const { resourceGroupName } = Workload.of(this);
    const names = { resourceGroupName, redisName: redis.name, database: () => databaseKey(redis) };
    return letInto(grant, names, grantee);
  }
}

function configOf(plan: RedisPlan) {
  const { persistence } = plan;
  const aof = persistence === RedisPersistence.AOF_EVERY_SECOND;
  const none = persistence === RedisPersistence.NONE;
  return {
    name: plan.redisName,
    location: plan.location,
    skuName: plan.sku.name,
    highAvailabilityEnabled: plan.highAvailability,
    publicNetworkAccess: 'Disabled',
    defaultDatabase: {
      accessKeysAuthenticationEnabled: false,
      clientProtocol: 'Encrypted',
      clusteringPolicy: plan.clusteringPolicy,
      evictionPolicy: plan.evictionPolicy,
      geoReplicationGroupName: plan.geoReplicationGroup,
      module: plan.modules.map(({ name, moduleArguments }) => ({ name, args: moduleArguments })),
      persistenceAppendOnlyFileBackupFrequency: aof ? persistence : undefined,
      persistenceRedisDatabaseBackupFrequency: aof || none ? undefined : persistence,
    },
  };
}
