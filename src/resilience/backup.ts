import { DataProtectionBackupInstanceBlobStorage } from '@cdktf/provider-azurerm/lib/data-protection-backup-instance-blob-storage';
import { DataProtectionBackupInstanceDisk } from '@cdktf/provider-azurerm/lib/data-protection-backup-instance-disk';
import { DataProtectionBackupInstancePostgresqlFlexibleServer } from '@cdktf/provider-azurerm/lib/data-protection-backup-instance-postgresql-flexible-server';
import { Sleep } from '@cdktf/provider-time/lib/sleep';
import { Lazy, TerraformResource } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { BackupKind } from '../contracts/backup';
import { nameOf } from '../core/naming';
import { ensureTimeProvider } from '../core/utility-providers';
import { Workload } from '../core/workload';
import { BackupSetup } from './backup-plan';

/** Azure checks the roles of the vault when a backup is set up, and knows of new ones only after some minutes. */
const ROLE_WAIT = '180s';

/** Azure backs up no more containers of an account. */
const MOST_CONTAINERS = 100;

/**
 * The Terraform resources behind a `Backup`.
 */
export interface BackupResources {
  /** The backup instance: of blobs, of a disk, or of a PostgreSQL server. */
  readonly instance: TerraformResource;
  /** The policy that it follows; it may be shared with others. */
  readonly policy: TerraformResource;
  /** The wait between the roles of the vault and the backup. */
  readonly roleWait: Sleep;
}

/**
 * One thing that a vault backs up.
 *
 * Made by `addBackup()` of `BackupVault`. To let it go, take the step `Release…` of the vault: removing it from the program has
 * Terraform delete the backups, which an immutable vault refuses.
 */
export class Backup extends Construct {
  /** @internal */
  public static _in(vault: Construct, id: string, setup: BackupSetup): Backup {
    return new Backup(vault, id, setup);
  }

  /** What is backed up. */
  public readonly kind: BackupKind;
  /** Name of the backup instance in Azure, a literal. */
  public readonly instanceName: string;
  /** Days between two backups. */
  public readonly everyDays: number;

  /** Azure resource id of what is backed up.
   * @internal */
  public readonly _resourceId: string;
  /** What is backed up.
   * @internal */
  public readonly _source: IConstruct;

  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: BackupResources;

  private constructor(vault: Construct, id: string, setup: BackupSetup) {
    super(vault, id);
    const { source, binding, plan, policy, roleAssignmentIds } = setup;
    this._source = source;
    this._resourceId = binding.resourceId;
    this.kind = binding.kind;
    this.everyDays = plan.everyDays;
    this.instanceName = nameOf(TYPES[binding.kind], this);

    ensureTimeProvider(this);
    const roleWait = new Sleep(this, 'RoleWait', {
      createDuration: ROLE_WAIT,
      // another assignment is another wait
      triggers: { assignments: roleAssignmentIds.join(' ') },
    });
    const instance = this.defineInstance(setup, roleWait);
    this.resources = { instance, policy, roleWait };

    const { containers } = binding;
    if (containers) {
      this.node.addValidation({ validate: () => containerProblems(containers.containerNames().length) });
    }
  }

  private defineInstance({ vaultId, binding, policy }: BackupSetup, roleWait: Sleep): TerraformResource {
    const { kind, resourceId, location, containers } = binding;
    const common = {
      name: this.instanceName,
      vaultId,
      location,
      backupPolicyId: policy.getStringAttribute('id'),
      dependsOn: [roleWait],
    };
    switch (kind) {
      case BackupKind.BLOBS:
        return new DataProtectionBackupInstanceBlobStorage(this, 'Resource', {
          ...common,
          storageAccountId: resourceId,
          storageAccountContainerNames: Lazy.listValue({ produce: () => containers?.containerNames() ?? [] }),
        });
      case BackupKind.DISK:
        return new DataProtectionBackupInstanceDisk(this, 'Resource', {
          ...common,
          diskId: resourceId,
          snapshotResourceGroupName: Workload.of(this).resourceGroupName,
        });
      case BackupKind.POSTGRESQL:
        return new DataProtectionBackupInstancePostgresqlFlexibleServer(this, 'Resource', {
          ...common,
          serverId: resourceId,
        });
    }
  }
}

const TYPES = {
  [BackupKind.BLOBS]: DataProtectionBackupInstanceBlobStorage.tfResourceType,
  [BackupKind.DISK]: DataProtectionBackupInstanceDisk.tfResourceType,
  [BackupKind.POSTGRESQL]: DataProtectionBackupInstancePostgresqlFlexibleServer.tfResourceType,
};

function containerProblems(count: number): string[] {
  if (count === 0) {
    return ['there is no container to back up: Azure refuses a backup of blobs without any, so add a tenant first'];
  }
  return count > MOST_CONTAINERS
    ? [`Azure backs up at most ${MOST_CONTAINERS} containers of an account, got ${count}: use more accounts`]
    : [];
}
