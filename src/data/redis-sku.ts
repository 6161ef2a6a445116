import { shown } from '../core/validation';

/** What azurerm 4.55 accepts, by family. */
const SIZES: { readonly [family: string]: readonly number[] } = {
  Balanced_B: [0, 1, 3, 5, 10, 20, 50, 100, 150, 250, 350, 500, 700, 1000],
  ComputeOptimized_X: [3, 5, 10, 20, 50, 100, 150, 250, 350, 500, 700],
  FlashOptimized_A: [250, 500, 700, 1000, 1500, 2000, 4500],
  MemoryOptimized_M: [10, 20, 50, 100, 150, 250, 350, 500, 700, 1000, 1500, 2000],
};

/**
 * Connections by size: the largest size that still has so many, per family; larger ones have the most that Azure allows.
 *
 * @see https://learn.microsoft.com/azure/redis/overview
 */
const CONNECTIONS: { readonly [family: string]: ReadonlyArray<readonly [size: number, connections: number]> } = {
  Balanced_B: [
    [5, 15_000],
    [10, 30_000],
    [20, 75_000],
    [50, 150_000],
  ],
  ComputeOptimized_X: [
    [5, 30_000],
    [10, 75_000],
    [20, 150_000],
  ],
  FlashOptimized_A: [
    [250, 75_000],
    [500, 150_000],
  ],
  MemoryOptimized_M: [
    [10, 15_000],
    [20, 30_000],
    [50, 75_000],
    [100, 150_000],
  ],
};

const MOST_CONNECTIONS = 200_000;

/** Largest size whose data fits into one process: Azure takes no cache without a cluster above 25 GB. */
const LARGEST_UNSHARDED = 20;

/** Smallest size of the family Balanced that takes part in geo-replication. */
const SMALLEST_REPLICATED = 3;

/**
 * Size of a Managed Redis. Terraform replaces the cache, and its data, when it changes: scale with the step `Scale` of
 * `toRecoverySteps()` first, which keeps the data, and then write the new size down here.
 */
export class RedisSku {
  /** Balanced, 0.5 GB: the cheapest that runs; no geo-replication. */
  public static readonly BALANCED_B0 = RedisSku.of('Balanced_B0');
  /** Balanced, 1 GB; no geo-replication. */
  public static readonly BALANCED_B1 = RedisSku.of('Balanced_B1');
  /** Balanced, 3 GB. */
  public static readonly BALANCED_B3 = RedisSku.of('Balanced_B3');
  /** Balanced, 6 GB. */
  public static readonly BALANCED_B5 = RedisSku.of('Balanced_B5');
  /** Balanced, 12 GB. */
  public static readonly BALANCED_B10 = RedisSku.of('Balanced_B10');
  /** Balanced, 24 GB. */
  public static readonly BALANCED_B20 = RedisSku.of('Balanced_B20');
  /** Balanced, 60 GB. */
  public static readonly BALANCED_B50 = RedisSku.of('Balanced_B50');
  /** Twice the CPU per GB, 3 GB. */
  public static readonly COMPUTE_X3 = RedisSku.of('ComputeOptimized_X3');
  /** Twice the CPU per GB, 6 GB. */
  public static readonly COMPUTE_X5 = RedisSku.of('ComputeOptimized_X5');
  /** Twice the CPU per GB, 12 GB. */
  public static readonly COMPUTE_X10 = RedisSku.of('ComputeOptimized_X10');
  /** Half the CPU per GB, 12 GB. */
  public static readonly MEMORY_M10 = RedisSku.of('MemoryOptimized_M10');
  /** Half the CPU per GB, 24 GB. */
  public static readonly MEMORY_M20 = RedisSku.of('MemoryOptimized_M20');
  /** Half the CPU per GB, 60 GB. */
  public static readonly MEMORY_M50 = RedisSku.of('MemoryOptimized_M50');

  /**
   * A size that this list does not have.
   *
   * @param name As Terraform spells it, e.g. `Balanced_B100`; a literal.
   */
  public static of(name: string): RedisSku {
    return new RedisSku(name);
  }

  /** Client connections that Azure allows. */
  public readonly maxConnections: number;

  private readonly family: string;
  private readonly size: number;

  private constructor(
    /** Name, as Terraform spells it. */
    public readonly name: string,
  ) {
    const [, family = '', size = ''] = /^(.*?)(\d+)$/.exec(name) ?? [];
    this.family = family;
    this.size = Number(size);
    const [, connections] = (CONNECTIONS[family] ?? []).find(([upTo]) => this.size <= upTo) ?? [];
    this.maxConnections = connections ?? MOST_CONNECTIONS;
  }

  /** Whether it keeps most of its data on disk.
   * @internal */
  public get _flash(): boolean {
    return this.family === 'FlashOptimized_A';
  }

  /** Whether its data fits into a single process.
   * @internal */
  public get _unsharded(): boolean {
    return !this._flash && this.size <= LARGEST_UNSHARDED;
  }

  /** Whether it takes part in geo-replication.
   * @internal */
  public get _replicated(): boolean {
    return !this._flash && this.size >= SMALLEST_REPLICATED;
  }

  /** What is wrong with the name, as a clause for `rejectIf()`.
   * @internal */
  public get _problem(): string | false {
    return (
      !(SIZES[this.family] ?? []).includes(this.size) &&
      `'sku' must be a size that Terraform knows, e.g. Balanced_B10, got ${shown(this.name)}`
    );
  }
}
