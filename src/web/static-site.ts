import { writeFileSync } from 'fs';
import { join } from 'path';
import { StaticWebApp } from '@cdktf/provider-azurerm/lib/static-web-app';
import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import { IManagedIdentity, ManagedIdentity } from '../access/managed-identity';
import { EdgeBinding, EdgeOrigin, IEdgeOrigin } from '../contracts/edge';
import { MonitoringTarget } from '../contracts/monitoring';
import { aText, checkImport, checkKinds } from '../core/kinds';
import { canonicalLocation } from '../core/locations';
import { nameOf } from '../core/naming';
import { lifecycleOf } from '../core/protection';
import { isComputed, rejectIf, resolvedIn, shown } from '../core/validation';
import { Workload } from '../core/workload';
import { definePrivateEndpoint } from '../network/define-private-endpoint';
import { PrivateLinkTarget } from '../network/private-link-target';
import { Exposure } from './exposure';
import { SecureWebApp } from './secure-web-app';
import { ROLLOUT_MARKS } from './site';
import { CONFIG_FILE, configFileOf } from './static-site-config-file';
import { StaticSiteDomain, StaticSiteDomainOptions } from './static-site-domain';
import { StaticSiteHost, StaticWebAppOptions, StaticWebAppSku } from './static-site-host';
import {
  IStaticSite,
  StaticSiteAttributes,
  StaticSiteProps,
  StaticSiteReleaseStep,
  StaticSiteResources,
} from './static-site-props';
import { staticSiteProblems } from './static-site-rules';
import { staticSiteSignals } from './static-site-signals';
import { appServiceSteps, staticWebAppSteps } from './static-site-steps';
import { STAGING } from './web-app-endpoints';
import { SITE_KINDS } from './web-kinds';

/** Domains that Azure takes per site. */
const MOST_DOMAINS = 5;

abstract class StaticSiteBase extends Construct implements IStaticSite {
  public abstract readonly siteId: string;
  public abstract readonly defaultHostName: string;

  public toMonitoringTarget(): MonitoringTarget {
    return {
      resourceId: this.siteId,
      metricNamespace: 'Microsoft.Web/staticSites',
      logSources: {},
      signals: staticSiteSignals(),
    };
  }
}

/**
 * A front end: files that browsers load, on a Static Web App or on App Service.
 *
 * Visitors come through one edge, through a private endpoint or, if you say so, from the internet. How a Static Web App answers,
 * and that it answers to its edge alone, is in a file that is released with the site: write it with `writeConfig()` after everything
 * else is defined, and release by `toReleaseSteps()`. The provider reads the token for releases into the state; nothing here puts it
 * out, and whoever reads the state can release. Logs are not taken: Azure says little about those of Static Web Apps.
 */
export class StaticSite extends StaticSiteBase implements IEdgeOrigin {
  /** Refers to a Static Web App that is defined elsewhere. */
  public static fromAttributes(scope: Construct, id: string, attributes: StaticSiteAttributes): IStaticSite {
    checkImport(scope, id, attributes, { siteId: aText, defaultHostName: aText });
    class Import extends StaticSiteBase {
      public readonly siteId = attributes.siteId;
      public readonly defaultHostName = attributes.defaultHostName;
    }
    return new Import(scope, id);
  }

  public readonly siteId: string;
  public readonly defaultHostName: string;
  /** Name of the site in Azure, a literal. */
  public readonly siteName: string;
  /** Identity of the site, where it has one. */
  public readonly identity?: IManagedIdentity;
  /** The web app, where the site lives on App Service: it has slots, settings and domains of its own. */
  public readonly webApp?: SecureWebApp;
  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: StaticSiteResources;

  private readonly props: StaticSiteProps;
  private readonly exposure: Exposure;
  private edgeOutput?: TerraformOutput;

  constructor(scope: Construct, id: string, props: StaticSiteProps = {}) {
    super(scope, id);
    checkKinds(this, props, SITE_KINDS);
    const workload = Workload.of(this);
    const host = props.host ?? StaticSiteHost.staticWebApp();
    rejectIf(this, ...staticSiteProblems(this, props, host));

    this.props = props;
    this.exposure = new Exposure(props.publiclyReachable ?? false);
    const options = host._staticWebApp;
    if (options) {
      this.siteName = props.siteName ?? nameOf(StaticWebApp.tfResourceType, this);
      const free = options.sku === StaticWebAppSku.FREE;
      this.identity = free ? undefined : (props.identity ?? new ManagedIdentity(this, 'Identity'));
      const staticWebApp = this.defineStaticWebApp(options);
      this.siteId = staticWebApp.id;
      this.defaultHostName = staticWebApp.defaultHostName;
      this.resources = { staticWebApp, privateEndpoint: this.defineEndpoint(options.partition) };
    } else {
      this.webApp = this.defineWebApp(host);
      this.siteName = this.webApp.webAppName;
      this.identity = this.webApp.identity;
      this.siteId = this.webApp.webAppId;
      this.defaultHostName = this.webApp.defaultHostName;
      this.resources = { webApp: this.webApp.resources };
    }
    if (this.webApp) {
      // it announces itself, and says itself what was forgotten
      return;
    }
    this.node.addValidation({ validate: () => this.oversights() });
    workload.announce(this, props);
  }

  /**
   * Gives a Static Web App a domain, with a certificate that Azure issues and renews. Behind an edge it is the edge that needs one: the
   * site refuses whoever comes directly.
   *
   * On App Service, give it to the `webApp`.
   *
   * @param hostName A literal, e.g. `www.example.com`; also a zone itself, which then leads here by an alias.
   */
  public addDomain(hostName: string, options: StaticSiteDomainOptions = {}): StaticSiteDomain {
    const { staticWebApp } = this.resources;
    const domains = this.node.children.filter((child) => child instanceof StaticSiteDomain);
    rejectIf(
      this,
      !staticWebApp && "a site on App Service is given domains by its 'webApp'",
      domains.length >= MOST_DOMAINS &&
        `a Static Web App must have at most ${MOST_DOMAINS} domains, got ${shown(hostName)} in addition; put an edge in front of it`,
    );
    const place = {
      site: staticWebApp!,
      hostName,
      probedPath: () => (this.exposure.isOpen ? this.healthPath() : undefined),
    };
    const domain = StaticSiteDomain._of(this, place, options);
    if (options.dnsZone) {
      Workload.of(this).recordConnection({ name: hostName, client: this, target: options.dnsZone });
    }
    if (this.exposure.isOpen) {
      Workload.of(this).announce(domain, this.props);
    }
    return domain;
  }

  public bindEdge(edge: EdgeBinding): EdgeOrigin {
    const { immutablePaths } = this.props;
    if (this.webApp) {
      return { ...this.webApp.bindEdge(edge), immutablePaths };
    }
    const { boundEdge } = this.exposure;
    rejectIf(
      this,
      boundEdge !== undefined &&
        resolvedIn(this, boundEdge.frontDoorGuid) !== resolvedIn(this, edge.frontDoorGuid) &&
        'the site is already closed to another edge; only one can be in front of it',
      this.identity === undefined && "'sku' must be STANDARD behind an edge: a free site answers to everybody",
      (this.props.config?.allowedIpRanges ?? []).length > 0 &&
        "'config.allowedIpRanges' must be left out behind an edge, which visitors come through",
    );
    // no private link leads to a Static Web App: it stays public, and tells its edge by the header
    this.exposure.closeTo({ ...edge, privateLink: false });
    if (isComputed(edge.frontDoorGuid)) {
      this.edgeOutput ??= new TerraformOutput(this, 'EdgeId', {
        value: edge.frontDoorGuid,
        description: `Id of the edge, for ${CONFIG_FILE} of ${this.siteName}`,
      });
    }
    return {
      hostName: this.defaultHostName,
      healthPath: this.healthPath(),
      resourceId: this.siteId,
      location: this.resources.staticWebApp!.locationInput!,
      immutablePaths,
    };
  }

  /**
   * The text of `staticwebapp.config.json`, the same for the same definition; complete once the edge has been bound.
   *
   * Where only Terraform knows the id of the edge, the text has a place for it, which the step `CloseToEdge` fills.
   */
  public toConfigFile(): string {
    const { config = {}, immutablePaths = [] } = this.props;
    rejectIf(this, this.webApp !== undefined && `a site on App Service has no ${CONFIG_FILE}`);
    return configFileOf(config, immutablePaths, this.exposure.boundEdge);
  }

  /**
   * Writes `staticwebapp.config.json` into a folder; call it after everything else is defined.
   *
   * @param directory Folder of the site's sources or of what was built, which is there already.
   */
  public writeConfig(directory: string): void {
    writeFileSync(join(directory, CONFIG_FILE), this.toConfigFile());
  }

  /** How the site is released, as data. */
  public toReleaseSteps(): StaticSiteReleaseStep[] {
    const group = Workload.of(this).knownResourceGroupName;
    const names = { group, site: this.siteName, edgeOutput: this.edgeOutput?.friendlyUniqueId };
    return this.webApp
      ? appServiceSteps(names, this.webApp.resources.stagingSlot && STAGING)
      : staticWebAppSteps(names);
  }

  public override toMonitoringTarget(): MonitoringTarget {
    return (
      this.webApp?.toMonitoringTarget() ?? {
        ...super.toMonitoringTarget(),
        healthUrls: this.exposure.isOpen ? { Site: `https://${this.defaultHostName}${this.healthPath()}` } : undefined,
      }
    );
  }

  private healthPath(): string {
    return this.props.healthCheckPath ?? '/';
  }

  private defineStaticWebApp({
    location,
    sku = StaticWebAppSku.STANDARD,
    previews,
  }: StaticWebAppOptions): StaticWebApp {
    const workload = Workload.of(this);
    return new StaticWebApp(this, 'Resource', {
      name: this.siteName,
      resourceGroupName: workload.resourceGroupName,
      location: canonicalLocation(location ?? workload.location),
      skuTier: sku,
      skuSize: sku,
      identity: this.identity && { type: 'UserAssigned', identityIds: [this.identity.identityId] },
      publicNetworkAccessEnabled: this.exposure.publicNetworkAccess(),
      previewEnvironmentsEnabled: previews ?? false,
      configurationFileChangesEnabled: true,
      lifecycle: lifecycleOf(false, ...ROLLOUT_MARKS, ...(this.props.ignoreChanges ?? [])),
    });
  }

  private defineEndpoint(partition?: number) {
    const { network } = this.props;
    const zone = partition === undefined ? '' : `${partition}.`;
    const target = PrivateLinkTarget.of('staticSites', [`privatelink.${zone}azurestaticapps.net`]);
    return definePrivateEndpoint(this, network, this.siteId, target);
  }

  private defineWebApp(host: StaticSiteHost): SecureWebApp {
    const { network, publiclyReachable, identity, siteName, unmonitored, ignoreChanges } = this.props;
    const path = this.healthPath();
    return new SecureWebApp(this, 'WebApp', {
      ...host._served,
      plan: host._appService?.plan,
      sku: host._appService?.sku,
      webAppName: siteName,
      healthCheckPath: path,
      readinessPath: path,
      livenessPath: path,
      network,
      publiclyReachable,
      identity,
      unmonitored,
      ignoreChanges,
    });
  }

  private oversights(): string[] {
    const { isPublic } = this.exposure;
    return isPublic || this.props.network !== undefined
      ? []
      : [
          `${this.node.path}: nobody can reach the site: give it a 'network', put an edge in front of it, or set 'publiclyReachable' to true`,
        ];
  }
}
