import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Construct } from 'constructs';
import { IPrincipal, PrincipalType } from '../contracts/principal';
import { aText, checkImport } from '../core/kinds';
import { nameOf, nameProblem } from '../core/naming';
import { rejectIf } from '../core/validation';
import { Workload } from '../core/workload';

/**
 * An identity that Azure manages: it has no secret, and signs in for whatever it is attached to.
 */
export interface IManagedIdentity extends IPrincipal {
  /** Azure resource id, by which resources are given the identity. */
  readonly identityId: string;
  /** Client id, by which programs ask for tokens. */
  readonly clientId: string;
}

/**
 * How an existing identity is found.
 */
export interface ManagedIdentityAttributes {
  /** Azure resource id. */
  readonly identityId: string;
  /** Client id. */
  readonly clientId: string;
  /** Object id in the directory. */
  readonly principalId: string;
}

/**
 * Properties for `ManagedIdentity`.
 */
export interface ManagedIdentityProps {
  /**
   * Name in Azure: 3 to 128 letters, digits, hyphens or underscores.
   *
   * @default - derived from the workload, its environment and the construct path
   */
  readonly identityName?: string;
}

/**
 * The Terraform resources behind a `ManagedIdentity`.
 */
export interface ManagedIdentityResources {
  /** The identity itself. */
  readonly identity: UserAssignedIdentity;
}

abstract class ManagedIdentityBase extends Construct implements IManagedIdentity {
  public abstract readonly identityId: string;
  public abstract readonly clientId: string;
  public abstract readonly principalId: string;
  public readonly principalType = PrincipalType.SERVICE_PRINCIPAL;
}

/**
 * A user-assigned identity: it can be given access before what it belongs to exists, and outlives it.
 */
export class ManagedIdentity extends ManagedIdentityBase {
  /** Refers to an identity that is defined elsewhere. */
  public static fromAttributes(scope: Construct, id: string, attributes: ManagedIdentityAttributes): IManagedIdentity {
    checkImport(scope, id, attributes, { identityId: aText, clientId: aText, principalId: aText });
    class Import extends ManagedIdentityBase {
      public readonly identityId = attributes.identityId;
      public readonly clientId = attributes.clientId;
      public readonly principalId = attributes.principalId;
    }
    return new Import(scope, id);
  }

  public readonly identityId: string;
  public readonly clientId: string;
  public readonly principalId: string;

  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: ManagedIdentityResources;

  constructor(scope: Construct, id: string, props: ManagedIdentityProps = {}) {
    super(scope, id);
    const { resourceGroupName, location } = Workload.of(this);
    const type = UserAssignedIdentity.tfResourceType;
    rejectIf(this, nameProblem(type, this, 'identityName', props.identityName));

    const identity = new UserAssignedIdentity(this, 'Resource', {
      name: props.identityName ?? nameOf(type, this),
      resourceGroupName,
      location,
    });
    this.identityId = identity.id;
    this.clientId = identity.clientId;
    this.principalId = identity.principalId;
    this.resources = { identity };
  }
}
