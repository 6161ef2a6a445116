import { PostgresqlFlexibleServerDatabase } from '@cdktf/provider-azurerm/lib/postgresql-flexible-server-database';
import { Construct } from 'constructs';
import { ConnectionConfig, IConnectionTarget } from '../contracts/connection';
import { IPrincipal } from '../contracts/principal';
import { lifecycleOf } from '../core/protection';
import { hasForm, rejectIf, shown } from '../core/validation';
import { PostgresAccess } from './postgres-access';
import { DatabasePlace, databaseNameProblem } from './postgres-database-place';
import { ConnectOptions, PostgresGrant } from './postgres-role';

/**
 * A database of a PostgreSQL server.
 */
export interface IPostgresDatabase extends IConnectionTarget {
  /** Name of the database. */
  readonly databaseName: string;

  /**
   * Gives a client roles in this database; `toAccessSteps()` of the server says how they get there.
   *
   * @param grantee The identity that connects.
   * @param options What it may do; it reads and writes if nothing is said.
   */
  grantConnect(grantee: IPrincipal, options?: ConnectOptions): PostgresGrant;
}

/**
 * Options for `addDatabase()`.
 */
export interface DatabaseOptions {
  /**
   * How texts are sorted and compared; replaces the database, and its data, when it changes.
   *
   * @default 'en_US.utf8'
   */
  readonly collation?: string;
}

/**
 * The Terraform resources behind a `PostgresDatabase`.
 */
export interface PostgresDatabaseResources {
  /** The database itself. */
  readonly database: PostgresqlFlexibleServerDatabase;
}

/**
 * A database of its own in a server, with roles of its own.
 *
 * Made by `addDatabase()` of `ManagedPostgres`.
 */
export class PostgresDatabase extends Construct implements IPostgresDatabase {
  /** @internal */
  public static _in(place: DatabasePlace, name: string, options: DatabaseOptions = {}): PostgresDatabase {
    const id = `Database-${name}`;
    rejectIf(
      place.scope,
      databaseNameProblem('name', name),
      place.scope.node.tryFindChild(id) !== undefined &&
        `'name' must be new: there is a database ${shown(name)} already`,
      options.collation !== undefined &&
        !hasForm(options.collation, /^[\w.@-]+$/) &&
        `'collation' must be the name of one, e.g. 'en_US.utf8', got ${shown(options.collation)}`,
    );
    return new PostgresDatabase(place, id, name, options);
  }

  public readonly databaseName: string;

  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: PostgresDatabaseResources;

  private readonly access: PostgresAccess;

  private constructor(place: DatabasePlace, id: string, name: string, options: DatabaseOptions) {
    super(place.scope, id);
    this.databaseName = name;
    this.access = place.access;
    this.resources = {
      database: new PostgresqlFlexibleServerDatabase(this, 'Resource', {
        name,
        serverId: place.serverId,
        charset: 'UTF8',
        collation: options.collation ?? 'en_US.utf8',
        // libraries that are loaded at the start restart the server: not while a database is made
        dependsOn: [place.parameters.shared_preload_libraries],
        lifecycle: lifecycleOf(place.guarded),
      }),
    };
  }

  public grantConnect(grantee: IPrincipal, options?: ConnectOptions): PostgresGrant {
    return this.access.grant(grantee, this.databaseName, options);
  }

  public bindClient(client: IPrincipal): ConnectionConfig {
    return this.access.connect(client, this.databaseName);
  }
}
