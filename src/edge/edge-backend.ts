import { CdnFrontdoorOrigin } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-origin';
import { CdnFrontdoorOriginGroup } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-origin-group';
import { CdnFrontdoorRoute } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-route';
import { Lazy } from 'cdktf';
import { Construct } from 'constructs';
import { EdgeOrigin, IEdgeOrigin } from '../contracts/edge';
import { IMonitored, MonitoringTarget } from '../contracts/monitoring';
import { canonicalLocation } from '../core/locations';
import { addressOf } from '../core/protection';
import { isComputed, rejectIf, shown } from '../core/validation';
import { Workload } from '../core/workload';
import { boundProblems, EdgeOfBackend, keyProblem, originProblems } from './edge-backend-rules';
import { checkBackend } from './edge-kinds';
import { EdgeBackendOptions, EdgeOriginOptions, EdgeProbeMethod } from './edge-options';
import { EdgeTier } from './edge-tier';

/** Everything. */
const ALL = ['/*'];

/** Seconds between two probes of one place. */
const PROBE_INTERVAL = 60;

/** Key of the origin that a backend starts with. */
const FIRST = 'main';

/** What is worth compressing: texts, and what is written like one. */
const COMPRESSIBLE = [
  'application/javascript',
  'application/json',
  'application/x-javascript',
  'application/xml',
  'font/otf',
  'font/ttf',
  'image/svg+xml',
  'text/css',
  'text/html',
  'text/javascript',
  'text/plain',
  'text/xml',
];

/**
 * The Terraform resources behind an `EdgeBackend`.
 */
export interface EdgeBackendResources {
  /** The group of origins, with its probe. */
  readonly originGroup: CdnFrontdoorOriginGroup;
  /** The origins, by their keys; grows with them. The one from the start is `main`. */
  readonly origins: { [key: string]: CdnFrontdoorOrigin };
  /** The route to them. */
  readonly route: CdnFrontdoorRoute;
  /** The route of what the edge keeps, if there is such. */
  readonly immutableRoute?: CdnFrontdoorRoute;
}

/**
 * What an edge serves from one or several origins that do the same.
 *
 * Made by `addBackend()` and `addFrontend()` of `EdgeGateway`.
 */
export class EdgeBackend extends Construct implements IMonitored {
  /**
   * @param usuallyImmutable Paths that the edge keeps where neither options nor origin say anything.
   *
   * @internal
   */
  public static _define(
    edge: EdgeOfBackend,
    key: string,
    origin: IEdgeOrigin,
    options: EdgeBackendOptions,
    usuallyImmutable: string[],
  ): EdgeBackend {
    return new EdgeBackend(edge, key, origin, options, usuallyImmutable);
  }

  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: EdgeBackendResources;

  /** @internal */
  public readonly _domains?: string[];
  /** @internal */
  public readonly _allPaths: string[];
  /** @internal */
  public readonly _healthPath: string;

  private readonly bound: { [key: string]: EdgeOrigin } = {};

  private constructor(
    private readonly edge: EdgeOfBackend,
    private readonly key: string,
    origin: IEdgeOrigin,
    private readonly options: EdgeBackendOptions,
    usuallyImmutable: string[],
  ) {
    super(edge.scope, `Backend-${key}`);
    const answer = this.bind(origin, options);
    const immutable = options.immutablePaths ?? answer.immutablePaths ?? usuallyImmutable;

    this._domains = options.domains && [...options.domains].sort();
    const paths = [...(options.paths ?? ALL)].sort();
    this._allPaths = [...paths, ...immutable];
    this._healthPath = options.healthPath ?? answer.healthPath;
    const originGroup = this.defineOriginGroup();
    const origins: { [key: string]: CdnFrontdoorOrigin } = {};
    const first = this.defineOrigin(originGroup, FIRST, answer, options);
    origins[FIRST] = first;
    const route = this.defineRoute('Route', originGroup, origins, paths, false);
    const immutableRoute =
      immutable.length > 0
        ? this.defineRoute('ImmutableRoute', originGroup, origins, [...immutable].sort(), true)
        : undefined;
    this.resources = { originGroup, origins, route, immutableRoute };
  }

  /**
   * Adds an origin that does the same: one that shares the load, or with a higher `priority` one that takes over.
   *
   * @param key Short key that never changes: letters and digits, with single hyphens between them.
   * @param origin The origin; it lets in only this edge from now on.
   */
  public addOrigin(key: string, origin: IEdgeOrigin, options: EdgeOriginOptions = {}): void {
    checkBackend(this, key, origin, options);
    const { originGroup, origins } = this.resources;
    const taken = Object.keys(origins).map((name) => name.toLowerCase());
    rejectIf(
      this,
      keyProblem(key),
      taken.includes(key.toLowerCase()) && `the origin ${shown(key)} exists already`,
      ...originProblems(this.edge.tier, options),
    );
    const answer = this.bind(origin, options);
    rejectIf(
      this,
      this.options.healthPath === undefined &&
        answer.healthPath !== this._healthPath &&
        `all origins are probed under one path, and ${key} answers under ${answer.healthPath} in place of ${this._healthPath}: give the backend a 'healthPath' that all of them have`,
    );
    origins[key] = this.defineOrigin(originGroup, key, answer, options);
  }

  public toMonitoringTarget(): MonitoringTarget {
    const host = Lazy.stringValue({
      produce: () => this.edge.domainsOf(this)[0]?.hostName ?? this.edge.endpointHostName,
    });
    return {
      resourceId: this.edge.profileId,
      metricNamespace: 'Microsoft.Cdn/profiles',
      logSources: {},
      signals: [],
      healthUrls: { Health: `https://${host}${this._healthPath}` },
    };
  }

  /**
   * How the origins answered, sorted by their keys.
   *
   * @internal
   */
  public get _origins(): EdgeOrigin[] {
    return Object.keys(this.bound)
      .sort()
      .map((key) => this.bound[key]);
  }

  /**
   * Whether requests for a path come here.
   *
   * @internal
   */
  public _serves(path: string): boolean {
    return this._allPaths.some((pattern) =>
      pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern,
    );
  }

  /**
   * Terraform addresses of the routes.
   *
   * @internal
   */
  public get _routes(): string[] {
    const { route, immutableRoute } = this.resources;
    return [route, immutableRoute].flatMap((found) => (found ? [addressOf(found)] : []));
  }

  private bind(origin: IEdgeOrigin, { privateLink }: EdgeOriginOptions): EdgeOrigin {
    const { frontDoorGuid, tier } = this.edge;
    const answer = origin.bindEdge({ frontDoorGuid, privateLink: privateLink ?? tier === EdgeTier.PREMIUM });
    Workload.of(this).recordConnection({ name: this.key, client: this, target: origin });
    return privateLink === false || tier === EdgeTier.STANDARD ? { ...answer, privateLinkTarget: undefined } : answer;
  }

  private defineOriginGroup(): CdnFrontdoorOriginGroup {
    const { probeIntervalSeconds, probeMethod } = this.options;
    return new CdnFrontdoorOriginGroup(this, 'Resource', {
      name: this.key.toLowerCase(),
      cdnFrontdoorProfileId: this.edge.profileId,
      sessionAffinityEnabled: false,
      loadBalancing: { sampleSize: 4, successfulSamplesRequired: 3, additionalLatencyInMilliseconds: 50 },
      // also of a single origin, whose health is a metric then
      healthProbe: {
        path: this._healthPath,
        protocol: 'Https',
        requestType: probeMethod ?? EdgeProbeMethod.HEAD,
        intervalInSeconds: probeIntervalSeconds ?? PROBE_INTERVAL,
      },
    });
  }

  private defineOrigin(
    originGroup: CdnFrontdoorOriginGroup,
    key: string,
    answer: EdgeOrigin,
    options: EdgeOriginOptions,
  ): CdnFrontdoorOrigin {
    rejectIf(this, ...boundProblems(key, answer, options, Object.values(this.bound)));
    this.bound[key] = answer;
    const { hostName, privateLinkTarget, resourceId } = answer;
    return new CdnFrontdoorOrigin(this, `Origin-${key}`, {
      name: key.toLowerCase(),
      cdnFrontdoorOriginGroupId: originGroup.id,
      // left out, azurerm creates it disabled
      enabled: true,
      hostName,
      originHostHeader: hostName,
      httpPort: 80,
      httpsPort: 443,
      certificateNameCheckEnabled: true,
      priority: options.priority ?? 1,
      weight: options.weight ?? 500,
      privateLink:
        privateLinkTarget === undefined
          ? undefined
          : {
              privateLinkTargetId: resourceId,
              targetType: privateLinkTarget,
              location: spelt(options.privateLinkLocation ?? answer.location),
              requestMessage: this.edge.requestMessage,
            },
    });
  }

  private defineRoute(
    id: string,
    originGroup: CdnFrontdoorOriginGroup,
    origins: { [key: string]: CdnFrontdoorOrigin },
    paths: string[],
    cached: boolean,
  ): CdnFrontdoorRoute {
    const { endpointId, ruleSetId, domainsOf } = this.edge;
    const ids = () => domainsOf(this).map(({ resources }) => resources.customDomain.id);
    return new CdnFrontdoorRoute(this, id, {
      // keys have no two hyphens in a row
      name: cached ? `${this.key.toLowerCase()}--immutable` : this.key.toLowerCase(),
      enabled: true,
      cdnFrontdoorEndpointId: endpointId,
      cdnFrontdoorOriginGroupId: originGroup.id,
      cdnFrontdoorOriginIds: Lazy.listValue({
        produce: () =>
          Object.keys(origins)
            .sort()
            .map((key) => origins[key].id),
      }),
      cdnFrontdoorRuleSetIds: [ruleSetId],
      cdnFrontdoorCustomDomainIds: Lazy.listValue({ produce: ids }, { omitEmpty: true }),
      // with domains of one's own, the address that Azure gives would be a way around them
      linkToDefaultDomain: Lazy.anyValue({ produce: () => ids().length === 0 }),
      patternsToMatch: paths,
      supportedProtocols: ['Http', 'Https'],
      httpsRedirectEnabled: true,
      forwardingProtocol: 'HttpsOnly',
      cache: cached
        ? {
            // "specified" ones would need a list, which azurerm does not ask for
            queryStringCachingBehavior: 'UseQueryString',
            compressionEnabled: true,
            contentTypesToCompress: COMPRESSIBLE,
          }
        : undefined,
    });
  }
}

/** As Terraform spells it; what it has yet to compute stays as it is. */
function spelt(location: string): string {
  return isComputed(location) ? location : canonicalLocation(location);
}
