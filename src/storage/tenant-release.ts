import { StorageContainer } from '@cdktf/provider-azurerm/lib/storage-container';
import { DataResource, TerraformElement } from 'cdktf';
import { Construct } from 'constructs';
import { IPrivateNetwork } from '../contracts/network';

/** Where a tenant's container is. */
export interface TenantPlace {
  readonly account: Construct;
  readonly storageAccountId: string;
  readonly blobEndpoint: string;
  /** Networks that lead there and nothing else does, where that is known. */
  readonly networks?: IPrivateNetwork[];
  readonly containerName: string;
}

/** Id of a tenant's construct below its account; part of addresses. */
export function tenantId(key: string): string {
  return `Tenant-${key}`;
}

/**
 * Has Terraform forget the container of a tenant, and leave it alone: `removed` with `destroy = false`, which cdktf has no
 * word for. Does nothing where Terraform does not know the container.
 */
export function releaseTenant(account: Construct, key: string): void {
  new ReleasedContainer(new Construct(account, tenantId(key)), 'Resource');
}

/** Sits where the container sat, and so has its address. */
class ReleasedContainer extends TerraformElement {
  public toTerraform(): object {
    const from = `${StorageContainer.tfResourceType}.${this.friendlyUniqueId}`;
    return { removed: [{ from, lifecycle: { destroy: false } }] };
  }
}

/**
 * Has Terraform remember who is there, so that it refuses a plan in which an entry just vanished: the containers themselves
 * cannot do that, since `prevent_destroy` vanishes with them.
 */
export function defineRoster(account: Construct): DataResource {
  const roster = new DataResource(account, 'LeaveByReleasedTenants', { lifecycle: { preventDestroy: true } });
  roster.addOverride('for_each', {});
  return roster;
}

/** Enters a tenant, for ever: also one that is released. */
export function enroll(roster: DataResource, key: string): void {
  roster.addOverride(`for_each.${key}`, key);
}
