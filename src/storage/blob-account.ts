import {
  StorageAccount,
  StorageAccountBlobProperties,
  StorageAccountConfig,
} from '@cdktf/provider-azurerm/lib/storage-account';
import { Sleep } from '@cdktf/provider-time/lib/sleep';
import { Construct } from 'constructs';
import { defineEncryptionRoleWait } from '../access/encryption-role-wait';
import { ManagedIdentity } from '../access/managed-identity';
import { IEncryptionKey } from '../contracts/encryption';
import { lifecycleOf } from '../core/protection';
import { Workload } from '../core/workload';

/** What differs between the accounts that hold blobs. */
export interface BlobAccountOptions {
  readonly name: string;
  readonly replication: string;
  readonly allowedIpRules: string[];
  readonly sasHours: number;
  readonly recoveryDays: number;
  /** Days that the whole account can be set back; 0 for not at all. */
  readonly restoreDays: number;
  readonly guarded: boolean;
  readonly ignoreChanges: string[];
  /** Leaves out when each blob was last read, where no rule goes by it. */
  readonly withoutLastAccess?: boolean;
  /** Region, where that is not the one of the workload. */
  readonly location?: string;
}

/** An account, and what it needs. */
export interface BlobAccount {
  readonly storageAccount: StorageAccount;
  readonly identity?: ManagedIdentity;
  readonly encryptionRoleWait?: Sleep;
}

/**
 * What every account that holds blobs has: no keys, no anonymous readers, no way in that nobody named, and every version.
 */
function blobAccountConfig(workload: Workload, options: BlobAccountOptions): StorageAccountConfig {
  const ipRules = [...options.allowedIpRules].sort();
  return {
    name: options.name,
    resourceGroupName: workload.resourceGroupName,
    location: options.location ?? workload.location,
    accountKind: 'StorageV2',
    accountTier: 'Standard',
    accountReplicationType: options.replication,
    minTlsVersion: 'TLS1_2',
    httpsTrafficOnlyEnabled: true,
    sharedAccessKeyEnabled: false,
    defaultToOauthAuthentication: true,
    localUserEnabled: false,
    sftpEnabled: false,
    allowNestedItemsToBePublic: false,
    crossTenantReplicationEnabled: false,
    allowedCopyScope: 'AAD',
    infrastructureEncryptionEnabled: true,
    publicNetworkAccessEnabled: ipRules.length > 0,
    networkRules: {
      defaultAction: 'Deny',
      bypass: ['AzureServices'],
      ipRules: ipRules.length > 0 ? ipRules : undefined,
    },
    sasPolicy: { expirationPeriod: sasPeriod(options.sasHours), expirationAction: 'Block' },
    blobProperties: blobProperties(options),
    lifecycle: lifecycleOf(options.guarded, ...options.ignoreChanges),
  };
}

/**
 * Defines an account, as the main resource of a construct, with the identity that it uses a key of one's own by.
 */
export function defineBlobAccount(owner: Construct, options: BlobAccountOptions, key?: IEncryptionKey): BlobAccount {
  const config = blobAccountConfig(Workload.of(owner), options);
  if (key === undefined) {
    return { storageAccount: new StorageAccount(owner, 'Resource', config) };
  }
  const identity = new ManagedIdentity(owner, 'Identity');
  const { keyUri } = key.bindEncrypter(identity);
  const { identityId } = identity;
  const encryptionRoleWait = defineEncryptionRoleWait(owner, identity);
  const storageAccount = new StorageAccount(owner, 'Resource', {
    ...config,
    identity: { type: 'UserAssigned', identityIds: [identityId] },
    customerManagedKey: { keyVaultKeyId: keyUri, userAssignedIdentityId: identityId },
    // Azure wraps with the key while it creates the account
    dependsOn: encryptionRoleWait && [encryptionRoleWait],
  });
  return { storageAccount, identity, encryptionRoleWait };
}

function blobProperties(options: BlobAccountOptions): StorageAccountBlobProperties {
  const { recoveryDays, restoreDays, withoutLastAccess = false } = options;
  return {
    versioningEnabled: true,
    changeFeedEnabled: true,
    changeFeedRetentionInDays: recoveryDays,
    lastAccessTimeEnabled: withoutLastAccess ? undefined : true,
    deleteRetentionPolicy: { days: recoveryDays },
    containerDeleteRetentionPolicy: { days: recoveryDays },
    restorePolicy: restoreDays > 0 ? { days: restoreDays } : undefined,
  };
}

/** `DD.HH:MM:SS`, the only form that Azure takes. */
function sasPeriod(hours: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(hours / 24))}.${two(hours % 24)}:00:00`;
}
