import { IEncryptionKey } from '../contracts/encryption';
import { MonitoredProps } from '../contracts/monitoring';
import { IPrivateNetwork } from '../contracts/network';
import { ProtectedProps } from '../contracts/ownership';
import { PostgresSku } from './postgres-sku';

/**
 * Options for `addReplica()`; a replica has neither backups nor a standby of its own.
 */
export interface ReplicaOptions extends MonitoredProps, ProtectedProps {
  /**
   * Region of the replica, a literal; data of the workload must be allowed to live there. Replaces the replica.
   *
   * @default - the region of the primary
   */
  readonly location?: string;

  /**
   * Network that the replica is reached from; for an injected one a network of its region, in which both servers reach each other.
   *
   * @default - the network of the primary
   */
  readonly network?: IPrivateNetwork;

  /**
   * Name in Azure, unique in all of it: 3 to 63 lower-case letters, digits, or single hyphens between them. A literal.
   *
   * @default - derived from the workload, its environment and the construct path
   */
  readonly serverName?: string;

  /**
   * Size of the machine, with no less memory than the primary's.
   *
   * @default - the size of the primary
   */
  readonly sku?: PostgresSku;

  /**
   * Storage at the start in GiB, no less than the primary has by then; it grows by itself, and a later value changes nothing.
   *
   * @default - what the primary started with
   */
  readonly storageGib?: number;

  /**
   * An RSA key in a vault of the replica's region, where the primary has one of its own.
   *
   * @default - the key of the primary; an error in another region
   */
  readonly encryptionKey?: IEncryptionKey;

  /**
   * Whether two host names lead to the primary and to this replica, whichever server is which: what a switch of roles needs. One
   * replica of a server may have them.
   *
   * @default false
   */
  readonly virtualEndpoint?: boolean;

  /**
   * Whether the replica has become a server of its own; set it after a promotion, and leave everything else as it is.
   *
   * @default false
   */
  readonly promoted?: boolean;

  /**
   * Seconds behind the primary from which somebody is told, 30 to 86400.
   *
   * @default 300
   */
  readonly maxLagSeconds?: number;
}
