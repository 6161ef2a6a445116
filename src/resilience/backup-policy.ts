import { DataProtectionBackupPolicyBlobStorage } from '@cdktf/provider-azurerm/lib/data-protection-backup-policy-blob-storage';
import { DataProtectionBackupPolicyDisk } from '@cdktf/provider-azurerm/lib/data-protection-backup-policy-disk';
import { DataProtectionBackupPolicyPostgresqlFlexibleServer } from '@cdktf/provider-azurerm/lib/data-protection-backup-policy-postgresql-flexible-server';
import { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { BackupKind } from '../contracts/backup';
import { nameOf, stableHash } from '../core/naming';
import { BackupPlan } from './backup-plan';

const STORE = 'VaultStore';

/** Schedules are in UTC; Azure would say so itself, and Terraform would then want to replace the policy. */
const TIME_ZONE = 'UTC';

/** Every change replaces a policy: the next one is there before backups move to it, so it needs another name. */
const LIFECYCLE = { createBeforeDestroy: true };

/** A rule for the first backup of a month or a year. */
interface Longer {
  readonly name: string;
  readonly priority: number;
  readonly duration: string;
  readonly marker: string;
}

/**
 * Defines a policy.
 *
 * @param scope Construct that owns it.
 * @param id Its id there.
 * @param vaultId Azure resource id of the vault.
 * @param plan What it says.
 */
export function defineBackupPolicy(scope: Construct, id: string, vaultId: string, plan: BackupPlan): TerraformResource {
  const { kind, schedule, keepDays } = plan;
  const owner = new Construct(scope, id);
  const name = (type: string) => nameOf(type, owner, stableHash(JSON.stringify(plan)));
  const common = {
    vaultId,
    backupRepeatingTimeIntervals: [schedule],
    timeZone: TIME_ZONE,
    lifecycle: LIFECYCLE,
  };
  const duration = `P${keepDays}D`;
  const rules = longerRules(plan).map((rule) => ({
    name: rule.name,
    priority: rule.priority,
    criteria: { absoluteCriteria: rule.marker },
    lifeCycle: { dataStoreType: STORE, duration: rule.duration },
  }));
  switch (kind) {
    case BackupKind.BLOBS:
      return new DataProtectionBackupPolicyBlobStorage(owner, 'Resource', {
        ...common,
        name: name(DataProtectionBackupPolicyBlobStorage.tfResourceType),
        // no operational backup: that one rewrites the settings of the account
        vaultDefaultRetentionDuration: duration,
        retentionRule: rules,
      });
    case BackupKind.DISK:
      return new DataProtectionBackupPolicyDisk(owner, 'Resource', {
        ...common,
        name: name(DataProtectionBackupPolicyDisk.tfResourceType),
        defaultRetentionDuration: duration,
      });
    case BackupKind.POSTGRESQL:
      return new DataProtectionBackupPolicyPostgresqlFlexibleServer(owner, 'Resource', {
        ...common,
        name: name(DataProtectionBackupPolicyPostgresqlFlexibleServer.tfResourceType),
        defaultRetentionRule: { lifeCycle: [{ dataStoreType: STORE, duration }] },
        retentionRule: rules.map((rule) => ({ ...rule, lifeCycle: [rule.lifeCycle] })),
      });
  }
}

/** The rule with the lowest number wins. */
function longerRules({ keepMonths, keepYears }: BackupPlan): Longer[] {
  return [
    ...(keepYears > 0 ? [{ name: 'Yearly', priority: 10, duration: `P${keepYears}Y`, marker: 'FirstOfYear' }] : []),
    ...(keepMonths > 0 ? [{ name: 'Monthly', priority: 20, duration: `P${keepMonths}M`, marker: 'FirstOfMonth' }] : []),
  ];
}
