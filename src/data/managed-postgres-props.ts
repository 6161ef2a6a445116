import { IGeneratedSecret } from '../contracts/generated-secret';
import { MonitoredProps } from '../contracts/monitoring';
import { IPrivateNetwork } from '../contracts/network';
import { ProtectedProps, SharedOwnershipProps } from '../contracts/ownership';
import {
  PostgresAdministrator,
  PostgresCreateOnly,
  PostgresHighAvailability,
  PostgresMaintenanceWindow,
  PostgresPublicAccess,
} from './postgres-options';
import { PostgresSku } from './postgres-sku';
import { PostgresVersion } from './postgres-version';

/**
 * Properties for `ManagedPostgres`.
 */
export interface ManagedPostgresProps extends MonitoredProps, ProtectedProps, SharedOwnershipProps {
  /** Network that the server is reached from: it gets an endpoint there, or lies in it where `createOnly` says so. */
  readonly network: IPrivateNetwork;
  /** Who administers the server, under an identity of the directory. */
  readonly administrator: PostgresAdministrator;

  /**
   * Name in Azure, unique in all of it: 3 to 63 lower-case letters, digits, or single hyphens between them. A literal.
   *
   * @default - derived from the workload, its environment and the construct path
   */
  readonly serverName?: string;

  /**
   * Database that `bindClient()` and `grantConnect()` lead to, 1 to 56 lower-case letters, digits, `_` or `-`, a letter first.
   * A literal.
   *
   * @default - the name of the workload
   */
  readonly databaseName?: string;

  /**
   * Major version; name one, or an update of this library may one day upgrade the server. A lower one replaces it.
   *
   * @default PostgresVersion.V17
   */
  readonly version?: PostgresVersion;

  /**
   * Size of the machine.
   *
   * @default - from the environment: B1MS where its tier is economy (dev, test), else D2DS_V5
   */
  readonly sku?: PostgresSku;

  /**
   * Whether a second machine stands by.
   *
   * @default - from the environment: in another zone in preprod and prod, or in the same one where the region has no zones; none on
   * a server that starts from a backup
   */
  readonly highAvailability?: PostgresHighAvailability;

  /**
   * Days that backups are kept, 7 to 35; within them any moment up to some minutes ago can be restored.
   *
   * @default - from the environment: 7 in dev and test, 14 in staging, 35 in preprod and prod
   */
  readonly backupDays?: number;

  /**
   * When Azure may maintain the server.
   *
   * @default - Sunday, 03:00 to 04:00 UTC
   */
  readonly maintenance?: PostgresMaintenanceWindow;

  /**
   * Addresses on the internet that administrators come from; naming any opens the public endpoint to them, and to nobody else.
   *
   * @default - none; the public endpoint is closed
   */
  readonly publicAccess?: PostgresPublicAccess;

  /**
   * Password that a login of the server may sign in with, beside the identities of the directory; in the vault and nowhere else.
   *
   * @default - none: only identities of the directory sign in
   */
  readonly passwordSecret?: IGeneratedSecret;

  /**
   * Extensions that may be created in the databases, in lower case, e.g. `vector`; `pgaudit` always may.
   *
   * @default - none
   */
  readonly extensions?: string[];

  /**
   * Libraries loaded at the start, beside `pgaudit`, `pg_cron` and `pg_stat_statements`, in lower case; changing them restarts.
   *
   * @default - none
   */
  readonly preloadLibraries?: string[];

  /**
   * Whether clients go through PgBouncer, port 6432, which shares few connections among many clients; not on burstable sizes.
   *
   * Pools by transaction: what belongs to a session, such as `LISTEN` or session locks, goes through port 5432.
   *
   * @default false
   */
  readonly pgBouncer?: boolean;

  /**
   * Server parameters beside the baseline, by their names; switches are `on` and `off`, in lower case.
   *
   * They win over the baseline, except where that would take protection away: TLS is required, from 1.2 on. A replica must allow at
   * least what its primary does: before you raise `max_connections` and the like here, raise it there, by hand.
   *
   * @default - the baseline: connections and checkpoints are logged, logs stay 7 days on the server, failed sign-ins are
   * throttled, and pgaudit logs changes of schema and roles
   */
  readonly parameters?: { [name: string]: string };

  /**
   * Directory whose identities sign in, a GUID.
   *
   * @default - the one that Terraform signs in to
   */
  readonly tenantId?: string;

  /**
   * What is decided when the server is created, and never again.
   *
   * @default - from the environment
   */
  readonly createOnly?: PostgresCreateOnly;
}
