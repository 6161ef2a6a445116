import { StaticWebApp } from '@cdktf/provider-azurerm/lib/static-web-app';
import { StaticWebAppCustomDomain } from '@cdktf/provider-azurerm/lib/static-web-app-custom-domain';
import { Construct } from 'constructs';
import { DnsRecordType, IDnsZone } from '../contracts/dns';
import { IMonitored, MonitoringTarget } from '../contracts/monitoring';
import { aDnsZone } from '../core/collaborators';
import { isComputed, rejectIf, shown } from '../core/validation';

/**
 * Options for `StaticSite.addDomain()`.
 */
export interface StaticSiteDomainOptions {
  /**
   * Zone of the domain; it is asked for the records that prove ownership and lead to the site.
   *
   * @default - the CNAME to the site exists; for a domain that cannot have one, you make a TXT record of the token
   */
  readonly dnsZone?: IDnsZone;

  /**
   * Whether ownership is proved by a token in a TXT record instead of by the CNAME: for a domain that leads elsewhere until you switch
   * it over. Azure looks for it by itself, and nothing waits for that. Create-only.
   *
   * @default - true for a zone itself, which cannot have a CNAME
   */
  readonly provenByToken?: boolean;
}

/**
 * The Terraform resources behind a `StaticSiteDomain`.
 */
export interface StaticSiteDomainResources {
  /** The name on the site, with its certificate, which Azure issues and renews. */
  readonly customDomain: StaticWebAppCustomDomain;
}

/** What a domain is of. */
interface StaticSiteDomainPlace {
  readonly site: StaticWebApp;
  readonly hostName: string;
  /** Path that probes ask, where they get in; known only at synthesis, since an edge may come after the domain. */
  readonly probedPath: () => string | undefined;
}

/**
 * A domain of a Static Web App, with a certificate that Azure issues and renews by itself.
 */
export class StaticSiteDomain extends Construct implements IMonitored {
  /** @internal */
  public static _of(
    scope: Construct,
    place: StaticSiteDomainPlace,
    options: StaticSiteDomainOptions,
  ): StaticSiteDomain {
    return new StaticSiteDomain(scope, place, options);
  }

  /** The domain. */
  public readonly hostName: string;
  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: StaticSiteDomainResources;

  private constructor(
    scope: Construct,
    private readonly place: StaticSiteDomainPlace,
    options: StaticSiteDomainOptions,
  ) {
    const { site, hostName } = place;
    super(scope, `Domain-${hostName}`);
    const { dnsZone } = options;
    const apex = hostName === dnsZone?.zoneName;
    const byToken = options.provenByToken ?? apex;
    rejectIf(
      this,
      domainProblem(hostName, dnsZone),
      apex && !byToken && "'provenByToken' must not be false for a zone itself, which cannot have a CNAME",
    );

    const name = dnsZone && !apex ? hostName.slice(0, -dnsZone.zoneName.length - 1) : '@';
    const way = apex
      ? dnsZone?.addAlias(DnsRecordType.A, '@', site.id)
      : dnsZone?.addRecord(DnsRecordType.CNAME, name, [site.defaultHostName]);
    const customDomain = new StaticWebAppCustomDomain(this, 'Resource', {
      staticWebAppId: site.id,
      domainName: hostName,
      validationType: byToken ? 'dns-txt-token' : 'cname-delegation',
    });
    if (way && !byToken) {
      // Azure looks at once, and Terraform waits for what it finds
      customDomain.dependsOn = [way.terraformAddress];
    }
    if (dnsZone && byToken) {
      // the record of a domain that is no zone is one below it, where the CNAME leaves room
      const proof = apex ? '@' : `_dnsauth.${name}`;
      dnsZone.addRecord(DnsRecordType.TXT, proof, [customDomain.validationToken], { provesOwnership: true });
    }
    this.hostName = hostName;
    this.resources = { customDomain };
  }

  /** What to watch: that the domain answers, with a certificate that lasts. */
  public toMonitoringTarget(): MonitoringTarget {
    const { site, probedPath } = this.place;
    const path = probedPath();
    return {
      resourceId: site.id,
      metricNamespace: 'Microsoft.Web/staticSites',
      logSources: {},
      signals: [],
      healthUrls: path === undefined ? undefined : { Domain: `https://${this.hostName}${path}` },
    };
  }
}

function domainProblem(hostName: string, zone?: IDnsZone): string | false {
  if (isComputed(hostName) || !/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(hostName)) {
    return `the domain must be a literal host name in lower case, without a wildcard; got ${isComputed(hostName) ? 'a value that Terraform has yet to compute' : shown(hostName)}`;
  }
  return (
    zone !== undefined &&
    (aDnsZone('dnsZone', zone) ||
      (hostName !== zone.zoneName &&
        !hostName.endsWith(`.${zone.zoneName}`) &&
        `the domain must be the zone ${zone.zoneName} or lie below it, got ${shown(hostName)}`))
  );
}
