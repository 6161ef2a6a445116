import { ManagedRedisCustomerManagedKey, ManagedRedisIdentity } from '@cdktf/provider-azurerm/lib/managed-redis';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Sleep } from '@cdktf/provider-time/lib/sleep';
import { Construct } from 'constructs';
import { defineEncryptionRoleWait } from '../access/encryption-role-wait';
import { ManagedIdentity } from '../access/managed-identity';
import { IEncryptionKey } from '../contracts/encryption';
import { hasForm, rejectIf, shown } from '../core/validation';

/** Address of a version of a key, the only kind that Managed Redis takes. */
const VERSIONED = /^https:\/\/[^/]+\/keys\/[^/]+\/[^/]+\/?$/;

/** The blocks of an encrypted cache, and what it waits for. */
export interface RedisEncryption {
  readonly identity: ManagedRedisIdentity;
  readonly customerManagedKey: ManagedRedisCustomerManagedKey;
  readonly encryptionIdentity?: UserAssignedIdentity;
  readonly encryptionRoleWait?: Sleep;
}

/**
 * Sees to it that a cache can be encrypted with a key of its owner.
 */
export function redisEncryption(redis: Construct, key: IEncryptionKey): RedisEncryption {
  const fetcher = new ManagedIdentity(redis, 'EncryptionIdentity');
  const { keyVersionUri } = key.bindEncrypter(fetcher);
  rejectIf(
    redis,
    !hasForm(keyVersionUri, VERSIONED) &&
      `'encryptionKey' must give the address of a version, https://<vault>/keys/<name>/<version>, because Managed Redis takes no other; got ${shown(keyVersionUri)}`,
  );
  return {
    identity: { type: 'UserAssigned', identityIds: [fetcher.identityId] },
    customerManagedKey: { keyVaultKeyId: keyVersionUri, userAssignedIdentityId: fetcher.identityId },
    encryptionIdentity: fetcher.resources.identity,
    encryptionRoleWait: defineEncryptionRoleWait(redis, fetcher),
  };
}
