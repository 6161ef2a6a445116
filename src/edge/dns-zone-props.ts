import { IDnsZone } from '../contracts/dns';
import { MonitoredProps } from '../contracts/monitoring';
import { ProtectedProps, SharedOwnershipProps } from '../contracts/ownership';

/**
 * Properties for `DnsZone`.
 */
export interface DnsZoneProps extends MonitoredProps, ProtectedProps, SharedOwnershipProps {
  /** The domain, a literal in lower case, e.g. `example.com`. */
  readonly zoneName: string;

  /**
   * Zone of the domain above, which then leads to the name servers of this one.
   *
   * @default - none: hand `nameServers` to whoever keeps the domain above, usually the registrar
   */
  readonly parentZone?: IDnsZone;

  /**
   * Address of whoever answers for the zone, in its SOA record and for authorities that refuse a certificate. Taking it back
   * changes nothing in the SOA record.
   *
   * @default - that of Azure in the SOA record, none for authorities
   */
  readonly contactEmail?: string;

  /**
   * Domains of the authorities that may issue certificates for names in the zone; `addRecord()` adds further ones.
   *
   * @default - digicert.com, which issues the certificates that Azure manages
   */
  readonly certificateAuthorities?: string[];

  /**
   * Leaves out the records that make receivers reject whatever claims to be mail from this domain. They go by themselves as
   * soon as somebody asks for a mail record of the zone itself; say this where those are written elsewhere.
   *
   * @default false
   */
  readonly mailElsewhere?: boolean;
}

/**
 * A zone that is defined elsewhere.
 */
export interface DnsZoneAttributes {
  /** The domain, a literal in lower case, e.g. `example.com`. */
  readonly zoneName: string;
  /** Resource group of the zone, in the subscription of the stack. */
  readonly resourceGroupName: string;
}
