import { ManagementLock } from '@cdktf/provider-azurerm/lib/management-lock';
import { MonitorDiagnosticSetting } from '@cdktf/provider-azurerm/lib/monitor-diagnostic-setting';
import { PrivateEndpoint as AzurePrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint';
import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { StorageObjectReplication } from '@cdktf/provider-azurerm/lib/storage-object-replication';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Sleep } from '@cdktf/provider-time/lib/sleep';
import { Grant } from '../access/grant';
import { IMonitored } from '../contracts/monitoring';
import { IPrincipal } from '../contracts/principal';
import { IEvidenceContainer } from './evidence-container';

/**
 * A storage account for evidence.
 */
export interface IEvidenceStore extends IMonitored {
  /** Azure resource id of the account. */
  readonly storageAccountId: string;
  /** Name of the account. */
  readonly storageAccountName: string;
  /** Address of its blobs, `https://<name>.blob.core.windows.net/`. */
  readonly blobEndpoint: string;

  /**
   * A container of this store.
   *
   * @param name Its name, a literal.
   */
  containerNamed(name: string): IEvidenceContainer;

  /** Lets a principal read all evidence, as auditors do; adding some is granted on `containerNamed()`. */
  grantRead(grantee: IPrincipal): Grant;
}

/**
 * The Terraform resources behind an `EvidenceStore`; those of the containers are with them.
 */
export interface EvidenceStoreResources {
  /** The account itself. */
  readonly storageAccount: StorageAccount;
  /** The identity that uses your own key on behalf of the account, if there is one. */
  readonly identity?: UserAssignedIdentity;
  /** The wait between its role on the key and the account. */
  readonly encryptionRoleWait?: Sleep;
  /** The account for copies in a second region, if there is one. */
  readonly replicaAccount?: StorageAccount;
  /** What copies; counts zero while there is no container. */
  readonly objectReplication?: StorageObjectReplication;
  /** The route of the access log, if the store has one of its own. */
  readonly auditLog?: MonitorDiagnosticSetting;
  /** The same of the replica, where there is one. */
  readonly replicaAuditLog?: MonitorDiagnosticSetting;
  /** The endpoint in the network, if there is one. */
  readonly privateEndpoint?: AzurePrivateEndpoint;
  /** The delete lock, where the store is guarded. */
  readonly deleteLock?: ManagementLock;
  /** The delete lock of the account for copies. */
  readonly replicaDeleteLock?: ManagementLock;
}
