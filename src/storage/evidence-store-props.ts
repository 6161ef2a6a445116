import { IEncryptionKey } from '../contracts/encryption';
import { MonitoredProps } from '../contracts/monitoring';
import { IPrivateNetwork } from '../contracts/network';
import { ProtectedProps, SharedOwnershipProps } from '../contracts/ownership';
import { EvidenceOptions } from './evidence-options';

/**
 * Properties for `EvidenceStore`.
 */
export interface EvidenceStoreProps extends MonitoredProps, ProtectedProps, SharedOwnershipProps {
  /**
   * Containers by name: 3 to 63 lower-case letters, digits or single hyphens, which never changes. `addContainer()` adds more.
   *
   * @default - none
   */
  readonly containers?: { [name: string]: EvidenceOptions };

  /**
   * Region that every blob is copied to, into an account of its own with the same retention: another one than the workload's, in
   * which data may live. Copies lag by minutes. Taking it away destroys that account, and the copies in it.
   *
   * @default - where the environment wants a second region (prod), the account itself is geo-redundant, to the paired region
   */
  readonly replicaLocation?: string;

  /**
   * Log Analytics workspace that every access is logged to: who, what, when.
   *
   * The watchers of the workload then leave the blob logs of this store alone: Azure refuses a second route to one workspace.
   *
   * @default - left to the watchers of the workload
   */
  readonly auditWorkspaceId?: string;

  /**
   * Network that the account gets an endpoint in; the replica has none.
   *
   * @default - none: only trusted services of Azure get through, and who is in `allowedIpRules`
   */
  readonly network?: IPrivateNetwork;

  /**
   * Public IPv4 addresses, and networks from /16 to /30, that reach the account over the internet, still with an identity and a
   * role. Literals, at most 400. Naming any opens the public endpoint to them, and to nobody else.
   *
   * @default - none; the public endpoint is closed
   */
  readonly allowedIpRules?: string[];

  /**
   * Name in Azure, unique in all of it: 3 to 24 lower-case letters or digits. A literal.
   *
   * @default - derived from the workload, its environment and the construct path
   */
  readonly storageAccountName?: string;

  /**
   * Days during which a deleted blob or container can be brought back once its retention is over, 7 to 365.
   *
   * @default - from the environment: 7 in dev and test, 14 in staging, 35 in preprod and prod
   */
  readonly recoveryDays?: number;

  /**
   * Key that the accounts encrypt with, by way of identities of their own; its vault must have purge protection, and must outlive the
   * evidence.
   *
   * @default - a key of Azure's
   */
  readonly encryptionKey?: IEncryptionKey;
}
