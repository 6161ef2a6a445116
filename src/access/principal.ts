import { Construct } from 'constructs';
import { IPrincipal, PrincipalType } from '../contracts/principal';
import { aText } from '../core/kinds';
import { guidProblem, rejectIf } from '../core/validation';

/**
 * Someone or something in the directory that can be given access.
 */
export class Principal extends Construct implements IPrincipal {
  /** A directory group, by its object id. */
  public static group(scope: Construct, id: string, objectId: string): Principal {
    return new Principal(scope, id, objectId, PrincipalType.GROUP);
  }

  /** A managed identity or an application, by the object id of its service principal. */
  public static servicePrincipal(scope: Construct, id: string, objectId: string): Principal {
    return new Principal(scope, id, objectId, PrincipalType.SERVICE_PRINCIPAL);
  }

  /** A person, by object id; prefer groups, people leave. */
  public static user(scope: Construct, id: string, objectId: string): Principal {
    return new Principal(scope, id, objectId, PrincipalType.USER);
  }

  private constructor(
    scope: Construct,
    id: string,
    public readonly principalId: string,
    public readonly principalType: PrincipalType,
  ) {
    super(scope, id);
    rejectIf(
      this,
      aText('objectId', principalId) ||
        guidProblem('objectId', principalId, 'the object id in the directory and not a name'),
    );
  }
}
