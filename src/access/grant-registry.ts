import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { IPrincipal } from '../contracts/principal';

const assignments = new WeakMap<IPrincipal, RoleAssignment[]>();

/**
 * The roles that a principal was given so far, in the order of giving: what a program has to wait for.
 */
export function rolesOf(principal: IPrincipal): RoleAssignment[] {
  return assignments.get(principal.actsAs ?? principal) ?? [];
}

/**
 * Remembers that a principal was given a role.
 */
export function rememberGrant(principal: IPrincipal, assignment: RoleAssignment): void {
  assignments.set(principal, [...rolesOf(principal), assignment]);
}
