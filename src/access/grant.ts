import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { IPrincipal } from '../contracts/principal';
import { aPrincipal } from '../core/collaborators';
import { stableHash } from '../core/naming';
import { uuidOf } from '../core/uuid';
import { hasForm, isComputed, rejectIf, resolvedIn, shown } from '../core/validation';
import { Workload } from '../core/workload';
import { countAssignment } from './assignment-limit';
import { rememberGrant } from './grant-registry';
import { organizationProblem } from './organization-problem';

/** A role as Azure stores it; the provider replaces an assignment with the bare form in every plan. */
const ROLE_DEFINITION_ID =
  /^\/subscriptions\/[^/]+\/providers\/Microsoft\.Authorization\/roleDefinitions\/[0-9a-f-]{36}$/i;

/** Condition language that Azure accepts for new conditions. */
const CONDITION_VERSION = '2.0';

/**
 * Properties for `Grant`; exactly one of `role` and `roleDefinitionId` says what is given.
 */
export interface GrantProps {
  /** Who receives access. */
  readonly grantee: IPrincipal;
  /** Azure resource id that the role applies to; the narrowest one that does. */
  readonly resourceId: string;

  /**
   * Name of a built-in role, e.g. `Storage Blob Data Reader`.
   *
   * @default - the role of `roleDefinitionId`
   */
  readonly role?: string;

  /**
   * Id of a role of your own, `/subscriptions/<id>/providers/Microsoft.Authorization/roleDefinitions/<guid>`.
   *
   * @default - the built-in `role`
   */
  readonly roleDefinitionId?: string;

  /**
   * Which part of the construct the role applies to, where there are several, e.g. the name of a container; never changes.
   *
   * @default - the construct as a whole
   */
  readonly part?: string;

  /**
   * Condition under which the role applies; changing it replaces the assignment.
   *
   * @default - always
   * @see https://learn.microsoft.com/azure/role-based-access-control/conditions-format
   */
  readonly condition?: string;
}

/**
 * The Terraform resources behind a `Grant`.
 */
export interface GrantResources {
  /** The role assignment. */
  readonly roleAssignment: RoleAssignment;
}

/**
 * One role, given to one principal, on one resource.
 *
 * Made by the `grant…()` methods of constructs. Its name in Azure follows from the paths of the two constructs, so it does not
 * move when anything else comes or goes.
 */
export class Grant extends Construct {
  /**
   * Gives a role once, however often it is asked for.
   *
   * @param scope The construct that owns the resource.
   * @param props What is given to whom.
   */
  public static once(scope: Construct, props: GrantProps): Grant {
    rejectIf(
      scope,
      aPrincipal('grantee', props.grantee),
      isComputed(props.part) &&
        `'part' must be a literal, because it becomes part of an address; got ${shown(props.part)}`,
    );
    const grantee = props.grantee.actsAs ?? props.grantee;
    const part = props.part === undefined ? '' : `-${props.part}`;
    const id = `Grant-${keyOfRole(scope, props)}${part}-${keyOfPrincipal(scope, grantee)}`;
    const there = scope.node.tryFindChild(id) as Grant | undefined;
    rejectIf(
      scope,
      there !== undefined &&
        resolvedIn(scope, there.condition) !== resolvedIn(scope, props.condition) &&
        `${shown(props.role ?? props.roleDefinitionId)} is already granted to ${grantee.node.path} under another condition`,
      there !== undefined &&
        resolvedIn(scope, there.resourceId) !== resolvedIn(scope, props.resourceId) &&
        `${shown(props.role ?? props.roleDefinitionId)} is already granted to ${grantee.node.path} on another resource of this construct; tell them apart with 'part'`,
    );
    return there ?? new Grant(scope, id, { ...props, grantee });
  }

  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: GrantResources;

  private readonly condition?: string;
  private readonly resourceId: string;

  private constructor(scope: Construct, id: string, props: GrantProps) {
    super(scope, id);
    const { grantee, resourceId, role, roleDefinitionId, condition } = props;
    const { organization } = Workload.of(this);
    rejectIf(
      this,
      (role === undefined) === (roleDefinitionId === undefined) &&
        "exactly one of 'role' and 'roleDefinitionId' must be given",
      role?.trim() === '' && "'role' must name a role, got an empty text",
      roleDefinitionId !== undefined &&
        !hasForm(roleDefinitionId, ROLE_DEFINITION_ID) &&
        `'roleDefinitionId' must be '/subscriptions/<id>/providers/Microsoft.Authorization/roleDefinitions/<guid>': every plan would replace the assignment otherwise; got ${shown(roleDefinitionId)}`,
      organizationProblem(this),
    );

    this.condition = condition;
    this.resourceId = resourceId;
    this.resources = {
      roleAssignment: new RoleAssignment(this, 'Resource', {
        name: uuidOf(organization ?? '', this.node.path),
        scope: resourceId,
        roleDefinitionName: role,
        roleDefinitionId,
        principalId: grantee.principalId,
        principalType: grantee.principalType,
        condition,
        conditionVersion: condition === undefined ? undefined : CONDITION_VERSION,
      }),
    };
    countAssignment(this);
    rememberGrant(grantee, this.resources.roleAssignment);
  }
}

/** Tells roles apart in an address; a role that Terraform has yet to compute, by the expression that will. */
function keyOfRole(scope: Construct, { role, roleDefinitionId }: GrantProps): string {
  const given = role ?? roleDefinitionId ?? '';
  return isComputed(given)
    ? `computed-${stableHash(String(resolvedIn(scope, given)))}`
    : (given.split('/').pop() ?? '').replace(/[^A-Za-z0-9-]/g, '');
}

/** Tells principals apart in an address: by object id, which Azure goes by, or else by place, which is the same in every stack. */
function keyOfPrincipal(scope: Construct, { principalId, node }: IPrincipal): string {
  const stack = `${TerraformStack.of(scope).node.path}/`;
  const place = node.path.startsWith(stack) ? node.path.slice(stack.length) : node.path;
  return stableHash(isComputed(principalId) ? place : principalId.toLowerCase());
}
