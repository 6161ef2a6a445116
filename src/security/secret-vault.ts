import { DataAzurermClientConfig } from '@cdktf/provider-azurerm/lib/data-azurerm-client-config';
import { EventgridSystemTopic } from '@cdktf/provider-azurerm/lib/eventgrid-system-topic';
import { KeyVault } from '@cdktf/provider-azurerm/lib/key-vault';
import { ManagementLock } from '@cdktf/provider-azurerm/lib/management-lock';
import { MonitorDiagnosticSetting } from '@cdktf/provider-azurerm/lib/monitor-diagnostic-setting';
import { PrivateEndpoint as AzurePrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint';
import { Construct } from 'constructs';
import { Grant } from '../access/grant';
import { ConnectionConfig, IConnectionTarget } from '../contracts/connection';
import { IMonitored, MonitoringTarget } from '../contracts/monitoring';
import { IPrivateNetwork } from '../contracts/network';
import { IPrincipal } from '../contracts/principal';
import { IRecoverable, RecoveryStep } from '../contracts/recovery';
import { aText, checkImport, checkKinds } from '../core/kinds';
import { nameOf, nameProblem } from '../core/naming';
import { defineDeleteLock, ignoreProblems, isGuarded, lifecycleOf } from '../core/protection';
import { rejectIf } from '../core/validation';
import { Workload } from '../core/workload';
import { definePrivateEndpoint } from '../network/define-private-endpoint';
import { PrivateLinkTarget } from '../network/private-link-target';
import { networksFor } from '../network/reach';
import { SecretVaultProps, VaultSku } from './secret-vault-props';
import { OpenVault } from './vault-access';
import { CertificateOptions, VaultCertificate } from './vault-certificate';
import { KeyOptions, VaultKey } from './vault-key';
import { VAULT_KINDS } from './vault-kinds';
import { defineAuditLog, defineEventTopic } from './vault-logs';
import { vaultRecovery } from './vault-recovery';
import {
  firewallFor,
  protectFromPurge,
  SKU_OF_TIER,
  vaultIdProblem,
  vaultNameIn,
  vaultProblems,
  vaultUriOf,
} from './vault-rules';
import { GeneratedSecretOptions, IVaultSecret, ProvidedSecretOptions, VaultSecret } from './vault-secret';
import { vaultSignals } from './vault-signals';

/** Can be said once and never changed, so it is the longest everywhere. */
const SOFT_DELETE_DAYS = 90;

/**
 * A vault for secrets, keys and certificates.
 */
export interface ISecretVault extends IConnectionTarget, IMonitored {
  /** Azure resource id of the vault. */
  readonly vaultId: string;
  /** Name of the vault. */
  readonly vaultName: string;
  /** Address of the vault, `https://<name>.vault.azure.net/`. */
  readonly vaultUri: string;

  /**
   * A secret of this vault, also one that somebody else puts there: for references, and for access to nothing but it.
   *
   * @param name Its name, a literal.
   */
  secretNamed(name: string): IVaultSecret;

  /** Lets a principal read all secrets; `secretNamed()` gives single ones. */
  grantReadSecrets(grantee: IPrincipal): Grant;

  /** Lets a principal read, write and delete all secrets. */
  grantManageSecrets(grantee: IPrincipal): Grant;

  /** Lets a principal compute with all keys: encrypt, decrypt, wrap, sign. */
  grantUseKeys(grantee: IPrincipal): Grant;

  /** Lets the identity of a service wrap its own keys with all keys: customer-managed keys. */
  grantEncryptWithKeys(grantee: IPrincipal): Grant;
}

/**
 * The Terraform resources behind a `SecretVault`; those of its items are with the items.
 */
export interface SecretVaultResources {
  /** The vault itself. */
  readonly vault: KeyVault;
  /** The endpoint in the network, if there is one. */
  readonly privateEndpoint?: AzurePrivateEndpoint;
  /** The route of the audit log, if the vault has one of its own. */
  readonly auditLog?: MonitorDiagnosticSetting;
  /** The topic of events about what expires, unless it is switched off. */
  readonly eventTopic?: EventgridSystemTopic;
  /** What Terraform is signed in as, unless the directory was given. */
  readonly clientConfig?: DataAzurermClientConfig;
  /** The delete lock, where the vault is guarded. */
  readonly deleteLock?: ManagementLock;
}

abstract class SecretVaultBase extends Construct implements ISecretVault {
  public abstract readonly vaultId: string;
  public abstract readonly vaultName: string;
  public abstract readonly vaultUri: string;
  /** @internal */
  protected _networks?: IPrivateNetwork[];

  public secretNamed(name: string): IVaultSecret {
    const { vaultId, vaultUri } = this;
    return VaultSecret._named({ scope: this, vaultId, vaultUri, networks: this._networks }, name);
  }

  public grantReadSecrets(grantee: IPrincipal): Grant {
    return this.grant(grantee, 'Key Vault Secrets User');
  }

  public grantManageSecrets(grantee: IPrincipal): Grant {
    return this.grant(grantee, 'Key Vault Secrets Officer');
  }

  public grantUseKeys(grantee: IPrincipal): Grant {
    return this.grant(grantee, 'Key Vault Crypto User');
  }

  public grantEncryptWithKeys(grantee: IPrincipal): Grant {
    return this.grant(grantee, 'Key Vault Crypto Service Encryption User');
  }

  public bindClient(client: IPrincipal): ConnectionConfig {
    this.grantReadSecrets(client);
    return { settings: { VAULT_URI: this.vaultUri }, networks: this._networks };
  }

  public toMonitoringTarget(): MonitoringTarget {
    return {
      resourceId: this.vaultId,
      metricNamespace: 'Microsoft.KeyVault/vaults',
      logSources: { Vault: this.vaultId },
      signals: vaultSignals(this.vaultId),
    };
  }

  private grant(grantee: IPrincipal, role: string): Grant {
    return Grant.once(this, { grantee, role, resourceId: this.vaultId });
  }
}

/**
 * A private vault for secrets, keys and certificates, with access by role and every access in the audit log.
 *
 * By default Terraform writes nothing into it: whoever knows a secret puts it there, and apps refer to it by `secretNamed()`.
 * The `add…()` methods are the explicit choice to let Terraform write. It then needs a way in, because no control plane
 * exists for items: say `runnerInNetwork`, or name its addresses in `allowedIpRules`; and a role, which `deployer` gives and
 * waits for. Roles take minutes to arrive at times: an apply that ends with 403 is run again. Public cloud only.
 */
export class SecretVault extends SecretVaultBase implements IRecoverable {
  /** Refers to a vault that is defined elsewhere, by its Azure resource id. */
  public static fromVaultId(scope: Construct, id: string, vaultId: string): ISecretVault {
    checkImport(scope, id, { vaultId }, { vaultId: aText });
    class Import extends SecretVaultBase {
      public readonly vaultId = vaultId;
      public readonly vaultName = vaultNameIn(vaultId);
      public readonly vaultUri = vaultUriOf(this.vaultName);
    }
    const imported = new Import(scope, id);
    rejectIf(imported, vaultIdProblem(vaultId));
    return imported;
  }

  public readonly vaultId: string;
  public readonly vaultName: string;
  public readonly vaultUri: string;

  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: SecretVaultResources;

  private readonly open: OpenVault;

  constructor(scope: Construct, id: string, props: SecretVaultProps = {}) {
    super(scope, id);
    checkKinds(this, props, VAULT_KINDS);
    const workload = Workload.of(this);
    const { profile } = workload.environment;
    const sku = props.sku ?? SKU_OF_TIER[profile.tier];
    const guarded = isGuarded(this, props);
    rejectIf(
      this,
      nameProblem(KeyVault.tfResourceType, this, 'vaultName', props.vaultName),
      ...vaultProblems(props),
      ...ignoreProblems(props),
    );

    const clientConfig = props.tenantId === undefined ? new DataAzurermClientConfig(this, 'ClientConfig') : undefined;
    this.vaultName = props.vaultName ?? nameOf(KeyVault.tfResourceType, this);
    const vault = new KeyVault(this, 'Resource', {
      name: this.vaultName,
      resourceGroupName: workload.resourceGroupName,
      location: workload.location,
      tenantId: props.tenantId ?? clientConfig?.tenantId ?? '',
      skuName: sku,
      rbacAuthorizationEnabled: true,
      purgeProtectionEnabled: props.purgeProtection ?? profile.purgeProtected,
      softDeleteRetentionDays: SOFT_DELETE_DAYS,
      enabledForDeployment: false,
      enabledForDiskEncryption: false,
      enabledForTemplateDeployment: false,
      ...firewallFor(props.allowedIpRules),
      lifecycle: lifecycleOf(guarded, ...(props.ignoreChanges ?? [])),
    });
    this.vaultId = vault.id;
    // made from the name, so that references are there before the vault is
    this.vaultUri = vaultUriOf(this.vaultName);

    const privateEndpoint = definePrivateEndpoint(this, props.network, this.vaultId, PrivateLinkTarget.VAULT);
    this.resources = {
      vault,
      privateEndpoint,
      clientConfig,
      auditLog: defineAuditLog(this, this.vaultId, props.auditWorkspaceId),
      eventTopic: (props.nearExpiryEvents ?? true) ? defineEventTopic(this, this.vaultId) : undefined,
      deleteLock: guarded ? defineDeleteLock(this, this.vaultId, 'Holds secrets and keys.') : undefined,
    };
    this._networks = networksFor((props.allowedIpRules ?? []).length > 0, props.network);
    this.open = new OpenVault({
      scope: this,
      vaultId: this.vaultId,
      vaultUri: this.vaultUri,
      networks: this._networks,
      hardware: sku === VaultSku.PREMIUM,
      guarded,
      reachable: (props.runnerInNetwork ?? false) || (props.allowedIpRules ?? []).length > 0,
      deployer: props.deployer,
      endpoint: privateEndpoint,
      keepKeys: () => protectFromPurge(this, vault, props.purgeProtection),
    });
    workload.announce(this, props);
  }

  /**
   * Adds a secret whose value is made while Terraform runs, and rotated.
   *
   * @param name 1 to 127 letters, digits or hyphens; a literal.
   * @param options How it is made, and how long it lives.
   */
  public addGeneratedSecret(name: string, options: GeneratedSecretOptions = {}): VaultSecret {
    return VaultSecret._generated(this.open, name, options);
  }

  /**
   * Adds a secret with a value that Terraform is handed while it runs.
   *
   * Another value is written at the next rotation only; sooner with a higher `version` and a later `expiresOn`, or by the recovery
   * step `RenewSecret-<name>`.
   *
   * @param name 1 to 127 letters, digits or hyphens; a literal.
   * @param options The value, and how long it lives.
   */
  public addSecret(name: string, options: ProvidedSecretOptions): VaultSecret {
    return VaultSecret._provided(this.open, name, options);
  }

  /**
   * Adds a key, rotated by Azure.
   *
   * @param name 1 to 127 letters, digits or hyphens; a literal.
   * @param options What it is made of, and how long it lives.
   */
  public addKey(name: string, options: KeyOptions = {}): VaultKey {
    return VaultKey._define(this.open, name, options);
  }

  /**
   * Adds a certificate, renewed by Azure.
   *
   * @param name 1 to 127 letters, digits or hyphens; a literal.
   * @param options What it is for, and who signs it.
   */
  public addCertificate(name: string, options: CertificateOptions): VaultCertificate {
    return VaultCertificate._define(this.open, name, options);
  }

  public override grantEncryptWithKeys(grantee: IPrincipal): Grant {
    this.open.place.keepKeys();
    return super.grantEncryptWithKeys(grantee);
  }

  public toMonitoringTarget(): MonitoringTarget {
    const target = super.toMonitoringTarget();
    return this.resources.auditLog ? { ...target, logSources: {} } : target;
  }

  public toRecoverySteps(): RecoveryStep[] {
    return vaultRecovery(this, this.vaultName, Workload.of(this).location, this.resources.deleteLock !== undefined);
  }
}
