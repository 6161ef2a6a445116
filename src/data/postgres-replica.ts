import { ManagementLock } from '@cdktf/provider-azurerm/lib/management-lock';
import { PostgresqlFlexibleServer } from '@cdktf/provider-azurerm/lib/postgresql-flexible-server';
import { PostgresqlFlexibleServerConfiguration } from '@cdktf/provider-azurerm/lib/postgresql-flexible-server-configuration';
import { PostgresqlFlexibleServerVirtualEndpoint } from '@cdktf/provider-azurerm/lib/postgresql-flexible-server-virtual-endpoint';
import { PrivateEndpoint as AzurePrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint';
import { Construct } from 'constructs';
import { ConnectionConfig, IConnectionTarget } from '../contracts/connection';
import { IMonitored, MonitoringTarget } from '../contracts/monitoring';
import { IPrincipal } from '../contracts/principal';
import { checkKinds } from '../core/kinds';
import { canonicalLocation } from '../core/locations';
import { nameOf } from '../core/naming';
import { addressOf, defineDeleteLock, isGuarded, lifecycleOf } from '../core/protection';
import { rejectIf } from '../core/validation';
import { Workload } from '../core/workload';
import { PrivateEndpoint } from '../network/private-endpoint';
import { PrivateLinkTarget } from '../network/private-link-target';
import { PostgresEncryptionResources } from './managed-postgres-interface';
import { EncryptionPlan, encryptionPlan } from './postgres-encryption';
import { DOMAIN, placementOf } from './postgres-network';
import { defineParameters } from './postgres-parameters';
import { ReplicaOptions } from './postgres-replica-options';
import { lagOf, Primary, REPLICA_KINDS, replicaProblems, skuOf } from './postgres-replica-rules';
import { DatabaseRole } from './postgres-role';
import { DRIFTING } from './postgres-server';
import { serverOversights } from './postgres-server-rules';
import { postgresSignals, replicaSignals } from './postgres-signals';

/**
 * The Terraform resources behind a `PostgresReplica`.
 */
export interface PostgresReplicaResources extends PostgresEncryptionResources {
  /** The replica itself. */
  readonly server: PostgresqlFlexibleServer;
  /** Its server parameters, by name. */
  readonly parameters: { [name: string]: PostgresqlFlexibleServerConfiguration };
  /** Its endpoint in the network, unless it is injected. */
  readonly privateEndpoint?: AzurePrivateEndpoint;
  /** The two names that follow a switch of roles, if they were asked for. */
  readonly virtualEndpoint?: PostgresqlFlexibleServerVirtualEndpoint;
  /** Its delete lock, where it is guarded. */
  readonly deleteLock?: ManagementLock;
}

/**
 * A copy of a server that follows it within seconds, can be read, and takes its place when it is gone.
 *
 * Made by `addReplica()` of `ManagedPostgres`. Azure upgrades no server that has replicas: take them away before, add them again
 * after. It makes the replica larger before its primary, so give the replica a larger `sku` first.
 */
export class PostgresReplica extends Construct implements IConnectionTarget, IMonitored {
  /** @internal */
  public static _of(primary: Primary, key: string, options: ReplicaOptions): PostgresReplica {
    checkKinds(primary.scope, options, REPLICA_KINDS);
    rejectIf(primary.scope, ...replicaProblems(primary, key, options));
    return new PostgresReplica(primary, `Replica-${key}`, options);
  }

  /** Azure resource id of the replica. */
  public readonly serverId: string;
  /** Name of the replica in Azure. */
  public readonly serverName: string;
  /** Host name of the replica. */
  public readonly host: string;
  /** Region of the replica. */
  public readonly location: string;
  /** Name that leads to whichever server is the primary, where a virtual endpoint was asked for. */
  public readonly writerHost?: string;
  /** Name that leads to whichever server is the replica, where a virtual endpoint was asked for. */
  public readonly readerHost?: string;

  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: PostgresReplicaResources;

  private readonly primary: Primary;
  private readonly options: ReplicaOptions;

  private constructor(primary: Primary, id: string, options: ReplicaOptions) {
    super(primary.scope, id);
    const workload = Workload.of(this);
    this.primary = primary;
    this.options = options;
    this.location = canonicalLocation(options.location ?? workload.location);
    this.serverName = options.serverName ?? nameOf(PostgresqlFlexibleServer.tfResourceType, this);

    const encryption = this.encryption();
    const guarded = isGuarded(this, { deletionProtection: options.deletionProtection ?? primary.guarded });
    const server = this.defineServer(workload, guarded, encryption);
    this.serverId = server.id;
    this.host = server.fqdn;
    const virtualEndpoint = (options.virtualEndpoint ?? false) ? this.defineVirtualEndpoint() : undefined;
    this.writerHost = virtualEndpoint && `${virtualEndpoint.nameInput}.writer.${DOMAIN}`;
    this.readerHost = virtualEndpoint && `${virtualEndpoint.nameInput}.reader.${DOMAIN}`;
    this.resources = {
      server,
      virtualEndpoint,
      parameters: defineParameters(this, server.id, primary.parameterValues),
      privateEndpoint: this.defineEndpoint(),
      ...encryption?.resources,
      deleteLock: guarded ? defineDeleteLock(this, server.id, 'Takes the place of its primary.') : undefined,
    };
    this.node.addValidation({ validate: () => serverOversights(server) });
    workload.announce(this, options);
  }

  /** Lets a client read the database of the primary here, some seconds late. */
  public bindClient(client: IPrincipal): ConnectionConfig {
    const { access, databaseName } = this.primary;
    const known = access.knows(client, databaseName);
    const { userName } = access.grant(client, databaseName, known ? {} : { roles: [DatabaseRole.READER] });
    const networks = [this.options.network ?? this.primary.network];
    return { settings: access.settingsFor(userName, databaseName, this.host), networks };
  }

  public toMonitoringTarget(): MonitoringTarget {
    return {
      resourceId: this.serverId,
      metricNamespace: 'Microsoft.DBforPostgreSQL/flexibleServers',
      logSources: { Server: this.serverId },
      signals: [
        ...postgresSignals(skuOf(this.primary, this.options)),
        ...(this.options.promoted ? [] : replicaSignals(lagOf(this.options))),
      ],
    };
  }

  private encryption(): EncryptionPlan | undefined {
    const { encryption, location } = this.primary;
    const key = this.options.encryptionKey ?? (this.location === location ? encryption?.key : undefined);
    return key && encryptionPlan(this, { key }, this.location);
  }

  private defineServer(workload: Workload, guarded: boolean, encryption?: EncryptionPlan): PostgresqlFlexibleServer {
    const { primary, options } = this;
    const placement = placementOf(this, options.network ?? primary.network, primary.createOnly, false);
    const server = new PostgresqlFlexibleServer(this, 'Resource', {
      name: this.serverName,
      resourceGroupName: workload.resourceGroupName,
      location: this.location,
      createMode: 'Replica',
      sourceServerId: primary.serverId,
      // said only once it is true: Azure takes it for a request to promote, and nothing else may change with it
      replicationRole: options.promoted ? 'None' : undefined,
      skuName: skuOf(primary, options).name,
      storageMb: (options.storageGib ?? primary.storageGib) * 1024,
      autoGrowEnabled: true,
      ...placement.config,
      maintenanceWindow: primary.maintenanceWindow,
      identity: encryption?.identity,
      customerManagedKey: encryption?.customerManagedKey,
      lifecycle: lifecycleOf(guarded, ...DRIFTING),
    });
    const roleWait = encryption?.resources.encryptionRoleWait;
    server.dependsOn = [
      ...placement.dependsOn,
      ...(roleWait ? [addressOf(roleWait)] : []),
      // it starts with the parameters of its primary, and while those are set the primary makes no replica
      ...Object.values(primary.parameters).map(addressOf),
    ].sort();
    return server;
  }

  private defineVirtualEndpoint(): PostgresqlFlexibleServerVirtualEndpoint {
    return new PostgresqlFlexibleServerVirtualEndpoint(this, 'VirtualEndpoint', {
      name: nameOf(PostgresqlFlexibleServerVirtualEndpoint.tfResourceType, this.primary.scope),
      sourceServerId: this.primary.serverId,
      replicaServerId: this.serverId,
      type: 'ReadWrite',
      // a switch of roles exchanges the two, and Terraform cannot follow
      lifecycle: lifecycleOf(false, 'source_server_id', 'replica_server_id'),
    });
  }

  private defineEndpoint(): AzurePrivateEndpoint | undefined {
    const { primary, options, serverId } = this;
    const network = options.network ?? primary.network;
    const target = { network, resourceId: serverId, target: PrivateLinkTarget.POSTGRESQL };
    return (primary.createOnly.injected ?? false)
      ? undefined
      : new PrivateEndpoint(this, 'PrivateEndpoint', target).resources.privateEndpoint;
  }
}
