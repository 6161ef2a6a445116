import { DelegationKeys } from './delegation-key';
import { SasAccount, accountAt } from './sas-account';
import { BlobSasOptions, IssuedSas, PrefixSasOptions, SasIssuerOptions, SasOptions } from './sas-options';
import { blobProblems, issuerProblems, prefixProblems } from './sas-problems';
import { sign, Signed } from './signature';

/** Clocks differ: a signature begins so many minutes ago. */
const SKEW_MINUTES = 5;

const MINUTE = 60_000;
const SECOND = 1000;

/**
 * Gives out addresses that let somebody without an identity of yours at one blob, or at what is below one prefix.
 *
 * Signed by an identity (user delegation), and not with a key of the account; over TLS only, from few addresses, for a limited time.
 * Whatever is wider is refused, with one error that lists every problem. Keep one issuer per account: it reuses its key for an hour.
 *
 * Whatever leaks is called back with `az storage account revoke-delegation-keys`, step `RevokeLinks` of the account: all signatures of
 * all identities end. An issuer is not told, and goes on with its dead key for up to an hour; a new issuer, e.g. after a restart, signs
 * links that work at once.
 */
export class SasIssuer {
  private readonly account: SasAccount;
  private readonly keys: DelegationKeys;

  /**
   * @param options The account, and who signs.
   */
  constructor(private readonly options: SasIssuerOptions) {
    refuseIf('SasIssuer', issuerProblems(options));
    this.account = accountAt(options.accountUrl)!;
    this.keys = new DelegationKeys(this.account.url, options.credential, options.maxMinutes);
  }

  /** Signs for one blob, which need not be there yet. */
  public async forBlob(options: BlobSasOptions): Promise<IssuedSas> {
    const { container, blob } = options;
    refuseIf(`${container}/${blob}`, blobProblems(blob, options, this.options.maxMinutes));
    return this.issue(options, blob);
  }

  /** Signs for a directory and all that is below it; takes an account with a hierarchical namespace. */
  public async forPrefix(options: PrefixSasOptions): Promise<IssuedSas> {
    const { container, prefix } = options;
    const { maxMinutes, hierarchicalNamespace = false } = this.options;
    refuseIf(`${container}/${prefix}`, prefixProblems(prefix, options, maxMinutes, hierarchicalNamespace));
    return this.issue(options, prefix, prefix.split('/').length);
  }

  private async issue(options: SasOptions, path: string, depth?: number): Promise<IssuedSas> {
    const { container, permissions, addresses, correlationId } = options;
    const { startsAt, expiresAt } = this.timesFor(options.minutes);
    const { from, to = from } = addresses;
    const signed: Signed = {
      account: this.account.name,
      container,
      path,
      depth,
      permissions,
      startsAt,
      expiresAt,
      addresses: from === to ? from : `${from}-${to}`,
      correlationId,
    };
    const query = sign(signed, await this.keys.keyFor(startsAt, expiresAt)).toString();
    const encoded = path.split('/').map(encodeURIComponent).join('/');
    return { url: `${this.account.url}/${container}/${encoded}?${query}`, query, startsAt, expiresAt };
  }

  /** The policy of the account counts from the beginning, so that at the maximum the end comes sooner. */
  private timesFor(minutes: number): { startsAt: Date; expiresAt: Date } {
    const now = Math.floor((this.options.now?.() ?? new Date()).getTime() / SECOND) * SECOND;
    const { maxMinutes } = this.options;
    // half of a short time is left at least
    const starts = now - Math.min(SKEW_MINUTES, Math.floor(maxMinutes / 2)) * MINUTE;
    const expires = Math.min(now + minutes * MINUTE, starts + maxMinutes * MINUTE);
    return { startsAt: new Date(starts), expiresAt: new Date(expires) };
  }
}

function refuseIf(subject: string, problems: string[]): void {
  if (problems.length > 0) {
    throw new Error(`${subject}: ${problems.join('; ')}`);
  }
}
