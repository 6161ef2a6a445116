import { Construct } from 'constructs';
import { Grant } from '../access/grant';
import { ConnectionConfig } from '../contracts/connection';
import { MonitoringTarget } from '../contracts/monitoring';
import { IPrincipal, PrincipalType } from '../contracts/principal';
import { ISecureWebApp } from './secure-web-app-interface';
import { webAppSignals } from './web-app-signals';

/**
 * What apps can do wherever they are defined.
 */
export abstract class SecureWebAppBase extends Construct implements ISecureWebApp {
  public abstract readonly webAppId: string;
  public abstract readonly defaultHostName: string;
  public abstract readonly principalId: string;
  public readonly principalType = PrincipalType.SERVICE_PRINCIPAL;

  public grantDeploy(grantee: IPrincipal): Grant {
    return Grant.once(this, { grantee, role: 'Website Contributor', resourceId: this.webAppId });
  }

  public bindClient(_client: IPrincipal): ConnectionConfig {
    return { settings: { URL: `https://${this.defaultHostName}` } };
  }

  public toMonitoringTarget(): MonitoringTarget {
    return {
      resourceId: this.webAppId,
      metricNamespace: 'Microsoft.Web/sites',
      logSources: { App: this.webAppId },
      signals: webAppSignals(),
    };
  }
}
