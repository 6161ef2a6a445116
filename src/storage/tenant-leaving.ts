import { Construct } from 'constructs';
import { TenantState } from './tenant-options';
import { addressesBelow, LeavingTenant } from './tenant-recovery';
import { containerNameFor } from './tenant-rules';
import type { TenantStorage } from './tenant-storage';

/**
 * Tenants on their way out, and for those in accounts of their own what Terraform must be told to forget by hand.
 *
 * @param account Their account.
 * @param containerNaming How its containers are named.
 * @param isolated Whether the account is that of one tenant.
 * @param tenants Who is there.
 * @param released Keys of those that have left.
 */
export function leavingTenants(
  account: Construct,
  containerNaming: string,
  isolated: boolean,
  tenants: TenantStorage[],
  released: string[],
): LeavingTenant[] {
  const byHand = isolated ? addressesBelow(account) : [];
  const retained = tenants.filter(({ state }) => state === TenantState.RETAINED);
  return [
    ...retained.map(({ tenantKey, containerName }) => ({ key: tenantKey, containerName, byHand, released: false })),
    ...released.map((key) => ({
      key,
      containerName: containerNameFor(account, containerNaming, key),
      byHand: [],
      released: true,
    })),
  ];
}
