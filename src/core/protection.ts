import { ManagementLock } from '@cdktf/provider-azurerm/lib/management-lock';
import { Lazy, TerraformResource, TerraformResourceLifecycle, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { ProtectedProps, SharedOwnershipProps } from '../contracts/ownership';
import { isComputed, isText, resolvedIn, shown } from './validation';
import { Workload } from './workload';

/** Name of each delete lock in Azure. */
export const LOCK_NAME = 'no-delete';

/** What sends logs and metrics somewhere; whoever watches a resource defines it, seldom the construct that owns the resource. */
const SETTING = 'azurerm_monitor_diagnostic_setting';

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
 * A lock also keeps role assignments and diagnostic settings at or below its scope from being deleted: those count as well,
 * also later ones; the settings wherever in the stack they are.
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
    produce: () => {
      const below = owner.node
        .findAll()
        .filter((x): x is TerraformResource => TerraformResource.isTerraformResource(x));
      const first = [...below.filter((x) => x !== deleteLock), ...settingsOn(owner, resourceId)];
      return [...new Set(first.map(addressOf))].sort();
    },
  });
  return deleteLock;
}

/**
 * The diagnostic settings of the same stack on a resource, or on something below it, as Azure nests ids.
 *
 * They hold no reference to a lock, so that it can come after them.
 *
 * @param scope A construct of the stack.
 * @param resourceId Azure resource id of the resource.
 */
export function settingsOn(scope: Construct, resourceId: string): TerraformResource[] {
  const stack = TerraformStack.of(scope);
  // looked for each time: others may add settings between two renderings, and a walk costs less than what it renders
  const settings = stack.node
    .findAll()
    .filter(isSetting)
    .filter((setting) => TerraformStack.of(setting) === stack);
  if (settings.length === 0) {
    return [];
  }
  const id = resolvedIn(scope, resourceId);
  // all at once, which costs a fraction
  const targets = resolvedIn(
    scope,
    settings.map(({ targetResourceIdInput = '' }) => targetResourceIdInput),
  ) as string[];
  return settings.filter((_, i) => targets[i] === id || targets[i].startsWith(`${id}/`));
}

function isSetting(x: IConstruct): x is TerraformResource & { readonly targetResourceIdInput?: string } {
  return TerraformResource.isTerraformResource(x) && x.terraformResourceType === SETTING;
}

/**
 * The address of a resource, as `depends_on` spells it.
 */
export function addressOf(resource: TerraformResource): string {
  return `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
}
