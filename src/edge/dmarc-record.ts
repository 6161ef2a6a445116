import { isComputed, shown } from '../core/validation';

/**
 * What receivers do with e-mail that claims to come from a domain and proves it neither by SPF nor by DKIM.
 */
export enum DmarcPolicy {
  /** Deliver it as ever; reports still tell about it. */
  NONE = 'none',
  /** Deliver it as junk. */
  QUARANTINE = 'quarantine',
  /** Refuse it. */
  REJECT = 'reject',
}

/**
 * Properties for `DmarcRecord`; literals, because they become one text.
 */
export interface DmarcRecordProps {
  /** What receivers do with e-mail that does not prove where it comes from. */
  readonly policy: DmarcPolicy;

  /**
   * The same for domains below this one that have no record of their own.
   *
   * @default - as `policy`
   */
  readonly subdomainPolicy?: DmarcPolicy;

  /**
   * Percent of such e-mail that the policy is applied to, 0 to 100; the rest is treated one step more gently.
   *
   * @default 100
   */
  readonly percent?: number;

  /**
   * Addresses that receivers send a daily report to. Those of another domain get none, unless that domain has a record which allows
   * it, `<this domain>._report._dmarc`.
   *
   * @default - none
   */
  readonly reportsTo?: string[];

  /**
   * Whether the domain that proves it must be the same, not merely one below the same domain.
   *
   * @default false
   */
  readonly strictAlignment?: boolean;
}

/**
 * What receivers do with e-mail that only claims to come from a domain, as the text that they look up (DMARC).
 *
 * @see https://www.rfc-editor.org/rfc/rfc7489
 */
export class DmarcRecord {
  /**
   * A record that says what to do.
   *
   * Throws one error that lists every value that is wrong.
   */
  public static of(props: DmarcRecordProps): DmarcRecord {
    const problems = problemsOf(props);
    if (problems.length > 0) {
      throw new Error(`DMARC record: ${problems.join('; ')}`);
    }
    return new DmarcRecord(props);
  }

  /** A record for a domain that sends no e-mail: whatever claims to come from it is refused. */
  public static reject(): DmarcRecord {
    const { REJECT } = DmarcPolicy;
    return new DmarcRecord({ policy: REJECT, subdomainPolicy: REJECT, strictAlignment: true });
  }

  private constructor(private readonly props: DmarcRecordProps) {}

  /** The record, as a TXT record named `_dmarc` holds it. */
  public toText(): string {
    const { policy, subdomainPolicy, percent, reportsTo = [], strictAlignment } = this.props;
    return [
      'v=DMARC1',
      `p=${policy}`,
      ...(subdomainPolicy === undefined ? [] : [`sp=${subdomainPolicy}`]),
      ...(percent === undefined ? [] : [`pct=${percent}`]),
      ...(reportsTo.length === 0 ? [] : [`rua=${reportsTo.map((address) => `mailto:${address}`).join(',')}`]),
      ...(strictAlignment ? ['adkim=s', 'aspf=s'] : []),
    ].join('; ');
  }
}

function problemsOf({ percent, reportsTo = [] }: DmarcRecordProps): string[] {
  const literal = 'because they become one text at synthesis; got a value that Terraform has yet to compute';
  return [
    percent !== undefined &&
      (isComputed(percent)
        ? `'percent' must be a literal, ${literal}`
        : !(Number.isInteger(percent) && percent >= 0 && percent <= 100) &&
          `'percent' must be a whole number from 0 to 100, got ${shown(percent)}`),
    ...reportsTo.map((address) =>
      isComputed(address) || isComputed(reportsTo)
        ? `'reportsTo' must be literals, ${literal}`
        : !isAddress(address) && `'reportsTo' must be e-mail addresses without 'mailto:', got ${shown(address)}`,
    ),
  ].filter((problem) => problem !== false);
}

/** Commas, exclamation marks and semicolons end an address here. */
function isAddress(value: string): boolean {
  return /^[\w.+-]{1,64}@(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i.test(value);
}
