import { DataAzurermClientConfig } from '@cdktf/provider-azurerm/lib/data-azurerm-client-config';
import { FederatedIdentityCredential } from '@cdktf/provider-azurerm/lib/federated-identity-credential';
import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { RoleDefinition } from '@cdktf/provider-azurerm/lib/role-definition';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Lazy, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { IPrincipal } from '../contracts/principal';
import { nameOf } from '../core/naming';
import { uuidOf } from '../core/uuid';
import { guidProblem, hasForm, rejectIf, shown } from '../core/validation';
import { Workload } from '../core/workload';
import { DeploymentIdentitiesProps, IDeploymentIdentities } from './deployment-identities-props';
import { groupsOf, strangeGroups } from './identities/deployment-scopes';
import { conditionFor, grantedRoles, roleProblem } from './identities/granted-roles';
import { identityProblem, organizationProblem, PipelineIdentity } from './identities/pipeline-identity';
import { readingsIn } from './identities/refresh-actions';
import { DeploymentAccess } from './promotion-pipeline-interface';

/** What `Contributor` leaves out, and what constructs that guard data need. */
const LOCK_ACTIONS = [
  'Microsoft.Authorization/locks/delete',
  'Microsoft.Authorization/locks/read',
  'Microsoft.Authorization/locks/write',
];

/** What it takes to put the version before back in front of users; nothing that reads data or changes anything else. */
const ROLLBACK_ACTIONS = [
  'Microsoft.Insights/metrics/read',
  'Microsoft.Resources/subscriptions/resourceGroups/read',
  'Microsoft.Resources/tags/read',
  'Microsoft.Resources/tags/write',
  'Microsoft.Web/sites/config/list/action',
  'Microsoft.Web/sites/config/read',
  'Microsoft.Web/sites/config/write',
  'Microsoft.Web/sites/operationresults/read',
  'Microsoft.Web/sites/read',
  'Microsoft.Web/sites/slots/config/list/action',
  'Microsoft.Web/sites/slots/config/read',
  'Microsoft.Web/sites/slots/config/write',
  'Microsoft.Web/sites/slots/operationresults/read',
  'Microsoft.Web/sites/slots/read',
  'Microsoft.Web/sites/slots/slotsswap/action',
  'Microsoft.Web/sites/slotsswap/action',
];

const ACCOUNT_ID =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Storage\/storageAccounts\/[^/]+$/i;

/**
 * The Terraform resources behind one identity of a pipeline.
 */
export interface DeploymentIdentityResources {
  /** The identity, unless an existing one is used. */
  readonly identity?: UserAssignedIdentity;
  /** Who may sign in, by the key of the subject. */
  readonly credentials: { [key: string]: FederatedIdentityCredential };
  /** Its roles, by role and scope. */
  readonly roleAssignments: { [key: string]: RoleAssignment };
  /** The role of its own, with what no built-in role gives. */
  readonly role: RoleDefinition;
}

/**
 * The Terraform resources behind `DeploymentIdentities`.
 */
export interface DeploymentIdentitiesResources {
  /** What plans. */
  readonly plan: DeploymentIdentityResources;
  /** What deploys. */
  readonly apply: DeploymentIdentityResources;
  /** What takes a release back. */
  readonly rollback: DeploymentIdentityResources;
  /** What Terraform is signed in as, unless subscription and directory were given. */
  readonly clientConfig?: DataAzurermClientConfig;
}

/**
 * Whom the workflows of one stage sign in as, without a secret: the tokens of their jobs say which environment they run for.
 *
 * One identity plans: it reads, which includes what the provider must read to refresh, such as keys and secrets of the stacks.
 * One deploys, and may give and take exactly the roles that the stacks give. One swaps a release back, and can do nothing else.
 * Rights follow the stacks of the pipeline, so add those first.
 *
 * Belongs into a stack that the pipeline does not carry: somebody who may assign roles applies it, once per stage and whenever
 * the stacks need more. The first `terraform init` of a new stack writes its state, which only the identity that deploys may.
 */
export class DeploymentIdentities extends Construct implements IDeploymentIdentities {
  public readonly stage: string;
  public readonly tenantId: string;
  public readonly subscriptionId: string;
  public readonly planClientId: string;
  public readonly applyClientId: string;
  public readonly rollbackClientId: string;

  /**
   * What deploys, as a receiver of further rights, e.g. of `bindSender(applyPrincipal, applyClientId)` of a telemetry sink, so
   * that it may tell of its deployments there.
   */
  public readonly applyPrincipal: IPrincipal;

  /** What takes a release back, as a receiver of further rights. */
  public readonly rollbackPrincipal: IPrincipal;

  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: DeploymentIdentitiesResources;

  private readonly props: DeploymentIdentitiesProps;
  private readonly scopes: { readonly [key: string]: string };

  constructor(scope: Construct, id: string, props: DeploymentIdentitiesProps) {
    super(scope, id);
    const { environment } = Workload.of(this);
    this.stage = props.stage ?? environment.name;
    this.props = props;
    const groups = this.groupNames();
    this.rejectProblems(groups);

    const given = props.subscriptionId !== undefined && props.tenantId !== undefined;
    const clientConfig = given ? undefined : new DataAzurermClientConfig(this, 'ClientConfig');
    this.subscriptionId = props.subscriptionId ?? clientConfig?.subscriptionId ?? '';
    this.tenantId = props.tenantId ?? clientConfig?.tenantId ?? '';
    const subscription = `/subscriptions/${this.subscriptionId}`;
    this.scopes = {
      ...(props.subscriptionWide
        ? { subscription }
        : Object.fromEntries(groups.names.map((name) => [name, `${subscription}/resourceGroups/${name}`]))),
      ...props.otherScopes,
    };

    const plan = this.definePlan();
    const apply = this.defineApply();
    const rollback = this.defineRollback();
    this.planClientId = plan.identity.clientId;
    this.applyClientId = apply.identity.clientId;
    this.rollbackClientId = rollback.identity.clientId;
    this.applyPrincipal = apply.identity;
    this.rollbackPrincipal = rollback.identity;
    this.resources = {
      plan: resourcesOf(plan),
      apply: resourcesOf(apply),
      rollback: resourcesOf(rollback),
      clientConfig,
    };
    this.node.addValidation({ validate: () => this.lateProblems(groups.names) });
  }

  private definePlan() {
    const { identity, role } = this.define(DeploymentAccess.PLAN, 'Plan', {
      actions: Lazy.listValue({ produce: () => readingsIn(this.stacks()).actions }),
      dataActions: Lazy.listValue({ produce: () => readingsIn(this.stacks()).dataActions }),
    });
    this.forEachScope((key, scope) => identity.assign(`Reader-${key}`, { scope, roleDefinitionName: 'Reader' }));
    identity.assign('State', { scope: this.stateContainerId(), roleDefinitionName: 'Storage Blob Data Reader' });
    return { identity, role };
  }

  private defineApply() {
    const { identity, role } = this.define(DeploymentAccess.APPLY, 'Apply', { actions: LOCK_ACTIONS });
    const condition = Lazy.stringValue({ produce: () => conditionFor(this.roles().ids) });
    this.forEachScope((key, scope) => {
      identity.assignBroadly(`Contributor-${key}`, 'deploys whatever the stacks of its stage hold', {
        scope,
        roleDefinitionName: 'Contributor',
      });
      identity.assignBroadly(`Grants-${key}`, 'gives and takes the roles that its condition lists, and no others', {
        scope,
        roleDefinitionName: 'Role Based Access Control Administrator',
        condition,
      });
    });
    identity.assign('State', { scope: this.stateContainerId(), roleDefinitionName: 'Storage Blob Data Contributor' });
    return { identity, role };
  }

  private defineRollback() {
    return this.define(DeploymentAccess.ROLLBACK, 'Rollback', { actions: ROLLBACK_ACTIONS });
  }

  /** An identity, and a role for what no built-in role gives. */
  private define(access: DeploymentAccess, id: string, allowed: { actions: string[]; dataActions?: string[] }) {
    const { pipeline, planIdentity, applyIdentity, rollbackIdentity } = this.props;
    const existing = { Plan: planIdentity, Apply: applyIdentity, Rollback: rollbackIdentity }[id];
    const subjects = pipeline.subjects(access, this.stage);
    const prefix = [pipeline.pipelineName, this.stage].filter((word) => word !== '').join('-');
    const identity = new PipelineIdentity(this, id, { existing, subjects, prefix });
    const { organization = '' } = Workload.of(this);
    const subscription = `/subscriptions/${this.subscriptionId}`;
    // of our own making, so that assignments know it before it is there
    const roleDefinitionId = uuidOf(organization, `${identity.node.path}/Role`);
    const role = new RoleDefinition(identity, 'Role', {
      roleDefinitionId,
      name: nameOf(RoleDefinition.tfResourceType, identity),
      description: `What the pipeline of ${pipeline.repository} needs beside built-in roles to ${access} ${this.stage}.`,
      scope: subscription,
      assignableScopes: Object.values(this.scopes),
      permissions: [{ ...allowed, notActions: [], notDataActions: [] }],
    });
    this.forEachScope((key, scope) =>
      identity.assign(`Role-${key}`, {
        scope,
        roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${roleDefinitionId}`,
        dependsOn: [role],
      }),
    );
    return { identity, role };
  }

  private forEachScope(assign: (key: string, scope: string) => void): void {
    Object.entries(this.scopes).forEach(([key, scope]) => assign(key, scope));
  }

  private stateContainerId(): string {
    const { stateAccountId, stateContainerName = 'tfstate' } = this.props;
    return `${stateAccountId}/blobServices/default/containers/${stateContainerName}`;
  }

  private stacks(): TerraformStack[] {
    return this.props.pipeline.stacksOf(this.stage);
  }

  private roles() {
    return grantedRoles(this.stacks(), this.props.otherRoles ?? []);
  }

  private groupNames(): { readonly names: string[]; readonly problems: string[] } {
    const { subscriptionWide = false, resourceGroupNames } = this.props;
    if (subscriptionWide) {
      return { names: [], problems: [] };
    }
    return resourceGroupNames === undefined ? groupsOf(this.stacks()) : { names: resourceGroupNames, problems: [] };
  }

  private rejectProblems({ names, problems }: { readonly names: string[]; readonly problems: string[] }): void {
    const { pipeline, stateAccountId, stateContainerName, otherScopes = {}, otherRoles = [], ...props } = this.props;
    const { stage } = this;
    const reachesNothing = names.length + Object.keys(otherScopes).length === 0 && !props.subscriptionWide;
    rejectIf(
      this,
      !pipeline.stageNames.includes(stage) &&
        `'stage' must be one of ${pipeline.stageNames.join(', ')}, got ${shown(stage)}`,
      organizationProblem(Workload.of(this)),
      !hasForm(stateAccountId, ACCOUNT_ID) &&
        `'stateAccountId' must be the Azure resource id of a storage account, got ${shown(stateAccountId)}`,
      stateContainerName !== undefined &&
        !hasForm(stateContainerName, /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/) &&
        `'stateContainerName' must be 3 to 63 lower-case letters, digits, or single hyphens between them, got ${shown(stateContainerName)}`,
      guidProblem('subscriptionId', props.subscriptionId),
      guidProblem('tenantId', props.tenantId),
      ...problems,
      problems.length === 0 &&
        reachesNothing &&
        `no stack of the stage ${shown(stage)} was added to the pipeline: add them first, or name the 'resourceGroupNames'`,
      ...names.map(
        (name) =>
          !/^[\w.()-]{0,89}[\w()-]$/.test(name) &&
          `'resourceGroupNames' must be names of resource groups, literals, because they become part of addresses; got ${shown(name)}`,
      ),
      ...Object.keys(otherScopes).map(
        (key) =>
          (!/^[A-Za-z][\w-]{0,39}$/.test(key) || names.includes(key) || key === 'subscription') &&
          `'otherScopes' must have keys of their own, 1 to 40 letters, digits, hyphens or underscores, a letter first; got ${shown(key)}`,
      ),
      ...otherRoles.map((role) => roleProblem('otherRoles', role)),
      identityProblem('planIdentity', props.planIdentity),
      identityProblem('applyIdentity', props.applyIdentity),
      identityProblem('rollbackIdentity', props.rollbackIdentity),
    );
  }

  /** What came into the stacks after the rights were given, and what they grant without saying what. */
  private lateProblems(groups: string[]): string[] {
    const { subscriptionWide = false } = this.props;
    return [...(subscriptionWide ? [] : strangeGroups(this.stacks(), groups)), ...this.roles().problems];
  }
}

function resourcesOf({
  identity: { identity, credentials, roleAssignments },
  role,
}: {
  readonly identity: PipelineIdentity;
  readonly role: RoleDefinition;
}): DeploymentIdentityResources {
  return { identity, credentials, roleAssignments, role };
}
