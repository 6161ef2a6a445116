import { ManagementLock } from '@cdktf/provider-azurerm/lib/management-lock';
import { PrivateEndpoint as AzurePrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint';
import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { StorageContainer } from '@cdktf/provider-azurerm/lib/storage-container';
import { StorageManagementPolicy } from '@cdktf/provider-azurerm/lib/storage-management-policy';
import { Construct } from 'constructs';
import { Grant } from '../access/grant';
import { IMonitored, MonitoredProps, MonitoringTarget } from '../contracts/monitoring';
import { IPrivateNetwork } from '../contracts/network';
import { SharedOwnershipProps } from '../contracts/ownership';
import { IPrincipal } from '../contracts/principal';
import { IRecoverable, RecoveryStep } from '../contracts/recovery';
import { aText, checkImport, checkKinds } from '../core/kinds';
import { nameOf, nameProblem } from '../core/naming';
import { defineDeleteLock, ignoreProblems, lifecycleOf } from '../core/protection';
import { replicationFor } from '../core/replication';
import { rejectIf } from '../core/validation';
import { Workload } from '../core/workload';
import { definePrivateEndpoint } from '../network/define-private-endpoint';
import { PrivateLinkTarget } from '../network/private-link-target';
import { defineBlobAccount } from './blob-account';
import { checkBlobAccounts } from './blob-account-checks';
import { stateRecovery } from './state-recovery';
import { accountIdProblem, containerProblem, STATE_ACCOUNT_KINDS, stateProblems } from './state-rules';
import { stateSignals } from './state-signals';

/** Fewest days that a deleted state can be brought back: it is missed late, at the next deployment. */
const FEWEST_RECOVERY_DAYS = 30;

/**
 * A storage account that holds the state of Terraform.
 */
export interface IStateAccount extends IMonitored {
  /** Azure resource id of the account. */
  readonly storageAccountId: string;
  /** Name of the account, which `AzureState` takes. */
  readonly storageAccountName: string;
  /** Name of the container that holds the states. */
  readonly containerName: string;

  /** Lets a principal read states, which hold what Terraform knows of everything. */
  grantRead(grantee: IPrincipal): Grant;

  /** Lets a principal plan and apply: read, write and lock states. */
  grantReadWrite(grantee: IPrincipal): Grant;
}

/**
 * Properties for `StateAccount`; one of `network` and `allowedIpRules` must say who reaches it.
 */
export interface StateAccountProps extends MonitoredProps, SharedOwnershipProps {
  /**
   * Network that the account gets an endpoint in, for machines inside of it that run Terraform.
   *
   * @default - no endpoint
   */
  readonly network?: IPrivateNetwork;

  /**
   * Public IPv4 addresses, and networks from /16 to /30, of the machines that run Terraform. Literals. Naming any opens the
   * public endpoint to them, and to nobody else.
   *
   * @default - none; the public endpoint is closed
   */
  readonly allowedIpRules?: string[];

  /**
   * Name in Azure, unique in all of it: 3 to 24 lower-case letters or digits. A literal.
   *
   * @default - derived from the workload, its environment and the construct path
   */
  readonly storageAccountName?: string;

  /**
   * Name of the container: 3 to 63 lower-case letters, digits or single hyphens between them.
   *
   * @default 'tfstate'
   */
  readonly containerName?: string;

  /**
   * Days during which a deleted state or container can be brought back, 7 to 365.
   *
   * @default - from the environment, and at least 30
   */
  readonly recoveryDays?: number;

  /**
   * Days that earlier versions of a state are kept, 7 to 3650.
   *
   * @default 365
   */
  readonly versionDays?: number;

  /**
   * Guards the states: Terraform refuses to destroy them, and a `CanNotDelete` lock keeps everybody else from it.
   *
   * Take it away in a deployment of its own before you remove the construct.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
}

/**
 * The Terraform resources behind a `StateAccount`.
 */
export interface StateAccountResources {
  /** The account itself. */
  readonly storageAccount: StorageAccount;
  /** The container of the states. */
  readonly container: StorageContainer;
  /** What removes old versions. */
  readonly lifecyclePolicy: StorageManagementPolicy;
  /** The endpoint in the network, if there is one. */
  readonly privateEndpoint?: AzurePrivateEndpoint;
  /** The delete lock, unless protection is switched off. */
  readonly deleteLock?: ManagementLock;
}

abstract class StateAccountBase extends Construct implements IStateAccount {
  public abstract readonly storageAccountId: string;
  public abstract readonly storageAccountName: string;
  public abstract readonly containerName: string;

  public grantRead(grantee: IPrincipal): Grant {
    return this.grant(grantee, 'Storage Blob Data Reader');
  }

  public grantReadWrite(grantee: IPrincipal): Grant {
    return this.grant(grantee, 'Storage Blob Data Contributor');
  }

  public toMonitoringTarget(): MonitoringTarget {
    return {
      resourceId: this.storageAccountId,
      metricNamespace: 'Microsoft.Storage/storageAccounts',
      logSources: { Blob: `${this.storageAccountId}/blobServices/default` },
      signals: stateSignals(),
    };
  }

  /** Azure resource id of the container.
   * @internal */
  public abstract _containerId(): string;

  private grant(grantee: IPrincipal, role: string): Grant {
    return Grant.once(this, { grantee, role, resourceId: this._containerId() });
  }
}

/**
 * A storage account for the state of Terraform: versioned, recoverable, without keys, locked in every environment.
 *
 * It cannot hold its own state from the start. Deploy the stack that it is in once with a local state; then add `AzureState`
 * with its `storageAccountName` to that stack, synthesize again, and run `terraform init -migrate-state` in the stack's folder.
 * Whoever runs Terraform needs `grantReadWrite()` before that, and an address that is let in.
 */
export class StateAccount extends StateAccountBase implements IRecoverable {
  /**
   * Refers to an account that is defined elsewhere.
   *
   * @param scope Where the reference belongs.
   * @param id Its id there.
   * @param storageAccountId Azure resource id of the account; a literal, for its name is taken from it.
   * @param containerName Container of the states, `tfstate` if left out.
   */
  public static fromStorageAccountId(
    scope: Construct,
    id: string,
    storageAccountId: string,
    containerName: string = 'tfstate',
  ): IStateAccount {
    checkImport(scope, id, { storageAccountId }, { storageAccountId: aText });
    class Import extends StateAccountBase {
      public readonly storageAccountId = storageAccountId;
      public readonly storageAccountName = storageAccountId.split('/').pop() ?? '';
      public readonly containerName = containerName;
      public _containerId(): string {
        return `${storageAccountId}/blobServices/default/containers/${containerName}`;
      }
    }
    const imported = new Import(scope, id);
    rejectIf(imported, accountIdProblem(storageAccountId), containerProblem(containerName));
    return imported;
  }

  public readonly storageAccountId: string;
  public readonly storageAccountName: string;
  public readonly containerName: string;

  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: StateAccountResources;

  constructor(scope: Construct, id: string, props: StateAccountProps) {
    super(scope, id);
    checkKinds(this, props, STATE_ACCOUNT_KINDS);
    const workload = Workload.of(this);
    const { containerName = 'tfstate', versionDays = 365, deletionProtection: guarded = true } = props;
    const recoveryDays =
      props.recoveryDays ?? Math.max(workload.environment.profile.recoveryDays, FEWEST_RECOVERY_DAYS);
    const type = StorageAccount.tfResourceType;
    rejectIf(
      this,
      nameProblem(type, this, 'storageAccountName', props.storageAccountName),
      ...stateProblems(props, containerName, recoveryDays, versionDays),
      ...ignoreProblems(props),
    );

    this.storageAccountName = props.storageAccountName ?? nameOf(type, this);
    this.containerName = containerName;
    const storageAccount = this.defineAccount(props, recoveryDays, guarded);
    this.storageAccountId = storageAccount.id;
    const container = new StorageContainer(this, 'Container', {
      name: containerName,
      storageAccountId: storageAccount.id,
      containerAccessType: 'private',
      lifecycle: lifecycleOf(guarded),
    });
    this.resources = {
      storageAccount,
      container,
      lifecyclePolicy: this.defineLifecyclePolicy(versionDays),
      privateEndpoint: definePrivateEndpoint(this, props.network, this.storageAccountId, PrivateLinkTarget.BLOB),
      deleteLock: guarded ? defineDeleteLock(this, this.storageAccountId, 'Holds the state of Terraform.') : undefined,
    };
    checkBlobAccounts(this);
    workload.announce(this, props);
  }

  public toRecoverySteps(): RecoveryStep[] {
    const { storageAccountName, containerName, resources } = this;
    const group = Workload.of(this).knownResourceGroupName;
    return stateRecovery(storageAccountName, containerName, group, resources.deleteLock !== undefined);
  }

  /** @internal */
  public _containerId(): string {
    return this.resources.container.id;
  }

  private defineAccount(props: StateAccountProps, recoveryDays: number, guarded: boolean): StorageAccount {
    const { allowedIpRules = [], ignoreChanges = [] } = props;
    return defineBlobAccount(this, {
      name: this.storageAccountName,
      replication: replicationFor(this),
      allowedIpRules,
      ignoreChanges,
      sasHours: 1,
      recoveryDays,
      // a state is brought back as the version that it was, one by one
      restoreDays: 0,
      withoutLastAccess: true,
      guarded,
    }).storageAccount;
  }

  /** Each run writes a version of each state that it changes: without an end they pile up. */
  private defineLifecyclePolicy(versionDays: number): StorageManagementPolicy {
    return new StorageManagementPolicy(this, 'LifecyclePolicy', {
      storageAccountId: this.storageAccountId,
      rule: [
        {
          name: 'old-versions',
          enabled: true,
          filters: { blobTypes: ['blockBlob'], prefixMatch: [`${this.containerName}/`] },
          actions: { version: { deleteAfterDaysSinceCreation: versionDays } },
        },
      ],
    });
  }
}
