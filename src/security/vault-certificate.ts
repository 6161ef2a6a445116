import { KeyVaultCertificate } from '@cdktf/provider-azurerm/lib/key-vault-certificate';
import { Sleep } from '@cdktf/provider-time/lib/sleep';
import { Fn, Token } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { Grant } from '../access/grant';
import { IPrincipal } from '../contracts/principal';
import { ISecret, SecretReference } from '../contracts/secret';
import { smaller, times } from '../core/arithmetic';
import { anInstanceOf, checkKinds, Kinds, someTexts } from '../core/kinds';
import { addressOf } from '../core/protection';
import { hasForm, isComputed, isWholeBetween, shown } from '../core/validation';
import { CertificateIssuer } from './certificate-issuer';
import { OpenVault, rejectItem } from './vault-access';

const KINDS: Kinds<CertificateOptions> = {
  dnsNames: someTexts,
  'issuer?': anInstanceOf(CertificateIssuer, 'CertificateIssuer.SELF'),
};

/** Months of validity that are allowed at most, and what a certificate that signs itself has. */
const LONGEST_VALIDITY = 12;

/** Months of validity of what somebody else signs: 184 days at most, where public authorities stop at 200. */
const ISSUED_VALIDITY = 6;

/** Days that Azure counts a month of validity as when it checks the renewal. */
const DAYS_OF_A_MONTH = 27;

/**
 * Days before expiry at which Azure renews, at most. Key Vault warns 30 days before expiry: the warning comes when a renewal
 * has failed, and not with each one.
 */
const RENEWAL_DAYS = 45;

/** Days per month of validity at which a short-lived certificate is renewed: with 3 months before the warning still. */
const RENEWAL_SHARE = 12;

/** Object identifier of "may prove the identity of a server". */
const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1';

/**
 * A certificate and its private key in a vault.
 */
export interface IVaultCertificate extends IConstruct {
  /** Name of the certificate. */
  readonly certificateName: string;
  /** Address of certificate and private key as a secret, without a version, which follows renewal; what gateways take. */
  readonly secretUri: string;

  /** Lets a principal see this certificate, and no other, without its private key. */
  grantRead(grantee: IPrincipal): Grant;

  /** Lets a principal have this certificate with its private key, and no other secret. */
  grantReadPrivateKey(grantee: IPrincipal): Grant;
}

/**
 * Options for `addCertificate()`.
 */
export interface CertificateOptions {
  /** Names that the certificate is valid for, e.g. `api.example.com` or `*.example.com`; at least one. */
  readonly dnsNames: string[];

  /**
   * Who signs it.
   *
   * @default - itself: for traffic between programs of your own
   */
  readonly issuer?: CertificateIssuer;

  /**
   * Distinguished name of the owner, e.g. `CN=api.example.com`.
   *
   * @default - the first of the names
   */
  readonly subject?: string;

  /**
   * Months that the certificate is valid, 1 to 12.
   *
   * Public authorities issue for at most 200 days since 15 March 2026 (6 months), 100 days from 15 March 2027 (3 months) and
   * 47 days from 15 March 2029 (1 month).
   *
   * @default - 12 of a certificate that signs itself, 6 with any other issuer
   * @see https://cabforum.org/working-groups/server/baseline-requirements/
   */
  readonly validityMonths?: number;

  /**
   * Days before expiry at which Azure renews it, 1 to 27 for each month of validity.
   *
   * Key Vault warns 30 days before expiry. Where this is 30 or fewer the warning precedes each renewal, and not only one that has
   * failed: by default with 1 and 2 months of validity, and with 1 month always.
   *
   * @default - 45, and 12 for each month of validity where that is less
   * @see https://learn.microsoft.com/azure/key-vault/general/event-grid-overview
   */
  readonly renewalDays?: number;

  /**
   * Keeps the private key from being read at all; services that terminate TLS cannot use such a certificate.
   *
   * @default false
   */
  readonly privateKeyStaysInVault?: boolean;
}

/**
 * The Terraform resources behind a `VaultCertificate`.
 */
export interface VaultCertificateResources {
  /** The certificate itself. */
  readonly certificate: KeyVaultCertificate;
  /** The wait between the role of the deployer and the certificate, where the vault knows its deployer. */
  readonly roleWait?: Sleep;
}

/**
 * A certificate that Azure renews by itself, with a new private key each time.
 *
 * Made by `addCertificate()` of `SecretVault`.
 */
export class VaultCertificate extends Construct implements IVaultCertificate, ISecret {
  /** @internal */
  public static _define(vault: OpenVault, name: string, options: CertificateOptions): VaultCertificate {
    checkKinds(vault.place.scope, options, KINDS);
    return new VaultCertificate(vault, name, options);
  }

  public readonly certificateName: string;
  public readonly secretUri: string;

  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: VaultCertificateResources;

  private readonly vault: OpenVault;

  private constructor(vault: OpenVault, name: string, options: CertificateOptions) {
    const { dnsNames, issuer = CertificateIssuer.SELF } = options;
    const signsItself = issuer.name === CertificateIssuer.SELF.name;
    const validityMonths = options.validityMonths ?? (signsItself ? LONGEST_VALIDITY : ISSUED_VALIDITY);
    const renewalDays = options.renewalDays ?? smaller(RENEWAL_DAYS, times(RENEWAL_SHARE, validityMonths));
    const { scope, vaultId, vaultUri } = vault.place;
    rejectItem(scope, 'Certificate', name, ...problemsOf(options, validityMonths, renewalDays));

    super(scope, `Certificate-${name}`);
    this.vault = vault;
    const { dependsOn, roleWait } = vault.open('Certificate');
    const certificate = new KeyVaultCertificate(this, 'Resource', {
      name,
      keyVaultId: vaultId,
      certificatePolicy: {
        issuerParameters: { name: issuer.name },
        keyProperties: {
          keyType: 'RSA',
          keySize: 2048,
          exportable: !(options.privateKeyStaysInVault ?? false),
          reuseKey: false,
        },
        lifetimeAction: [{ action: { actionType: 'AutoRenew' }, trigger: { daysBeforeExpiry: renewalDays } }],
        secretProperties: { contentType: 'application/x-pkcs12' },
        x509CertificateProperties: {
          subject: options.subject ?? `CN=${firstOf(dnsNames)}`,
          subjectAlternativeNames: { dnsNames },
          validityInMonths: validityMonths,
          extendedKeyUsage: [SERVER_AUTHENTICATION],
          keyUsage: ['digitalSignature', 'keyEncipherment'],
        },
      },
      dependsOn,
    });

    this.certificateName = name;
    this.secretUri = `${vaultUri}secrets/${name}`;
    this.resources = { certificate, roleWait };
  }

  public bindReader(reader: IPrincipal): SecretReference {
    this.grantReadPrivateKey(reader);
    return { secretUri: this.secretUri, networks: this.vault.place.networks };
  }

  public grantRead(grantee: IPrincipal): Grant {
    const resourceId = this.resources.certificate.resourceManagerVersionlessId;
    return this.grant(grantee, 'Key Vault Certificate User', resourceId);
  }

  /** Azure keeps the private key in a secret of the same name, and looks there for the role. */
  public grantReadPrivateKey(grantee: IPrincipal): Grant {
    const grant = this.grant(
      grantee,
      'Key Vault Secrets User',
      `${this.vault.place.vaultId}/secrets/${this.certificateName}`,
    );
    grant.resources.roleAssignment.dependsOn = [addressOf(this.resources.certificate)];
    return grant;
  }

  private grant(grantee: IPrincipal, role: string, resourceId: string): Grant {
    return Grant.once(this.vault.place.scope, { grantee, role, resourceId, part: this.certificateName });
  }
}

/** Of a list that Terraform has yet to compute only Terraform knows the first element. */
function firstOf(list: string[]): string {
  return Token.isUnresolved(list) ? Token.asString(Fn.element(list, 0)) : list[0];
}

function problemsOf(options: CertificateOptions, validityMonths: number, renewalDays: number): Array<string | false> {
  const { dnsNames, subject } = options;
  const known = !isComputed(validityMonths) && isWholeBetween(validityMonths, 1, LONGEST_VALIDITY);
  const longest = DAYS_OF_A_MONTH * (known ? validityMonths : LONGEST_VALIDITY);
  return [
    dnsNames.length === 0 && "'dnsNames' must have at least one name",
    ...dnsNames.map(
      (name) =>
        !hasForm(name, /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/) &&
        `'dnsNames' must be lower-case host names such as "api.example.com" or "*.example.com", got ${shown(name)}`,
    ),
    subject !== undefined &&
      !hasForm(subject, /^[A-Z]+=.+$/i) &&
      `'subject' must be a distinguished name such as "CN=api.example.com", got ${shown(subject)}`,
    !isWholeBetween(validityMonths, 1, LONGEST_VALIDITY) &&
      `'validityMonths' must be a whole number from 1 to ${LONGEST_VALIDITY}, got ${validityMonths}`,
    !isWholeBetween(renewalDays, 1, longest) &&
      `'renewalDays' must be a whole number from 1 to ${longest}, 27 for each month of validity, got ${renewalDays}`,
  ];
}
