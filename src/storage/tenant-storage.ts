import { StorageContainer } from '@cdktf/provider-azurerm/lib/storage-container';
import { Construct } from 'constructs';
import { Grant, GrantProps } from '../access/grant';
import { ConnectionConfig, IConnectionTarget } from '../contracts/connection';
import { IPrincipal } from '../contracts/principal';
import { aPrincipal } from '../core/collaborators';
import { aStruct } from '../core/kinds';
import { stableHash } from '../core/naming';
import { lifecycleOf } from '../core/protection';
import { rejectIf } from '../core/validation';
import { Workload } from '../core/workload';
import { readCondition, tagProblems, tagsOf } from './blob-conditions';
import { BlobTagSet } from './blob-tags';
import { TenantOptions, TenantState } from './tenant-options';
import { tenantId, TenantPlace } from './tenant-release';
import { TenantRetention } from './tenant-retention';

/**
 * What one tenant has in an account: a container.
 */
export interface ITenantStorage extends IConnectionTarget {
  /** Key of the tenant. */
  readonly tenantKey: string;
  /** Name of its container. */
  readonly containerName: string;
  /** Azure resource id of its container. */
  readonly containerId: string;

  /** Lets a principal read the blobs of this tenant. */
  grantRead(grantee: IPrincipal): Grant;

  /** Lets a principal read, write and delete the blobs of this tenant; not their index tags. */
  grantReadWrite(grantee: IPrincipal): Grant;

  /**
   * Lets a principal read those blobs of this tenant that have certain index tags, and list all; needs no other right to read.
   *
   * @param grantee Who reads.
   * @param tags Tags that a blob must have.
   */
  grantReadTagged(grantee: IPrincipal, tags: BlobTagSet): Grant;

  /**
   * Lets a principal set the index tags of this tenant's blobs, also while it uploads them.
   *
   * Takes a role of your own with the data actions `…/blobs/tags/read` and `…/blobs/tags/write`: the only built-in role that
   * has them, that of a data owner, may also delete for good.
   *
   * @param grantee Who sets tags.
   * @param roleDefinitionId The role, `/subscriptions/<id>/providers/Microsoft.Authorization/roleDefinitions/<guid>`.
   */
  grantTag(grantee: IPrincipal, roleDefinitionId: string): Grant;
}

/**
 * The Terraform resources behind a `TenantStorage`.
 */
export interface TenantStorageResources {
  /** The container. */
  readonly container: StorageContainer;
}

abstract class TenantStorageBase extends Construct implements ITenantStorage {
  public abstract readonly containerId: string;
  public readonly containerName: string;

  /**
   * @param place Where the container is.
   * @param tenantKey Key of the tenant.
   * @param open Whether roles are given, or only kept in mind.
   */
  protected constructor(
    private readonly place: TenantPlace,
    public readonly tenantKey: string,
    private readonly open: boolean,
  ) {
    super(place.account, tenantId(tenantKey));
    this.containerName = place.containerName;
  }

  public grantRead(grantee: IPrincipal): Grant {
    return this.grant({ grantee, role: 'Storage Blob Data Reader' });
  }

  public grantReadWrite(grantee: IPrincipal): Grant {
    return this.grant({ grantee, role: 'Storage Blob Data Contributor' });
  }

  public grantReadTagged(grantee: IPrincipal, tags: BlobTagSet): Grant {
    rejectIf(this, aPrincipal('grantee', grantee), aStruct<BlobTagSet>({})('tags', tags));
    rejectIf(this, ...tagProblems('tags', tags));
    const part = `tags-${stableHash(...tagsOf(tags).flat())}`;
    return this.grant({ grantee, role: 'Storage Blob Data Reader', part, condition: readCondition(tags) });
  }

  public grantTag(grantee: IPrincipal, roleDefinitionId: string): Grant {
    return this.grant({ grantee, roleDefinitionId });
  }

  public bindClient(client: IPrincipal): ConnectionConfig {
    this.grantReadWrite(client);
    const { blobEndpoint, networks } = this.place;
    return { settings: { BLOB_ENDPOINT: blobEndpoint, CONTAINER: this.containerName }, networks };
  }

  /** A role that is not given stays in the program with a count of zero: others may wait for it, and it can come back. */
  private grant(props: Omit<GrantProps, 'resourceId'>): Grant {
    const grant = Grant.once(this, { ...props, resourceId: this.containerId });
    if (!this.open) {
      grant.resources.roleAssignment.count = 0;
    }
    return grant;
  }
}

/**
 * The container of one tenant, with what is known of the tenant as metadata.
 *
 * Made by `addTenant()` of `TenantStorageAccount`. While the tenant is suspended or retained, roles on the container are not
 * given, whoever asks; roles on the whole account still reach it.
 */
export class TenantStorage extends TenantStorageBase {
  /** @internal */
  public static _define(place: TenantPlace, key: string, options: TenantOptions, guarded: boolean): TenantStorage {
    return new TenantStorage(place, key, options, guarded);
  }

  /** @internal */
  public static _existing(place: TenantPlace, key: string): ITenantStorage {
    class Import extends TenantStorageBase {
      public readonly containerId = `${place.storageAccountId}/blobServices/default/containers/${place.containerName}`;
      constructor() {
        super(place, key, true);
      }
    }
    return new Import();
  }

  public readonly containerId: string;

  /** Where the tenant is between joining and leaving. */
  public readonly state: TenantState;

  /** How long its data is kept. */
  public readonly retention: TenantRetention;

  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: TenantStorageResources;

  private constructor(place: TenantPlace, key: string, options: TenantOptions, guarded: boolean) {
    const { state = TenantState.ACTIVE } = options;
    super(place, key, state === TenantState.ACTIVE);
    this.state = state;
    this.retention = options.retention ?? {};
    const container = new StorageContainer(this, 'Resource', {
      name: place.containerName,
      storageAccountId: place.storageAccountId,
      containerAccessType: 'private',
      metadata: {
        ...options.metadata,
        tenant_id: key,
        tenant_state: this.state,
        environment: Workload.of(this).environment.name,
        ...(options.gdprClassification && { gdpr_classification: options.gdprClassification }),
      },
      lifecycle: lifecycleOf(guarded || this.state === TenantState.RETAINED),
    });
    this.containerId = container.id;
    this.resources = { container };
  }
}
