import { LinuxWebApp } from '@cdktf/provider-azurerm/lib/linux-web-app';
import { LinuxWebAppSlot } from '@cdktf/provider-azurerm/lib/linux-web-app-slot';
import { Construct } from 'constructs';
import { Grant } from '../access/grant';
import { IManagedIdentity, ManagedIdentity } from '../access/managed-identity';
import { ConnectionConfig, IConnectionTarget } from '../contracts/connection';
import { EdgeBinding, EdgeOrigin, IEdgeOrigin } from '../contracts/edge';
import { MonitoringTarget } from '../contracts/monitoring';
import { IPrivateNetwork } from '../contracts/network';
import { IPrincipal, PrincipalType } from '../contracts/principal';
import { IRecoverable, RecoveryStep } from '../contracts/recovery';
import { ISecret } from '../contracts/secret';
import { aConnectionTarget, aSecret } from '../core/collaborators';
import { aText, checkImport, checkKinds } from '../core/kinds';
import { nameOf } from '../core/naming';
import { lifecycleOf } from '../core/protection';
import { rejectIf, shown } from '../core/validation';
import { Workload } from '../core/workload';
import { PrivateLinkTarget } from '../network/private-link-target';
import { networksFor } from '../network/reach';
import { Exposure } from './exposure';
import { abilitiesOf } from './plan-abilities';
import { Reach } from './reach';
import { rightsBefore } from './rights-before';
import { ISecureWebApp, SecureWebAppAttributes, SecureWebAppResources } from './secure-web-app-interface';
import { ClientCertificates, SecureWebAppProps } from './secure-web-app-props';
import { oversights, webAppProblems } from './secure-web-app-validation';
import { healthPathsOf, ignoredChanges, platformSettings, siteOf } from './site';
import { WebAppDomain, WebAppDomainOptions } from './web-app-domain';
import { definePrivateEndpoints, STAGING } from './web-app-endpoints';
import { IWebAppPlan, WebAppPlan } from './web-app-plan';
import { swapBack } from './web-app-recovery';
import { settingProblems } from './web-app-settings';
import { webAppSignals } from './web-app-signals';
import { WEB_APP_KINDS } from './web-kinds';

abstract class SecureWebAppBase extends Construct implements ISecureWebApp {
  public abstract readonly webAppId: string;
  public abstract readonly defaultHostName: string;
  public abstract readonly principalId: string;
  public readonly principalType = PrincipalType.SERVICE_PRINCIPAL;
  /** @internal */
  protected _networks?: IPrivateNetwork[];

  public grantDeploy(grantee: IPrincipal): Grant {
    return Grant.once(this, { grantee, role: 'Website Contributor', resourceId: this.webAppId });
  }

  public bindClient(_client: IPrincipal): ConnectionConfig {
    return { settings: { URL: `https://${this.defaultHostName}` }, networks: this._networks };
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

/**
 * A Linux web app with its plan, its identity and a slot for releases.
 *
 * Callers come through a private endpoint, through one edge, or, if you say so, from the internet; always over TLS, and never
 * with a password: basic authentication and FTP are off. The slot is the same app with the same settings, except those that
 * stay where they are. Traffic is moved by pipelines, not by Terraform. Secrets reach the app as references to a vault.
 */
export class SecureWebApp extends SecureWebAppBase implements IEdgeOrigin, IRecoverable {
  /** Refers to a web app that is defined elsewhere. */
  public static fromAttributes(scope: Construct, id: string, attributes: SecureWebAppAttributes): ISecureWebApp {
    checkImport(scope, id, attributes, { webAppId: aText, defaultHostName: aText, principalId: aText });
    class Import extends SecureWebAppBase {
      public readonly webAppId = attributes.webAppId;
      public readonly defaultHostName = attributes.defaultHostName;
      public readonly principalId = attributes.principalId;
    }
    return new Import(scope, id);
  }

  public readonly webAppId: string;
  public readonly defaultHostName: string;
  public readonly principalId: string;
  public readonly actsAs?: IPrincipal;

  /** Name of the app in Azure, a literal. */
  public readonly webAppName: string;
  /** Identity that the app and its slot run under. */
  public readonly identity: IManagedIdentity;
  /** Machines that the app runs on. */
  public readonly plan: IWebAppPlan;
  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: SecureWebAppResources;

  private readonly props: SecureWebAppProps;
  private readonly exposure: Exposure;
  private readonly subnetId?: string;
  private readonly reach: Reach;

  constructor(scope: Construct, id: string, props: SecureWebAppProps) {
    super(scope, id);
    checkKinds(this, props, WEB_APP_KINDS);
    const workload = Workload.of(this);
    rejectIf(this, ...webAppProblems(this, props));

    this.props = props;
    // first of all: a network that is defined elsewhere may have none, and says so
    this.subnetId = props.network?.appSubnetId;
    this.exposure = new Exposure(props.publiclyReachable ?? false);
    this.webAppName = props.webAppName ?? nameOf(LinuxWebApp.tfResourceType, this);
    this.identity = props.identity ?? new ManagedIdentity(this, 'Identity');
    this.actsAs = this.identity;
    this.principalId = this.identity.principalId;
    const ownPlan = props.plan ? undefined : this.definePlan();
    this.plan = props.plan ?? ownPlan!;

    const hasSlot = props.stagingSlot ?? abilitiesOf(this.plan.sku).slots > 0;
    const webApp = this.defineWebApp(hasSlot);
    this.webAppId = webApp.id;
    this.defaultHostName = webApp.defaultHostname;
    this.resources = { webApp, stagingSlot: hasSlot ? this.defineStagingSlot() : undefined };

    if (props.requestsPerInstance !== undefined) {
      ownPlan?._countRequests(webApp.id, props.requestsPerInstance);
    }
    definePrivateEndpoints(this, props);
    this.reach = new Reach(this, props);
    this._networks = networksFor(props.publiclyReachable ?? false, props.network);
    this.defineRightToPull();
    this.node.addValidation({ validate: () => oversights(this, props, this.exposure) });
    workload.announce(this, props);
  }

  /**
   * Adds a setting that the app sees as an environment variable.
   *
   * @param name Letters, digits, `_` and `.`; must be new.
   * @param value Its value; `stagingSettings` may have another one for the slot.
   */
  public addSetting(name: string, value: string): void {
    const { webApp, stagingSlot } = this.resources;
    rejectIf(
      this,
      name in (webApp.appSettingsInput ?? {}) && `the setting ${shown(name)} already has a value`,
      aText('name', name) || aText('value', value),
      ...settingProblems('name', name, value),
    );
    webApp.appSettings = { ...webApp.appSettingsInput, [name]: value };
    if (stagingSlot) {
      stagingSlot.appSettings = { [name]: value, ...stagingSlot.appSettingsInput };
    }
  }

  /**
   * Connects the app to another construct: access on that side, settings on this one.
   *
   * @param prefix Goes before the name of each setting, e.g. `ORDERS` for `ORDERS_BLOB_ENDPOINT`.
   * @param target The construct to reach.
   */
  public addConnection(prefix: string, target: IConnectionTarget): void {
    rejectIf(this, aConnectionTarget('target', target));
    const { settings, networks } = target.bindClient(this);
    this.reach.add(target, networks);
    Object.entries(settings).forEach(([name, value]) => this.addSetting(`${prefix}_${name}`, value));
    Workload.of(this).recordConnection({ name: prefix, client: this, target });
  }

  /**
   * Hands a secret of a vault to the app, as a reference that App Service resolves under the app's identity.
   *
   * The app keeps the last value while the vault is away, and follows a rotation within a day.
   *
   * @param name Name of the setting that the app reads the secret from.
   * @param secret The secret; the app is given this one and no other.
   */
  public addSecret(name: string, secret: ISecret): void {
    rejectIf(this, aSecret('secret', secret));
    const { secretUri, networks } = secret.bindReader(this);
    this.reach.add(secret, networks);
    this.addSetting(name, `@Microsoft.KeyVault(SecretUri=${secretUri})`);
    Workload.of(this).recordConnection({ name, client: this, target: secret });
  }

  /**
   * Gives the app a domain, with a certificate that Azure issues and renews.
   *
   * @param hostName A literal, e.g. `api.example.com`.
   */
  public addDomain(hostName: string, options: WebAppDomainOptions = {}): WebAppDomain {
    const domain = new WebAppDomain(this, `Domain-${hostName}`, this.resources.webApp, hostName, options.dnsZone);
    domain._probedPath = () => (this.exposure.isOpen ? healthPathsOf(this.props).health : undefined);
    if (this.exposure.isOpen) {
      Workload.of(this).announce(domain, this.props);
    }
    return domain;
  }

  public bindEdge(edge: EdgeBinding): EdgeOrigin {
    const { boundEdge } = this.exposure;
    rejectIf(
      this,
      boundEdge !== undefined &&
        boundEdge.frontDoorGuid !== edge.frontDoorGuid &&
        'the app is already closed to another edge; only one can be in front of it',
      this.props.clientCertificates === ClientCertificates.REQUIRED &&
        "'clientCertificates' must not be REQUIRED behind an edge, which has none to show",
    );
    this.exposure.closeTo(edge);
    return {
      hostName: this.defaultHostName,
      healthPath: healthPathsOf(this.props).health,
      resourceId: this.webAppId,
      privateLinkTarget: PrivateLinkTarget.SITES.subresource,
      location: Workload.of(this).location,
    };
  }

  public override toMonitoringTarget(): MonitoringTarget {
    const { stagingSlot } = this.resources;
    const { health, ready, live } = healthPathsOf(this.props);
    const url = (path: string) => `https://${this.defaultHostName}${path}`;
    return {
      ...super.toMonitoringTarget(),
      logSources: { App: this.webAppId, ...(stagingSlot && { Staging: stagingSlot.id }) },
      healthUrls: this.exposure.isOpen ? { Health: url(health), Ready: url(ready), Live: url(live) } : undefined,
    };
  }

  public toRecoverySteps(): RecoveryStep[] {
    return this.resources.stagingSlot ? [swapBack(this)] : [];
  }

  private definePlan(): WebAppPlan {
    const { sku, minInstances, maxInstances, schedules, zoneRedundant, unmonitored } = this.props;
    return new WebAppPlan(this, 'Plan', { sku, minInstances, maxInstances, schedules, zoneRedundant, unmonitored });
  }

  private defineWebApp(hasSlot: boolean): LinuxWebApp {
    const { resourceGroupName, location } = Workload.of(this);
    const { props, identity } = this;
    const sticky = Object.keys(props.stagingSettings ?? {}).sort();
    const webApp = new LinuxWebApp(this, 'Resource', {
      ...siteOf(props, identity, this.exposure, this.subnetId),
      name: this.webAppName,
      resourceGroupName,
      location,
      servicePlanId: this.plan.planId,
      appSettings: this.settings(),
      stickySettings: hasSlot && sticky.length > 0 ? { appSettingNames: sticky } : undefined,
      lifecycle: lifecycleOf(false, ...ignoredChanges(props)),
    });
    webApp.dependsOn = rightsBefore(this, this.identity);
    return webApp;
  }

  private defineStagingSlot(): LinuxWebAppSlot {
    const { props, identity } = this;
    const stagingSlot = new LinuxWebAppSlot(this, 'Staging', {
      ...siteOf(props, identity, this.exposure, this.subnetId),
      name: STAGING,
      // no plan: the provider refuses one that equals the app's
      appServiceId: this.webAppId,
      appSettings: { ...this.settings(), ...props.stagingSettings },
      lifecycle: lifecycleOf(false, ...ignoredChanges(props)),
    });
    stagingSlot.dependsOn = rightsBefore(this, this.identity);
    return stagingSlot;
  }

  private defineRightToPull(): void {
    const resourceId = this.props.runtime._registryId;
    if (resourceId !== undefined) {
      const registry = new Construct(this, 'Registry');
      Grant.once(registry, { grantee: this, role: 'AcrPull', resourceId });
    }
  }

  private settings(): { [name: string]: string } {
    const { props, identity, webAppName: name } = this;
    const { name: namespace, environment } = Workload.of(this);
    return {
      ...platformSettings(props, identity, { name, namespace, environment: environment.name }),
      ...props.telemetry?.bindSender(identity, identity.clientId).settings,
      ...props.settings,
    };
  }
}
