import { IEncryptionKey } from '../contracts/encryption';
import { IPrincipal } from '../contracts/principal';
import { Weekday } from '../core/weekday';

/**
 * Whether a second machine stands by with a copy of all data.
 */
export enum PostgresHighAvailability {
  /** None: Azure repairs or replaces the machine, which takes minutes. */
  NONE = 'none',
  /** In the same zone: survives the loss of a machine. */
  SAME_ZONE = 'SameZone',
  /** In another zone: survives the loss of a zone. */
  ZONE_REDUNDANT = 'ZoneRedundant',
}

/**
 * When Azure may maintain a server: one hour a week, in UTC.
 */
export interface PostgresMaintenanceWindow {
  /** The day. */
  readonly day: Weekday;
  /** Hour at which it begins, 0 to 23, in UTC. */
  readonly hour: number;

  /**
   * Minute at which it begins, 0 to 59.
   *
   * @default 0
   */
  readonly minute?: number;
}

/**
 * Who administers a server: makes roles, and may do in it whatever Azure lets anybody do.
 *
 * Where the server is guarded, its lock keeps an administrator from being replaced: see `deletionProtection`.
 */
export interface PostgresAdministrator {
  /** The principal, best a group: people come and go in the directory then, and not in Terraform. */
  readonly principal: IPrincipal;
  /**
   * Its name in the directory, and its user name in the server: the display name of a group or an application, the user principal
   * name of a person.
   */
  readonly principalName: string;
}

/**
 * Who may reach a server over the internet.
 */
export interface PostgresPublicAccess {
  /**
   * Public IPv4 addresses, and networks from /24 to /30. Literals.
   *
   * Where the server is guarded, its lock also keeps these rules from being deleted: see `deletionProtection`.
   */
  readonly addresses: string[];
  /** Why the private network does not do, 10 to 256 characters; becomes the tag `public-access-reason`. A literal. */
  readonly reason: string;
}

/**
 * With what a server is encrypted, in place of a key of Azure's.
 */
export interface PostgresEncryption {
  /** An RSA key in a vault of the server's region, with purge protection, that trusted services get through to. */
  readonly key: IEncryptionKey;

  /**
   * An RSA key in a vault of the paired region, for the geo-redundant copies of the backups.
   *
   * @default - none; an error where backups are geo-redundant
   */
  readonly geoBackupKey?: IEncryptionKey;
}

/**
 * Which backup a server starts from.
 */
export interface PostgresRestore {
  /** Azure resource id of the server that was backed up, in the same region. */
  readonly serverId: string;
  /** Moment to go back to, e.g. `2026-05-04T03:00:00Z`; a literal, within the days that the other server keeps backups. */
  readonly pointInTime: string;
}

/**
 * What is decided when a server is created, once and for all: Terraform replaces the server, and its data, when one of these
 * changes, or does nothing at all.
 */
export interface PostgresCreateOnly {
  /**
   * Login that signs in with the password of `passwordSecret`.
   *
   * @default 'dbadmin'
   */
  readonly administratorLogin?: string;

  /**
   * Whether backups are copied to the paired region; replaces the server.
   *
   * @default - from the environment: true in prod, where the region has a pair that data may live in
   */
  readonly geoRedundantBackup?: boolean;

  /**
   * Keys of your own to encrypt with; adding or removing them replaces the server, changing them does not.
   *
   * @default - a key of Azure's
   */
  readonly encryption?: PostgresEncryption;

  /**
   * Whether the server lies in the data subnet of the network, instead of being reached through an endpoint in it; replaces the
   * server. Such a server never has a public address, and can never be given a private endpoint.
   *
   * @default false
   */
  readonly injected?: boolean;

  /**
   * Azure resource id of the private DNS zone of an injected server, which ends in `.postgres.database.azure.com`; replaces it.
   *
   * @default - `<workload>-<environment>.private.postgres.database.azure.com`, kept by whoever keeps the zones of the network
   */
  readonly privateDnsZoneId?: string;

  /**
   * Backup that the server starts from, e.g. for a drill; replaces the server.
   *
   * The restored server brings its databases and roles along, so that none are made here; `databaseName` says which one apps use.
   * Give it the version, size and storage of the other server, no standby before it is there, and for a drill
   * `deletionProtection: false`, so that it can go again.
   *
   * @default - an empty server
   */
  readonly restoreFrom?: PostgresRestore;

  /**
   * Storage at the start in GiB: 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192 or 16384.
   *
   * From then on it grows by itself, and Terraform leaves it alone: a later value changes nothing.
   *
   * @default - from the environment: 32 in dev and test, 64 in staging, 128 in preprod and prod, because speed comes with size
   */
  readonly storageGib?: number;

  /**
   * Availability zone to start in, 1 to 3; failovers move the server, and Terraform leaves it where it is.
   *
   * @default - chosen by Azure
   */
  readonly zone?: string;

  /**
   * Availability zone that the standby starts in, 1 to 3.
   *
   * @default - chosen by Azure
   */
  readonly standbyZone?: string;
}
