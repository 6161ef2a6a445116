/**
 * What a private endpoint can lead to: a sub-resource of an Azure service, and the DNS zones its names live in.
 *
 * @see https://learn.microsoft.com/azure/private-link/private-endpoint-dns
 */
export class PrivateLinkTarget {
  /** A storage account's blobs. */
  public static readonly BLOB = new PrivateLinkTarget('blob', ['privatelink.blob.core.windows.net']);
  /** A storage account's hierarchical file system. */
  public static readonly DFS = new PrivateLinkTarget('dfs', ['privatelink.dfs.core.windows.net']);
  /** A storage account's file shares. */
  public static readonly FILE = new PrivateLinkTarget('file', ['privatelink.file.core.windows.net']);
  /** A PostgreSQL flexible server. */
  public static readonly POSTGRESQL = new PrivateLinkTarget('postgresqlServer', [
    'privatelink.postgres.database.azure.com',
  ]);
  /** A storage account's queues. */
  public static readonly QUEUE = new PrivateLinkTarget('queue', ['privatelink.queue.core.windows.net']);
  /** A Managed Redis. */
  public static readonly REDIS = new PrivateLinkTarget('redisEnterprise', ['privatelink.redis.azure.net']);
  /** A web app. */
  public static readonly SITES = new PrivateLinkTarget('sites', ['privatelink.azurewebsites.net']);
  /** A storage account's tables. */
  public static readonly TABLE = new PrivateLinkTarget('table', ['privatelink.table.core.windows.net']);
  /** A Key Vault. */
  public static readonly VAULT = new PrivateLinkTarget('vault', ['privatelink.vaultcore.azure.net']);

  /** A deployment slot of a web app. */
  public static slot(name: string): PrivateLinkTarget {
    return new PrivateLinkTarget(`sites-${name}`, PrivateLinkTarget.SITES.zoneNames);
  }

  /**
   * A service that this list does not have.
   *
   * @param subresource Name of the sub-resource, e.g. `registry`.
   * @param zoneNames Private DNS zones of its names.
   */
  public static of(subresource: string, zoneNames: string[]): PrivateLinkTarget {
    return new PrivateLinkTarget(subresource, zoneNames);
  }

  private constructor(
    /** Name of the sub-resource. */
    public readonly subresource: string,
    /** Private DNS zones that its names live in. */
    public readonly zoneNames: string[],
  ) {}
}
