import { FederatedIdentityCredential } from '@cdktf/provider-azurerm/lib/federated-identity-credential';
import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Construct, IConstruct } from 'constructs';
import { checkKinds } from '../core/kinds';
import { hasForm, rejectIf, shown } from '../core/validation';
import { Workload } from '../core/workload';
import { BUILD_IDENTITY_KINDS } from './delivery-kinds';
import { DeploymentIdentityAttributes } from './deployment-identities-props';
import { identityProblem, organizationProblem, PipelineIdentity } from './identities/pipeline-identity';
import { DeploymentAccess, IPromotionPipeline } from './promotion-pipeline-interface';

const REGISTRY_ID =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.ContainerRegistry\/registries\/[^/]+$/i;

/**
 * Identity that the jobs which build images sign in as.
 */
export interface IBuildIdentity extends IConstruct {
  /** Client id. */
  readonly clientId: string;
}

/**
 * Properties for `BuildIdentity`.
 */
export interface BuildIdentityProps {
  /** Pipeline whose builds sign in. */
  readonly pipeline: IPromotionPipeline;
  /** Azure resource ids of the registries that images are pushed to, by a short word that never changes. */
  readonly registries: { [key: string]: string };

  /**
   * Existing identity.
   *
   * @default - a new one
   */
  readonly identity?: DeploymentIdentityAttributes;
}

/**
 * The Terraform resources behind a `BuildIdentity`.
 */
export interface BuildIdentityResources {
  /** The identity, unless an existing one is used. */
  readonly identity?: UserAssignedIdentity;
  /** Who may sign in, by the key of the subject. */
  readonly credentials: { [key: string]: FederatedIdentityCredential };
  /** Its roles, by registry. */
  readonly roleAssignments: { [key: string]: RoleAssignment };
}

/**
 * Whom the jobs that build images sign in as: it pushes to the registries, and can do nothing else.
 *
 * One for all stages, since what is built once is promoted everywhere.
 */
export class BuildIdentity extends Construct implements IBuildIdentity {
  public readonly clientId: string;

  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: BuildIdentityResources;

  constructor(scope: Construct, id: string, props: BuildIdentityProps) {
    super(scope, id);
    checkKinds(this, props, BUILD_IDENTITY_KINDS);
    const { pipeline, registries, identity: existing } = props;
    rejectIf(
      this,
      organizationProblem(Workload.of(this)),
      Object.keys(registries).length === 0 && "'registries' must name at least one",
      ...Object.entries(registries).map(
        ([key, registry]) =>
          (!/^[A-Za-z][\w-]{0,39}$/.test(key) &&
            `'registries' must have keys of 1 to 40 letters, digits, hyphens or underscores, a letter first; got ${shown(key)}`) ||
          (!hasForm(registry, REGISTRY_ID) &&
            `'registries' must be Azure resource ids of container registries, got ${shown(registry)}`),
      ),
      identityProblem('identity', existing),
    );

    const subjects = pipeline.subjects(DeploymentAccess.BUILD);
    const identity = new PipelineIdentity(this, 'Build', { existing, subjects, prefix: pipeline.pipelineName });
    for (const [key, registry] of Object.entries(registries)) {
      identity.assign(`Push-${key}`, { scope: registry, roleDefinitionName: 'AcrPush' });
    }
    this.clientId = identity.clientId;
    this.resources = {
      identity: identity.identity,
      credentials: identity.credentials,
      roleAssignments: identity.roleAssignments,
    };
  }
}
