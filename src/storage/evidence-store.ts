import { ManagementLock } from '@cdktf/provider-azurerm/lib/management-lock';
import { MonitorDiagnosticSetting } from '@cdktf/provider-azurerm/lib/monitor-diagnostic-setting';
import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import {
  StorageObjectReplication,
  StorageObjectReplicationRules,
} from '@cdktf/provider-azurerm/lib/storage-object-replication';
import { Lazy } from 'cdktf';
import { Construct } from 'constructs';
import { Grant } from '../access/grant';
import { MonitoringTarget } from '../contracts/monitoring';
import { IPrincipal } from '../contracts/principal';
import { IRecoverable, RecoveryStep } from '../contracts/recovery';
import { aText, checkImport, checkKinds } from '../core/kinds';
import { canonicalLocation, regionNamed } from '../core/locations';
import { nameOf, nameProblem } from '../core/naming';
import { addressOf, defineDeleteLock, isGuarded, settingsOn } from '../core/protection';
import { replicationFor } from '../core/replication';
import { rejectIf, shown } from '../core/validation';
import { Workload } from '../core/workload';
import { definePrivateEndpoint } from '../network/define-private-endpoint';
import { PrivateLinkTarget } from '../network/private-link-target';
import { networksFor } from '../network/reach';
import { BlobAccount, defineBlobAccount } from './blob-account';
import { checkBlobAccounts } from './blob-account-checks';
import { blobSignals, serviceIds } from './blob-signals';
import { EvidenceContainer, IEvidenceContainer } from './evidence-container';
import { EvidenceOptions } from './evidence-options';
import { evidenceRecovery } from './evidence-recovery';
import { EVIDENCE_KINDS, evidenceProblems, storeProblems } from './evidence-rules';
import { EvidenceStoreResources, IEvidenceStore } from './evidence-store-interface';
import { EvidenceStoreProps } from './evidence-store-props';
import { countAccount } from './tenant-capacity';
import { addressesBelow } from './tenant-recovery';
import { existingAccountProblem } from './tenant-rules';

/** Hours that a SAS may be valid at most; nobody is given the right to issue one. */
const SAS_HOURS = 1;

abstract class EvidenceStoreBase extends Construct implements IEvidenceStore {
  public abstract readonly storageAccountId: string;
  public abstract readonly storageAccountName: string;

  public get blobEndpoint(): string {
    return `https://${this.storageAccountName}.blob.core.windows.net/`;
  }

  public abstract containerNamed(name: string): IEvidenceContainer;

  public grantRead(grantee: IPrincipal): Grant {
    return Grant.once(this, { grantee, role: 'Storage Blob Data Reader', resourceId: this.storageAccountId });
  }

  public toMonitoringTarget(): MonitoringTarget {
    return {
      resourceId: this.storageAccountId,
      metricNamespace: 'Microsoft.Storage/storageAccounts',
      logSources: serviceIds(this.storageAccountId),
      signals: blobSignals(),
    };
  }
}

/**
 * A storage account for evidence: what is written stays as it is for seven years, in two regions where the environment wants that.
 *
 * Retentions are unlocked until somebody locks them with a step of `toRecoverySteps()`, which also has the commands for legal
 * holds: azurerm has no argument for those. No role that this store gives may delete, in any state of a retention.
 */
export class EvidenceStore extends EvidenceStoreBase implements IRecoverable {
  /** Refers to a store that is defined elsewhere, by the Azure resource id of its account, a literal. */
  public static fromStorageAccountId(scope: Construct, id: string, storageAccountId: string): IEvidenceStore {
    checkImport(scope, id, { storageAccountId }, { storageAccountId: aText });
    class Import extends EvidenceStoreBase {
      public readonly storageAccountId = storageAccountId;
      public readonly storageAccountName = storageAccountId.split('/').pop() ?? '';

      public containerNamed(name: string): IEvidenceContainer {
        rejectIf(this, ...evidenceProblems(name, {}, {}));
        const there = this.node.tryFindChild(`Container-${name}`) as IEvidenceContainer | undefined;
        const { blobEndpoint } = this;
        return there ?? EvidenceContainer._existing({ store: this, storageAccountId, blobEndpoint }, name);
      }
    }
    const imported = new Import(scope, id);
    rejectIf(imported, existingAccountProblem(storageAccountId));
    return imported;
  }

  public readonly storageAccountId: string;
  public readonly storageAccountName: string;

  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: EvidenceStoreResources;

  private readonly props: EvidenceStoreProps;
  private readonly guarded: boolean;

  constructor(scope: Construct, id: string, props: EvidenceStoreProps = {}) {
    super(scope, id);
    checkKinds(this, props, EVIDENCE_KINDS);
    const workload = Workload.of(this);
    const type = StorageAccount.tfResourceType;
    const recoveryDays = props.recoveryDays ?? workload.environment.profile.recoveryDays;
    this.props = props;
    this.guarded = isGuarded(this, props);
    rejectIf(
      this,
      nameProblem(type, this, 'storageAccountName', props.storageAccountName),
      ...storeProblems(this, props, recoveryDays),
    );

    this.storageAccountName = props.storageAccountName ?? nameOf(type, this);
    const account = this.defineAccount(this, this.storageAccountName, recoveryDays);
    const { storageAccount, identity, encryptionRoleWait } = account;
    this.storageAccountId = storageAccount.id;
    const replica = this.defineReplica(recoveryDays);
    const replicaAccount = replica?.storageAccount;
    this.resources = {
      storageAccount,
      identity: identity?.resources.identity,
      encryptionRoleWait,
      replicaAccount,
      objectReplication: replicaAccount && this.defineReplication(replicaAccount),
      auditLog: this.defineAuditLog('AuditLog', this.storageAccountId),
      replicaAuditLog: replicaAccount && this.defineAuditLog('ReplicaAuditLog', replicaAccount.id),
      privateEndpoint: definePrivateEndpoint(this, props.network, this.storageAccountId, PrivateLinkTarget.BLOB),
      replicaDeleteLock: this.guarded && replicaAccount ? this.defineReplicaLock(replicaAccount) : undefined,
      deleteLock: this.guarded ? defineDeleteLock(this, this.storageAccountId, 'Holds evidence.') : undefined,
    };
    Object.entries(props.containers ?? {}).forEach(([name, options]) => this.addContainer(name, options));
    checkBlobAccounts(this);
    workload.announce(this, props);
  }

  /** The containers, in the order in which they were added. */
  public get containers(): EvidenceContainer[] {
    return this.node.children.filter((child): child is EvidenceContainer => child instanceof EvidenceContainer);
  }

  /**
   * Adds a container.
   *
   * @param name 3 to 63 lower-case letters, digits or single hyphens; a literal that never changes.
   * @param options How long blobs are held in it.
   */
  public addContainer(name: string, options: EvidenceOptions = {}): EvidenceContainer {
    rejectIf(
      this,
      ...evidenceProblems(name, options, this.props),
      this.containers.some((other) => other.containerName === name) && `the container ${shown(name)} is there already`,
    );
    const { storageAccountId, blobEndpoint } = this;
    const { replicaAccount, objectReplication } = this.resources;
    const { allowedIpRules = [], network } = this.props;
    const networks = networksFor(allowedIpRules.length > 0, network);
    const place = { store: this, storageAccountId, blobEndpoint, networks, replicaAccountId: replicaAccount?.id };
    const container = EvidenceContainer._define(place, name, options, this.guarded);
    objectReplication?.putRules(this.containers.flatMap(copyingRule));
    if (objectReplication) {
      objectReplication.count = undefined;
    }
    return container;
  }

  public containerNamed(name: string): IEvidenceContainer {
    const there = this.containers.find(({ containerName }) => containerName === name);
    if (!there) {
      const known = this.containers.map(({ containerName }) => containerName).sort();
      throw new Error(
        `${this.node.path}: there is no container ${shown(name)}, only ${shown(known)}; add it with addContainer()`,
      );
    }
    return there;
  }

  public toMonitoringTarget(): MonitoringTarget {
    const target = super.toMonitoringTarget();
    const { Blob, ...others } = target.logSources;
    const { auditLog, replicaAccount } = this.resources;
    // whoever reads the copies reads the evidence
    const blobs = { Blob, ...(replicaAccount && { ReplicaBlob: serviceIds(replicaAccount.id).Blob }) };
    return { ...target, logSources: auditLog ? others : { ...blobs, ...others } };
  }

  public toRecoverySteps(): RecoveryStep[] {
    const { storageAccount, replicaAccount } = this.resources;
    const accounts = [storageAccount, replicaAccount].flatMap((account) => account?.nameInput ?? []);
    const group = Workload.of(this).knownResourceGroupName;
    const replication = storageAccount.accountReplicationTypeInput ?? '';
    return evidenceRecovery(accounts, group, replication, this.containers, this.guarded);
  }

  private defineAccount(owner: Construct, name: string, recoveryDays: number, location?: string): BlobAccount {
    const { allowedIpRules = [], ignoreChanges = [], encryptionKey, replicaLocation } = this.props;
    const main = location === undefined;
    const here = location ?? Workload.of(this).location;
    const oneRegion = regionNamed(here)?.zones ? 'ZRS' : 'LRS';
    countAccount(owner, here);
    return defineBlobAccount(
      owner,
      {
        name,
        location: here,
        replication: replicaLocation === undefined ? replicationFor(this) : oneRegion,
        allowedIpRules: main ? allowedIpRules : [],
        sasHours: SAS_HOURS,
        recoveryDays,
        // what cannot change cannot be set back
        restoreDays: 0,
        guarded: this.guarded,
        ignoreChanges: main ? ignoreChanges : [],
      },
      encryptionKey,
    );
  }

  private defineReplica(recoveryDays: number): BlobAccount | undefined {
    const { replicaLocation } = this.props;
    if (replicaLocation === undefined) {
      return undefined;
    }
    const scope = new Construct(this, 'Replica');
    const name = nameOf(StorageAccount.tfResourceType, scope);
    return this.defineAccount(scope, name, recoveryDays, canonicalLocation(replicaLocation));
  }

  /** Azure copies nothing by a policy without rules, and refuses one. */
  private defineReplication({ id }: StorageAccount): StorageObjectReplication {
    return new StorageObjectReplication(this, 'ObjectReplication', {
      sourceStorageAccountId: this.storageAccountId,
      destinationStorageAccountId: id,
      rules: [],
      count: 0,
    });
  }

  private defineAuditLog(id: string, accountId: string): MonitorDiagnosticSetting | undefined {
    const { auditWorkspaceId } = this.props;
    return auditWorkspaceId === undefined
      ? undefined
      : new MonitorDiagnosticSetting(this, id, {
          name: 'audit',
          targetResourceId: serviceIds(accountId).Blob,
          logAnalyticsWorkspaceId: auditWorkspaceId,
          enabledLog: [{ categoryGroup: 'audit' }],
        });
  }

  /** One per account, each after everything else in both. */
  private defineReplicaLock(account: StorageAccount): ManagementLock {
    const scope = account.node.scope as Construct;
    const deleteLock = defineDeleteLock(scope, account.id, 'Holds copies of evidence.');
    const { tfResourceType } = ManagementLock;
    deleteLock.dependsOn = Lazy.listValue({
      produce: () => {
        const below = addressesBelow(this).filter((address) => !address.startsWith(`${tfResourceType}.`));
        return [...new Set([...below, ...settingsOn(this, account.id).map(addressOf)])].sort();
      },
    });
    return deleteLock;
  }
}

/** From the one container to the other of the same name, with what was there before. */
function copyingRule({
  resources: { container, replicaContainer },
}: EvidenceContainer): StorageObjectReplicationRules[] {
  return replicaContainer === undefined
    ? []
    : [
        {
          sourceContainerName: container.name,
          destinationContainerName: replicaContainer.name,
          copyBlobsCreatedAfter: 'Everything',
        },
      ];
}
