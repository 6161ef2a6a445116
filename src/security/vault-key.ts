import { DataAzurermKeyVaultKey } from '@cdktf/provider-azurerm/lib/data-azurerm-key-vault-key';
import { KeyVaultKey } from '@cdktf/provider-azurerm/lib/key-vault-key';
import { Offset } from '@cdktf/provider-time/lib/offset';
import { Sleep } from '@cdktf/provider-time/lib/sleep';
import { Construct } from 'constructs';
import { Grant } from '../access/grant';
import { EncryptionKeyReference, IEncryptionKey } from '../contracts/encryption';
import { IPrincipal } from '../contracts/principal';
import { plus } from '../core/arithmetic';
import { checkKinds, Kinds, oneOf } from '../core/kinds';
import { lifecycleOf } from '../core/protection';
import { ensureTimeProvider } from '../core/utility-providers';
import { isComputed, isWholeBetween } from '../core/validation';
import { OpenVault, rejectItem } from './vault-access';

/** Days before expiry at which Azure raises its event. */
const NOTICE_DAYS = 30;

/** Days that a version can still be used after the next one is there, so that everybody has time to move. */
const OVERLAP_DAYS = 90;

/**
 * What a key is made of, and where it is kept.
 */
export enum KeyKind {
  /** RSA, kept in software. */
  RSA = 'RSA',
  /** RSA, kept in hardware; takes a premium vault. */
  RSA_HSM = 'RSA-HSM',
  /** Elliptic curve, kept in software; signs, and does not encrypt. */
  EC = 'EC',
  /** Elliptic curve, kept in hardware; takes a premium vault; signs, and does not encrypt. */
  EC_HSM = 'EC-HSM',
}

/**
 * Curve of an elliptic-curve key.
 */
export enum KeyCurve {
  /** 256 bits. */
  P_256 = 'P-256',
  /** 256 bits, the curve of several blockchains. */
  P_256K = 'P-256K',
  /** 384 bits. */
  P_384 = 'P-384',
  /** 521 bits. */
  P_521 = 'P-521',
}

/**
 * What a key is for.
 */
export enum KeyUse {
  /** Encrypts, and wraps other keys: customer-managed keys of storage, databases, caches. */
  ENCRYPTION = 'encryption',
  /** Signs. */
  SIGNING = 'signing',
}

/** In the order that Azure keeps them. */
const OPERATIONS = {
  [KeyUse.ENCRYPTION]: ['decrypt', 'encrypt', 'unwrapKey', 'wrapKey'],
  [KeyUse.SIGNING]: ['sign', 'verify'],
};

/**
 * A key that never leaves its vault: the vault computes with it.
 */
export interface IVaultKey extends IEncryptionKey {
  /** Name of the key. */
  readonly keyName: string;
  /** Address without a version, which follows rotation; what customer-managed keys of storage and databases take. */
  readonly keyUri: string;
  /** Address of the newest version when Terraform plans, for services that take no other: an apply follows each rotation. */
  readonly keyVersionUri: string;

  /** Lets a principal compute with this key, and no other. */
  grantUse(grantee: IPrincipal): Grant;

  /** Lets the identity of a service wrap its own keys with this one, and no other: customer-managed keys. */
  grantEncrypt(grantee: IPrincipal): Grant;
}

/**
 * Options for `addKey()`.
 */
export interface KeyOptions {
  /**
   * What the key is made of; never change it: add a key of another name, and move to it.
   *
   * @default - RSA, in hardware if the vault is premium; say it before you change the SKU of a vault
   */
  readonly kind?: KeyKind;

  /**
   * Length of an RSA key in bits: 2048, 3072 or 4096; never change it: add a key of another name, and move to it.
   *
   * @default 3072
   */
  readonly sizeBits?: number;

  /**
   * Curve of an elliptic-curve key; never change it: add a key of another name, and move to it.
   *
   * @default KeyCurve.P_256
   */
  readonly curve?: KeyCurve;

  /**
   * What the key is for.
   *
   * @default - encryption with RSA, signing with elliptic curves
   */
  readonly use?: KeyUse;

  /**
   * Days after which Azure makes a new version by itself, 7 to 3650.
   *
   * @default 90
   */
  readonly rotationDays?: number;

  /**
   * Days after which a version expires, 37 to 36500 and at least 7 more than `rotationDays`.
   *
   * @default - 90 days after the rotation
   */
  readonly expiryDays?: number;
}

/**
 * The Terraform resources behind a `VaultKey`.
 */
export interface VaultKeyResources {
  /** The key itself. */
  readonly key: KeyVaultKey;
  /** The timestamp of the first expiry; later versions take theirs from the rotation policy. */
  readonly firstExpiry: Offset;
  /** The wait between the role of the deployer and the key, where the vault knows its deployer. */
  readonly roleWait?: Sleep;
}

/**
 * A key that Azure rotates, with an expiry and an event 30 days before it.
 *
 * Made by `addKey()` of `SecretVault`.
 */
export class VaultKey extends Construct implements IVaultKey {
  /** @internal */
  public static _define(vault: OpenVault, name: string, options: KeyOptions): VaultKey {
    return new VaultKey(vault, name, options);
  }

  public readonly keyName: string;
  public readonly keyUri: string;

  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: VaultKeyResources;

  private readonly vault: OpenVault;

  private constructor(vault: OpenVault, name: string, options: KeyOptions) {
    const { scope, hardware, guarded, vaultId } = vault.place;
    checkKinds(scope, options, KINDS);
    const kind = options.kind ?? (hardware ? KeyKind.RSA_HSM : KeyKind.RSA);
    const elliptic = isElliptic(kind);
    const use = options.use ?? (elliptic ? KeyUse.SIGNING : KeyUse.ENCRYPTION);
    const { sizeBits = 3072, curve = KeyCurve.P_256, rotationDays = 90 } = options;
    const expiryDays = options.expiryDays ?? plus(rotationDays, OVERLAP_DAYS);
    rejectItem(scope, 'Key', name, ...problemsOf(options, kind, use, hardware, rotationDays, expiryDays));

    super(scope, `Key-${name}`);
    this.vault = vault;
    const { dependsOn, roleWait } = vault.open('Key');
    ensureTimeProvider(this);
    const firstExpiry = new Offset(this, 'FirstExpiry', { offsetDays: expiryDays });
    const key = new KeyVaultKey(this, 'Resource', {
      name,
      keyVaultId: vaultId,
      keyType: kind,
      keySize: elliptic ? undefined : sizeBits,
      curve: elliptic ? curve : undefined,
      keyOpts: OPERATIONS[use],
      // of the first version; rotation moves it on, and taking it away would replace the key
      expirationDate: firstExpiry.rfc3339,
      rotationPolicy: {
        automatic: { timeAfterCreation: `P${rotationDays}D` },
        expireAfter: `P${expiryDays}D`,
        notifyBeforeExpiry: `P${NOTICE_DAYS}D`,
      },
      dependsOn,
      lifecycle: lifecycleOf(guarded, 'expiration_date'),
    });

    this.keyName = name;
    this.keyUri = key.versionlessId;
    this.resources = { key, firstExpiry, roleWait };
  }

  public get keyVersionUri(): string {
    const newest = this.node.tryFindChild('Newest') as DataAzurermKeyVaultKey | undefined;
    return (newest ?? this.defineNewest()).id;
  }

  public grantUse(grantee: IPrincipal): Grant {
    return this.grant(grantee, 'Key Vault Crypto User');
  }

  public bindEncrypter(service: IPrincipal): EncryptionKeyReference {
    this.grantEncrypt(service);
    const { keyUri } = this;
    const versionUri = () => this.keyVersionUri;
    return {
      keyUri,
      // what is looked up at each plan is so for services alone that need it
      get keyVersionUri() {
        return versionUri();
      },
    };
  }

  public grantEncrypt(grantee: IPrincipal): Grant {
    this.vault.place.keepKeys();
    // one that was deleted comes back as it was, instead of the new one
    this.resources.key.lifecycle = lifecycleOf(true, 'expiration_date');
    return this.grant(grantee, 'Key Vault Crypto Service Encryption User');
  }

  /** The resource keeps the version that it made: only a look at the vault knows of others. */
  private defineNewest(): DataAzurermKeyVaultKey {
    const { name, keyVaultId } = this.resources.key;
    return new DataAzurermKeyVaultKey(this, 'Newest', { name, keyVaultId });
  }

  private grant(grantee: IPrincipal, role: string): Grant {
    const resourceId = this.resources.key.resourceVersionlessId;
    return Grant.once(this.vault.place.scope, { grantee, role, resourceId, part: this.keyName });
  }
}

const KINDS: Kinds<KeyOptions> = { 'kind?': oneOf(KeyKind), 'curve?': oneOf(KeyCurve), 'use?': oneOf(KeyUse) };

function problemsOf(
  { sizeBits, curve }: KeyOptions,
  kind: KeyKind,
  use: KeyUse,
  hardware: boolean,
  rotationDays: number,
  expiryDays: number,
): Array<string | false> {
  const elliptic = isElliptic(kind);
  return [
    !hardware &&
      kind.endsWith('-HSM') &&
      `'kind' must not be ${kind} in a standard vault, which has no hardware for keys; make the vault premium with 'sku'`,
    elliptic && sizeBits !== undefined && `'sizeBits' must be left out for ${kind}, whose size is that of its 'curve'`,
    !elliptic && curve !== undefined && `'curve' must be left out for ${kind}, which has 'sizeBits' instead`,
    sizeBits !== undefined &&
      !isComputed(sizeBits) &&
      ![2048, 3072, 4096].includes(sizeBits) &&
      `'sizeBits' must be 2048, 3072 or 4096, got ${sizeBits}`,
    elliptic && use === KeyUse.ENCRYPTION && `'use' must be signing for ${kind}: elliptic curves do not encrypt`,
    !isWholeBetween(rotationDays, 7, 3650) &&
      `'rotationDays' must be a whole number from 7 to 3650, got ${rotationDays}`,
    !isWholeBetween(expiryDays, Math.max(37, rotationDays + 7), 36500) &&
      `'expiryDays' must be a whole number from 37 to 36500 and at least 7 more than 'rotationDays', got ${expiryDays}`,
  ];
}

function isElliptic(kind: KeyKind): boolean {
  return kind === KeyKind.EC || kind === KeyKind.EC_HSM;
}
