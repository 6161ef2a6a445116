import { Construct } from 'constructs';
import { BackupBinding, BackupKind, BackupRequest, IBackupSource } from '../contracts/backup';
import { aText, checkImport, someTexts } from '../core/kinds';
import { canonicalLocation } from '../core/locations';
import { resourceGroupIdOf } from '../core/resource-group-id';
import { hasForm, isComputed, rejectIf, shown } from '../core/validation';
import { Workload } from '../core/workload';

/** Form of an Azure resource id, by the type at its end. */
const idOf = (type: string) => new RegExp(`^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/${type}/[^/]+$`, 'i');

const FORMS = {
  [BackupKind.BLOBS]: idOf('Microsoft\\.Storage/storageAccounts'),
  [BackupKind.DISK]: idOf('Microsoft\\.Compute/disks'),
  [BackupKind.POSTGRESQL]: idOf('Microsoft\\.DBforPostgreSQL/flexibleServers'),
};

/** What the vault may do on what it backs up. */
const ROLES = {
  [BackupKind.BLOBS]: 'Storage Account Backup Contributor',
  [BackupKind.DISK]: 'Disk Backup Reader',
  [BackupKind.POSTGRESQL]: 'PostgreSQL Flexible Server Long Term Retention Backup Role',
};

/**
 * Where something lies that is defined elsewhere.
 */
export interface BackupSourceOptions {
  /**
   * Its region.
   *
   * @default - the region of the workload
   */
  readonly location?: string;
}

/**
 * Something to back up that is defined elsewhere, or that has no construct here: a disk, an existing server or account.
 */
export class BackupSource extends Construct implements IBackupSource {
  /**
   * A managed disk.
   *
   * @param scope Where the reference belongs.
   * @param id Its id there.
   * @param diskId Azure resource id of the disk.
   * @param options Where it lies.
   */
  public static fromDiskId(
    scope: Construct,
    id: string,
    diskId: string,
    options: BackupSourceOptions = {},
  ): IBackupSource {
    return new BackupSource(scope, id, { prop: 'diskId', kind: BackupKind.DISK, resourceId: diskId, ...options });
  }

  /**
   * A PostgreSQL flexible server; no replica.
   *
   * @param scope Where the reference belongs.
   * @param id Its id there.
   * @param serverId Azure resource id of the server.
   * @param options Where it lies.
   */
  public static fromPostgresServerId(
    scope: Construct,
    id: string,
    serverId: string,
    options: BackupSourceOptions = {},
  ): IBackupSource {
    const kind = BackupKind.POSTGRESQL;
    return new BackupSource(scope, id, { prop: 'serverId', kind, resourceId: serverId, ...options });
  }

  /**
   * Containers of a storage account, which must allow replication into other tenants.
   *
   * @param scope Where the reference belongs.
   * @param id Its id there.
   * @param storageAccountId Azure resource id of the account.
   * @param containerNames Names of the containers, 1 to 100; literals.
   * @param options Where it lies.
   */
  public static fromStorageAccountId(
    scope: Construct,
    id: string,
    storageAccountId: string,
    containerNames: string[],
    options: BackupSourceOptions = {},
  ): IBackupSource {
    checkImport(
      scope,
      id,
      { storageAccountId, containerNames },
      { storageAccountId: aText, containerNames: someTexts },
    );
    const [prop, kind] = ['storageAccountId', BackupKind.BLOBS];
    return new BackupSource(scope, id, { prop, kind, resourceId: storageAccountId, containerNames, ...options });
  }

  private constructor(
    scope: Construct,
    id: string,
    private readonly setup: SourceSetup,
  ) {
    super(scope, id);
    const { prop, kind, resourceId, containerNames } = setup;
    rejectIf(
      this,
      !hasForm(resourceId, FORMS[kind]) &&
        `'${prop}' must be the Azure resource id of ${WORDS[kind]}, got ${shown(resourceId)}`,
      containerNames?.some(isComputed) &&
        `'containerNames' must be literals, because Azure keeps their order; got ${shown(containerNames.find(isComputed))}`,
    );
  }

  public bindBackup(request: BackupRequest): BackupBinding {
    const { kind, resourceId, location = Workload.of(this).location, containerNames } = this.setup;
    const { allowCrossTenantReplication = false } = request;
    rejectIf(
      this,
      allowCrossTenantReplication &&
        kind !== BackupKind.BLOBS &&
        "'allowCrossTenantReplication' must be left out: only backups of blobs take it",
    );
    const resourceGroupId = resourceGroupIdOf(resourceId);
    return {
      kind,
      resourceId,
      location: isComputed(location) ? location : canonicalLocation(location),
      resourceGroupId,
      resourceGroupName: isComputed(resourceId) ? resourceGroupId : resourceGroupId.split('/')[4],
      role: ROLES[kind],
      containers: containerNames && { containerNames: () => [...new Set(containerNames)].sort() },
    };
  }
}

interface SourceSetup extends BackupSourceOptions {
  readonly prop: string;
  readonly kind: BackupKind;
  readonly resourceId: string;
  readonly containerNames?: string[];
}

const WORDS = {
  [BackupKind.BLOBS]: 'a storage account',
  [BackupKind.DISK]: 'a managed disk',
  [BackupKind.POSTGRESQL]: 'a PostgreSQL flexible server',
};
