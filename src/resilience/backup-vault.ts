import { DataProtectionBackupVault } from '@cdktf/provider-azurerm/lib/data-protection-backup-vault';
import { TerraformResource } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { Grant } from '../access/grant';
import { BackupBinding, BackupKind, IBackupSource } from '../contracts/backup';
import { IRehearsed, RecoveryDrill } from '../contracts/drill';
import { MonitoringTarget } from '../contracts/monitoring';
import { PrincipalType } from '../contracts/principal';
import { IRecoverable, RecoveryStep } from '../contracts/recovery';
import { aBackupSource } from '../core/collaborators';
import { aText, checkImport, checkKinds } from '../core/kinds';
import { canonicalLocation, regionNamed } from '../core/locations';
import { nameOf } from '../core/naming';
import { defineDeleteLock, isGuarded, lifecycleOf } from '../core/protection';
import { residencyProblem } from '../core/residency';
import { guidProblem, isComputed, rejectIf, shown } from '../core/validation';
import { Workload } from '../core/workload';
import { Backup } from './backup';
import { groupFor } from './backup-group';
import { planOf } from './backup-plan';
import { defineBackupPolicy } from './backup-policy';
import { BackupPolicyOptions } from './backup-policy-options';
import { backupDrills, BackupPlace, backupRecovery } from './backup-recovery';
import { backupSignals } from './backup-signals';
import { BackupOptions, BackupVaultAttributes, BackupVaultResources, IBackupVault } from './backup-vault-interface';
import { BackupRedundancy, BackupVaultProps } from './backup-vault-props';
import {
  BACKUP_VAULT_KINDS,
  backupProblems,
  bindingProblems,
  onceProblem,
  POLICY_PROPS,
  redundancyFor,
  vaultProblems,
} from './backup-vault-rules';

const VAULT_ID =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.DataProtection\/backupVaults\/[^/]+$/i;

abstract class BackupVaultBase extends Construct implements IBackupVault {
  public abstract readonly vaultId: string;
  public abstract readonly location: string;
  public abstract readonly principalId: string;
  public readonly principalType = PrincipalType.SERVICE_PRINCIPAL;

  private readonly groupRoles = new Map<string, string>();

  public addBackup(key: string, source: IBackupSource, options: BackupOptions = {}): Backup {
    const id = `Backup-${key}`;
    rejectIf(this, aBackupSource('source', source));
    rejectIf(this, ...backupProblems(this, key, source, this.node.tryFindChild(id) !== undefined));
    const { allowCrossTenantReplication, policy: own } = options;
    const binding = source.bindBackup({ allowCrossTenantReplication });
    rejectIf(this, onceProblem(this, source, binding), ...bindingProblems(this, this.location, binding, own));
    const { kind, role, resourceId } = binding;
    // below the source, whose delete lock would keep it from being taken away
    const grant = Grant.once(source as IConstruct as Construct, { grantee: this, role, resourceId });
    const roleAssignmentIds = [grant.resources.roleAssignment.id, ...this.groupRoleFor(source, binding)];
    const plan = planOf(this, kind, own ?? this._policyFor(kind));
    const policy = own ? this.definePolicy(`Policy-${key}`, kind, own) : this.sharedPolicy(kind);
    const setup = { vaultId: this.vaultId, source, binding, plan, policy, roleAssignmentIds };
    return Backup._in(this, id, setup);
  }

  public toMonitoringTarget(): MonitoringTarget {
    return {
      resourceId: this.vaultId,
      metricNamespace: 'Microsoft.DataProtection/BackupVaults',
      logSources: { Vault: this.vaultId },
      signals: backupSignals(this.vaultId),
    };
  }

  /** @internal */
  public abstract _policyFor(kind: BackupKind): BackupPolicyOptions | undefined;

  /** One for all backups of a kind, made when the first of them is. */
  private sharedPolicy(kind: BackupKind): TerraformResource {
    const id = POLICY_IDS[kind];
    const there = this.node.tryFindChild(id)?.node.tryFindChild('Resource') as TerraformResource | undefined;
    return there ?? this.definePolicy(id, kind, this._policyFor(kind));
  }

  private definePolicy(id: string, kind: BackupKind, options?: BackupPolicyOptions): TerraformResource {
    return defineBackupPolicy(this, id, this.vaultId, planOf(this, kind, options));
  }

  /** Roles on resource groups are given once per group: Azure refuses a second one of the same, however it is named. */
  private groupRoleFor(source: IBackupSource, binding: BackupBinding): string[] {
    if (binding.kind === BackupKind.BLOBS) {
      return [];
    }
    const isDisk = binding.kind === BackupKind.DISK;
    const role = isDisk ? 'Disk Snapshot Contributor' : 'Reader';
    // snapshots go to the group of the workload
    const { resourceId, name, part } = groupFor(this, source, isDisk ? undefined : binding);
    const key = `${role} ${name}`.toLowerCase();
    const given =
      this.groupRoles.get(key) ??
      Grant.once(this, { grantee: this, role, resourceId, part }).resources.roleAssignment.id;
    this.groupRoles.set(key, given);
    return [given];
  }
}

/**
 * A vault that keeps backups where nobody who can delete the originals can delete them too.
 *
 * It is immutable: what it keeps stays until it expires, and no retention becomes shorter, until an administrator says otherwise,
 * or for ever. Deleted backups can be had back for two weeks. So `terraform destroy` fails as long as it holds backups, also in dev:
 * take the step `EmptyVault` of `toRecoverySteps()` first. It signs in to what it backs up under its own identity.
 */
export class BackupVault extends BackupVaultBase implements IRecoverable, IRehearsed {
  /** Refers to a vault that is defined elsewhere; policies and backups that are added belong to this program. */
  public static fromAttributes(scope: Construct, id: string, attributes: BackupVaultAttributes): IBackupVault {
    checkImport(scope, id, attributes, { vaultId: aText, principalId: aText, 'location?': aText });
    class Import extends BackupVaultBase {
      public readonly vaultId = attributes.vaultId;
      public readonly principalId = attributes.principalId;
      public readonly location: string;
      constructor() {
        super(scope, id);
        const location = attributes.location ?? Workload.of(this).location;
        this.location = isComputed(location) ? location : canonicalLocation(location);
      }
      /** @internal */
      public _policyFor(): undefined {
        return undefined;
      }
    }
    const imported = new Import();
    const { vaultId, principalId, location } = attributes;
    rejectIf(
      imported,
      (isComputed(vaultId) || !VAULT_ID.test(vaultId)) &&
        `'vaultId' must be the Azure resource id of a backup vault, as a literal, got ${shown(vaultId)}`,
      guidProblem('principalId', principalId, 'the identity of the vault'),
      location !== undefined && residencyProblem(imported, "'location'", location),
    );
    return imported;
  }

  public readonly vaultId: string;
  public readonly location: string;
  public readonly principalId: string;
  /** Name of the vault in Azure, a literal. */
  public readonly vaultName: string;

  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: BackupVaultResources;

  private readonly props: BackupVaultProps;

  constructor(scope: Construct, id: string, props: BackupVaultProps = {}) {
    super(scope, id);
    checkKinds(this, props, BACKUP_VAULT_KINDS);
    const workload = Workload.of(this);
    const redundancy = props.redundancy ?? redundancyFor(this);
    rejectIf(this, ...vaultProblems(this, props, redundancy));

    this.props = props;
    this.location = workload.location;
    this.vaultName = props.vaultName ?? nameOf(DataProtectionBackupVault.tfResourceType, this);
    const backupVault = this.defineVault(redundancy);
    this.vaultId = backupVault.id;
    this.principalId = backupVault.identity.principalId;
    this.resources = {
      backupVault,
      deleteLock: isGuarded(this, props) ? defineDeleteLock(this, this.vaultId, 'Holds backups.') : undefined,
    };
    workload.announce(this, props);
  }

  public toRecoverySteps(): RecoveryStep[] {
    return backupRecovery(this.place(), this.backups());
  }

  public toRecoveryDrills(): RecoveryDrill[] {
    return backupDrills(this.place(), this.backups());
  }

  /** @internal */
  public _policyFor(kind: BackupKind): BackupPolicyOptions | undefined {
    return this.props[POLICY_PROPS[kind]];
  }

  private defineVault(redundancy: BackupRedundancy): DataProtectionBackupVault {
    const { crossRegionRestore = true, immutableForEver = false, softDeleteDays = 14, ignoreChanges = [] } = this.props;
    const { resourceGroupName, environment } = Workload.of(this);
    const guarded = isGuarded(this, this.props);
    return new DataProtectionBackupVault(this, 'Resource', {
      name: this.vaultName,
      resourceGroupName,
      location: this.location,
      datastoreType: 'VaultStore',
      redundancy,
      // also 'false' is refused with another redundancy
      crossRegionRestoreEnabled: redundancy === BackupRedundancy.GEO ? crossRegionRestore : undefined,
      immutability: immutableForEver ? 'Locked' : 'Unlocked',
      softDelete: (this.props.softDeleteForEver ?? environment.profile.locked) ? 'AlwaysOn' : 'On',
      retentionDurationInDays: softDeleteDays,
      // the provider sends no identity with a backup: only this one is ever used
      identity: { type: 'SystemAssigned' },
      lifecycle: lifecycleOf(guarded, ...ignoreChanges),
    });
  }

  private backups(): Backup[] {
    return this.node.children.filter((child) => child instanceof Backup);
  }

  private place(): BackupPlace {
    const { backupVault, deleteLock } = this.resources;
    const { immutabilityInput, softDeleteInput } = backupVault;
    return {
      vaultName: this.vaultName,
      group: Workload.of(this).knownResourceGroupName,
      location: this.location,
      pair: backupVault.crossRegionRestoreEnabledInput === true ? regionNamed(this.location)?.pair : undefined,
      guarded: deleteLock !== undefined,
      // a guarded vault is not to be destroyed at all; the step is there once it no longer is
      emptiable: deleteLock === undefined && immutabilityInput !== 'Locked' && softDeleteInput !== 'AlwaysOn',
    };
  }
}

/** One policy for each kind: ids are addresses, and so never change. */
const POLICY_IDS = {
  [BackupKind.BLOBS]: 'BlobPolicy',
  [BackupKind.DISK]: 'DiskPolicy',
  [BackupKind.POSTGRESQL]: 'PostgresPolicy',
};
