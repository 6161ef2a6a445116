import { Lazy, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { rolesOf } from '../access/grant-registry';
import { IPrincipal } from '../contracts/principal';
import { addressOf } from '../core/protection';

/**
 * What an app waits for before it starts, as `depends_on` spells it: the roles that its identity was given, also later ones.
 *
 * Vault references and image pulls are tried when the app starts, and then not for a day. Roles on the app itself come after it.
 */
export function rightsBefore(app: IConstruct, identity: IPrincipal): string[] {
  const stack = TerraformStack.of(app);
  return Lazy.listValue(
    {
      produce: () =>
        rolesOf(identity)
          .filter((role) => TerraformStack.of(role) === stack && role.node.scope?.node.scope !== app)
          .map(addressOf)
          .sort(),
    },
    { omitEmpty: true },
  );
}
