import { LinuxWebApp } from '@cdktf/provider-azurerm/lib/linux-web-app';
import { LinuxWebAppSlot } from '@cdktf/provider-azurerm/lib/linux-web-app-slot';
import { Grant } from '../access/grant';
import { IConnectionTarget } from '../contracts/connection';
import { IMonitored } from '../contracts/monitoring';
import { IPrincipal } from '../contracts/principal';

/**
 * A web app that is served over TLS only and runs under its own identity.
 */
export interface ISecureWebApp extends IPrincipal, IMonitored, IConnectionTarget {
  /** Azure resource id of the web app. */
  readonly webAppId: string;
  /** Host name that Azure gave it. */
  readonly defaultHostName: string;

  /** Lets a principal release and swap, but not grant or delete anything else. */
  grantDeploy(grantee: IPrincipal): Grant;
}

/**
 * How an existing web app is found.
 */
export interface SecureWebAppAttributes {
  /** Azure resource id of the web app. */
  readonly webAppId: string;
  /** Host name that Azure gave it. */
  readonly defaultHostName: string;
  /** Object id of the identity it runs under. */
  readonly principalId: string;
}

/**
 * The Terraform resources behind a `SecureWebApp`.
 */
export interface SecureWebAppResources {
  /** The web app itself. */
  readonly webApp: LinuxWebApp;
  /** The slot that releases go to first, where the plan has slots. */
  readonly stagingSlot?: LinuxWebAppSlot;
}
