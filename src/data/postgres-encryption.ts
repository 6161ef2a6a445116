import {
  PostgresqlFlexibleServerCustomerManagedKey,
  PostgresqlFlexibleServerIdentity,
} from '@cdktf/provider-azurerm/lib/postgresql-flexible-server';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Sleep } from '@cdktf/provider-time/lib/sleep';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { rolesOf } from '../access/grant-registry';
import { EncryptionKeyReference, IEncryptionKey } from '../contracts/encryption';
import { IPrincipal, PrincipalType } from '../contracts/principal';
import { nameOf } from '../core/naming';
import { ensureTimeProvider } from '../core/utility-providers';
import { Workload } from '../core/workload';
import { PostgresEncryptionResources } from './managed-postgres-interface';
import { PostgresEncryption } from './postgres-options';

/** A vault sees a role some time after it was given; a server that is refused its key stays behind, half made. */
const ROLE_WAIT = '60s';

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
      encryptionRoleWait: waitFor(server, geo ? [own, geo] : [own]),
    },
  };
}

/** Waits for the roles that are given in the same stack; of others nothing is known, nor need it be: they are there before. */
function waitFor(server: Construct, identities: IPrincipal[]): Sleep | undefined {
  const stack = TerraformStack.of(server);
  const roles = identities.flatMap(rolesOf).filter((role) => TerraformStack.of(role) === stack);
  if (roles.length === 0) {
    return undefined;
  }
  ensureTimeProvider(server);
  return new Sleep(server, 'EncryptionRoleWait', {
    createDuration: ROLE_WAIT,
    // another assignment is another wait
    triggers: { assignments: roles.map(({ id }) => id).join(' ') },
  });
}
