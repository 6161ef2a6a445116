import { PrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint';
import { StaticWebApp } from '@cdktf/provider-azurerm/lib/static-web-app';
import { IManagedIdentity } from '../access/managed-identity';
import { IMonitored, MonitoredProps } from '../contracts/monitoring';
import { IPrivateNetwork } from '../contracts/network';
import { SharedOwnershipProps } from '../contracts/ownership';
import { SecureWebAppResources } from './secure-web-app-interface';
import { StaticSiteConfig } from './static-site-config';
import { StaticSiteHost } from './static-site-host';

/**
 * Files that browsers load: a front end.
 */
export interface IStaticSite extends IMonitored {
  /** Azure resource id of the site. */
  readonly siteId: string;
  /** Host name that Azure gave it. */
  readonly defaultHostName: string;
}

/**
 * How an existing site is found.
 */
export interface StaticSiteAttributes {
  /** Azure resource id of the Static Web App. */
  readonly siteId: string;
  /** Host name that Azure gave it. */
  readonly defaultHostName: string;
}

/**
 * Properties for `StaticSite`.
 */
export interface StaticSiteProps extends MonitoredProps, SharedOwnershipProps {
  /**
   * Where the site lives; changing it makes another one.
   *
   * @default StaticSiteHost.staticWebApp()
   */
  readonly host?: StaticSiteHost;

  /**
   * How the site answers; goes into the file that `writeConfig()` writes. On a Static Web App only.
   *
   * @default - headers for security, and `/index.html` for every path that is no file
   */
  readonly config?: StaticSiteConfig;

  /**
   * Patterns of paths whose content never changes under one address, e.g. `/assets/*` where names hold a hash: browsers and the edge
   * keep it for a year.
   *
   * @default - none
   */
  readonly immutablePaths?: string[];

  /**
   * Network that the site is reached from, through a private endpoint.
   *
   * @default - visitors come by `publiclyReachable` or through an edge
   */
  readonly network?: IPrivateNetwork;

  /**
   * Opens the site to the whole internet, without an edge in front of it.
   *
   * @default false
   */
  readonly publiclyReachable?: boolean;

  /**
   * Identity of the site, for references to a vault in its settings.
   *
   * @default - one of its own; none where the size has none
   */
  readonly identity?: IManagedIdentity;

  /**
   * Path that answers 200 while the site is healthy.
   *
   * @default '/'
   */
  readonly healthCheckPath?: string;

  /**
   * Name in Azure: 1 to 60 letters, digits or hyphens, on App Service 2 to 40 and unique in all of Azure; a literal.
   *
   * @default - derived from the workload, its environment and the construct path
   */
  readonly siteName?: string;
}

/**
 * The Terraform resources behind a `StaticSite`.
 */
export interface StaticSiteResources {
  /** The Static Web App, where the site is one. */
  readonly staticWebApp?: StaticWebApp;
  /** Its address in the network, where it has one. */
  readonly privateEndpoint?: PrivateEndpoint;
  /** The resources of the web app, where the site lives on App Service. */
  readonly webApp?: SecureWebAppResources;
}

/**
 * Something to do when a site is released, as data: pipelines run it, runbooks print it.
 */
export interface StaticSiteReleaseStep {
  /** Short key that never changes, e.g. `Upload`. */
  readonly key: string;
  /** What the step achieves, in one sentence. */
  readonly summary: string;
  /** Shell commands with the real names, in order; `SITE_DIRECTORY` is the folder of the built site. */
  readonly commands: string[];
}
