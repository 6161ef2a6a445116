import {
  DataAzurermUserAssignedIdentity,
  DataAzurermUserAssignedIdentityConfig,
} from '@cdktf/provider-azurerm/lib/data-azurerm-user-assigned-identity';
import { FederatedIdentityCredential } from '@cdktf/provider-azurerm/lib/federated-identity-credential';
import { RoleAssignment, RoleAssignmentConfig } from '@cdktf/provider-azurerm/lib/role-assignment';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { IPrincipal, PrincipalType } from '../../contracts/principal';
import { nameOf, stableHash } from '../../core/naming';
import { uuidOf } from '../../core/uuid';
import { isComputed, shown } from '../../core/validation';
import { Workload } from '../../core/workload';
import { DeploymentIdentityAttributes } from '../deployment-identities-props';
import { FederatedSubject } from '../promotion-pipeline-interface';

/** Audience of the tokens that are exchanged; `azure/login` and the provider ask for it. */
const AUDIENCE = 'api://AzureADTokenExchange';

/** In the spelling of Azure: the provider takes no other one for whom somebody signs in as. */
const IDENTITY_ID =
  /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\/[^/]+$/;

/** How constructs of this library say why they break a rule; the audit reads it. */
const ACKNOWLEDGED = 'azure-platform-constructs:acknowledged-rule';

/** What `PipelineIdentity` is made from. */
export interface PipelineIdentityProps {
  /** Existing identity, if one is used. */
  readonly existing?: DeploymentIdentityAttributes;
  /** Who may sign in. */
  readonly subjects: readonly FederatedSubject[];
  /** Word in front of the names of credentials, which tells pipelines and stages apart on an identity that they share. */
  readonly prefix: string;
}

/** One identity of a pipeline: who may sign in as it, and its roles. */
export class PipelineIdentity extends Construct implements IPrincipal {
  public readonly identity?: UserAssignedIdentity;
  public readonly credentials: { [key: string]: FederatedIdentityCredential } = {};
  public readonly roleAssignments: { [key: string]: RoleAssignment } = {};
  public readonly clientId: string;
  public readonly principalId: string;
  public readonly principalType = PrincipalType.SERVICE_PRINCIPAL;

  constructor(scope: Construct, id: string, { existing, subjects, prefix }: PipelineIdentityProps) {
    super(scope, id);
    const workload = Workload.of(this);
    this.identity =
      existing === undefined
        ? new UserAssignedIdentity(this, 'Resource', {
            name: nameOf(UserAssignedIdentity.tfResourceType, this),
            resourceGroupName: workload.resourceGroupName,
            location: workload.location,
          })
        : undefined;
    this.clientId = existing?.clientId ?? this.identity?.clientId ?? '';
    this.principalId = existing?.principalId ?? this.identity?.principalId ?? '';
    for (const { key, issuer, subject } of subjects) {
      this.credentials[key] = new FederatedIdentityCredential(this, `Subject-${key}`, {
        name: [prefix, key].filter((word) => word !== '').join('-'),
        // the provider compares it with the group in the id, so it has to be the identity's own
        resourceGroupName: groupOf(existing?.identityId) ?? workload.resourceGroupName,
        parentId: existing?.identityId ?? this.identity?.id ?? '',
        audience: [AUDIENCE],
        issuer,
        subject,
      });
    }
  }

  /** The same identity as another stack finds it; one that existed before is known everywhere. */
  public seenFrom(stack: TerraformStack): IPrincipal & { readonly clientId: string } {
    const { identity } = this;
    if (identity?.nameInput === undefined || TerraformStack.of(this) === stack) {
      return this;
    }
    return FoundIdentity.in(stack, this, identity.nameInput, Workload.of(this).knownResourceGroupName);
  }

  /** Lets the identity read what is beside it, such as the other identities; twice is once. */
  public readOwnGroup(subscription: string): void {
    const key = 'Reader-identities';
    if (this.roleAssignments[key] === undefined) {
      const scope = `${subscription}/resourceGroups/${Workload.of(this).knownResourceGroupName}`;
      this.assign(key, { scope, roleDefinitionName: 'Reader' });
    }
  }

  /**
   * Gives the identity a role.
   *
   * @param key Tells its assignments apart; never changes.
   * @param config Role and scope.
   */
  public assign(
    key: string,
    config: Pick<RoleAssignmentConfig, 'scope' | 'roleDefinitionName' | 'roleDefinitionId' | 'condition' | 'dependsOn'>,
  ): void {
    const { organization = '' } = Workload.of(this);
    this.roleAssignments[key] = new RoleAssignment(this, key, {
      name: uuidOf(organization, `${this.node.path}/${key}`),
      principalId: this.principalId,
      principalType: PrincipalType.SERVICE_PRINCIPAL,
      conditionVersion: config.condition === undefined ? undefined : '2.0',
      ...config,
    });
  }

  /** Gives a role that is broader than a rule allows, and says why. */
  public assignBroadly(key: string, reason: string, config: Parameters<PipelineIdentity['assign']>[1]): void {
    this.assign(key, config);
    this.roleAssignments[key].node.addMetadata(ACKNOWLEDGED, { ruleId: 'IAM-001', reason });
  }
}

/** An identity of another stack, looked up by its name: the state of that stack is nobody else's business. */
class FoundIdentity extends Construct implements IPrincipal {
  /**
   * Looks an identity up, once in each stack.
   *
   * @param at Where it is defined; without its stack, which differs between environments, the place becomes part of addresses.
   */
  public static in(stack: TerraformStack, at: IConstruct, name: string, resourceGroupName: string): FoundIdentity {
    const { path } = at.node;
    const place = path.slice(TerraformStack.of(at).node.path.length + 1);
    for (const id of [place, path].map((text) => `Pipeline-${stableHash(text)}`)) {
      const there = stack.node.tryFindChild(id) as FoundIdentity | undefined;
      if (there === undefined || there.path === path) {
        return there ?? new FoundIdentity(stack, id, path, { name, resourceGroupName });
      }
    }
    throw new Error(`${stack.node.path}: two identities are both called ${path}`);
  }

  public readonly principalId: string;
  public readonly principalType = PrincipalType.SERVICE_PRINCIPAL;
  public readonly clientId: string;

  private constructor(
    scope: Construct,
    id: string,
    private readonly path: string,
    config: DataAzurermUserAssignedIdentityConfig,
  ) {
    super(scope, id);
    const { principalId, clientId } = new DataAzurermUserAssignedIdentity(this, 'Resource', config);
    this.principalId = principalId;
    this.clientId = clientId;
  }
}

/** Why no role can be given in a workload, as a clause. */
export function organizationProblem({ organization, node }: Workload): string | false {
  return (
    organization === undefined &&
    `names of role assignments are unique in a whole directory: give the workload ${shown(node.path)} an 'organization', a literal that no other organization uses, e.g. your domain or subscription id`
  );
}

/** What is wrong with an existing identity, as a clause. */
export function identityProblem(prop: string, existing?: DeploymentIdentityAttributes): string | false {
  return (
    existing !== undefined &&
    (isComputed(existing.identityId) || !IDENTITY_ID.test(existing.identityId)) &&
    `'${prop}.identityId' must be the Azure resource id of a user-assigned identity, spelt as Azure does, a literal, because its resource group is taken from it; got ${shown(existing.identityId)}`
  );
}

function groupOf(identityId?: string): string | undefined {
  return identityId === undefined ? undefined : IDENTITY_ID.exec(identityId)?.[1];
}
