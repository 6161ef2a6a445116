import { PostgresqlFlexibleServer } from '@cdktf/provider-azurerm/lib/postgresql-flexible-server';
import { Construct } from 'constructs';
import { IPrivateNetwork } from '../contracts/network';
import { anEncryptionKey, aNetwork } from '../core/collaborators';
import { anInstanceOf, aText, Kinds } from '../core/kinds';
import { canonicalLocation } from '../core/locations';
import { nameProblem } from '../core/naming';
import { residencyProblem } from '../core/residency';
import { isComputed, isText, isWholeBetween, shown } from '../core/validation';
import type { PostgresAccess } from './postgres-access';
import { PostgresCreateOnly, PostgresEncryption } from './postgres-options';
import type { ParameterResources, Parameters } from './postgres-parameters';
import { ReplicaOptions } from './postgres-replica-options';
import { PostgresSku } from './postgres-sku';

/** What a replica takes. */
export const REPLICA_KINDS: Kinds<ReplicaOptions> = {
  'location?': aText,
  'network?': aNetwork,
  'sku?': anInstanceOf(PostgresSku, 'PostgresSku.D2DS_V5'),
  'encryptionKey?': anEncryptionKey,
};

/** Replicas that Azure allows one server. */
const MOST_REPLICAS = 5;

/** Seconds behind from which the copy would lose more than a recovery point of a quarter of an hour leaves room for. */
const LAG_SECONDS = 300;

/** A server, as far as its replicas need to know it. */
export interface Primary {
  readonly scope: Construct;
  readonly serverId: string;
  readonly databaseName: string;
  readonly location: string;
  readonly network: IPrivateNetwork;
  readonly createOnly: PostgresCreateOnly;
  readonly encryption?: PostgresEncryption;
  readonly sku: PostgresSku;
  readonly storageGib: number;
  readonly guarded: boolean;
  readonly maintenanceWindow: PostgresqlFlexibleServer['maintenanceWindowInput'];
  readonly parameterValues: Parameters;
  readonly parameters: ParameterResources;
  readonly access: PostgresAccess;
  /** Whether a replica has the virtual endpoint already. */
  readonly endpointTaken: boolean;
  readonly replicas: number;
}

/** Size of a replica. */
export function skuOf(primary: Primary, { sku }: ReplicaOptions): PostgresSku {
  return sku ?? primary.sku;
}

/** Seconds behind from which somebody is told. */
export function lagOf({ maxLagSeconds }: ReplicaOptions): number {
  return maxLagSeconds ?? LAG_SECONDS;
}

/**
 * What is wrong with a replica, as clauses for `rejectIf()`.
 */
export function replicaProblems(primary: Primary, key: string, options: ReplicaOptions): Array<string | false> {
  const { scope } = primary;
  const location = options.location ?? primary.location;
  const sku = skuOf(primary, options);
  const elsewhere = canonicalLocation(location) !== primary.location;
  const network = options.network ?? primary.network;
  return [
    (isComputed(key) || !isText(key, /^[a-z][a-z0-9-]{0,31}$/)) &&
      `'key' must have 1 to 32 lower-case letters, digits or hyphens, a letter first, in a literal; got ${shown(key)}`,
    scope.node.tryFindChild(`Replica-${key}`) !== undefined && `there is a replica ${shown(key)} already`,
    primary.replicas >= MOST_REPLICAS && `a server has at most ${MOST_REPLICAS} replicas, and this would be one more`,
    isComputed(location)
      ? `'location' must be a literal, because residency is checked at synthesis; got ${shown(location)}`
      : residencyProblem(scope, "'location'", location),
    nameProblem(PostgresqlFlexibleServer.tfResourceType, scope, 'serverName', options.serverName),
    sku._problem,
    primary.sku.burstable
      ? `a server of a burstable size has no replicas, got ${primary.sku.name}; give 'sku' of the server a general-purpose size, e.g. D2DS_V5`
      : sku.memoryGib < primary.sku.memoryGib &&
        `'sku' must not be smaller than the primary's ${primary.sku.name}, or the replica cannot follow; got ${sku.name}`,
    (options.storageGib ?? primary.storageGib) < primary.storageGib &&
      `'storageGib' must not be less than the ${primary.storageGib} of the primary, got ${shown(options.storageGib)}`,
    primary.createOnly.injected === true &&
      !isComputed(network.location) &&
      network.location !== canonicalLocation(location) &&
      `'network' must lie in ${canonicalLocation(location)} as the injected replica does, got ${network.location}`,
    primary.encryption !== undefined &&
      elsewhere &&
      options.encryptionKey === undefined &&
      `'encryptionKey' must name a key in a vault in ${canonicalLocation(location)}, because the primary is encrypted with one of its own`,
    primary.encryption === undefined &&
      options.encryptionKey !== undefined &&
      "'encryptionKey' must be left out, because the primary is encrypted with a key of Azure's",
    options.virtualEndpoint === true &&
      primary.endpointTaken &&
      "'virtualEndpoint' must be left to one replica of a server",
    !isWholeBetween(lagOf(options), 30, 86_400) &&
      `'maxLagSeconds' must be a whole number from 30 to 86400, got ${shown(options.maxLagSeconds)}`,
  ];
}
