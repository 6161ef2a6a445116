import { CdnFrontdoorCustomDomain } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-custom-domain';
import { Annotations, Lazy } from 'cdktf';
import { Construct } from 'constructs';
import { DnsRecordType, IDnsZone } from '../contracts/dns';
import { IMonitored, MonitoringTarget } from '../contracts/monitoring';
import { Workload } from '../core/workload';
import { APEX } from './dns-record-rules';
import { EdgeOfDomain } from './edge-domain-rules';

const { A, CNAME, TXT } = DnsRecordType;

/** Label that Front Door looks for its proof under. */
const PROOF = '_dnsauth';

/**
 * The Terraform resources behind an `EdgeDomain`.
 */
export interface EdgeDomainResources {
  /** The domain on the profile. */
  readonly customDomain: CdnFrontdoorCustomDomain;
}

/**
 * A domain of an edge, with a certificate that Azure issues and renews; made by `addDomain()` of `EdgeGateway`.
 *
 * Without a zone to ask, whoever keeps the domain writes a TXT record with `proof` under `proofName`, and one that leads to the
 * address of the edge: a CNAME, or for the domain of a whole zone an alias. Azure renews the certificate of the latter only
 * after it was proved again, twice a year: a step of recovery says how.
 */
export class EdgeDomain extends Construct implements IMonitored {
  /** @internal */
  public static _define(edge: EdgeOfDomain, hostName: string, dnsZone?: IDnsZone): EdgeDomain {
    return new EdgeDomain(edge, hostName, dnsZone);
  }

  /** The domain. */
  public readonly hostName: string;
  /** Name of the TXT record that proves ownership. */
  public readonly proofName: string;
  /** Value of that record, until Azure has seen it. */
  public readonly proof: string;
  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: EdgeDomainResources;

  private constructor(
    private readonly edge: EdgeOfDomain,
    hostName: string,
    private readonly dnsZone?: IDnsZone,
  ) {
    super(edge.scope, `Domain-${hostName}`);
    const customDomain = new CdnFrontdoorCustomDomain(this, 'Resource', {
      name: nameFrom(hostName),
      cdnFrontdoorProfileId: edge.profileId,
      hostName,
      tls: { certificateType: 'ManagedCertificate' },
      // deleted before routes and security policy let go of it, it would still be held by both
      lifecycle: { createBeforeDestroy: true },
    });
    this.hostName = hostName;
    this.proofName = `${PROOF}.${hostName}`;
    this.proof = customDomain.validationToken;
    this.resources = { customDomain };
    if (dnsZone === undefined && edge.dnsZones?.length) {
      const zones = edge.dnsZones.map(({ zoneName }) => zoneName).join(', ');
      Annotations.of(this).addWarning(
        `${hostName} lies in none of 'dnsZones' (${zones}): nobody proves it, or leads it here, before its records are written elsewhere; see 'proofName' and 'proof', or give its 'dnsZone'`,
      );
    }
    dnsZone?.addRecord(TXT, this.isApex ? PROOF : `${PROOF}.${this.label}`, [this.proof], { provesOwnership: true });
    Workload.of(this).announce(this, edge);
  }

  public toMonitoringTarget(): MonitoringTarget {
    const path = Lazy.stringValue({ produce: () => this.edge.healthPathOf(this) });
    return {
      resourceId: this.edge.profileId,
      metricNamespace: 'Microsoft.Cdn/profiles',
      logSources: {},
      signals: [],
      // also tells how long the certificate lasts
      healthUrls: { Health: `https://${this.hostName}${path}` },
    };
  }

  /**
   * Whether the domain is that of a whole zone.
   *
   * @internal
   */
  public get _zoneOfApex(): IDnsZone | undefined {
    return this.isApex ? this.dnsZone : undefined;
  }

  /**
   * Leads the name to the edge, as soon as something serves it there.
   *
   * @internal
   */
  public _lead(after: string[]): void {
    if (this.isApex) {
      this.dnsZone?.addAlias(A, APEX, this.edge.endpointId, { after });
    } else {
      this.dnsZone?.addRecord(CNAME, this.label, [this.edge.endpointHostName], { after });
    }
  }

  private get isApex(): boolean {
    return this.dnsZone?.zoneName === this.hostName;
  }

  private get label(): string {
    return this.hostName.slice(0, -(this.dnsZone?.zoneName.length ?? 0) - 1);
  }
}

/** `a-b.c` becomes `a--b-c`, so that no two domains have one name. */
function nameFrom(hostName: string): string {
  return hostName.replace(/-/g, '--').replace(/\./g, '-');
}
