import { CdnFrontdoorEndpoint } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-endpoint';
import { CdnFrontdoorFirewallPolicy } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-firewall-policy';
import { CdnFrontdoorProfile } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-profile';
import { CdnFrontdoorRule } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-rule';
import { CdnFrontdoorRuleSet } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-rule-set';
import { CdnFrontdoorSecurityPolicy } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-security-policy';
import { Construct } from 'constructs';
import { IEdgeOrigin } from '../contracts/edge';
import { IMonitored, MonitoringTarget } from '../contracts/monitoring';
import { IRecoverable, RecoveryStep } from '../contracts/recovery';
import { checkKinds } from '../core/kinds';
import { nameOf } from '../core/naming';
import { addressOf, lifecycleOf } from '../core/protection';
import { isWholeBetween, rejectIf, shown } from '../core/validation';
import { Workload } from '../core/workload';
import { EdgeBackend } from './edge-backend';
import { backendProblems, EdgeOfBackend, keyProblem, originProblems } from './edge-backend-rules';
import { EdgeDomain } from './edge-domain';
import { domainProblems, zoneOf } from './edge-domain-rules';
import { defineHeaders, headerProblems } from './edge-headers';
import { checkBackend, EDGE_KINDS } from './edge-kinds';
import { domainLimitProblem, partProblems } from './edge-limits';
import { EdgeBackendOptions, EdgeDomainOptions, EdgeGatewayProps } from './edge-options';
import { edgeOversights } from './edge-oversights';
import { approvalOf, edgeRecovery } from './edge-recovery';
import { conflictsIn } from './edge-routing';
import { edgeSignals } from './edge-signals';
import { EdgeTier } from './edge-tier';
import { defineFirewall, defineSecurityPolicy, firewallProblems } from './waf-policy';

/** Where builds of front ends put files whose names change with their content. */
const BUILT = ['/assets/*', '/static/*'];

/** Most aliases of DNS that lead to one resource. */
const MOST_ALIASES = 20;

/**
 * What stands between the internet and applications.
 */
export interface IEdgeGateway extends IMonitored {
  /** Azure resource id of the Front Door profile. */
  readonly profileId: string;
  /** GUID that origins tell this edge apart by. */
  readonly frontDoorGuid: string;
  /** Address that Azure gives; leads somewhere as long as there are no domains. */
  readonly endpointHostName: string;
}

/**
 * The Terraform resources behind an `EdgeGateway`; those of its backends and domains are with them.
 */
export interface EdgeGatewayResources {
  /** The Front Door. */
  readonly profile: CdnFrontdoorProfile;
  /** Its endpoint, which all routes and domains share. */
  readonly endpoint: CdnFrontdoorEndpoint;
  /** The firewall. */
  readonly firewallPolicy: CdnFrontdoorFirewallPolicy;
  /** What puts the firewall before the endpoint and every domain. */
  readonly securityPolicy: CdnFrontdoorSecurityPolicy;
  /** Rules that every answer goes through. */
  readonly ruleSet: CdnFrontdoorRuleSet;
  /** The rules in it: what is written into headers, and what is taken out of them. */
  readonly headerRules: CdnFrontdoorRule[];
}

/**
 * The one way in from the internet: Front Door with a firewall in prevention, certificates and security headers.
 *
 * What is behind it lets in nothing else: by private link where one leads there, otherwise by its header. A private link works
 * once somebody approved it, see `approvalCommands`, for Azure offers no other way; changes take up to 20 minutes to arrive
 * everywhere, and certificates of new domains up to an hour. Probes of availability go through the edge.
 */
export class EdgeGateway extends Construct implements IEdgeGateway, IRecoverable {
  public readonly profileId: string;
  public readonly frontDoorGuid: string;
  public readonly endpointHostName: string;
  /** Name of the Front Door profile. */
  public readonly profileName: string;
  /** Name of its endpoint. */
  public readonly endpointName: string;
  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: EdgeGatewayResources;

  private readonly backends = new Map<string, EdgeBackend>();
  private readonly domains = new Map<string, EdgeDomain>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: EdgeGatewayProps = {},
  ) {
    super(scope, id);
    checkKinds(this, props, EDGE_KINDS);
    const tier = this.tier;
    const { firewall = {}, responseHeaders = {}, responseTimeoutSeconds = 60, anonymousLogs = false } = props;
    rejectIf(
      this,
      !isWholeBetween(responseTimeoutSeconds, 16, 240) &&
        `'responseTimeoutSeconds' must be a whole number from 16 to 240, got ${shown(responseTimeoutSeconds)}`,
      ...firewallProblems(tier, firewall),
      ...headerProblems(responseHeaders),
    );

    this.profileName = nameOf(CdnFrontdoorProfile.tfResourceType, this);
    this.endpointName = nameOf(CdnFrontdoorEndpoint.tfResourceType, this);
    const { resourceGroupName, environment } = Workload.of(this);
    const scrubbed = ['QueryStringArgNames', ...(anonymousLogs ? ['RequestIPAddress'] : [])];
    const profile = new CdnFrontdoorProfile(this, 'Resource', {
      name: this.profileName,
      resourceGroupName,
      skuName: tier,
      responseTimeoutSeconds,
      logScrubbingRule: scrubbed.map((matchVariable) => ({ matchVariable })),
      // another tier would be another profile of the same name, made before this one goes
      lifecycle: lifecycleOf(environment.profile.locked),
    });
    // once: each reading of an attribute is another text, and origins compare it
    this.profileId = profile.id;
    this.frontDoorGuid = profile.resourceGuid;
    const endpoint = new CdnFrontdoorEndpoint(this, 'Endpoint', {
      name: this.endpointName,
      cdnFrontdoorProfileId: this.profileId,
      enabled: true,
    });
    this.endpointHostName = endpoint.hostName;
    const firewallPolicy = defineFirewall(this, tier, firewall, anonymousLogs);
    const { ruleSet, rules: headerRules } = defineHeaders(this, this.profileId, responseHeaders, () => this.origins());
    const domainIds = () => this.sortedDomains().map(({ resources }) => resources.customDomain.id);
    const securityPolicy = defineSecurityPolicy(this, this.profileId, endpoint.id, firewallPolicy.id, domainIds);
    this.resources = { profile, endpoint, firewallPolicy, securityPolicy, ruleSet, headerRules };
    this.node.addValidation({
      validate: () => [
        ...conflictsIn(this.sortedBackends(), this.sortedDomains(), (backend) => this.domainsOf(backend)),
        ...partProblems(tier, [...this.backends.values()]),
        ...edgeOversights(this, profile),
      ],
    });
    Workload.of(this).announce(this, props);
  }

  /**
   * Serves an application: by a route, and another one for immutable paths. An edge has at most 200 routes, and 200 origins;
   * with the tier STANDARD 100 of each.
   *
   * @param key Short key that never changes: 2 to 50 letters and digits, with single hyphens between them.
   * @param origin The application; it lets in only this edge from now on.
   */
  public addBackend(key: string, origin: IEdgeOrigin, options: EdgeBackendOptions = {}): EdgeBackend {
    return this.add(key, origin, options, []);
  }

  /**
   * Serves a site: as a backend, and what its build names after its content is kept and compressed, which takes two routes.
   *
   * @param key Short key that never changes: letters and digits, with single hyphens between them.
   * @param origin The site; it lets in only this edge from now on.
   */
  public addFrontend(key: string, origin: IEdgeOrigin, options: EdgeBackendOptions = {}): EdgeBackend {
    return this.add(key, origin, options, BUILT);
  }

  /**
   * Adds a domain, with a certificate that Azure issues and renews; what names it as one of its `domains` does so by itself.
   *
   * @param hostName A literal, e.g. `www.example.com`; an edge has at most 224, or 99 with the tier STANDARD.
   */
  public addDomain(hostName: string, options: EdgeDomainOptions = {}): EdgeDomain {
    const dnsZone = options.dnsZone ?? zoneOf(hostName, this.props.dnsZones ?? []);
    const apexes = [...this.domains.values()].filter(({ _zoneOfApex }) => _zoneOfApex).length;
    rejectIf(
      this,
      ...domainProblems('hostName', hostName, options.dnsZone),
      this.domains.has(hostName) && `the domain ${hostName} exists already`,
      dnsZone?.zoneName === hostName &&
        apexes >= MOST_ALIASES &&
        `at most ${MOST_ALIASES} domains of whole zones lead to one edge, since no more aliases lead to one resource of Azure`,
      domainLimitProblem(this.tier, hostName, this.domains.size),
    );
    const { profileId, endpointHostName, resources, props } = this;
    const { unmonitored, dnsZones } = props;
    const edge = {
      scope: this,
      profileId,
      endpointHostName,
      endpointId: resources.endpoint.id,
      unmonitored,
      dnsZones,
      healthPathOf: (of: EdgeDomain) => this.healthPathOf(of),
    };
    const domain = EdgeDomain._define(edge, hostName, dnsZone);
    this.domains.set(hostName, domain);
    this.lead();
    return domain;
  }

  /** Shell commands that approve the private links to origins: after the first apply, and whenever an origin is new. */
  public get approvalCommands(): string[] {
    const linked = this.sortedBackends()
      .flatMap(([, backend]) => backend._origins)
      .filter(({ privateLinkTarget }) => privateLinkTarget !== undefined);
    return [...new Set(linked.map(({ resourceId }) => approvalOf(resourceId, this.requestMessage)))];
  }

  public toMonitoringTarget(): MonitoringTarget {
    return {
      resourceId: this.profileId,
      metricNamespace: 'Microsoft.Cdn/profiles',
      logSources: { Edge: this.profileId },
      signals: edgeSignals(this.props.firewall?.detectOnly ?? false),
    };
  }

  public toRecoverySteps(): RecoveryStep[] {
    return edgeRecovery(this, this.sortedBackends(), this.sortedDomains());
  }

  private get tier(): EdgeTier {
    return this.props.tier ?? EdgeTier.PREMIUM;
  }

  private get requestMessage(): string {
    return `Front Door ${this.profileName}`;
  }

  private add(key: string, origin: IEdgeOrigin, options: EdgeBackendOptions, immutable: string[]): EdgeBackend {
    checkBackend(this, key, origin, options);
    const taken = [...this.backends.keys()].map((name) => name.toLowerCase());
    rejectIf(
      this,
      keyProblem(key),
      taken.includes(key.toLowerCase()) && `the backend ${shown(key)} exists already`,
      ...(options.domains ?? []).flatMap((hostName) => domainProblems('domains', hostName)),
      ...backendProblems(options),
      ...originProblems(this.tier, options),
    );
    const backend = EdgeBackend._define(this.forBackends(), key, origin, options, immutable);
    this.backends.set(key, backend);
    (options.domains ?? []).filter((name) => !this.domains.has(name)).forEach((name) => this.addDomain(name));
    this.lead();
    if (this.domains.size === 0) {
      // later on, domains are watched
      Workload.of(this).announce(backend, this.props);
    }
    return backend;
  }

  private forBackends(): EdgeOfBackend {
    const { profileId, endpointHostName, frontDoorGuid, requestMessage, tier, resources } = this;
    return {
      scope: this,
      profileId,
      endpointHostName,
      frontDoorGuid,
      requestMessage,
      tier,
      endpointId: resources.endpoint.id,
      ruleSetId: resources.ruleSet.id,
      domainsOf: (backend) => this.domainsOf(backend),
    };
  }

  private domainsOf(backend: EdgeBackend): EdgeDomain[] {
    const named = [...this.backends.values()].flatMap(({ _domains }) => _domains ?? []);
    return this.sortedDomains().filter(
      ({ hostName }) => backend._domains?.includes(hostName) ?? !named.includes(hostName),
    );
  }

  private sortedBackends(): Array<[string, EdgeBackend]> {
    return [...this.backends].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  private sortedDomains(): EdgeDomain[] {
    return [...this.domains.values()].sort((a, b) => (a.hostName < b.hostName ? -1 : 1));
  }

  /** Where a domain answers 200 as long as what it leads to is healthy, whichever was added first. */
  private healthPathOf(domain: EdgeDomain): string {
    const serving = this.sortedBackends()
      .map(([, backend]) => backend)
      .filter((backend) => this.domainsOf(backend).includes(domain));
    return serving.find((backend) => backend._serves(backend._healthPath))?._healthPath ?? '/';
  }

  /** Names lead here only after routes and firewall know them. */
  private lead(): void {
    const routes = [...this.backends.values()].flatMap(({ _routes }) => _routes);
    const after = [addressOf(this.resources.securityPolicy), ...routes];
    this.domains.forEach((domain) => domain._lead(after));
  }

  private origins(): string[] {
    return [...this.backends.values()]
      .flatMap(({ resources: { originGroup, origins } }) => [originGroup, ...Object.values(origins)])
      .map(addressOf)
      .sort();
  }
}
