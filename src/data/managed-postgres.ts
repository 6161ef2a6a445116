import { DataAzurermClientConfig } from '@cdktf/provider-azurerm/lib/data-azurerm-client-config';
import { PostgresqlFlexibleServer } from '@cdktf/provider-azurerm/lib/postgresql-flexible-server';
import { PostgresqlFlexibleServerActiveDirectoryAdministrator } from '@cdktf/provider-azurerm/lib/postgresql-flexible-server-active-directory-administrator';
import { PrivateEndpoint as AzurePrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint';
import { Construct } from 'constructs';
import { BackupBinding, BackupRequest, IBackupSource } from '../contracts/backup';
import { ConnectionConfig } from '../contracts/connection';
import { IRehearsed, RecoveryDrill } from '../contracts/drill';
import { MonitoringTarget } from '../contracts/monitoring';
import { IPrincipal } from '../contracts/principal';
import { IRecoverable, RecoveryStep } from '../contracts/recovery';
import { aText, checkImport, checkKinds } from '../core/kinds';
import { regionNamed } from '../core/locations';
import { addressOf, defineDeleteLock, isGuarded, lifecycleOf } from '../core/protection';
import { rejectIf } from '../core/validation';
import { Workload } from '../core/workload';
import { PrivateEndpoint } from '../network/private-endpoint';
import { PrivateLinkTarget } from '../network/private-link-target';
import { networksFor } from '../network/reach';
import { IManagedPostgres, ManagedPostgresAttributes, ManagedPostgresResources } from './managed-postgres-interface';
import { ManagedPostgresProps } from './managed-postgres-props';
import { PostgresAccess } from './postgres-access';
import { postgresBackup } from './postgres-backup';
import { DatabaseOptions, PostgresDatabase } from './postgres-database';
import { databaseNameProblem } from './postgres-database-place';
import { postgresDrills } from './postgres-drill';
import { EncryptionPlan, encryptionPlan } from './postgres-encryption';
import { defineFirewallRules, DOMAIN, placementOf } from './postgres-network';
import { PostgresAdministrator, PostgresHighAvailability } from './postgres-options';
import { defineParameters, parametersOf } from './postgres-parameters';
import { planFor, PostgresPlan } from './postgres-plan';
import { POSTGRES_KINDS, postgresProblems, serverIdProblem } from './postgres-problems';
import { postgresRecovery } from './postgres-recovery';
import { PostgresReplica } from './postgres-replica';
import { ReplicaOptions } from './postgres-replica-options';
import { ConnectOptions, PostgresAccessStep, PostgresGrant } from './postgres-role';
import { DRIFTING, maintenanceWindowOf, serverConfigOf, serverNameIn } from './postgres-server';
import { serverOversights } from './postgres-server-rules';
import { PostgresLimits, postgresSignals } from './postgres-signals';

/** Ports of PostgreSQL and of PgBouncer. */
const [PORT, POOLED_PORT] = ['5432', '6432'];

abstract class ManagedPostgresBase extends Construct implements IManagedPostgres {
  public abstract readonly serverId: string;
  public abstract readonly host: string;
  public abstract readonly databaseName: string;

  public grantConnect(grantee: IPrincipal, options?: ConnectOptions): PostgresGrant {
    return this._access().grant(grantee, this.databaseName, options);
  }

  public bindClient(client: IPrincipal): ConnectionConfig {
    return this._access().connect(client, this.databaseName);
  }

  public toAccessSteps(): PostgresAccessStep[] {
    return this._access().steps();
  }

  public toMonitoringTarget(): MonitoringTarget {
    return {
      resourceId: this.serverId,
      metricNamespace: 'Microsoft.DBforPostgreSQL/flexibleServers',
      logSources: { Server: this.serverId },
      signals: postgresSignals(this._limits()),
    };
  }

  /** @internal */
  public _limits(): PostgresLimits {
    return {};
  }

  /** @internal */
  public abstract _access(): PostgresAccess;
}

/**
 * A PostgreSQL flexible server that identities sign in to, over TLS, from a private network.
 *
 * What drifts by design stays as it is: the zones that failovers exchange, and storage that has grown. Terraform makes the server,
 * its administrator, databases and parameters; clients get their roles by `toAccessSteps()`, since that takes SQL.
 */
export class ManagedPostgres extends ManagedPostgresBase implements IRecoverable, IRehearsed, IBackupSource {
  /** Refers to a server that is defined elsewhere. */
  public static fromAttributes(scope: Construct, id: string, attributes: ManagedPostgresAttributes): IManagedPostgres {
    checkImport(scope, id, attributes, { serverId: aText, databaseName: aText });
    const { serverId, databaseName, pgBouncer = false } = attributes;
    class Import extends ManagedPostgresBase {
      public readonly serverId = serverId;
      public readonly host = `${serverNameIn(serverId)}.${DOMAIN}`;
      public readonly databaseName = databaseName;
      private readonly access = new PostgresAccess(this, {
        host: this.host,
        knownHost: this.host,
        port: pgBouncer ? POOLED_PORT : PORT,
      });
      /** @internal */
      public _access(): PostgresAccess {
        return this.access;
      }
    }
    const imported = new Import(scope, id);
    rejectIf(
      imported,
      serverNameIn(serverId) === undefined
        ? "'serverId' must be a literal, because the host name is made from it; got a value that Terraform has yet to compute"
        : serverIdProblem('serverId', serverId),
      databaseNameProblem('databaseName', databaseName),
    );
    return imported;
  }

  public readonly serverId: string;
  public readonly host: string;
  public readonly databaseName: string;
  /** Name of the server in Azure, a literal. */
  public readonly serverName: string;

  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: ManagedPostgresResources;

  private readonly props: ManagedPostgresProps;
  private readonly plan: PostgresPlan;
  private readonly guarded: boolean;
  private readonly access: PostgresAccess;

  constructor(scope: Construct, id: string, props: ManagedPostgresProps) {
    super(scope, id);
    checkKinds(this, props, POSTGRES_KINDS);
    const workload = Workload.of(this);
    this.props = props;
    this.plan = planFor(this, props);
    this.guarded = isGuarded(this, props);
    rejectIf(this, ...postgresProblems(this, props, this.plan));

    this.serverName = this.plan.serverName;
    this.databaseName = this.plan.databaseName;
    const clientConfig = props.tenantId === undefined ? new DataAzurermClientConfig(this, 'ClientConfig') : undefined;
    const tenantId = props.tenantId ?? clientConfig?.tenantId ?? '';
    const encryption = this.encryption(workload);
    const server = this.defineServer(workload, tenantId, encryption);
    this.serverId = server.id;
    this.host = server.fqdn;
    this.access = new PostgresAccess(this, {
      host: this.host,
      knownHost: `${this.serverName}.${DOMAIN}`,
      port: (props.pgBouncer ?? false) ? POOLED_PORT : PORT,
      networks: networksFor(props.publicAccess !== undefined, props.network),
      administratorName: props.administrator.principalName,
    });
    this.resources = {
      server,
      clientConfig,
      administrator: this.defineAdministrator(workload, tenantId, props.administrator),
      parameters: defineParameters(this, server.id, parametersOf(props, this.plan.version)),
      firewallRules: defineFirewallRules(this, server.id, props.publicAccess),
      privateEndpoint: this.defineEndpoint(),
      ...encryption?.resources,
      deleteLock: this.guarded ? defineDeleteLock(this, server.id, 'Holds data.') : undefined,
    };
    // a restored server brings its databases along
    if (props.createOnly?.restoreFrom === undefined) {
      this.addDatabase(this.databaseName);
    }
    this.node.addValidation({ validate: () => serverOversights(server) });
    workload.announce(this, props);
  }

  /**
   * Adds a database of its own, with roles of its own.
   *
   * @param name 1 to 56 lower-case letters, digits, `_` or `-`, a letter first; a literal that never changes.
   * @param options How it sorts.
   */
  public addDatabase(name: string, options: DatabaseOptions = {}): PostgresDatabase {
    const { serverId, guarded, access } = this;
    const { parameters } = this.resources;
    return PostgresDatabase._in({ scope: this, serverId, guarded, access, parameters }, name, options);
  }

  /**
   * Adds a copy that follows this server, for reading and for its place when it is gone.
   *
   * @param key 1 to 32 lower-case letters, digits or hyphens, a letter first; a literal that never changes, e.g. `reports`.
   * @param options Where it is, and how large.
   */
  public addReplica(key: string, options: ReplicaOptions = {}): PostgresReplica {
    const { props, plan } = this;
    const createOnly = props.createOnly ?? {};
    const replicas = this.replicas();
    return PostgresReplica._of(
      {
        ...plan,
        scope: this,
        serverId: this.serverId,
        location: Workload.of(this).location,
        network: props.network,
        createOnly,
        encryption: createOnly.encryption,
        guarded: this.guarded,
        maintenanceWindow: maintenanceWindowOf(props.maintenance),
        parameterValues: parametersOf(props, plan.version),
        parameters: this.resources.parameters,
        access: this.access,
        endpointTaken: replicas.some(({ resources }) => resources.virtualEndpoint !== undefined),
        replicas: replicas.length,
      },
      key,
      options,
    );
  }

  public toRecoverySteps(): RecoveryStep[] {
    const { geoRedundantBackup, highAvailability } = this.plan;
    const standby = highAvailability !== PostgresHighAvailability.NONE;
    return postgresRecovery(this, geoRedundantBackup, standby, this.replicas());
  }

  public toRecoveryDrills(): RecoveryDrill[] {
    return postgresDrills(this, !this.plan.sku.burstable);
  }

  public bindBackup(request: BackupRequest): BackupBinding {
    return postgresBackup(this, request);
  }

  /** @internal */
  public override _limits(): PostgresLimits {
    const { burstable, maxConnections } = this.plan.sku;
    const own = Number(this.props.parameters?.max_connections);
    return { maxConnections: Number.isFinite(own) ? own : maxConnections, burstable };
  }

  /** @internal */
  public _access(): PostgresAccess {
    return this.access;
  }

  private replicas(): PostgresReplica[] {
    return this.node.children.filter((child) => child instanceof PostgresReplica);
  }

  private encryption({ location }: Workload): EncryptionPlan | undefined {
    const encryption = this.props.createOnly?.encryption;
    return encryption && encryptionPlan(this, encryption, location, regionNamed(location)?.pair);
  }

  private defineServer(workload: Workload, tenantId: string, encryption?: EncryptionPlan): PostgresqlFlexibleServer {
    const { props, plan } = this;
    const { network, createOnly = {}, publicAccess, ignoreChanges = [] } = props;
    const placement = placementOf(this, network, createOnly, publicAccess !== undefined);
    const server = new PostgresqlFlexibleServer(this, 'Resource', {
      ...serverConfigOf(props, plan, tenantId),
      ...placement.config,
      resourceGroupName: workload.resourceGroupName,
      location: workload.location,
      identity: encryption?.identity,
      customerManagedKey: encryption?.customerManagedKey,
      lifecycle: lifecycleOf(this.guarded, ...DRIFTING, ...ignoreChanges),
    });
    const roleWait = encryption?.resources.encryptionRoleWait;
    const before = [...placement.dependsOn, ...(roleWait ? [addressOf(roleWait)] : [])];
    server.dependsOn = before.length > 0 ? before.sort() : undefined;
    return server;
  }

  private defineAdministrator(
    { resourceGroupName }: Workload,
    tenantId: string,
    { principal, principalName }: PostgresAdministrator,
  ): PostgresqlFlexibleServerActiveDirectoryAdministrator {
    const { principalId, principalType } = principal.actsAs ?? principal;
    return new PostgresqlFlexibleServerActiveDirectoryAdministrator(this, 'Administrator', {
      serverName: this.resourceName(),
      resourceGroupName,
      tenantId,
      objectId: principalId,
      principalName,
      principalType,
    });
  }

  private defineEndpoint(): AzurePrivateEndpoint | undefined {
    const { network, createOnly } = this.props;
    const target = { network, resourceId: this.serverId, target: PrivateLinkTarget.POSTGRESQL };
    return (createOnly?.injected ?? false)
      ? undefined
      : new PrivateEndpoint(this, 'PrivateEndpoint', target).resources.privateEndpoint;
  }

  /** The name as a reference, so that the administrator comes after the server. */
  private resourceName(): string {
    return (this.node.defaultChild as PostgresqlFlexibleServer).name;
  }
}
