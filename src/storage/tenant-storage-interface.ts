import { ManagementLock } from '@cdktf/provider-azurerm/lib/management-lock';
import { PrivateEndpoint as AzurePrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint';
import { SecurityCenterStorageDefender } from '@cdktf/provider-azurerm/lib/security-center-storage-defender';
import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { StorageManagementPolicy } from '@cdktf/provider-azurerm/lib/storage-management-policy';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Sleep } from '@cdktf/provider-time/lib/sleep';
import { DataResource } from 'cdktf';
import { Grant } from '../access/grant';
import { IConnectionTarget } from '../contracts/connection';
import { IMonitored } from '../contracts/monitoring';
import { IPrincipal } from '../contracts/principal';
import { ITenantStorage } from './tenant-storage';

/**
 * A storage account that holds the data of tenants.
 */
export interface ITenantStorageAccount extends IConnectionTarget, IMonitored {
  /** Azure resource id of the account. */
  readonly storageAccountId: string;
  /** Name of the account. */
  readonly storageAccountName: string;
  /** Address of its blobs, `https://<name>.blob.core.windows.net/`. */
  readonly blobEndpoint: string;

  /**
   * What one tenant has in this account.
   *
   * @param key Key of the tenant, a literal.
   */
  tenantNamed(key: string): ITenantStorage;

  /** Lets a principal read the blobs of all tenants; those of one are granted on `tenantNamed()`. */
  grantRead(grantee: IPrincipal): Grant;

  /** Lets a principal read, write and delete the blobs of all tenants. */
  grantReadWrite(grantee: IPrincipal): Grant;

  /** Lets a principal issue SAS in its own name, for what it may do itself and no longer than the account allows. */
  grantIssueSas(grantee: IPrincipal): Grant;
}

/**
 * The Terraform resources behind a `TenantStorageAccount`; the containers are with the tenants.
 */
export interface TenantStorageAccountResources {
  /** The account itself. */
  readonly storageAccount: StorageAccount;
  /** The identity that uses your own key on behalf of the account, if there is one. */
  readonly identity?: UserAssignedIdentity;
  /** The wait between its role on the key and the account. */
  readonly encryptionRoleWait?: Sleep;
  /** What moves and deletes blobs; counts zero while there is no tenant. */
  readonly lifecyclePolicy: StorageManagementPolicy;
  /** The endpoint in the network, if there is one. */
  readonly privateEndpoint?: AzurePrivateEndpoint;
  /** What Defender does, if the account says so. */
  readonly defender?: SecurityCenterStorageDefender;
  /** What refuses plans in which a tenant just vanished, where the account is guarded. */
  readonly roster?: DataResource;
  /** The delete lock, where the account is guarded. */
  readonly deleteLock?: ManagementLock;
}
