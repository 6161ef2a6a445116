import { AppServiceCertificateBinding } from '@cdktf/provider-azurerm/lib/app-service-certificate-binding';
import { AppServiceCustomHostnameBinding } from '@cdktf/provider-azurerm/lib/app-service-custom-hostname-binding';
import { AppServiceManagedCertificate } from '@cdktf/provider-azurerm/lib/app-service-managed-certificate';
import { LinuxWebApp } from '@cdktf/provider-azurerm/lib/linux-web-app';
import { Construct } from 'constructs';
import { DnsRecordType, IDnsZone } from '../contracts/dns';
import { IMonitored, MonitoringTarget } from '../contracts/monitoring';
import { aDnsZone } from '../core/collaborators';
import { rejectIf, isComputed, shown } from '../core/validation';
import { Workload } from '../core/workload';

/**
 * Options for `SecureWebApp.addDomain()`.
 */
export interface WebAppDomainOptions {
  /**
   * Zone of the domain; it is asked for the records that prove ownership and lead to the app.
   *
   * @default - the records exist: a CNAME to the app, and a TXT `asuid.<name>` with its verification id
   */
  readonly dnsZone?: IDnsZone;
}

/**
 * The Terraform resources behind a `WebAppDomain`.
 */
export interface WebAppDomainResources {
  /** The name on the app. */
  readonly hostnameBinding: AppServiceCustomHostnameBinding;
  /** The certificate, which Azure issues and renews. */
  readonly managedCertificate: AppServiceManagedCertificate;
  /** The certificate on the name. */
  readonly certificateBinding: AppServiceCertificateBinding;
}

/**
 * A domain of a web app, with a certificate that Azure issues and renews by itself.
 */
export class WebAppDomain extends Construct implements IMonitored {
  /** The domain. */
  public readonly hostName: string;
  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: WebAppDomainResources;

  /**
   * Path that probes ask, where they get in; known only at synthesis, since an edge comes after the app.
   *
   * @internal
   */
  public _probedPath?: () => string | undefined;

  /** @internal */
  constructor(
    scope: Construct,
    id: string,
    private readonly app: LinuxWebApp,
    hostName: string,
    dnsZone?: IDnsZone,
  ) {
    super(scope, id);
    rejectIf(this, domainProblem(hostName, dnsZone));

    const records = dnsZone ? this.askFor(dnsZone, app, hostName) : [];
    const hostnameBinding = new AppServiceCustomHostnameBinding(this, 'Resource', {
      hostname: hostName,
      appServiceName: app.name,
      resourceGroupName: Workload.of(this).resourceGroupName,
      // the certificate is bound below, and Azure writes that back here
      lifecycle: { ignoreChanges: ['ssl_state', 'thumbprint'] },
    });
    if (records.length > 0) {
      hostnameBinding.dependsOn = records;
    }
    const managedCertificate = new AppServiceManagedCertificate(this, 'Certificate', {
      customHostnameBindingId: hostnameBinding.id,
    });
    const certificateBinding = new AppServiceCertificateBinding(this, 'Binding', {
      hostnameBindingId: hostnameBinding.id,
      certificateId: managedCertificate.id,
      sslState: 'SniEnabled',
    });
    this.hostName = hostName;
    this.resources = { hostnameBinding, managedCertificate, certificateBinding };
  }

  /** What to watch: that the domain answers, with a certificate that lasts. */
  public toMonitoringTarget(): MonitoringTarget {
    const path = this._probedPath?.();
    return {
      resourceId: this.app.id,
      metricNamespace: 'Microsoft.Web/sites',
      logSources: {},
      signals: [],
      healthUrls: path === undefined ? undefined : { Domain: `https://${this.hostName}${path}` },
    };
  }

  private askFor(zone: IDnsZone, app: LinuxWebApp, hostName: string): string[] {
    const name = hostName.slice(0, -zone.zoneName.length - 1);
    return [
      zone.addRecord(DnsRecordType.TXT, `asuid.${name}`, [app.customDomainVerificationId]),
      zone.addRecord(DnsRecordType.CNAME, name, [app.defaultHostname]),
    ].map(({ terraformAddress }) => terraformAddress);
  }
}

function domainProblem(hostName: string, zone?: IDnsZone): string | false {
  if (isComputed(hostName) || !/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(hostName)) {
    return `the domain must be a literal host name in lower case, without a wildcard, for which Azure issues no certificate; got ${isComputed(hostName) ? 'a value that Terraform has yet to compute' : shown(hostName)}`;
  }
  return (
    zone !== undefined &&
    (aDnsZone('dnsZone', zone) ||
      (!hostName.endsWith(`.${zone.zoneName}`) &&
        `the domain must lie below the zone ${zone.zoneName}, got ${shown(hostName)}; a zone itself cannot have the CNAME that an app needs, let an edge serve it`))
  );
}
