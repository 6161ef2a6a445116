import { DataAzurermClientConfig } from '@cdktf/provider-azurerm/lib/data-azurerm-client-config';
import { FederatedIdentityCredential } from '@cdktf/provider-azurerm/lib/federated-identity-credential';
import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { RoleDefinition } from '@cdktf/provider-azurerm/lib/role-definition';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Lazy, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { IPrincipal } from '../contracts/principal';
import { ITelemetrySink } from '../contracts/telemetry';
import { aConstruct, aTelemetrySink } from '../core/collaborators';
import { checkKinds } from '../core/kinds';
import { nameOf } from '../core/naming';
import { uuidOf } from '../core/uuid';
import { rejectIf, shown } from '../core/validation';
import { Workload } from '../core/workload';
import { DEPLOYMENT_IDENTITIES_KINDS } from './delivery-kinds';
import { DeploymentIdentitiesProps, IDeploymentIdentities } from './deployment-identities-props';
import { deploymentProblems } from './identities/deployment-problems';
import { groupsOf, strangeGroups } from './identities/deployment-scopes';
import { conditionFor, grantedRoles } from './identities/granted-roles';
import { PipelineIdentity } from './identities/pipeline-identity';
import { readingsIn } from './identities/refresh-actions';
import { LOCK_ACTIONS, ROLLBACK_ACTIONS } from './identities/rights';
import { DeploymentAccess } from './promotion-pipeline-interface';

/** Setting by which a telemetry sink says where to send. */
const CONNECTION = 'APPLICATIONINSIGHTS_CONNECTION_STRING';

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
 * One deploys, and may give and take exactly the roles that the stacks give. One takes a release back, and can do nothing else.
 * Rights follow the stacks of the pipeline, so add those first.
 *
 * Belongs into a stack that the pipeline does not carry: somebody who may assign roles applies it, once per stage and whenever
 * the stacks need more: before them for what they gain, after them for what they lose. A commit that does both names the roles that go
 * in `otherRoles` until the stacks were applied. The first `terraform init` of a new stack writes its state, which only the identity that deploys may.
 */
export class DeploymentIdentities extends Construct implements IDeploymentIdentities {
  public readonly stage: string;
  public readonly tenantId: string;
  public readonly subscriptionId: string;
  public readonly planClientId: string;
  public readonly applyClientId: string;
  public readonly rollbackClientId: string;

  /** What deploys, as a receiver of further rights in its own stack; elsewhere, `applyPrincipalIn()`. */
  public readonly applyPrincipal: IPrincipal;

  /** What takes a release back, as a receiver of further rights in its own stack. */
  public readonly rollbackPrincipal: IPrincipal;

  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: DeploymentIdentitiesResources;

  private readonly props: DeploymentIdentitiesProps;
  private readonly identities: { readonly [identity in 'plan' | 'apply' | 'rollback']: PipelineIdentity };
  private readonly sinks = new Map<ITelemetrySink, string>();
  private readonly scopes: { readonly [key: string]: string };

  constructor(scope: Construct, id: string, props: DeploymentIdentitiesProps) {
    super(scope, id);
    checkKinds(this, props, DEPLOYMENT_IDENTITIES_KINDS);
    const { environment } = Workload.of(this);
    this.stage = props.stage ?? environment.name;
    this.props = props;
    const groups = this.groupNames();
    rejectIf(this, ...deploymentProblems(props, this.stage, Workload.of(this), groups));

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
    this.identities = { plan: plan.identity, apply: apply.identity, rollback: rollback.identity };
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

  public get deploymentTelemetry(): string | undefined {
    return [...this.sinks.values()][0];
  }

  /**
   * What deploys, as a receiver of rights in another stack, e.g. as the one who owns the tables that migrations make: it is looked up
   * there by its name, so this one is deployed before.
   *
   * @param scope Any construct of that stack.
   */
  public applyPrincipalIn(scope: Construct): IPrincipal {
    rejectIf(this, aConstruct('scope', scope));
    return this.seenFrom(scope, this.identities.apply);
  }

  /**
   * Lets what deploys, and what takes releases back, tell a telemetry sink of each deployment: what the dashboards and the alerts of an
   * `ObservabilityStack` count. Twice is once; a stage has one sink. Call it before `GithubEnvironments` is made.
   *
   * @param sink Who is told.
   */
  public reportTo(sink: ITelemetrySink): void {
    rejectIf(
      this,
      aTelemetrySink('sink', sink),
      this.sinks.size > 0 && !this.sinks.has(sink) && `the stage ${shown(this.stage)} reports to another sink already`,
    );
    for (const identity of [this.identities.apply, this.identities.rollback]) {
      const sender = this.seenFrom(sink, identity);
      const { settings } = sink.bindSender(sender, sender.clientId);
      this.sinks.set(sink, settings[CONNECTION]);
    }
  }

  private seenFrom(scope: IConstruct, identity: PipelineIdentity): IPrincipal & { readonly clientId: string } {
    const seen = identity.seenFrom(TerraformStack.of(scope));
    if (seen !== identity && !this.props.subscriptionWide) {
      // who plans the other stack looks it up as well
      this.identities.plan.readOwnGroup(`/subscriptions/${this.subscriptionId}`);
    }
    return seen;
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
