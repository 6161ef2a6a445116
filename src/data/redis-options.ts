/**
 * How clients see the shards of a cache.
 */
export enum RedisClusteringPolicy {
  /** One endpoint that hides the shards: every client works, and so does RediSearch. */
  ENTERPRISE = 'EnterpriseCluster',
  /** Clients talk to the shards themselves: the most throughput, with clients that know the Redis Cluster API. */
  OSS = 'OSSCluster',
  /** No shards, up to 25 GB: commands over several keys work as on a single server. */
  NONE = 'NoCluster',
}

/**
 * What goes when the memory is full.
 */
export enum RedisEvictionPolicy {
  /** Of the keys with a time to live, the one that was not used for longest. */
  VOLATILE_LRU = 'VolatileLRU',
  /** Of the keys with a time to live, the one that is used least often. */
  VOLATILE_LFU = 'VolatileLFU',
  /** Of the keys with a time to live, the one that ends next. */
  VOLATILE_TTL = 'VolatileTTL',
  /** Any of the keys with a time to live. */
  VOLATILE_RANDOM = 'VolatileRandom',
  /** The key that was not used for longest: for a pure cache. */
  ALL_KEYS_LRU = 'AllKeysLRU',
  /** The key that is used least often. */
  ALL_KEYS_LFU = 'AllKeysLFU',
  /** Any key. */
  ALL_KEYS_RANDOM = 'AllKeysRandom',
  /** Nothing, writes fail: for data that is nowhere else. */
  NO_EVICTION = 'NoEviction',
}

/**
 * How a cache finds its data again after all its nodes failed. No backup: what was written wrongly is kept as well.
 */
export enum RedisPersistence {
  /** It does not: the cache starts empty. */
  NONE = 'none',
  /** A snapshot every hour. */
  RDB_EVERY_HOUR = '1h',
  /** A snapshot every six hours. */
  RDB_EVERY_6_HOURS = '6h',
  /** A snapshot every twelve hours. */
  RDB_EVERY_12_HOURS = '12h',
  /** A log of all writes, on disk every second; costs throughput. */
  AOF_EVERY_SECOND = '1s',
}

/**
 * A module that adds data types and commands.
 */
export class RedisModule {
  /** Bloom filters and other sketches. */
  public static readonly BLOOM = new RedisModule('RedisBloom');
  /** JSON documents; the only module of Flash Optimized sizes. */
  public static readonly JSON = new RedisModule('RedisJSON');
  /** Search, also by vectors; takes ENTERPRISE clustering and NO_EVICTION. */
  public static readonly SEARCH = new RedisModule('RediSearch');
  /** Time series. */
  public static readonly TIME_SERIES = new RedisModule('RedisTimeSeries');

  private constructor(
    /** Name, as Azure spells it. */
    public readonly name: string,
    /** Arguments that it is loaded with, if there are any. */
    public readonly moduleArguments?: string,
  ) {}

  /**
   * The same module, loaded with arguments.
   *
   * @param moduleArguments As the module takes them, e.g. `ERROR_RATE 0.01 INITIAL_SIZE 400`; a literal.
   */
  public withArguments(moduleArguments: string): RedisModule {
    return new RedisModule(this.name, moduleArguments);
  }
}

/**
 * What the database is created with, once and for all: where one of these changes, the database is **deleted with all its data**
 * and made anew, in a plan that says `updated in-place`.
 *
 * In a guarded cache Terraform refuses such a plan, naming `terraform_data`, until `dataLossAccepted` is set.
 */
export interface RedisCreateOnly {
  /**
   * How clients see the shards.
   *
   * @default RedisClusteringPolicy.ENTERPRISE
   */
  readonly clusteringPolicy?: RedisClusteringPolicy;

  /**
   * Modules to load, each once; their order does not matter.
   *
   * @default - none
   */
  readonly modules?: RedisModule[];

  /**
   * Name of the group that `addGeoPeer()` makes of caches in several regions, the same for each: 1 to 63 letters, digits, or
   * single hyphens between them. A literal. Such caches have no persistence: their peers have the data.
   *
   * @default - none: the cache is alone
   */
  readonly geoReplicationGroup?: string;
}
