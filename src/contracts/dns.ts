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
  /** A server that answers for a part of the zone: delegation. */
  NS = 'NS',
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
 * How a record set is kept.
 */
export interface DnsRecordOptions {
  /**
   * Seconds for which resolvers may remember the answer, 1 to 2147483647; of several wishes the shortest counts.
   *
   * @default - 300 for what leads to services and proves ownership, 3600 for the rest
   */
  readonly timeToLiveSeconds?: number;

  /**
   * Whether the values are tokens that prove ownership, and that Azure empties once it has seen them.
   *
   * An empty token becomes `validated`, since a record must not be empty, and a set of nothing but proofs is left as it is
   * once it is there, until what it proves is made anew.
   *
   * @default false
   */
  readonly provesOwnership?: boolean;

  /**
   * Terraform addresses of what must be there before the name leads anywhere.
   *
   * @default - nothing beside what the values refer to
   */
  readonly after?: string[];
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
   * @param options How the record set is kept.
   */
  addRecord(type: DnsRecordType, name: string, values: string[], options?: DnsRecordOptions): DnsRecord;

  /**
   * Asks for an alias, which follows a resource of Azure and answers nothing when that is gone; also for the zone itself.
   *
   * @param type A, AAAA or CNAME.
   * @param name Name below the zone; `@` is the zone itself.
   * @param resourceId Azure resource id of the target, e.g. of a Front Door endpoint.
   * @param options How the record set is kept.
   */
  addAlias(type: DnsRecordType, name: string, resourceId: string, options?: DnsRecordOptions): DnsRecord;
}
