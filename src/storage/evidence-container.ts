import { StorageContainer } from '@cdktf/provider-azurerm/lib/storage-container';
import { StorageContainerImmutabilityPolicy } from '@cdktf/provider-azurerm/lib/storage-container-immutability-policy';
import { Construct } from 'constructs';
import { Grant, GrantProps } from '../access/grant';
import { ConnectionConfig, IConnectionTarget } from '../contracts/connection';
import { IPrincipal } from '../contracts/principal';
import { lifecycleOf } from '../core/protection';
import { EvidenceOptions } from './evidence-options';
import { EvidencePlace } from './evidence-place';

/** Seven years, with two leap days. */
const RETENTION_DAYS = 2557;

/** The actions of a contributor that take something away. */
const TAKING = ['delete', 'move/action'];

/**
 * A container whose blobs nobody can change or delete.
 */
export interface IEvidenceContainer extends IConnectionTarget {
  /** Name of the container. */
  readonly containerName: string;
  /** Azure resource id of the container. */
  readonly containerId: string;

  /** Lets a principal read evidence. */
  grantRead(grantee: IPrincipal): Grant;

  /**
   * Lets a principal read evidence and add to it; never delete it, also once its retention is over.
   *
   * @param grantee Who adds.
   * @param roleDefinitionId A role of your own with the data actions `…/blobs/read`, `…/blobs/add/action` and `…/blobs/write`.
   * Left out, it is that of a contributor under a condition that forbids deleting, which conditions cannot do for one thing: to
   * delete a container without blobs.
   */
  grantAppend(grantee: IPrincipal, roleDefinitionId?: string): Grant;
}

/**
 * The Terraform resources behind an `EvidenceContainer`.
 */
export interface EvidenceContainerResources {
  /** The container. */
  readonly container: StorageContainer;
  /** What holds its blobs. */
  readonly immutabilityPolicy: StorageContainerImmutabilityPolicy;
  /** The container of the copies, where the store has a replica. */
  readonly replicaContainer?: StorageContainer;
  /** What holds the copies. */
  readonly replicaImmutabilityPolicy?: StorageContainerImmutabilityPolicy;
}

abstract class EvidenceContainerBase extends Construct implements IEvidenceContainer {
  public abstract readonly containerId: string;

  protected constructor(
    private readonly place: EvidencePlace,
    public readonly containerName: string,
  ) {
    super(place.store, `Container-${containerName}`);
  }

  public grantRead(grantee: IPrincipal): Grant {
    return this.grant({ grantee, role: 'Storage Blob Data Reader' });
  }

  public grantAppend(grantee: IPrincipal, roleDefinitionId?: string): Grant {
    if (roleDefinitionId !== undefined) {
      return this.grant({ grantee, roleDefinitionId });
    }
    return this.grant({ grantee, role: 'Storage Blob Data Contributor', condition: neverTaking() });
  }

  public bindClient(client: IPrincipal): ConnectionConfig {
    this.grantAppend(client);
    const { blobEndpoint, networks } = this.place;
    return { settings: { BLOB_ENDPOINT: blobEndpoint, CONTAINER: this.containerName }, networks };
  }

  private grant(props: Omit<GrantProps, 'resourceId'>): Grant {
    return Grant.once(this, { ...props, resourceId: this.containerId });
  }
}

/**
 * A container whose blobs nobody can change or delete for as long as its retention says.
 *
 * Made by `addContainer()` of `EvidenceStore`.
 */
export class EvidenceContainer extends EvidenceContainerBase {
  /** @internal */
  public static _define(
    place: EvidencePlace,
    name: string,
    options: EvidenceOptions,
    guarded: boolean,
  ): EvidenceContainer {
    return new EvidenceContainer(place, name, options, guarded);
  }

  /** @internal */
  public static _existing(place: EvidencePlace, name: string): IEvidenceContainer {
    class Import extends EvidenceContainerBase {
      public readonly containerId = `${place.storageAccountId}/blobServices/default/containers/${name}`;
      constructor() {
        super(place, name);
      }
    }
    return new Import();
  }

  public readonly containerId: string;

  /** Days that each blob is held. */
  public readonly retentionDays: number;

  /** Whether the retention was locked. */
  public readonly locked: boolean;

  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: EvidenceContainerResources;

  private constructor(place: EvidencePlace, name: string, options: EvidenceOptions, guarded: boolean) {
    super(place, name);
    this.retentionDays = options.retentionDays ?? RETENTION_DAYS;
    this.locked = options.locked ?? false;
    const { container, immutabilityPolicy } = this.define(this, place.storageAccountId, options, guarded);
    const { replicaAccountId } = place;
    const copies =
      replicaAccountId === undefined
        ? undefined
        : this.define(new Construct(this, 'Replica'), replicaAccountId, options, guarded);
    this.containerId = container.id;
    this.resources = {
      container,
      immutabilityPolicy,
      replicaContainer: copies?.container,
      replicaImmutabilityPolicy: copies?.immutabilityPolicy,
    };
  }

  private define(scope: Construct, storageAccountId: string, { appendable }: EvidenceOptions, guarded: boolean) {
    const container = new StorageContainer(scope, 'Resource', {
      name: this.containerName,
      storageAccountId,
      containerAccessType: 'private',
      lifecycle: lifecycleOf(guarded || this.locked),
    });
    const immutabilityPolicy = new StorageContainerImmutabilityPolicy(scope, 'Immutability', {
      storageContainerResourceManagerId: container.id,
      immutabilityPeriodInDays: this.retentionDays,
      protectedAppendWritesAllEnabled: appendable ?? false,
      locked: false,
      lifecycle: lifecycleOf(guarded || this.locked, ...(this.locked ? ['immutability_period_in_days', 'locked'] : [])),
    });
    return { container, immutabilityPolicy };
  }
}

/**
 * The condition that takes the taking out of a role: it asks for a container without a name, and there is none.
 *
 * @see https://learn.microsoft.com/azure/storage/blobs/storage-auth-abac-attributes
 */
function neverTaking(): string {
  const blobs = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs';
  const actions = TAKING.map((action) => `!(ActionMatches{'${blobs}/${action}'})`).join(' AND ');
  return `((${actions}) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals ''))`;
}
