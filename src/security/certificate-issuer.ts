/**
 * Who signs the certificates of a vault.
 */
export class CertificateIssuer {
  /** Nobody but the certificate itself: for traffic between programs of your own. */
  public static readonly SELF = new CertificateIssuer('Self');

  /**
   * An authority, such as DigiCert or GlobalSign, that somebody set up in the vault.
   *
   * Setting one up takes the credentials of an account there, which Terraform would keep in its state: do it by hand.
   *
   * @param name Name that it was given in the vault.
   * @see https://learn.microsoft.com/azure/key-vault/certificates/how-to-integrate-certificate-authority
   */
  public static named(name: string): CertificateIssuer {
    return new CertificateIssuer(name);
  }

  private constructor(
    /** Name in the vault. */
    public readonly name: string,
  ) {}
}
