import { isIPv4, isIPv6 } from 'net';
import { isComputed, shown } from '../core/validation';

/** Lookups that a receiver makes before it gives up, and with it on the record. */
const MOST_LOOKUPS = 10;

/** Characters that still fit into one answer of the domain name system beside the name and other texts. */
const MOST_CHARACTERS = 450;

/**
 * What receivers do with e-mail from a server that the record does not name.
 */
export enum SpfPolicy {
  /** Refuse it. */
  FAIL = '-all',
  /** Take it, and look at it twice. */
  SOFT_FAIL = '~all',
  /** As they like. */
  NEUTRAL = '?all',
}

/**
 * Properties for `SpfRecord`; literals, because they are counted at synthesis.
 */
export interface SpfRecordProps {
  /**
   * Domains whose own SPF record holds for this one as well, e.g. `spf.protection.outlook.com`; each costs a lookup.
   *
   * @default - none
   */
  readonly includes?: string[];

  /**
   * Addresses or networks that send, IPv4 or IPv6, e.g. `203.0.113.7` and `2001:db8::/32`; they cost no lookup.
   *
   * @default - none
   */
  readonly addresses?: string[];

  /**
   * Whether the servers that receive e-mail for the domain send for it too; costs a lookup.
   *
   * @default false
   */
  readonly mailExchangers?: boolean;

  /**
   * What receivers do with e-mail from anywhere else.
   *
   * @default SpfPolicy.FAIL
   */
  readonly policy?: SpfPolicy;
}

/**
 * Who may send e-mail for a domain, as the text that receivers look up (SPF).
 *
 * A domain has one such record or none that counts: whoever sends for it has to be in the same one.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7208
 */
export class SpfRecord {
  /**
   * A record that names who sends.
   *
   * Throws one error that lists every value that is wrong, and whatever makes the record as a whole one that receivers ignore.
   */
  public static of(props: SpfRecordProps): SpfRecord {
    const record = new SpfRecord(props);
    const problems = problemsOf(props, record.toText());
    if (problems.length > 0) {
      throw new Error(`SPF record: ${problems.join('; ')}`);
    }
    return record;
  }

  /** A record for a domain that sends no e-mail. */
  public static none(): SpfRecord {
    return new SpfRecord({});
  }

  private constructor(private readonly props: SpfRecordProps) {}

  /** The record, as a TXT record holds it. */
  public toText(): string {
    const { includes = [], addresses = [], mailExchangers = false, policy = SpfPolicy.FAIL } = this.props;
    return [
      'v=spf1',
      ...(mailExchangers ? ['mx'] : []),
      ...addresses.map((address) => `${address.includes(':') ? 'ip6' : 'ip4'}:${address}`),
      ...includes.map((domain) => `include:${domain}`),
      policy,
    ].join(' ');
  }

  /**
   * Whether a domain's senders are among those of the record.
   *
   * @internal
   */
  public _includes(domain: string): boolean {
    return (this.props.includes ?? []).includes(domain);
  }
}

function problemsOf({ includes = [], addresses = [], mailExchangers }: SpfRecordProps, text: string): string[] {
  const lookups = includes.length + (mailExchangers ? 1 : 0);
  return [
    ...listProblems('includes', includes, isDomain, 'domains in lower case'),
    ...listProblems('addresses', addresses, isAddress, 'addresses or networks, IPv4 or IPv6'),
    lookups > MOST_LOOKUPS &&
      `at most ${MOST_LOOKUPS} lookups may be needed, of which 'includes' and 'mailExchangers' are one each, got ${lookups}; receivers ignore a record that needs more`,
    text.length > MOST_CHARACTERS &&
      `the record must have at most ${MOST_CHARACTERS} characters, which fit into one answer of the domain name system, got ${text.length}`,
  ].filter((problem) => problem !== false);
}

function listProblems(
  prop: string,
  values: string[],
  isRight: (value: string) => boolean,
  words: string,
): Array<string | false> {
  return values.map((value, i) =>
    isComputed(value) || isComputed(values)
      ? `'${prop}' must be literals, because they are counted at synthesis; got a value that Terraform has yet to compute`
      : isRight(value)
        ? values.indexOf(value) < i && `'${prop}' must name each only once, got ${shown(value)} twice`
        : `'${prop}' must be ${words}, got ${shown(value)}`,
  );
}

function isDomain(value: string): boolean {
  return /^(?=.{4,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(value);
}

function isAddress(value: string): boolean {
  const [address, prefix, ...rest] = value.split('/');
  const most = isIPv4(address) ? 32 : isIPv6(address) && !address.includes('%') ? 128 : 0;
  return most > 0 && rest.length === 0 && (prefix === undefined || (/^[1-9]\d{0,2}$/.test(prefix) && +prefix <= most));
}
