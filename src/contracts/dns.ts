import { IConstruct } from 'constructs';

/**
 * Types of DNS records that constructs ask for.
 */
export enum DnsRecordType {
  /** An IPv4 address. */
  A = 'A',
  /** An IPv6 address. */
  AAAA = 'AAAA',
  /** Which authorities may issue certificates, as `<flags> <tag> <value>`. */
  CAA = 'CAA',
  /** Another name. */
  CNAME = 'CNAME',
  /** A mail exchange, as `<preference> <host>`. */
  MX = 'MX',
  /** A text, e.g. a proof of ownership. */
  TXT = 'TXT',
}

/**
 * A record set that a zone keeps.
 */
export interface DnsRecord {
  /** Terraform address of the record set, for `dependsOn` of what needs it to resolve. */
  readonly terraformAddress: string;
}

/**
 * A DNS zone that constructs ask for the records they need.
 *
 * Two requests for one name and type end up in one record set: Azure keeps only one per name and type, and two
 * Terraform resources for it would overwrite each other.
 */
export interface IDnsZone extends IConstruct {
  /** The domain, e.g. `example.com`. */
  readonly zoneName: string;

  /**
   * Asks for a record; values for the same name and type are merged.
   *
   * @param type Type of the record.
   * @param name Name below the zone; `@` is the zone itself.
   * @param values One or more values, as the type spells them.
   */
  addRecord(type: DnsRecordType, name: string, values: string[]): DnsRecord;
}
