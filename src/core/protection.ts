import { ManagementLock } from '@cdktf/provider-azurerm/lib/management-lock';
import { Lazy, TerraformResource, TerraformResourceLifecycle } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { ProtectedProps } from '../contracts/ownership';
import { Workload } from './workload';

/**
 * Whether what holds data is guarded here.
 */
export function isGuarded(construct: IConstruct, props: ProtectedProps): boolean {
  return props.deletionProtection ?? Workload.of(construct).environment.profile.locked;
}

/**
 * A `lifecycle` block, or none where it would be empty.
 */
export function lifecycleOf(guarded: boolean, ...ignoreChanges: string[]): TerraformResourceLifecycle | undefined {
  const ignored = [...new Set(ignoreChanges)].sort();
  if (!guarded && ignored.length === 0) {
    return undefined;
  }
  return {
    ...(guarded && { preventDestroy: true }),
    ...(ignored.length > 0 && { ignoreChanges: ignored }),
  };
}

/**
 * Defines a lock against deletion that is created after, and so destroyed before, everything else in a construct.
 *
 * A lock also keeps role assignments at or below its scope from being deleted: those count as well, also later ones.
 *
 * @param owner Construct that holds the resource and whatever lies below it in Azure.
 * @param resourceId Azure resource id of what is locked.
 * @param notes Why; changing it replaces the lock, which takes minutes.
 */
export function defineDeleteLock(owner: Construct, resourceId: string, notes: string): ManagementLock {
  const deleteLock = new ManagementLock(owner, 'Lock', {
    name: 'no-delete',
    scope: resourceId,
    lockLevel: 'CanNotDelete',
    notes,
  });
  deleteLock.dependsOn = Lazy.listValue({
    produce: () =>
      owner.node
        .findAll()
        .filter((x) => x !== deleteLock && TerraformResource.isTerraformResource(x))
        .map((x) => addressOf(x as TerraformResource))
        .sort(),
  });
  return deleteLock;
}

/**
 * The address of a resource, as `depends_on` spells it.
 */
export function addressOf(resource: TerraformResource): string {
  return `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
}
