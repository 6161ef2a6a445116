import { ManagementLock } from '@cdktf/provider-azurerm/lib/management-lock';
import { Lazy, TerraformResource, TerraformResourceLifecycle } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { ProtectedProps, SharedOwnershipProps } from '../contracts/ownership';
import { isComputed, isText, shown } from './validation';
import { Workload } from './workload';

/** Name of each delete lock in Azure. */
export const LOCK_NAME = 'no-delete';

/** A name that is not in Terraform's spelling: of an attribute, also in a block; keys of maps may be anything. */
const CAMEL_CASE = /(?<=^|\[\d+\]\.)[a-z]\w*[A-Z]\w*/g;

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
  return ignoreChanges.map((attribute) => {
    if (isComputed(attribute)) {
      return "'ignoreChanges' must be literals, because Terraform reads them before it computes anything; got a value that Terraform has yet to compute";
    }
    if (!isText(attribute, /^[a-z_]\w*(\.[a-z_]\w*|\[(\d+|"[^"\\]+")\])*$/)) {
      return `'ignoreChanges' must be attributes in Terraform's spelling, such as tags or site_config[0].always_on; got ${shown(attribute)}`;
    }
    const spelt = attribute.replace(CAMEL_CASE, (name) =>
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    );
    if (spelt !== attribute) {
      return `'ignoreChanges' must be attributes in Terraform's spelling, here ${spelt}; got ${shown(attribute)}`;
    }
    return (
      attribute === 'all' &&
      '\'ignoreChanges\' must name each attribute, because Terraform takes the word all in place of a list and not in one; got "all"'
    );
  });
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
    name: LOCK_NAME,
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
