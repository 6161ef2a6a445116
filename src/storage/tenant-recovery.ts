import { TerraformResource } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { RecoveryOccasion, RecoveryStep } from '../contracts/recovery';
import { stepPastLock } from '../core/lock-step';
import { addressOf } from '../core/protection';
import { Workload } from '../core/workload';
import { ACCOUNT_TYPE, accountFailover } from './account-failover';
import { revokeLinks } from './revoke-links';

/** What an apply does when a tenant is on its way out. */
const REVOKED = 'take roles or a diagnostic setting away, as it does when a tenant is suspended';

/** What the steps are about. */
export interface RecoverableAccount {
  readonly scope: Construct;
  readonly storageAccountName: string;
  readonly replication: string;
  readonly restoreDays: number;
  /** Whether a delete lock is on the account. */
  readonly guarded: boolean;
  /** Tenants that are retained or released. */
  readonly leaving: LeavingTenant[];
}

/** A tenant that is on its way out. */
export interface LeavingTenant {
  readonly key: string;
  readonly containerName: string;
  /** Addresses that Terraform must be told to forget by hand; none where the program does that. */
  readonly byHand: string[];
  readonly released: boolean;
}

/**
 * How the data of tenants comes back, and how a tenant goes, with the real names; `CONTAINER`, `BLOB` and `VERSION_ID` are
 * taken from the lists, `RESTORE_TO` is a moment such as `2026-03-01T08:00:00Z`.
 */
export function tenantRecovery(account: RecoverableAccount): RecoveryStep[] {
  const { storageAccountName: name, replication, restoreDays, guarded, leaving } = account;
  const group = Workload.of(account.scope).knownResourceGroupName;
  const signedIn = `--account-name ${name} --auth-mode login`;
  return [
    ...(restoreDays > 0 ? [setBack(name, group, restoreDays)] : []),
    {
      key: 'RestoreVersion',
      occasion: RecoveryOccasion.RESTORE,
      summary: 'Makes an earlier version of a blob the current one, also where the blob was deleted.',
      commands: [
        `az storage blob list ${signedIn} --container-name "$CONTAINER" --prefix "$BLOB" --include v --query "[].{version:versionId,written:properties.lastModified}" --output table`,
        `az storage blob copy start ${signedIn} --destination-container "$CONTAINER" --destination-blob "$BLOB" --source-uri "https://${name}.blob.core.windows.net/$CONTAINER/$BLOB?versionid=$VERSION_ID"`,
      ],
      minutes: 10,
    },
    {
      key: 'UndeleteContainer',
      occasion: RecoveryOccasion.RESTORE,
      summary: 'Brings a deleted container back, with everything in it.',
      commands: [
        `az storage container list ${signedIn} --include-deleted --query "[?deleted].{name:name,version:version}" --output table`,
        `az storage container restore ${signedIn} --name "$CONTAINER" --deleted-version "$VERSION_ID"`,
      ],
      minutes: 10,
    },
    revokeLinks([name], group),
    ...(replication.includes('G') ? [accountFailover(name, group)] : []),
    ...(guarded ? [stepPastLock({ group, type: ACCOUNT_TYPE, names: [name] }, REVOKED)] : []),
    ...leaving.flatMap((tenant) => (tenant.released ? [purge(tenant, signedIn)] : [release(tenant)])),
  ];
}

function setBack(name: string, group: string, days: number): RecoveryStep {
  return {
    key: 'SetBackContainer',
    occasion: RecoveryOccasion.RESTORE,
    summary: `Sets all blobs of a container back to a moment within the last ${days} days; stop whoever writes them first.`,
    commands: [
      `az storage blob restore --account-name ${name} --resource-group ${group} --time-to-restore "$RESTORE_TO" --blob-range "$CONTAINER/" "$CONTAINER"0`,
    ],
    minutes: 60,
  };
}

function release({ key, byHand }: LeavingTenant): RecoveryStep {
  const account = byHand.length > 0;
  return {
    key: `ReleaseTenant-${key}`,
    occasion: RecoveryOccasion.OFFBOARDING,
    summary: account
      ? `Has Terraform forget the account of the tenant ${key}, data untouched; remove the construct from the program right after.`
      : `Has Terraform forget the container of the tenant ${key}, data untouched; move its key from 'tenants' to 'releasedTenants' first.`,
    commands: account
      ? byHand.map((address) => `terraform state rm '${address}'`)
      : ['terraform plan', 'terraform apply'],
    minutes: 10,
  };
}

function purge({ key, containerName }: LeavingTenant, signedIn: string): RecoveryStep {
  return {
    key: `PurgeTenant-${key}`,
    occasion: RecoveryOccasion.OFFBOARDING,
    summary: `Deletes the data of the tenant ${key}; it can be undeleted for as long as the account keeps deleted containers.`,
    commands: [`az storage container delete ${signedIn} --name ${containerName}`],
    minutes: 5,
  };
}

/**
 * The address of every resource below a construct, sorted.
 */
export function addressesBelow(scope: IConstruct): string[] {
  return scope.node.findAll().filter(TerraformResource.isTerraformResource).map(addressOf).sort();
}
