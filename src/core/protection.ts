import { ManagementLock } from '@cdktf/provider-azurerm/lib/management-lock';
import { Lazy, TerraformResource, TerraformResourceLifecycle } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { ProtectedProps, SharedOwnershipProps } from '../contracts/ownership';
import { isComputed, shown } from './validation';
import { Workload } from './workload';

/**
 * Whether what holds data is guarded here.
 */
export function isGuarded(construct: IConstruct, props: ProtectedProps): boolean {
  return props.deletionProtection ?? Workload.of(construct).environment.profile.locked;
}

/**
 * What is wrong with attributes that Terraform is to leave alone, as clauses for `rejectIf()`.
 */
export function ignoreProblems({ ignoreChanges = [] }: SharedOwnershipProps): Array<string | false> {
  return ignoreChanges.map((attribute) =>
    isComputed(attribute)
      ? "'ignoreChanges' must be literals, because Terraform reads them before it computes anything; got a value that Terraform has yet to compute"
      : !/^[a-z_]\w*(\.[a-z_]\w*|\[(\d+|"[^"\\]+")\])*$/.test(attribute) &&
        `'ignoreChanges' must be attributes in Terraform's spelling, such as tags or site_config[0].always_on; got ${shown(attribute)}`,
  );
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
