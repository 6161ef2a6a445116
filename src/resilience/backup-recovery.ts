import { BackupKind } from '../contracts/backup';
import { DrillInterval, RecoveryDrill } from '../contracts/drill';
import { RecoveryOccasion, RecoveryStep } from '../contracts/recovery';
import { stepPastLock } from '../core/lock-step';
import { addressOf } from '../core/protection';
import { Backup } from './backup';

const CLI = 'az dataprotection';

/** What Azure calls the kinds. */
const DATASOURCE = {
  [BackupKind.BLOBS]: 'AzureBlob',
  [BackupKind.DISK]: 'AzureDisk',
  [BackupKind.POSTGRESQL]: 'AzureDatabaseForPostgreSQLFlexibleServer',
};

/** Minutes in a day, and days that a backup may be late before it is missed. */
const [DAY_MINUTES, SPARE_DAYS] = [1440, 1];

/** Where a vault is, and what is special about it. */
export interface BackupPlace {
  readonly vaultName: string;
  readonly group: string;
  readonly location: string;
  /** Region in which its backups can be restored as well. */
  readonly pair?: string;
  readonly guarded: boolean;
  /** Whether backups can be deleted before they expire, once an administrator allows it. */
  readonly emptiable: boolean;
}

/**
 * How backups come back, and how they are let go, with the real names; `RECOVERY_POINT_ID` is taken from the list.
 */
export function backupRecovery(place: BackupPlace, backups: Backup[]): RecoveryStep[] {
  const { vaultName, group, pair, guarded, emptiable } = place;
  return [
    ...backups.map((backup) => restore(place, backup, place.location)),
    ...(pair === undefined
      ? []
      : backups.filter(({ kind }) => kind !== BackupKind.DISK).map((backup) => restore(place, backup, pair))),
    ...(guarded && backups.length > 0
      ? [
          stepPastLock(
            { group, type: 'Microsoft.DataProtection/backupVaults', names: [vaultName] },
            'replace a policy, or take a role or a diagnostic setting away',
            { key: 'ChangePolicy', occasion: RecoveryOccasion.RENEWAL },
          ),
        ]
      : []),
    ...backups.map((backup) => release(place, backup)),
    ...(emptiable ? [empty(place)] : []),
  ];
}

function restore({ vaultName, group, location }: BackupPlace, backup: Backup, where: string): RecoveryStep {
  const { kind, instanceName, everyDays } = backup;
  const away = where !== location;
  const of = `--resource-group ${group} --vault-name ${vaultName} --backup-instance-name ${instanceName}`;
  const secondary = away ? ' --use-secondary-region true' : '';
  const target = {
    [BackupKind.BLOBS]:
      'initialize-for-data-recovery --source-datastore VaultStore --target-resource-id "$TARGET_ACCOUNT_ID"',
    [BackupKind.DISK]:
      'initialize-for-data-recovery --source-datastore OperationalStore --target-resource-id "$TARGET_DISK_ID"',
    [BackupKind.POSTGRESQL]:
      'initialize-for-data-recovery-as-files --source-datastore VaultStore --target-blob-container-url "$TARGET_CONTAINER_URL" --target-file-name restored',
  }[kind];
  const words = {
    [BackupKind.BLOBS]: 'into another account',
    [BackupKind.DISK]: 'as another disk',
    [BackupKind.POSTGRESQL]: 'as files of pg_dump in a container, for pg_restore on any server',
  }[kind];
  return {
    key: `${away ? 'RestoreAbroad' : 'RestoreBackup'}-${keyOf(backup)}`,
    occasion: away ? RecoveryOccasion.FAILOVER : RecoveryOccasion.RESTORE,
    summary: `Restores a backup of ${keyOf(backup)} ${words}, in ${where}; for what is older than the service itself remembers, or gone with it.`,
    commands: [
      `${CLI} recovery-point list ${of}${secondary} --query "[].{id:name,time:properties.recoveryPointTime}" --output table`,
      `${CLI} backup-instance restore ${target} --datasource-type ${DATASOURCE[kind]} --restore-location ${where} --recovery-point-id "$RECOVERY_POINT_ID" > restore.json`,
      `${CLI} backup-instance restore trigger ${of}${secondary} --restore-request-object restore.json`,
    ],
    minutes: 240,
    dataLossMinutes: everyDays * DAY_MINUTES,
  };
}

function release({ vaultName, group }: BackupPlace, backup: Backup): RecoveryStep {
  return {
    key: `ReleaseBackup-${keyOf(backup)}`,
    occasion: RecoveryOccasion.OFFBOARDING,
    summary: `Ends the backups of ${keyOf(backup)}, and leaves those that exist until they expire; take it out of the program right after.`,
    commands: [
      `${CLI} backup-instance stop-protection --resource-group ${group} --vault-name ${vaultName} --backup-instance-name ${backup.instanceName}`,
      ...[backup.resources.instance, backup.resources.roleWait].map(
        (resource) => `terraform state rm '${addressOf(resource)}'`,
      ),
    ],
    minutes: 10,
  };
}

/** Also with no backup in the program: those that were released are in the vault still. */
function empty({ vaultName, group }: BackupPlace): RecoveryStep {
  const vault = `--resource-group ${group} --vault-name ${vaultName}`;
  const forEach = (kind: string, verb: string) =>
    `${CLI} ${kind} list ${vault} --query "[].name" --output tsv | xargs -r -n 1 ${CLI} ${verb} ${vault} --backup-instance-name`;
  return {
    key: 'EmptyVault',
    occasion: RecoveryOccasion.OFFBOARDING,
    summary:
      'Deletes all backups for good and then the whole environment, which the vault would refuse as long as it holds any; an apply in between makes it immutable again. Where Azure insists on soft delete, leave that option out: deleted backups then stay for its days.',
    commands: [
      `${CLI} backup-vault update ${vault} --immutability-state Disabled --soft-delete-state Off`,
      // those that were deleted before stay deleted softly, and go only when they are deleted again
      forEach('backup-instance deleted-backup-instance', 'backup-instance deleted-backup-instance undelete'),
      // ends the backups as well
      forEach('backup-instance', 'backup-instance delete --yes'),
      'terraform destroy',
    ],
    minutes: 60,
  };
}

/**
 * What can be rehearsed on backups: that they are there. Their restore takes a target, which the steps name.
 */
export function backupDrills({ vaultName, group }: BackupPlace, backups: Backup[]): RecoveryDrill[] {
  return backups.map((backup) => ({
    key: `NewestBackup-${keyOf(backup)}`,
    interval: DrillInterval.MONTHLY,
    summary: `Finds the newest backup of ${keyOf(backup)}, and says how old it is.`,
    commands: [
      `NEWEST="$(${CLI} recovery-point list --resource-group ${group} --vault-name ${vaultName} --backup-instance-name ${backup.instanceName} --query "max([].properties.recoveryPointTime)" --output tsv)"`,
      'test -n "$NEWEST"',
      'echo "rpo-minutes=$(( ($(date +%s) - $(date -d "$NEWEST" +%s)) / 60 ))"',
    ],
    rtoMinutes: 240,
    rpoMinutes: (backup.everyDays + SPARE_DAYS) * DAY_MINUTES,
  }));
}

function keyOf({ node }: Backup): string {
  return node.id.replace('Backup-', '');
}
