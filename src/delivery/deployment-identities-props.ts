import { IConstruct } from 'constructs';
import { IPromotionPipeline } from './promotion-pipeline-interface';

/**
 * Identities that the workflows of one stage sign in as.
 */
export interface IDeploymentIdentities extends IConstruct {
  /** Stage they belong to. */
  readonly stage: string;
  /** Directory they are in. */
  readonly tenantId: string;
  /** Subscription they deploy to. */
  readonly subscriptionId: string;
  /** Client id of what plans. */
  readonly planClientId: string;
  /** Client id of what deploys. */
  readonly applyClientId: string;
  /** Client id of what takes a release back. */
  readonly rollbackClientId: string;

  /**
   * Connection string of what is told of deployments; no secret, since senders need a role.
   *
   * @default - nobody is told
   */
  readonly deploymentTelemetry?: string;
}

/**
 * How an existing user-assigned identity is found.
 */
export interface DeploymentIdentityAttributes {
  /** Azure resource id, spelt as Azure does; a literal, for its resource group is taken from it. */
  readonly identityId: string;
  /** Client id. */
  readonly clientId: string;
  /** Object id in the directory. */
  readonly principalId: string;
}

/**
 * Properties for `DeploymentIdentities`.
 */
export interface DeploymentIdentitiesProps {
  /** Pipeline whose workflows sign in; its stacks say what the identities need. */
  readonly pipeline: IPromotionPipeline;
  /** Azure resource id of the storage account that holds the states. */
  readonly stateAccountId: string;

  /**
   * Container of the states.
   *
   * @default 'tfstate'
   */
  readonly stateContainerName?: string;

  /**
   * Stage of the pipeline.
   *
   * @default - the environment of the workload
   */
  readonly stage?: string;

  /**
   * Existing resource groups that the stacks deploy into, by name; literals. Not beside `subscriptionWide`. Rights on groups do not cover
   * deleted vaults, which the subscription keeps: where stacks remove vaults, give `applyPrincipal` the role Key Vault Purge Operator there.
   *
   * @default - the existing groups that the workloads of the stacks name
   */
  readonly resourceGroupNames?: string[];

  /**
   * Gives the identities their rights on the whole subscription, which stacks that make resource groups of their own need:
   * nobody has rights on a group that is yet to come.
   *
   * @default false
   */
  readonly subscriptionWide?: boolean;

  /**
   * Azure resource ids of what the stacks change outside of their groups, e.g. a DNS zone or a hub network, by a short word
   * that never changes.
   *
   * @default - nothing
   */
  readonly otherScopes?: { [key: string]: string };

  /**
   * Roles that the stacks give beside those that can be told from them, by id, or by name if they are built in.
   *
   * @default - none; an error where a stack gives a role that cannot be told
   */
  readonly otherRoles?: string[];

  /**
   * Subscription that the stage deploys to, a GUID.
   *
   * @default - the one that Terraform is signed in to
   */
  readonly subscriptionId?: string;

  /**
   * Directory of that subscription, a GUID.
   *
   * @default - the one that Terraform is signed in to
   */
  readonly tenantId?: string;

  /**
   * Existing identity that plans.
   *
   * @default - a new one
   */
  readonly planIdentity?: DeploymentIdentityAttributes;

  /**
   * Existing identity that deploys.
   *
   * @default - a new one
   */
  readonly applyIdentity?: DeploymentIdentityAttributes;

  /**
   * Existing identity that takes releases back.
   *
   * @default - a new one
   */
  readonly rollbackIdentity?: DeploymentIdentityAttributes;
}
