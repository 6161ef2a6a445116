import { Sleep } from '@cdktf/provider-time/lib/sleep';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { IPrincipal } from '../contracts/principal';
import { ensureTimeProvider } from '../core/utility-providers';
import { rolesOf } from './grant-registry';

/** A vault sees a role some time after it was given; what is refused its key fails, or stays behind half made. */
const ROLE_WAIT = '60s';

/**
 * What has to pass before a service can fetch the key that it encrypts with.
 *
 * Waits for the roles that are given in the same stack; of others nothing is known, nor need it be: they are there before.
 *
 * @param owner Construct of the service.
 * @param identities What it fetches keys under.
 */
export function defineEncryptionRoleWait(owner: Construct, ...identities: IPrincipal[]): Sleep | undefined {
  const stack = TerraformStack.of(owner);
  const roles = identities.flatMap(rolesOf).filter((role) => TerraformStack.of(role) === stack);
  if (roles.length === 0) {
    return undefined;
  }
  ensureTimeProvider(owner);
  return new Sleep(owner, 'EncryptionRoleWait', {
    createDuration: ROLE_WAIT,
    // another assignment is another wait
    triggers: { assignments: roles.map(({ id }) => id).join(' ') },
  });
}
