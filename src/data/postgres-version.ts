/**
 * Major version of PostgreSQL.
 *
 * A higher one upgrades the server in place, with minutes of downtime; replicas have to go before and come back after. A lower
 * one would replace the server.
 */
export class PostgresVersion {
  /** PostgreSQL 15; the community supports it until November 2027. */
  public static readonly V15 = new PostgresVersion('15');
  /** PostgreSQL 16; the community supports it until November 2028. */
  public static readonly V16 = new PostgresVersion('16');
  /** PostgreSQL 17; the community supports it until November 2029. The newest one that Azure throttles failed sign-ins of. */
  public static readonly V17 = new PostgresVersion('17');
  /** PostgreSQL 18; the community supports it until November 2030. Azure has no `connection_throttle` for it. */
  public static readonly V18 = new PostgresVersion('18');

  private constructor(
    /** The version, as Azure spells it. */
    public readonly major: string,
  ) {}
}
