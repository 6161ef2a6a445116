import {
  PostgresqlFlexibleServerCustomerManagedKey,
  PostgresqlFlexibleServerIdentity,
} from '@cdktf/provider-azurerm/lib/postgresql-flexible-server';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Construct } from 'constructs';
import { defineEncryptionRoleWait } from '../access/encryption-role-wait';
import { EncryptionKeyReference, IEncryptionKey } from '../contracts/encryption';
import { IPrincipal, PrincipalType } from '../contracts/principal';
import { nameOf } from '../core/naming';
import { Workload } from '../core/workload';
import { PostgresEncryptionResources } from './managed-postgres-interface';
import { PostgresEncryption } from './postgres-options';

/** The identity that a server fetches a key under. It lies where the key does: the other region must do without this one. */
class EncryptionIdentity extends Construct implements IPrincipal {
  public readonly principalId: string;
  public readonly principalType = PrincipalType.SERVICE_PRINCIPAL;
  public readonly identity: UserAssignedIdentity;
  public readonly reference: EncryptionKeyReference;

  constructor(scope: Construct, id: string, key: IEncryptionKey, location: string) {
    super(scope, id);
    this.identity = new UserAssignedIdentity(this, 'Resource', {
      name: nameOf(UserAssignedIdentity.tfResourceType, this),
      resourceGroupName: Workload.of(this).resourceGroupName,
      location,
    });
    this.principalId = this.identity.principalId;
    this.reference = key.bindEncrypter(this);
  }
}

/** The blocks of an encrypted server, and what it waits for. */
export interface EncryptionPlan {
  readonly identity: PostgresqlFlexibleServerIdentity;
  readonly customerManagedKey: PostgresqlFlexibleServerCustomerManagedKey;
  readonly resources: PostgresEncryptionResources;
}

/**
 * Sees to it that a server can be encrypted with keys of its owner.
 *
 * @param server Construct of the server.
 * @param encryption The keys.
 * @param location Region of the server.
 * @param pair Region that its backups are copied to.
 */
export function encryptionPlan(
  server: Construct,
  { key, geoBackupKey }: PostgresEncryption,
  location: string,
  pair?: string,
): EncryptionPlan {
  const own = new EncryptionIdentity(server, 'EncryptionIdentity', key, location);
  // Azure refuses one identity for both
  const geo =
    geoBackupKey && pair ? new EncryptionIdentity(server, 'GeoEncryptionIdentity', geoBackupKey, pair) : undefined;
  return {
    identity: { type: 'UserAssigned', identityIds: [own, geo].flatMap((one) => (one ? [one.identity.id] : [])) },
    customerManagedKey: {
      keyVaultKeyId: own.reference.keyUri,
      primaryUserAssignedIdentityId: own.identity.id,
      geoBackupKeyVaultKeyId: geo?.reference.keyUri,
      geoBackupUserAssignedIdentityId: geo?.identity.id,
    },
    resources: {
      encryptionIdentity: own.identity,
      geoEncryptionIdentity: geo?.identity,
      encryptionRoleWait: defineEncryptionRoleWait(server, ...(geo ? [own, geo] : [own])),
    },
  };
}
