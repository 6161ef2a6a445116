import { KeyVaultSecret } from '@cdktf/provider-azurerm/lib/key-vault-secret';
import { Sleep } from '@cdktf/provider-time/lib/sleep';
import { Lazy } from 'cdktf';
import { Construct } from 'constructs';
import { Grant } from '../access/grant';
import { IGeneratedSecret, WriteOnlyValue } from '../contracts/generated-secret';
import { Owner } from '../contracts/ownership';
import { IPrincipal } from '../contracts/principal';
import { ISecret, SecretReference } from '../contracts/secret';
import { EphemeralPassword, EphemeralPasswordProps } from '../core/ephemeral-password';
import { EphemeralResource, EphemeralValue } from '../core/ephemeral-resource';
import { anInstanceOf, checkKinds, Kinds } from '../core/kinds';
import { passwordProblems } from '../core/password-problems';
import { lifecycleOf } from '../core/protection';
import { rejectIf } from '../core/validation';
import { lifetimeOf, lifetimeProblems } from './secret-lifetime';
import { SecretLifetimeOptions, SecretLifetimeResources } from './secret-lifetime-options';
import { itemNameProblem, OpenVault, rejectItem, VaultPlace } from './vault-access';

const KINDS: Kinds<ProvidedSecretOptions> = {
  value: anInstanceOf(EphemeralValue, 'the value of an EphemeralVariable'),
};

/** What somebody who rotates a secret changes beside its value. */
const CHANGED_BY_ROTATION = ['expiration_date', 'tags', 'value_wo_version'];

/**
 * A secret in a vault: where it is, and who may have it; never what it is.
 */
export interface IVaultSecret extends ISecret {
  /** Name of the secret. */
  readonly secretName: string;
  /** Address without a version, `https://<vault>.vault.azure.net/secrets/<name>`, so that rotation is followed. */
  readonly secretUri: string;
  /** Reference that App Service and Functions replace by the value, under their own identity. */
  readonly reference: string;

  /** Lets a principal read this secret, and no other. */
  grantRead(grantee: IPrincipal): Grant;

  /** Lets a principal read, write and delete this secret, and no other: for programs that rotate it. */
  grantManage(grantee: IPrincipal): Grant;
}

/**
 * What every secret that Terraform writes is given.
 */
export interface SecretOptions extends SecretLifetimeOptions {
  /**
   * What the value is, for whoever reads it; a media type or a word of your own.
   *
   * @default 'text/plain'
   */
  readonly contentType?: string;
}

/**
 * Options for `addGeneratedSecret()`.
 */
export interface GeneratedSecretOptions extends SecretOptions, EphemeralPasswordProps {}

/**
 * Options for `addSecret()`.
 */
export interface ProvidedSecretOptions extends SecretOptions {
  /**
   * The value, which exists while Terraform runs and is never written down, e.g. that of an `EphemeralVariable`.
   *
   * Never compared with what is in the vault: each rotation writes the value of that run, also an unchanged one, which expires
   * later then. Another value is written at the next rotation only; sooner by the recovery step `RenewSecret-<name>`, or with
   * `version` and `expiresOn`, which write it when `version` is raised and take the place of rotation.
   */
  readonly value: EphemeralValue;
}

/**
 * The Terraform resources behind a `VaultSecret`.
 */
export interface VaultSecretResources extends SecretLifetimeResources {
  /** The secret itself. */
  readonly secret: KeyVaultSecret;
  /** The generated value, of a secret that is generated. */
  readonly password?: EphemeralPassword;
  /** The wait between the role of the deployer and the secret, where the vault knows its deployer. */
  readonly roleWait?: Sleep;
}

/** Secrets of own and other vaults share what can be done with them. */
abstract class VaultSecretBase extends Construct implements IVaultSecret {
  public readonly secretName: string;
  public readonly secretUri: string;
  public readonly reference: string;

  constructor(
    private readonly place: VaultPlace,
    id: string,
    secretName: string,
  ) {
    super(place.scope, id);
    this.secretName = secretName;
    this.secretUri = `${place.vaultUri}secrets/${secretName}`;
    this.reference = `@Microsoft.KeyVault(SecretUri=${this.secretUri})`;
  }

  public bindReader(reader: IPrincipal): SecretReference {
    this.grantRead(reader);
    return { secretUri: this.secretUri, networks: this.place.networks };
  }

  public grantRead(grantee: IPrincipal): Grant {
    return this.grant(grantee, 'Key Vault Secrets User');
  }

  public grantManage(grantee: IPrincipal): Grant {
    return this.grant(grantee, 'Key Vault Secrets Officer');
  }

  /** Azure resource id of the secret.
   * @internal */
  public abstract _scopeId(): string;

  /** Given by the vault, so that a secret and a reference to it never give one role twice. */
  private grant(grantee: IPrincipal, role: string): Grant {
    return Grant.once(this.place.scope, { grantee, role, resourceId: this._scopeId(), part: this.secretName });
  }
}

/** A secret that somebody else writes. */
class ForeignSecret extends VaultSecretBase {
  constructor(
    private readonly vault: VaultPlace,
    id: string,
    name: string,
  ) {
    super(vault, id, name);
  }

  /** Of the secret that Terraform writes after all, if it does: whichever was asked for first, the role comes second. */
  public _scopeId(): string {
    const { scope, vaultId } = this.vault;
    return Lazy.stringValue({
      produce: () => {
        const own = scope.node.tryFindChild(`Secret-${this.secretName}`) as VaultSecret | undefined;
        return own?._scopeId() ?? `${vaultId}/secrets/${this.secretName}`;
      },
    });
  }
}

/**
 * A secret that Terraform writes into a vault without ever knowing it afterwards: neither plan nor state hold its value.
 *
 * Made by `addGeneratedSecret()` and `addSecret()` of `SecretVault`.
 */
export class VaultSecret extends VaultSecretBase implements IGeneratedSecret {
  /** The secret of a name: the one that Terraform writes, or else a reference to one that is none of its business.
   * @internal */
  public static _named(place: VaultPlace, name: string): IVaultSecret {
    rejectIf(place.scope, itemNameProblem(name));
    const { node } = place.scope;
    const there = node.tryFindChild(`Secret-${name}`) ?? node.tryFindChild(`SecretNamed-${name}`);
    return (there as IVaultSecret | undefined) ?? new ForeignSecret(place, `SecretNamed-${name}`, name);
  }

  /** @internal */
  public static _generated(vault: OpenVault, name: string, options: GeneratedSecretOptions): VaultSecret {
    return new VaultSecret(vault, name, options);
  }

  /** @internal */
  public static _provided(vault: OpenVault, name: string, options: ProvidedSecretOptions): VaultSecret {
    checkKinds(vault.place.scope, options, KINDS);
    return new VaultSecret(vault, name, options, options.value);
  }

  /** Number that changes whenever Terraform writes a new value; the `…_wo_version` of arguments that take `readBack()`. */
  public readonly valueVersion: number;

  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: VaultSecretResources;

  private constructor(vault: OpenVault, name: string, options: GeneratedSecretOptions, value?: EphemeralValue) {
    const generated = value ? [] : passwordProblems(options);
    rejectItem(vault.place.scope, 'Secret', name, ...lifetimeProblems(options), ...generated);
    super(vault.place, `Secret-${name}`, name);

    const { dependsOn, roleWait } = vault.open('Secret');
    const { length, symbols, contentType = 'text/plain' } = options;
    const password = value ? undefined : new EphemeralPassword(this, 'Password', { length, symbols });
    const lifetime = lifetimeOf(this, options);
    const rotatedElsewhere = options.valueManagedBy === Owner.PIPELINE;

    const secret = new KeyVaultSecret(this, 'Resource', {
      name,
      keyVaultId: vault.place.vaultId,
      valueWo: (value ?? password?.value)?.reference,
      valueWoVersion: lifetime.version,
      contentType,
      expirationDate: lifetime.expirationDate,
      dependsOn,
      lifecycle: lifecycleOf(false, ...(rotatedElsewhere ? CHANGED_BY_ROTATION : [])),
    });

    this.valueVersion = secret.valueWoVersion;
    this.resources = { secret, password, roleWait, ...lifetime.resources };
  }

  public bindWriteOnly(): WriteOnlyValue {
    return { reference: this.readBack().reference, version: this.valueVersion };
  }

  /**
   * The value as it is in the vault, for write-only arguments of other resources.
   *
   * Whatever must agree with the vault takes it from here and not from where it was made: a generated value is another one in
   * each run. Give such an argument `valueVersion` as its version.
   */
  public readBack(): EphemeralValue {
    const { secret } = this.resources;
    const there = this.node.tryFindChild('ReadBack') as EphemeralResource | undefined;
    const readBack =
      there ??
      new EphemeralResource(this, 'ReadBack', {
        type: 'azurerm_key_vault_secret',
        // unknown until the secret is written, which keeps Terraform from reading too early, while it plans
        attributes: { name: secret.name, key_vault_id: secret.keyVaultId, version: secret.version },
      });
    return readBack.valueOf('value');
  }

  /** @internal */
  public _scopeId(): string {
    return this.resources.secret.resourceVersionlessId;
  }
}
