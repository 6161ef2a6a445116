import { SecurityCenterStorageDefender } from '@cdktf/provider-azurerm/lib/security-center-storage-defender';
import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { StorageManagementPolicy } from '@cdktf/provider-azurerm/lib/storage-management-policy';
import { Construct } from 'constructs';
import { Grant } from '../access/grant';
import { BackupBinding, BackupRequest, IBackupSource } from '../contracts/backup';
import { ConnectionConfig } from '../contracts/connection';
import { MonitoringTarget } from '../contracts/monitoring';
import { IPrivateNetwork } from '../contracts/network';
import { IPrincipal } from '../contracts/principal';
import { IRecoverable, RecoveryStep } from '../contracts/recovery';
import { aText, checkImport, checkKinds } from '../core/kinds';
import { nameOf, nameProblem } from '../core/naming';
import { defineDeleteLock, isGuarded } from '../core/protection';
import { replicationFor } from '../core/replication';
import { rejectIf, shown } from '../core/validation';
import { Workload } from '../core/workload';
import { definePrivateEndpoint } from '../network/define-private-endpoint';
import { PrivateLinkTarget } from '../network/private-link-target';
import { networksFor } from '../network/reach';
import { defineBlobAccount } from './blob-account';
import { checkBlobAccounts } from './blob-account-checks';
import { blobSignals, serviceIds } from './blob-signals';
import { lifecycleRules } from './lifecycle-rules';
import { tenantBackup } from './tenant-backup';
import { countAccount } from './tenant-capacity';
import { leavingTenants } from './tenant-leaving';
import { TenantOptions } from './tenant-options';
import { tenantRecovery } from './tenant-recovery';
import { defineRoster, enroll, releaseTenant, tenantId } from './tenant-release';
import {
  accountProblems,
  containerNameFor,
  Decisions,
  existingAccountProblem,
  namingProblems,
  takenProblems,
  TENANT_ACCOUNT_KINDS,
  TENANT_KINDS,
  tenantProblems,
} from './tenant-rules';
import { ITenantStorage, TenantStorage } from './tenant-storage';
import { ITenantStorageAccount, TenantStorageAccountResources } from './tenant-storage-interface';
import { TenantIsolation, TenantStorageAccountProps } from './tenant-storage-props';

abstract class TenantStorageAccountBase extends Construct implements ITenantStorageAccount {
  public abstract readonly storageAccountId: string;
  public abstract readonly storageAccountName: string;

  public get blobEndpoint(): string {
    return `https://${this.storageAccountName}.blob.core.windows.net/`;
  }

  public abstract tenantNamed(key: string): ITenantStorage;

  public grantRead(grantee: IPrincipal): Grant {
    return this.grant(grantee, 'Storage Blob Data Reader');
  }

  public grantReadWrite(grantee: IPrincipal): Grant {
    return this.grant(grantee, 'Storage Blob Data Contributor');
  }

  public grantIssueSas(grantee: IPrincipal): Grant {
    return this.grant(grantee, 'Storage Blob Delegator');
  }

  public bindClient(client: IPrincipal): ConnectionConfig {
    this.grantReadWrite(client);
    return { settings: { BLOB_ENDPOINT: this.blobEndpoint } };
  }

  public toMonitoringTarget(): MonitoringTarget {
    return {
      resourceId: this.storageAccountId,
      metricNamespace: 'Microsoft.Storage/storageAccounts',
      logSources: serviceIds(this.storageAccountId),
      signals: blobSignals(),
    };
  }

  private grant(grantee: IPrincipal, role: string): Grant {
    return Grant.once(this, { grantee, role, resourceId: this.storageAccountId });
  }
}

/**
 * A private, versioned storage account for tenants, each with a container and a retention of its own.
 *
 * Shared keys, anonymous access and the public endpoint are off, and so is every SAS but those that principals issue in their
 * own name. Tenants are data: `tenants`, or `addTenant()`. A tenant leaves in steps: `TenantState.SUSPENDED` takes roles away,
 * `RETAINED` also guards the container, `releasedTenants` has Terraform forget it, and `toRecoverySteps()` knows the rest.
 */
export class TenantStorageAccount extends TenantStorageAccountBase implements IRecoverable, IBackupSource {
  /**
   * Refers to an account that is defined elsewhere.
   *
   * @param scope Where the reference belongs.
   * @param id Its id there.
   * @param storageAccountId Azure resource id of the account; a literal, for its name is taken from it.
   * @param containerNaming How its containers are named, as in the props.
   */
  public static fromStorageAccountId(
    scope: Construct,
    id: string,
    storageAccountId: string,
    containerNaming: string = '{tenant}',
  ): ITenantStorageAccount {
    checkImport(scope, id, { storageAccountId, containerNaming }, { storageAccountId: aText, containerNaming: aText });
    class Import extends TenantStorageAccountBase {
      public readonly storageAccountId = storageAccountId;
      public readonly storageAccountName = storageAccountId.split('/').pop() ?? '';

      public tenantNamed(key: string): ITenantStorage {
        const containerName = containerNameFor(this, containerNaming, key);
        rejectIf(this, ...tenantProblems(key, containerName, {}, { replication: '', restoreDays: 0 }));
        const there = this.node.tryFindChild(tenantId(key)) as ITenantStorage | undefined;
        const { blobEndpoint } = this;
        return there ?? TenantStorage._existing({ account: this, storageAccountId, blobEndpoint, containerName }, key);
      }
    }
    const imported = new Import(scope, id);
    rejectIf(imported, existingAccountProblem(storageAccountId), ...namingProblems(containerNaming));
    return imported;
  }

  public readonly storageAccountId: string;
  public readonly storageAccountName: string;

  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: TenantStorageAccountResources;

  private readonly props: TenantStorageAccountProps;
  private readonly decided: Decisions;
  private readonly released: string[];

  constructor(scope: Construct, id: string, props: TenantStorageAccountProps = {}) {
    super(scope, id);
    checkKinds(this, props, TENANT_ACCOUNT_KINDS);
    const workload = Workload.of(this);
    const type = StorageAccount.tfResourceType;
    const recoveryDays = props.recoveryDays ?? workload.environment.profile.recoveryDays;
    this.props = props;
    this.released = props.releasedTenants ?? [];
    this.decided = {
      recoveryDays,
      restoreDays: props.restoreDays ?? recoveryDays - 1,
      replication: props.replication ?? replicationFor(this),
      sasHours: props.sasHours ?? 1,
      containerNaming: props.containerNaming ?? '{tenant}',
      guarded: isGuarded(this, props),
    };
    rejectIf(
      this,
      nameProblem(type, this, 'storageAccountName', props.storageAccountName),
      ...accountProblems(this, props, this.decided),
    );

    this.storageAccountName = props.storageAccountName ?? nameOf(type, this);
    const { allowedIpRules = [], ignoreChanges = [] } = props;
    const own = { name: this.storageAccountName, allowedIpRules, ignoreChanges };
    const account = defineBlobAccount(this, { ...this.decided, ...own }, props.encryptionKey);
    const { storageAccount, identity, encryptionRoleWait } = account;
    this.storageAccountId = storageAccount.id;
    const { guarded } = this.decided;
    this.resources = {
      storageAccount,
      identity: identity?.resources.identity,
      encryptionRoleWait,
      lifecyclePolicy: new StorageManagementPolicy(this, 'LifecyclePolicy', { storageAccountId: storageAccount.id }),
      privateEndpoint: definePrivateEndpoint(this, props.network, this.storageAccountId, PrivateLinkTarget.BLOB),
      defender: this.defineDefender(),
      roster: guarded ? defineRoster(this) : undefined,
      deleteLock: guarded ? defineDeleteLock(this, this.storageAccountId, 'Holds data of tenants.') : undefined,
    };

    Object.entries(props.tenants ?? {}).forEach(([key, options]) => this.defineTenant(key, options));
    this.released.forEach((key) => this.release(key));
    this.writeRules();
    countAccount(this, workload.location, props.storageAccountQuota);
    checkBlobAccounts(this);
    workload.announce(this, props);
  }

  /** The tenants, in the order in which they were added. */
  public get tenants(): TenantStorage[] {
    return this.node.children.filter((child): child is TenantStorage => child instanceof TenantStorage);
  }

  /**
   * Adds a tenant.
   *
   * @param key 1 to 63 lower-case letters, digits or single hyphens; a literal that never changes.
   * @param options What is known of the tenant.
   */
  public addTenant(key: string, options: TenantOptions = {}): TenantStorage {
    checkKinds(this, options, TENANT_KINDS);
    const tenant = this.defineTenant(key, options);
    this.writeRules();
    return tenant;
  }

  public tenantNamed(key: string): ITenantStorage {
    const there = this.tenants.find(({ tenantKey }) => tenantKey === key);
    if (!there) {
      const known = this.tenants.map(({ tenantKey }) => tenantKey).sort();
      throw new Error(
        `${this.node.path}: there is no tenant ${shown(key)}, only ${shown(known)}; add it with addTenant()`,
      );
    }
    return there;
  }

  public bindClient(client: IPrincipal): ConnectionConfig {
    const { settings } = super.bindClient(client);
    return { settings: { ...settings, SAS_MAX_HOURS: String(this.decided.sasHours) }, networks: this.networks() };
  }

  public toMonitoringTarget(): MonitoringTarget {
    return { ...super.toMonitoringTarget(), signals: blobSignals(this.props.capacityAlertGigabytes) };
  }

  public toRecoverySteps(): RecoveryStep[] {
    const { storageAccountName, decided, released, tenants } = this;
    const isolated = this.props.isolation === TenantIsolation.ACCOUNT;
    const leaving = leavingTenants(this, decided.containerNaming, isolated, tenants, released);
    return tenantRecovery({ scope: this, storageAccountName, ...decided, leaving });
  }

  public bindBackup(request: BackupRequest): BackupBinding {
    return tenantBackup(this, request);
  }

  private defineTenant(key: string, options: TenantOptions): TenantStorage {
    const { isolation, retention = {} } = this.props;
    const { containerNaming, guarded } = this.decided;
    const containerName = containerNameFor(this, containerNaming, key);
    rejectIf(
      this,
      ...tenantProblems(key, containerName, options, this.decided),
      ...takenProblems(
        key,
        this.props,
        this.tenants.map(({ tenantKey }) => tenantKey),
      ),
    );

    const { storageAccount, roster } = this.resources;
    const { storageAccountId, blobEndpoint } = this;
    const place = { account: this, storageAccountId, blobEndpoint, networks: this.networks(), containerName };
    const tenant = TenantStorage._define(place, key, { retention, ...options }, guarded);
    if (roster) {
      enroll(roster, key);
    }
    if (isolation === TenantIsolation.ACCOUNT) {
      storageAccount.tags = { ...storageAccount.tagsInput, tenant: key };
    }
    return tenant;
  }

  private networks(): IPrivateNetwork[] | undefined {
    const { allowedIpRules = [], network } = this.props;
    return networksFor(allowedIpRules.length > 0, network);
  }

  private release(key: string): void {
    releaseTenant(this, key);
    if (this.resources.roster) {
      enroll(this.resources.roster, key);
    }
  }

  /** An empty policy is one that Azure refuses. */
  private writeRules(): void {
    const { lifecyclePolicy } = this.resources;
    const rules = lifecycleRules(this.tenants);
    lifecyclePolicy.putRule(rules);
    lifecyclePolicy.count = rules.length > 0 ? undefined : 0;
  }

  private defineDefender(): SecurityCenterStorageDefender | undefined {
    if (this.props.defender === undefined) {
      return undefined;
    }
    const { malwareScanGigabytesPerMonth: cap = 5000, sensitiveDataDiscovery = true } = this.props.defender;
    return new SecurityCenterStorageDefender(this, 'Defender', {
      storageAccountId: this.storageAccountId,
      overrideSubscriptionSettingsEnabled: true,
      malwareScanningOnUploadEnabled: cap > 0,
      malwareScanningOnUploadCapGbPerMonth: cap > 0 ? cap : undefined,
      sensitiveDataDiscoveryEnabled: sensitiveDataDiscovery,
    });
  }
}
