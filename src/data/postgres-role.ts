import { isComputed, isText, shown } from '../core/validation';

/**
 * What a client may do in a database.
 */
export class DatabaseRole {
  /** Reads all tables. */
  public static readonly READER = new DatabaseRole('_reader', true);
  /** Reads and writes all tables; what apps need. */
  public static readonly WRITER = new DatabaseRole('_writer', true);
  /** Makes, changes and drops tables; what migrations need. What it makes belongs to the role, not to whoever used it. */
  public static readonly OWNER = new DatabaseRole('_owner', true);

  /**
   * A role that exists in the server, e.g. because a migration made it.
   *
   * @param roleName Its name, 1 to 63 lower-case letters, digits or `_`; a literal.
   */
  public static named(roleName: string): DatabaseRole {
    return new DatabaseRole(roleName, false);
  }

  private constructor(
    private readonly text: string,
    private readonly ofDatabase: boolean,
  ) {}

  /** Name of the role in the server.
   * @internal */
  public _nameFor(databaseName: string): string {
    return this.ofDatabase ? `${databaseName}${this.text}` : this.text;
  }

  /** What is wrong with the name, as a clause for `rejectIf()`.
   * @internal */
  public get _problem(): string | false {
    return (
      !this.ofDatabase &&
      (isComputed(this.text) || !isText(this.text, /^[a-z_][a-z0-9_]{0,62}$/)) &&
      `'roles' must be named by 1 to 63 lower-case letters, digits or '_', a letter first, in a literal; got ${shown(this.text)}`
    );
  }
}

/**
 * Options for `grantConnect()`.
 */
export interface ConnectOptions {
  /**
   * What the client may do.
   *
   * @default - WRITER: reads and writes all tables
   */
  readonly roles?: DatabaseRole[];

  /**
   * Name of the client in the server, 1 to 63 lower-case letters, digits or `_`, a letter first; a literal.
   *
   * @default - derived from where the identity is defined
   */
  readonly userName?: string;
}

/**
 * What a client was given in a database, once the statements of `toAccessSteps()` have run.
 */
export interface PostgresGrant {
  /** Name of the client in the server. */
  readonly userName: string;
  /** The database. */
  readonly databaseName: string;
  /** Roles that the client is a member of, by name, sorted. */
  readonly roleNames: string[];
  /** How the client connects, by the names that libpq and most drivers know; the password is a token of its identity. */
  readonly settings: { [name: string]: string };
}

/**
 * A step that gives clients their roles inside a server, where no Azure API reaches; repeating it changes nothing.
 */
export interface PostgresAccessStep {
  /** Short key that never changes. */
  readonly key: string;
  /** What the step achieves, in one sentence. */
  readonly summary: string;
  /** Shell commands, in order, for an administrator of the server whom the network lets through. */
  readonly commands: string[];
}
