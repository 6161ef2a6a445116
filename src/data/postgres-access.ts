import { Lazy, TerraformOutput, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { ConnectionConfig } from '../contracts/connection';
import { IPrivateNetwork } from '../contracts/network';
import { IPrincipal, PrincipalType } from '../contracts/principal';
import { aPrincipal } from '../core/collaborators';
import { stableHash } from '../core/naming';
import { isComputed, isText, rejectIf, shown } from '../core/validation';
import { Workload } from '../core/workload';
import { accessScript } from './postgres-access-script';
import { ConnectOptions, DatabaseRole, PostgresAccessStep, PostgresGrant } from './postgres-role';

/** Letters of the place of an identity that its user name keeps; with the hash, it stays below PostgreSQL's 63. */
const PLACE_LENGTH = 48;

/** How a server is reached. */
export interface PostgresAddress {
  /** Host name, for clients: known when the server is there. */
  readonly host: string;
  /** Host name, for commands. */
  readonly knownHost: string;
  /** Port of clients, as text. */
  readonly port: string;
  /** Networks that lead to the server and nothing else does, where that is known. */
  readonly networks?: IPrivateNetwork[];
  /** User name of an administrator, where one is known. */
  readonly administratorName?: string;
}

/** A client of a server, and where it may go. */
export interface PostgresClient {
  /** Name in the server. */
  readonly userName: string;
  /** Object id in the directory. */
  readonly objectId: string;
  /** Kind of directory object, as PostgreSQL on Azure calls it. */
  readonly objectType: 'group' | 'service' | 'user';
  /** Roles by database. */
  readonly databases: Map<string, Set<DatabaseRole>>;
}

const OBJECT_TYPE = {
  [PrincipalType.GROUP]: 'group',
  [PrincipalType.SERVICE_PRINCIPAL]: 'service',
  [PrincipalType.USER]: 'user',
} as const;

/**
 * Who may do what in the databases of a server.
 *
 * Azure's API makes administrators and databases, but no other role: that takes SQL, which Terraform does not run. So the
 * statements are an output of the stack, without a secret, and `steps()` says how a pipeline runs them.
 */
export class PostgresAccess {
  private readonly clients = new Map<string, PostgresClient>();
  private output?: TerraformOutput;

  constructor(
    private readonly scope: Construct,
    private readonly address: PostgresAddress,
  ) {}

  /** Whether a client was given anything in a database. */
  public knows(grantee: IPrincipal, databaseName: string): boolean {
    return this.clients.get(keyOf(grantee))?.databases.has(databaseName) ?? false;
  }

  /** Gives a client roles in a database, in addition to those it has; without roles it keeps what it has, or else writes. */
  public grant(principal: IPrincipal, databaseName: string, options: ConnectOptions = {}): PostgresGrant {
    rejectIf(this.scope, aPrincipal('grantee', principal));
    const grantee = principal.actsAs ?? principal;
    const roles = options.roles ?? (this.knows(grantee, databaseName) ? [] : [DatabaseRole.WRITER]);
    const client = this.clientFor(grantee, options);
    rejectIf(
      this.scope,
      options.roles?.length === 0 &&
        "'roles' must name at least one role; leave it out for a client that reads and writes",
      ...roles.map((role) => role._problem),
    );
    const given = client.databases.get(databaseName) ?? new Set();
    roles.forEach((role) => given.add(role));
    client.databases.set(databaseName, given);
    this.output ??= new TerraformOutput(this.scope, 'AccessSql', {
      value: Lazy.stringValue({ produce: () => accessScript([...this.clients.values()]) }),
      description: 'SQL that gives clients their roles; for psql, as an administrator, after each apply',
    });
    return {
      userName: client.userName,
      databaseName,
      roleNames: [...new Set([...given].map((role) => role._nameFor(databaseName)))].sort(),
      settings: this.settingsFor(client.userName, databaseName),
    };
  }

  /** Connects a client to a database, and tells how it is reached. */
  public connect(client: IPrincipal, databaseName: string): ConnectionConfig {
    const { settings } = this.grant(client, databaseName);
    return { settings, networks: this.address.networks };
  }

  /** How the statements are run; nothing where nobody was given anything. */
  public steps(): PostgresAccessStep[] {
    const { knownHost, administratorName } = this.address;
    return this.output === undefined
      ? []
      : [
          {
            key: 'GiveAccess',
            summary: 'Gives clients their roles in the databases; run it after each apply, before migrations.',
            commands: [
              `export PGUSER=${administratorName === undefined ? '"$ADMINISTRATOR"' : quoted(administratorName)}`,
              'export PGPASSWORD="$(az account get-access-token --resource-type oss-rdbms --query accessToken --output tsv)"',
              `terraform output -raw ${this.output.friendlyUniqueId} | psql "host=${knownHost} port=5432 dbname=postgres sslmode=verify-full sslrootcert=system"`,
            ],
          },
        ];
  }

  /** How a client reaches a database; on another host where one is given, e.g. that of a replica. */
  public settingsFor(userName: string, databaseName: string, host: string = this.address.host) {
    return {
      PGHOST: host,
      PGPORT: this.address.port,
      PGDATABASE: databaseName,
      PGUSER: userName,
      PGSSLMODE: 'verify-full',
    };
  }

  private clientFor(grantee: IPrincipal, { userName }: ConnectOptions): PostgresClient {
    const key = keyOf(grantee);
    const known = this.clients.get(key);
    const name = userName ?? known?.userName ?? userNameOf(grantee, this.scope);
    const others = [...this.clients].filter(([other]) => other !== key).map(([, { userName: taken }]) => taken);
    rejectIf(
      this.scope,
      (isComputed(name) || !isText(name, /^[a-z][a-z0-9_]{0,62}$/)) &&
        `'userName' must have 1 to 63 lower-case letters, digits or '_', a letter first, in a literal; got ${shown(name)}`,
      known !== undefined &&
        known.userName !== name &&
        `'userName' must stay ${shown(known.userName)} for ${grantee.node.path}, which has one name per server; got ${shown(name)}`,
      others.includes(name) && `'userName' must belong to one client, and ${shown(name)} is another one's already`,
    );
    const client = known ?? {
      userName: name,
      objectId: grantee.principalId,
      objectType: OBJECT_TYPE[grantee.principalType],
      databases: new Map<string, Set<DatabaseRole>>(),
    };
    this.clients.set(key, client);
    return client;
  }
}

/** Tells clients apart: by object id, which the server goes by, or else by place, which is the same in every stack. */
function keyOf(principal: IPrincipal): string {
  const grantee = principal.actsAs ?? principal;
  return isComputed(grantee.principalId) ? placeOf(grantee) : grantee.principalId.toLowerCase();
}

/** Where an identity is defined; its stack is left out, for environments differ in it. */
function placeOf({ node }: IPrincipal): string {
  const stack = node.scopes.find((scope) => TerraformStack.isStack(scope));
  return stack === undefined ? node.path : node.path.slice(stack.node.path.length + 1);
}

/** Told from others by the hash; the words are for people who look at the server. */
function userNameOf(grantee: IPrincipal, server: Construct): string {
  const workload = `${Workload.of(server).node.path}/`;
  const { path } = grantee.node;
  const place = path.startsWith(workload) ? path.slice(workload.length) : placeOf(grantee);
  const spaced = place.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  const words = spaced.replace(/[^a-z0-9]+/g, '_').replace(/^[^a-z]+/, '');
  return `${words.slice(0, PLACE_LENGTH) || 'client'}_${stableHash(placeOf(grantee))}`;
}

/** A text for a shell, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replace(/'/g, "'\\''")}'`;
}
