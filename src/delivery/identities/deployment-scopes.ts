import { TerraformStack } from 'cdktf';
import { isComputed, shown } from '../../core/validation';
import { Workload } from '../../core/workload';

/** Resource groups of stacks, as far as they exist before the stacks do, and what is in the way. */
export interface StackGroups {
  readonly names: string[];
  readonly problems: string[];
}

/** Where the workloads of stacks deploy to. */
export function groupsOf(stacks: readonly TerraformStack[]): StackGroups {
  const workloads = stacks.flatMap((stack) => stack.node.findAll()).filter((x): x is Workload => x instanceof Workload);
  const names: string[] = [];
  const problems: string[] = [];
  for (const { node, resources, resourceGroupName } of workloads) {
    if (resources.resourceGroup) {
      problems.push(
        `${node.path} makes a resource group of its own, on which nobody has rights yet: give it the 'resourceGroupName' of an existing one, or set 'subscriptionWide'`,
      );
    } else if (isComputed(resourceGroupName)) {
      problems.push(
        `${node.path} has a resource group whose name Terraform has yet to compute: name it in 'resourceGroupNames'`,
      );
    } else {
      names.push(resourceGroupName);
    }
  }
  return { names: [...new Set(names)].sort(), problems };
}

/** Groups that stacks deploy to beside those that are known, as clauses. */
export function strangeGroups(stacks: readonly TerraformStack[], known: readonly string[]): string[] {
  const { names, problems } = groupsOf(stacks);
  const lower = known.map((name) => name.toLowerCase());
  const strange = names.filter((name) => !lower.includes(name.toLowerCase()));
  return [
    ...problems.filter((problem) => !problem.includes("'resourceGroupNames'")),
    ...strange.map((name) => `the resource group ${shown(name)} of a stack is not among 'resourceGroupNames'`),
  ];
}
