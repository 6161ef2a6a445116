import { ManagedRedisCustomerManagedKey, ManagedRedisIdentity } from '@cdktf/provider-azurerm/lib/managed-redis';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Sleep } from '@cdktf/provider-time/lib/sleep';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { rolesOf } from '../access/grant-registry';
import { ManagedIdentity } from '../access/managed-identity';
import { IEncryptionKey } from '../contracts/encryption';
import { ensureTimeProvider } from '../core/utility-providers';
import { hasForm, rejectIf, shown } from '../core/validation';

/** A vault sees a role some time after it was given; a cache that is refused its key stays behind, half made. */
const ROLE_WAIT = '60s';

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
    encryptionRoleWait: waitFor(redis, fetcher),
  };
}

/** Waits for the roles that are given in the same stack; others are there before. */
function waitFor(redis: Construct, fetcher: ManagedIdentity): Sleep | undefined {
  const stack = TerraformStack.of(redis);
  const roles = rolesOf(fetcher).filter((role) => TerraformStack.of(role) === stack);
  if (roles.length === 0) {
    return undefined;
  }
  ensureTimeProvider(redis);
  return new Sleep(redis, 'EncryptionRoleWait', {
    createDuration: ROLE_WAIT,
    // another assignment is another wait
    triggers: { assignments: roles.map(({ id }) => id).join(' ') },
  });
}
