import { TerraformResource, TerraformStack } from 'cdktf';
import { isComputed, resolvedIn, shown } from '../../core/validation';
import { BUILT_IN_ROLES, UNLIMITED_ROLES } from './built-in-roles';

/** A role of nobody: what a condition lists where nothing may be granted. */
const NO_ROLE = '00000000-0000-0000-0000-000000000000';

const ID = /([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** Roles that are granted, by id, and what stands in the way of knowing them. */
export interface GrantedRoles {
  readonly ids: string[];
  readonly problems: string[];
}

/**
 * The roles that the resources of stacks assign.
 *
 * @param stacks The stacks, as they are now.
 * @param others Roles that are granted beside, by name or id; with them, those that Terraform has yet to compute are no problem.
 */
export function grantedRoles(stacks: readonly TerraformStack[], others: readonly string[]): GrantedRoles {
  const found = stacks
    .flatMap((stack) => stack.node.findAll())
    .filter(TerraformResource.isTerraformResource)
    .filter(({ terraformResourceType }) => terraformResourceType === 'azurerm_role_assignment')
    .map((assignment) => roleOf(assignment, others.length > 0));
  const named = others.map((role) => idOf(role) ?? NO_ROLE);
  const ids = [...named, ...found.flatMap(({ id }) => id ?? [])];
  return {
    ids: [...new Set(ids.map((id) => id.toLowerCase()))].sort(),
    problems: [...new Set(found.flatMap(({ problem }) => problem ?? []))],
  };
}

/** What is wrong with the name or id of a role, as a clause; nothing if it can be listed in a condition. */
export function roleProblem(prop: string, role: string): string | false {
  const id = isComputed(role) ? undefined : idOf(role);
  return id === undefined
    ? `'${prop}' must be ids of roles, or names of built-in roles that do not give away everything; got ${shown(role)}`
    : Object.values(UNLIMITED_ROLES).includes(id.toLowerCase()) &&
        `'${prop}' must not hold a role with which one can give oneself any other, got ${shown(role)}`;
}

/**
 * A condition under which only these roles can be given and taken.
 *
 * @see https://learn.microsoft.com/azure/role-based-access-control/delegate-role-assignments-examples
 */
export function conditionFor(ids: readonly string[]): string {
  const list = (ids.length > 0 ? ids : [NO_ROLE]).join(', ');
  const only = (operation: string, source: string) =>
    [
      '(',
      ` (!(ActionMatches{'Microsoft.Authorization/roleAssignments/${operation}'}))`,
      ' OR',
      ` (@${source}[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${list}})`,
      ')',
    ].join('\n');
  return `${only('write', 'Request')}\nAND\n${only('delete', 'Resource')}`;
}

function roleOf(assignment: TerraformResource, othersAreNamed: boolean): { id?: string; problem?: string } {
  const block = assignment.toTerraform().resource.azurerm_role_assignment[assignment.friendlyUniqueId];
  const { role_definition_name: name, role_definition_id: definition } = resolvedIn(assignment, block) as {
    role_definition_name?: string;
    role_definition_id?: string;
  };
  const given = name ?? definition ?? '';
  const id = name === undefined ? ID.exec(given)?.[1] : idIn(BUILT_IN_ROLES, name);
  const { path } = assignment.node;
  const unlimited = Object.entries(UNLIMITED_ROLES).find((role) => role[0] === name || role[1] === id?.toLowerCase());
  if (unlimited) {
    return {
      problem: `${path} gives the role ${shown(unlimited[0])}, which no pipeline may give: assign it outside of it`,
    };
  }
  if (id !== undefined) {
    return { id };
  }
  const unknown = isComputed(given) ? 'a role whose id Terraform has yet to compute' : `the role ${shown(given)}`;
  return othersAreNamed ? {} : { problem: `${path} gives ${unknown}: name its id in 'otherRoles'` };
}

function idOf(role: string): string | undefined {
  return ID.exec(role)?.[1] ?? idIn(BUILT_IN_ROLES, role) ?? idIn(UNLIMITED_ROLES, role);
}

/** Not what every object has, such as a constructor. */
function idIn(roles: { readonly [name: string]: string }, name: string): string | undefined {
  return Object.hasOwn(roles, name) ? roles[name] : undefined;
}
